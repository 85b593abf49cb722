-- Answers to writes that carried an `Idempotency-Key`, so that a client that lost the answer
-- may ask again without doing the deed twice. Kept for a day.

create table idempotency_keys (
    account_id text not null references accounts (id),
    -- The id of the user or token: keys of one do not meet keys of another.
    actor text not null,
    key text not null,
    -- SHA-256 of method, path and body: the same key with another request is a mistake.
    request_digest text not null,
    -- The answer; absent while the first request is under way.
    status bigint,
    body bytea,
    created_at bigint not null,
    primary key (account_id, actor, key)
);

create index idempotency_keys_by_age on idempotency_keys (created_at);
