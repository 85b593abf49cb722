-- Public addresses, while somebody wants them public. Taking one away removes the row, and
-- a later share gets a new key.

create table shares (
    -- What the public address has for a name: chance, and nothing else.
    key text primary key not null,
    account_id text not null references accounts (id),
    asset_id text not null unique references assets (id),
    created_at bigint not null,
    created_by text references users (id)
);

-- How the public form of bytes, without metadata, differs from the original.
create table public_copies (
    blob_id text primary key not null references blobs (id),
    account_id text not null references accounts (id),
    -- `original`: nothing to take away; `copy`: bytes of their own; `patched`: the original
    -- with some bytes replaced.
    form text not null check (form in ('original', 'copy', 'patched')),
    size bigint not null,
    -- The replaced bytes, as JSON; empty otherwise.
    patches text not null,
    created_at bigint not null
);
