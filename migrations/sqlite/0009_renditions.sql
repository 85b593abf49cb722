-- Results of presets: derived bytes, made once and kept. A preset that could not be made is
-- remembered too, so that a broken picture is not tried again for every visitor.

create table renditions (
    id text primary key not null,
    account_id text not null references accounts (id),
    blob_id text not null references blobs (id),
    preset text not null check (preset in ('thumb', 'preview')),
    format text not null check (format in ('webp', 'jpeg')),
    state text not null check (state in ('ready', 'failed')),
    -- Nothing, where it failed.
    width bigint not null,
    height bigint not null,
    size bigint not null,
    created_at bigint not null,
    unique (blob_id, preset, format)
);
