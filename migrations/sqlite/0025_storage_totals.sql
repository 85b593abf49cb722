-- What an account and each person in it hold, kept as totals, so that the storage meter is read
-- at once however many assets there are. Every stored byte is counted once, in the most visible
-- state in which some asset of the account has it: active, then archived, then trashed.
--
-- Triggers keep them, so that whatever changes an asset or its versions changes them too, in the
-- same transaction.

alter table accounts add column user_quota bigint check (user_quota >= 0);
alter table users add column quota bigint check (quota >= 0);
-- The fullness, in percent, of which administrators were last told; 0 while there is nothing to tell.
alter table account_usage add column warned bigint not null default 0;

-- Assets by kind and state, and the bytes that are counted there.
create table usage_totals (
    account_id text not null references accounts (id),
    kind text not null,
    state text not null,
    assets bigint not null,
    size bigint not null,
    primary key (account_id, kind, state)
);

-- How many versions have a blob, by the state of their assets.
create table blob_uses (
    blob_id text primary key not null,
    account_id text not null,
    kind text not null,
    size bigint not null,
    active bigint not null,
    archived bigint not null,
    trashed bigint not null,
    -- Where its bytes are counted.
    state text
);

-- How many versions of a person's have a blob: the same bytes brought twice by one count once.
create table user_blobs (
    blob_id text not null,
    user_id text not null references users (id),
    size bigint not null,
    uses bigint not null,
    primary key (blob_id, user_id)
);

create table user_usage (
    user_id text primary key not null references users (id),
    account_id text not null references accounts (id),
    used bigint not null,
    -- Bytes held back for uploads of theirs under way.
    reserved bigint not null
);

create index user_usage_by_account on user_usage (account_id, used);

-- What has just changed; empty again when the transaction is over.
create table usage_changes (
    account_id text not null,
    -- Absent where an asset is counted, and not bytes.
    blob_id text,
    kind text,
    user_id text,
    from_state text,
    to_state text
);

create index usage_changes_by_blob on usage_changes (blob_id);

create trigger usage_changed after insert on usage_changes begin
    insert into usage_totals (account_id, kind, state, assets, size)
    select account_id, kind, state, sum(count), 0
      from (select account_id, kind, from_state as state, -1 as count from usage_changes
             where blob_id is null and from_state is not null
            union all
            select account_id, kind, to_state, 1 from usage_changes
             where blob_id is null and to_state is not null) as moved
     group by account_id, kind, state
    on conflict (account_id, kind, state) do update
       set assets = usage_totals.assets + excluded.assets;

    insert into blob_uses (blob_id, account_id, kind, size, active, archived, trashed)
    select distinct blobs.id, blobs.account_id,
           case when blobs.mime like 'image/%' then 'image'
                when blobs.mime like 'video/%' then 'video'
                when blobs.mime like 'audio/%' then 'audio'
                when blobs.mime = 'text/vcard' then 'contact'
                else 'document' end,
           blobs.size, 0, 0, 0
      from usage_changes join blobs on blobs.id = usage_changes.blob_id
     where true
    on conflict (blob_id) do nothing;

    update usage_totals
       set size = size - coalesce(
           (select sum(blob_uses.size) from blob_uses
             where blob_uses.blob_id in
                   (select blob_id from usage_changes where blob_id is not null)
               and blob_uses.account_id = usage_totals.account_id
               and blob_uses.kind = usage_totals.kind
               and blob_uses.state = usage_totals.state), 0)
     where account_id in (select account_id from usage_changes where blob_id is not null);

    update blob_uses
       set active = blob_uses.active + moved.active,
           archived = blob_uses.archived + moved.archived,
           trashed = blob_uses.trashed + moved.trashed
      from (select blob_id,
                   sum(case when to_state = 'active' then 1 else 0 end)
                     - sum(case when from_state = 'active' then 1 else 0 end) as active,
                   sum(case when to_state = 'archived' then 1 else 0 end)
                     - sum(case when from_state = 'archived' then 1 else 0 end) as archived,
                   sum(case when to_state = 'trashed' then 1 else 0 end)
                     - sum(case when from_state = 'trashed' then 1 else 0 end) as trashed
              from usage_changes where blob_id is not null group by blob_id) as moved
     where moved.blob_id = blob_uses.blob_id;

    update blob_uses
       set state = case when active > 0 then 'active'
                        when archived > 0 then 'archived'
                        when trashed > 0 then 'trashed' end
     where blob_id in (select blob_id from usage_changes where blob_id is not null);

    insert into usage_totals (account_id, kind, state, assets, size)
    select account_id, kind, state, 0, sum(size) from blob_uses
     where state is not null
       and blob_id in (select blob_id from usage_changes where blob_id is not null)
     group by account_id, kind, state
    on conflict (account_id, kind, state) do update
       set size = usage_totals.size + excluded.size;

    delete from blob_uses
     where state is null
       and blob_id in (select blob_id from usage_changes where blob_id is not null);

    update user_usage
       set used = used - coalesce(
           (select sum(user_blobs.size) from user_blobs
             where user_blobs.user_id = user_usage.user_id
               and user_blobs.blob_id in
                   (select blob_id from usage_changes
                     where usage_changes.user_id = user_usage.user_id)), 0)
     where user_id in (select user_id from usage_changes where user_id is not null);

    insert into user_blobs (blob_id, user_id, size, uses)
    select blobs.id, usage_changes.user_id, blobs.size,
           sum(case when to_state is null then 0 else 1 end)
             - sum(case when from_state is null then 0 else 1 end)
      from usage_changes join blobs on blobs.id = usage_changes.blob_id
     where usage_changes.user_id is not null
     group by blobs.id, usage_changes.user_id, blobs.size
    on conflict (blob_id, user_id) do update set uses = user_blobs.uses + excluded.uses;

    delete from user_blobs
     where uses <= 0
       and blob_id in (select blob_id from usage_changes where blob_id is not null);

    insert into user_usage (user_id, account_id, used, reserved)
    select users.id, users.account_id, coalesce(sum(user_blobs.size), 0), 0
      from users left join user_blobs
        on user_blobs.user_id = users.id
       and user_blobs.blob_id in
           (select blob_id from usage_changes where usage_changes.user_id = users.id)
     where users.id in (select user_id from usage_changes where user_id is not null)
     group by users.id, users.account_id
    on conflict (user_id) do update set used = user_usage.used + excluded.used;

    delete from usage_changes;
end;

create trigger assets_counted after insert on assets begin
    insert into usage_changes (account_id, kind, to_state)
    values (new.account_id, new.kind, new.state);
end;

create trigger assets_recounted after update of kind, state on assets
when old.kind <> new.kind or old.state <> new.state begin
    insert into usage_changes (account_id, kind, from_state)
    values (old.account_id, old.kind, old.state);
    insert into usage_changes (account_id, kind, to_state)
    values (new.account_id, new.kind, new.state);
    insert into usage_changes (account_id, blob_id, from_state, to_state)
    select account_id, blob_id, old.state, new.state from versions
     where asset_id = new.id and old.state <> new.state;
end;

create trigger assets_discounted after delete on assets begin
    insert into usage_changes (account_id, kind, from_state)
    values (old.account_id, old.kind, old.state);
end;

create trigger versions_counted after insert on versions begin
    insert into usage_changes (account_id, blob_id, user_id, to_state)
    select new.account_id, new.blob_id, new.created_by, state from assets
     where id = new.asset_id;
end;

create trigger versions_discounted after delete on versions begin
    insert into usage_changes (account_id, blob_id, user_id, from_state)
    select old.account_id, old.blob_id, old.created_by, state from assets
     where id = old.asset_id;
end;

-- What there is already.
insert into usage_changes (account_id, kind, to_state) select account_id, kind, state from assets;
insert into usage_changes (account_id, blob_id, user_id, to_state)
select versions.account_id, versions.blob_id, versions.created_by, assets.state
  from versions join assets on assets.id = versions.asset_id;
