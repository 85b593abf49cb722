-- What a batch changed, and what it was: kept for a while, so that the batch can be undone.

alter table batches add column
    -- Whether what it changes is written down.
    is_kept boolean not null default false;
alter table batches add column
    -- When somebody undid it, which is done once.
    undone_at bigint;
alter table batches add column
    -- The batch that this one undoes.
    undoes text;

create table batch_items (
    batch_id text not null references batches (id),
    -- Names an asset that may be gone by now.
    asset_id text not null,
    -- The tag or team that came or went; empty where the asset is elsewhere or something else.
    mark_id text not null,
    -- Where it was.
    folder_id text,
    state text not null,
    -- Where the batch left it.
    left_folder_id text,
    left_state text not null,
    changed_at bigint not null,
    primary key (batch_id, asset_id, mark_id)
);
