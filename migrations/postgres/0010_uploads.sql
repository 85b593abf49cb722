-- Bytes on their way. What `position` says is on disk; the disk may hold more, never less.

create table uploads (
    id text primary key not null,
    account_id text not null references accounts (id),
    -- The id of the user or token that began it, or `system`; nobody else goes on with it.
    owner text not null,
    created_by text references users (id),
    state text not null check (state in ('open', 'finished', 'ended')),
    -- Bytes that lie safely on disk.
    position bigint not null check (position >= 0),
    -- How long it will be; absent while the client has not said.
    length bigint check (length >= 0),
    -- Bytes of the account's quota held back for it.
    reserved bigint not null check (reserved >= 0),
    -- Whether it is one part of a larger file.
    is_partial boolean not null,
    -- What the client said of the file, as JSON.
    metadata text not null,
    -- The asset it became.
    asset_id text references assets (id),
    created_at bigint not null,
    -- When it is given up; put off with every byte that comes.
    expires_at bigint not null
);

create index uploads_by_expiry on uploads (expires_at);
create index uploads_by_asset on uploads (asset_id);
