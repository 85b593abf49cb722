-- Accounts are the tenants: everything else belongs to one, and what an operator allows them
-- is a row here, so that it holds for every process from the next request on.

create table accounts (
    id text primary key not null,
    name text not null unique,
    -- Off: the account signs in, and finds nothing of the library.
    library_enabled boolean not null,
    -- The most bytes all its assets may hold; absent means no limit.
    quota bigint check (quota >= 0),
    -- The largest file of each kind, in bytes.
    max_image bigint not null check (max_image >= 0),
    max_video bigint not null check (max_video >= 0),
    max_audio bigint not null check (max_audio >= 0),
    max_document bigint not null check (max_document >= 0),
    max_contact bigint not null check (max_contact >= 0),
    -- The most images taken from one dropped folder.
    folder_images bigint not null check (folder_images >= 0),
    -- Days that trash is kept.
    retention_days bigint not null check (retention_days >= 0),
    created_at bigint not null
);
