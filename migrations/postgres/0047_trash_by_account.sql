-- The trash is emptied account by account, oldest first.
drop index assets_by_trash;
create index assets_by_trash on assets (account_id, trashed_at) where state = 'trashed';
