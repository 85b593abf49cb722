-- API tokens: programs act in an account with a role, narrowed by scopes.

create table tokens (
    id text primary key not null,
    account_id text not null references accounts (id),
    name text not null,
    role text not null check (role in ('agent', 'administrator')),
    -- Words with spaces between; empty means everything the role may.
    scopes text not null,
    -- SHA-256 of the secret, in hexadecimal.
    digest text not null unique,
    created_at bigint not null,
    -- Written at most once a minute.
    last_used_at bigint,
    revoked_at bigint
);

create index tokens_by_account on tokens (account_id, id);
