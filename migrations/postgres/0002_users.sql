-- People who sign in. An email address names one person in the whole installation,
-- because nobody says at sign-in which account they mean.

create table users (
    id text primary key not null,
    account_id text not null references accounts (id),
    -- In lower case.
    email text not null unique,
    name text not null,
    role text not null check (role in ('agent', 'administrator')),
    -- Answers for the whole installation, whatever the role.
    operator boolean not null,
    -- An argon2id string with its salt and parameters.
    password text not null,
    created_at bigint not null,
    -- Since when this person cannot sign in.
    disabled_at bigint
);

create index users_by_account on users (account_id, name);
