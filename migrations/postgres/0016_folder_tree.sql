-- The tree can be moved about and read a piece at a time: who lies below whom, how many assets
-- each folder holds, and in which order siblings stand.

alter table folders add column
    -- What siblings sort by: without case and accents, numbers by value. Empty until the library
    -- has made it, since SQL cannot.
    sort_key text collate "C" not null default '';
alter table folders add column
    -- Counts its changes, so that the second of two people who rename it at once is told.
    version bigint not null default 1 check (version >= 1);
alter table folders add column
    -- Assets in sight right in it.
    asset_count bigint not null default 0 check (asset_count >= 0);
alter table folders add column
    -- Assets in sight in it and in all folders below.
    total_count bigint not null default 0 check (total_count >= 0);

-- Every folder with every folder it lies in, and with itself.
create table folder_ancestors (
    folder_id text not null references folders (id),
    ancestor_id text not null references folders (id),
    -- Steps up from the folder; 0 is itself.
    distance bigint not null check (distance between 0 and 31),
    primary key (folder_id, ancestor_id)
);

create index folder_ancestors_below on folder_ancestors (ancestor_id, folder_id);

with recursive walk (folder_id, ancestor_id, distance) as (
    select id, id, cast(0 as bigint) from folders
    union all
    select walk.folder_id, folders.parent_id, walk.distance + 1
      from walk join folders on folders.id = walk.ancestor_id
     where folders.parent_id is not null)
insert into folder_ancestors (folder_id, ancestor_id, distance)
select folder_id, ancestor_id, distance from walk;

update folders set asset_count = (
    select count(*) from assets
     where assets.account_id = folders.account_id and assets.folder_id = folders.id
       and assets.state = 'active');
update folders set total_count = (
    select sum(held.asset_count)
      from folder_ancestors join folders as held on held.id = folder_ancestors.folder_id
     where folder_ancestors.ancestor_id = folders.id);

-- Whoever changes the tree of an account, or its counts, waits here: everybody takes this lock
-- before rows of assets and before the meter, so that nobody waits in a circle.
create function lock_folders(account text) returns void language sql as $$
    select pg_advisory_xact_lock(hashtextextended('folders:' || account, 0));
$$;

-- The counts follow the assets, whoever changes them: once a statement, however many rows.
create function recount_folders() returns trigger language plpgsql as $$
declare
    changes jsonb;
begin
    if tg_op = 'INSERT' then
        select jsonb_agg(jsonb_build_object('a', account_id, 'f', folder_id, 'n', n)) into changes
          from (select account_id, folder_id, count(*) as n from added
                 where state = 'active' and folder_id is not null
                 group by account_id, folder_id) as summed;
    elsif tg_op = 'DELETE' then
        select jsonb_agg(jsonb_build_object('a', account_id, 'f', folder_id, 'n', -n)) into changes
          from (select account_id, folder_id, count(*) as n from removed
                 where state = 'active' and folder_id is not null
                 group by account_id, folder_id) as summed;
    else
        select jsonb_agg(jsonb_build_object('a', account_id, 'f', folder_id, 'n', n)) into changes
          from (select account_id, folder_id, sum(one) as n
                  from (select account_id, folder_id, 1 as one from added where state = 'active'
                        union all
                        select account_id, folder_id, -1 from removed where state = 'active') as changed
                 where folder_id is not null
                 group by account_id, folder_id having sum(one) <> 0) as summed;
    end if;
    if changes is null then
        return null;
    end if;
    perform lock_folders(a)
       from (select distinct change->>'a' as a from jsonb_array_elements(changes) as change
              order by 1) as accounts;
    update folders set asset_count = asset_count + n
      from (select change->>'f' as f, (change->>'n')::bigint as n
              from jsonb_array_elements(changes) as change) as summed
     where folders.id = f;
    update folders set total_count = total_count + n
      from (select ancestor_id, sum((change->>'n')::bigint) as n
              from jsonb_array_elements(changes) as change
                   join folder_ancestors on folder_ancestors.folder_id = change->>'f'
             group by ancestor_id) as summed
     where folders.id = summed.ancestor_id;
    return null;
end;
$$;

create trigger assets_counted_in after insert on assets
    referencing new table as added
    for each statement execute function recount_folders();

create trigger assets_counted_out after delete on assets
    referencing old table as removed
    for each statement execute function recount_folders();

create trigger assets_counted_again after update on assets
    referencing old table as removed new table as added
    for each statement execute function recount_folders();
