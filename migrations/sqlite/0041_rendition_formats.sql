-- Renditions have more formats and sizes: AVIF, which is thrown away where it is no smaller than
-- what is made at once, and that remembered; and sizes for dense screens.

create table renditions_anew (
    id text primary key not null,
    account_id text not null references accounts (id),
    blob_id text not null references blobs (id),
    preset text not null check (preset in ('thumb', 'tile', 'preview', 'screen')),
    format text not null check (format in ('avif', 'webp', 'jpeg')),
    state text not null check (state in ('ready', 'failed', 'larger')),
    -- Nothing, where there are no bytes.
    width bigint not null,
    height bigint not null,
    size bigint not null,
    created_at bigint not null,
    unique (blob_id, preset, format)
);

insert into renditions_anew
select id, account_id, blob_id, preset, format, state, width, height, size, created_at
from renditions;

drop table renditions;

alter table renditions_anew rename to renditions;
