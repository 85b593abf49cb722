-- What happened and who did it: the audit trail, written in the transaction of the deed.

create table events (
    id text primary key not null,
    -- Absent where nobody's account is concerned: a try to sign in as somebody unknown.
    account_id text references accounts (id),
    at bigint not null,
    kind text not null,
    -- The id of a user or token, `system`, or `nobody`.
    actor text not null,
    -- The id of what it was done to.
    subject text,
    ip text
);

create index events_by_account on events (account_id, id);
