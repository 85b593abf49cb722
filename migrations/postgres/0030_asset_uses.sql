-- When somebody last opened an asset, downloaded it or was delivered it, to the day: so that what
-- nobody ever used is found when room is needed.

alter table assets add column used_at bigint;

-- What nobody used yet, largest first.
create index assets_unused on assets (account_id, state, size, id) where used_at is null;
