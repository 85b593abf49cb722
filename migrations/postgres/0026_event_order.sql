-- Each account's events in the order in which they were committed, so that whoever follows them
-- misses none, and ways to look some up in the audit trail.

alter table events add column seq bigint;
-- The number of the account's last event.
alter table account_usage add column last_event bigint not null default 0;
-- Days that the audit trail is kept.
alter table accounts add column audit_days bigint not null default 365 check (audit_days >= 1);

update events set seq = numbered.seq
  from (select id, row_number() over (partition by account_id order by id) as seq
          from events where account_id is not null) as numbered
 where numbered.id = events.id;
insert into account_usage (account_id, used, reserved) select id, 0, 0 from accounts where true
on conflict (account_id) do nothing;
update account_usage set last_event = coalesce(
    (select max(seq) from events where events.account_id = account_usage.account_id), 0);

create unique index events_by_seq on events (account_id, seq);
create index events_by_actor on events (account_id, actor, id);
create index events_by_subject on events (account_id, subject, id);
create index events_by_kind on events (account_id, kind, id);
create index events_to_number on events (account_id, id) where seq is null and account_id is not null;

-- Numbers are given when a transaction commits, one transaction of an account after the other:
-- a smaller number is never seen after a larger one.
create function number_events() returns trigger language plpgsql as $$
begin
    if not exists (select 1 from events
                    where account_id = new.account_id and seq is null) then
        return null;
    end if;
    insert into account_usage (account_id, used, reserved) values (new.account_id, 0, 0)
    on conflict (account_id) do nothing;
    perform 1 from account_usage where account_id = new.account_id for update;
    update events set seq = usage.last_event + numbered.place
      from (select id, row_number() over (order by id) as place from events
             where account_id = new.account_id and seq is null) as numbered,
           account_usage as usage
     where events.id = numbered.id and usage.account_id = new.account_id;
    update account_usage
       set last_event = (select max(seq) from events where account_id = new.account_id)
     where account_id = new.account_id;
    return null;
end;
$$;

create constraint trigger events_numbered after insert on events
deferrable initially deferred for each row when (new.account_id is not null)
execute function number_events();
