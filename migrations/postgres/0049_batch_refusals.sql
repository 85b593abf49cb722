-- What a batch could not change, and why: kept for a while, as what it changed is.

create table batch_refusals (
    batch_id text not null references batches (id),
    -- Names an asset that may be gone by now.
    asset_id text not null,
    -- Why, as JSON.
    problem text not null,
    primary key (batch_id, asset_id)
);

alter table batches add column
    -- Why it failed, as JSON.
    problem text;
