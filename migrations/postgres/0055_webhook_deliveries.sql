-- What a webhook was told and is to be told, and what came of the last try. Each try is a job.

create table webhook_deliveries (
    id text primary key not null,
    account_id text not null references accounts (id),
    webhook_id text not null references webhooks (id),
    -- The same at every try and every replay, by which whoever is told knows it again.
    message_id text not null,
    event text not null,
    -- The body, byte for byte as it is signed.
    payload text not null,
    state text not null check (state in ('waiting', 'delivered', 'failed')),
    attempts bigint not null,
    response_status bigint,
    -- The beginning of the answer.
    response_body text,
    error text,
    duration_ms bigint,
    created_at bigint not null,
    tried_at bigint,
    next_at bigint
);

create index webhook_deliveries_by_webhook on webhook_deliveries (account_id, webhook_id, id);
-- What is over is forgotten by its age: ids sort by the time they were made.
create index webhook_deliveries_that_are_over on webhook_deliveries (id) where state <> 'waiting';
