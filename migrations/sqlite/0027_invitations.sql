-- One-use links that an administrator hands out: into the account, and back into it. Only their
-- digests are kept; whoever reads the database can open none.

create table invitations (
    id text primary key not null,
    account_id text not null references accounts (id),
    -- In lower case.
    email text not null,
    role text not null check (role in ('agent', 'administrator')),
    -- SHA-256 of 256 random bits, in hexadecimal.
    token_digest text not null unique,
    created_at bigint not null,
    created_by text references users (id),
    expires_at bigint not null
);

create index invitations_by_account on invitations (account_id, id);
create index invitations_by_expiry on invitations (expires_at);

-- One a person: a later link makes the earlier one worthless.
create table password_resets (
    user_id text primary key not null references users (id),
    token_digest text not null unique,
    created_at bigint not null,
    created_by text references users (id),
    expires_at bigint not null
);

create index password_resets_by_expiry on password_resets (expires_at);
