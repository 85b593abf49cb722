-- Signed-in browsers, and the tries to become one. Tokens are kept as digests:
-- whoever reads the database can act as nobody.

create table sessions (
    id text primary key not null,
    user_id text not null references users (id),
    -- SHA-256 of 256 random bits, in hexadecimal.
    token_digest text not null unique,
    created_at bigint not null,
    -- Written at most once a minute.
    last_seen_at bigint not null,
    ip text,
    user_agent text
);

create index sessions_by_user on sessions (user_id);
create index sessions_by_last_seen on sessions (last_seen_at);

-- Tries that did not (or not yet) end in a session; what throttling counts.
create table sign_in_attempts (
    -- SHA-256 of the address: people type passwords into the wrong field.
    email_digest text not null,
    -- An IPv4 address, or the first 64 bits of an IPv6 one; empty where it is not known.
    network text not null,
    at bigint not null
);

create index sign_in_attempts_by_email on sign_in_attempts (email_digest, at);
create index sign_in_attempts_by_network on sign_in_attempts (network, at);
