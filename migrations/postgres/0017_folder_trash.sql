-- A folder goes to the trash with all it holds, and comes back with it.

alter table folders add column
    -- When it was moved to the trash.
    trashed_at bigint;
alter table folders add column
    -- Who did; absent when a machine did.
    trashed_by text references users (id);
alter table folders add column
    -- The folder it went with: itself, where it is the one that somebody chose.
    trashed_with text references folders (id);

-- A name in the trash is free for another folder.
drop index folders_by_name;
create unique index folders_by_name on folders (account_id, coalesce(parent_id, ''), name_key)
    where trashed_at is null;

-- Siblings in their order, all folders oldest first, and the trash.
create index folders_by_place on folders (account_id, coalesce(parent_id, ''), sort_key, id)
    where trashed_at is null;
create index folders_by_age on folders (account_id, id) where trashed_at is null;
create index folders_in_trash on folders (account_id, trashed_at, id)
    where trashed_at is not null;
create index folders_trashed_with on folders (trashed_with) where trashed_with is not null;
