-- One deed on very many assets, done a piece at a time: watched, and stopped where somebody asks.

create table batches (
    id text primary key not null,
    account_id text not null references accounts (id),
    -- Who asked, as JSON: their rights hold until it is done.
    actor text not null,
    -- What is done, as JSON.
    action text not null,
    -- To which assets, as JSON.
    selection text not null,
    state text not null check (state in ('running', 'finished', 'cancelled', 'failed')),
    -- Assets there were when it began.
    total bigint not null,
    -- Assets it has come to.
    done bigint not null,
    -- Of these, how many changed.
    changed bigint not null,
    -- Of these, how many could not be changed.
    refused bigint not null,
    -- The last asset it came to.
    position text not null,
    created_at bigint not null,
    finished_at bigint
);

create index batches_by_account on batches (account_id, id);
create index batches_finished on batches (finished_at) where finished_at is not null;
