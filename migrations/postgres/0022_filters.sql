-- One index for each way to narrow a list, in the order of time; and the facts that are only
-- compared stand beside the time, so that walking past an asset does not read it.

drop index assets_by_time;
create index assets_by_time on assets
    (account_id, state, created_at, id, size, width, height, kind, source, created_by);
create index assets_by_kind on assets (account_id, state, kind, created_at, id);
create index assets_by_source on assets (account_id, state, source, created_at, id);
create index assets_by_person on assets (account_id, state, created_by, created_at, id);
create index assets_undescribed on assets (account_id, state, created_at, id)
    where alt_text = '';
