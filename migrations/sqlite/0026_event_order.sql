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

create trigger events_numbered after insert on events when new.account_id is not null begin
    insert into account_usage (account_id, used, reserved) values (new.account_id, 0, 0)
    on conflict (account_id) do nothing;
    update account_usage set last_event = last_event + 1 where account_id = new.account_id;
    update events
       set seq = (select last_event from account_usage where account_id = new.account_id)
     where id = new.id;
end;
