-- The things people manage. Facts of the current original are repeated here, so that a page
-- of the library is one walk along one index.

create table assets (
    id text primary key not null,
    account_id text not null references accounts (id),
    -- The folder it lies in; absent at the top.
    folder_id text references folders (id),
    name text not null,
    -- What names sort by: without case and accents, numbers by value.
    name_key text collate "C" not null,
    -- Name and alt text without case and accents: what words are looked for in.
    search_text text not null,
    alt_text text not null,
    kind text not null check (kind in ('image', 'video', 'audio', 'document', 'contact')),
    state text not null check (state in ('active', 'archived', 'trashed')),
    source text not null check (source in (
        'upload', 'conversation', 'crm', 'task', 'catalog', 'import', 'generation'
    )),
    -- The bytes of the current version.
    blob_id text not null references blobs (id),
    mime text not null,
    size bigint not null check (size > 0),
    sha256 text not null,
    -- Pixels, upright; absent where there is nothing to see.
    width bigint,
    height bigint,
    -- Milliseconds; absent where nothing plays.
    duration bigint,
    -- Frames of an animation.
    frames bigint,
    -- A tiny blurred picture as a `data:` address.
    placeholder text,
    -- The dominant color, as `#rrggbb`.
    color text,
    -- Whether we can decode it.
    has_renditions boolean not null,
    -- Counts the originals it has had, from 1.
    version bigint not null check (version >= 1),
    created_at bigint not null,
    updated_at bigint not null,
    -- Absent when a machine added it.
    created_by text references users (id),
    trashed_at bigint
);

-- One index for each order of a list, in the whole library and in one folder.
create index assets_by_time on assets (account_id, state, created_at, id);
create index assets_by_name on assets (account_id, state, name_key, id);
create index assets_by_size on assets (account_id, state, size, id);
create index assets_in_folder_by_time on assets (account_id, folder_id, state, created_at, id);
create index assets_in_folder_by_name on assets (account_id, folder_id, state, name_key, id);
create index assets_in_folder_by_size on assets (account_id, folder_id, state, size, id);
create index assets_by_blob on assets (blob_id);
create index assets_by_trash on assets (trashed_at) where state = 'trashed';

-- The originals an asset has had; each holds on to its bytes.
create table versions (
    id text primary key not null,
    account_id text not null references accounts (id),
    asset_id text not null references assets (id),
    -- From 1.
    number bigint not null check (number >= 1),
    blob_id text not null references blobs (id),
    created_at bigint not null,
    created_by text references users (id),
    unique (asset_id, number)
);

create index versions_by_blob on versions (blob_id);

-- Words people find assets by.
create table tags (
    id text primary key not null,
    account_id text not null references accounts (id),
    -- As the first person wrote it.
    name text not null,
    -- In lower case: one tag, however it is written.
    name_key text not null,
    unique (account_id, name_key)
);

create table asset_tags (
    asset_id text not null references assets (id),
    tag_id text not null references tags (id),
    primary key (asset_id, tag_id)
);

create index asset_tags_by_tag on asset_tags (tag_id, asset_id);
