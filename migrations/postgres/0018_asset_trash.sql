-- The trash remembers by whom, with which folder, and what it was before.

alter table assets add column
    -- Who moved it to the trash; absent when a machine did.
    trashed_by text references users (id);
alter table assets add column
    -- The folder it went to the trash with, where it did not go alone.
    trashed_with text references folders (id);
alter table assets add column
    -- The state it comes back to.
    trashed_from text check (trashed_from in ('active', 'archived'));

update assets set trashed_from = 'active' where state = 'trashed';

create index assets_trashed_with on assets (trashed_with, id) where trashed_with is not null;
-- What is walked through a piece at a time while it changes.
create index assets_by_id on assets (account_id, state, id);
