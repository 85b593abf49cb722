-- What words found when a batch began, so that they are looked for once; a row goes when the batch
-- has come past it.

create table batch_targets (
    batch_id text not null references batches (id),
    -- Names an asset that may be gone by now.
    asset_id text not null,
    primary key (batch_id, asset_id)
);
