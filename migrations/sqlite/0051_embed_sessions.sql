-- What pages of other programs may do here for a short while, without the token that lets them.

create table embed_sessions (
    id text primary key not null,
    account_id text not null references accounts (id),
    -- SHA-256 of the secret, in hexadecimal; another one once the picker took it over.
    digest text not null unique,
    -- The only page that may frame the picker.
    origin text not null,
    -- Words with spaces between.
    scopes text not null,
    -- The folder outside of which nothing is. It is no reference: where the folder is purged,
    -- nothing is left to see, and not everything.
    folder_id text,
    -- Words with spaces between; empty means all kinds.
    kinds text not null,
    max_operations bigint check (max_operations >= 1),
    operations bigint not null default 0,
    -- Who sits there, as the other program calls them.
    host_user text,
    -- What made it: a token or a person. It ends with them.
    token_id text references tokens (id),
    created_by text references users (id),
    created_at bigint not null,
    expires_at bigint not null,
    ended_at bigint,
    check ((token_id is null) <> (created_by is null))
);

create index embed_sessions_by_account on embed_sessions (account_id, expires_at);
create index embed_sessions_by_expiry on embed_sessions (expires_at);
create index embed_sessions_by_token on embed_sessions (token_id) where token_id is not null;
create index embed_sessions_by_maker on embed_sessions (created_by) where created_by is not null;
