-- Stored bytes and who counts on them. A row is written after its bytes lie safely in the
-- store, and goes before they do; nothing but the collector ever removes bytes.

create table blobs (
    id text primary key not null,
    account_id text not null references accounts (id),
    -- The digest of the bytes, in hexadecimal; equal bytes of one account are kept once.
    sha256 text not null,
    size bigint not null check (size > 0),
    -- What the bytes are, told by content.
    mime text not null,
    -- Versions that are these bytes.
    refs bigint not null check (refs >= 0),
    -- `deleting` is final: the same bytes coming back get a new row and a new key.
    state text not null check (state in ('live', 'deleting')),
    -- Since when nothing points here; the collector waits a grace period from then.
    zero_since bigint,
    created_at bigint not null
);

create unique index blobs_by_digest on blobs (account_id, sha256) where state = 'live';
create index blobs_unreferenced on blobs (zero_since) where refs = 0;

-- The storage meter of each account, changed in the transaction of whatever it measures.
create table account_usage (
    account_id text primary key not null references accounts (id),
    -- Bytes of blobs that something points at.
    used bigint not null check (used >= 0),
    -- Bytes held back for uploads under way.
    reserved bigint not null check (reserved >= 0)
);
