-- What pictures are made of: a cropped or fitted picture knows the original it came from and how it
-- was changed, so that it can be changed again, and so that it is known when the original is replaced.

create table derivations (
    account_id text not null references accounts (id),
    asset_id text not null references assets (id),
    -- The version of the asset that was made.
    number bigint not null,
    -- The picture it was made of: another asset, or an earlier version of the same one.
    source_id text not null references assets (id),
    source_version bigint not null,
    -- The version that the source had when this was made; a later one makes it outdated.
    seen_version bigint not null,
    -- Pixels of the picture it was made of, upright.
    width bigint not null,
    height bigint not null,
    -- How it was changed, as JSON.
    edit text not null,
    -- The placement it was made for; absent where a person cropped it.
    placement text,
    primary key (asset_id, number)
);

create index derivations_by_source on derivations (source_id);

-- What of a picture must stay visible, in thousandths of width and height; absent where nobody said.
alter table assets add column focal_x bigint;
alter table assets add column focal_y bigint;
