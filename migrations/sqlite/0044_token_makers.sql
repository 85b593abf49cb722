-- Who made a token, so that it ends with what they may. One that a token made counts as made by
-- the person behind that; one made at the command line, or before this was kept, as nobody's.
alter table tokens add column created_by text references users (id);

update tokens set created_by = (
    select max(users.id) from events join users on users.id = events.actor
     where events.account_id = tokens.account_id and events.subject = tokens.id
       and events.kind = 'token_created');

create index tokens_by_maker on tokens (created_by, id) where created_by is not null;
