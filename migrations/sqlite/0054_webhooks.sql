-- Places outside that are told of what happens in an account. The trail of events is what is still
-- to be told: a webhook knows how far it has come in it, so nothing is written twice and nothing is
-- lost between a deed and its telling.

create table webhooks (
    id text primary key not null,
    account_id text not null references accounts (id),
    -- What people call it.
    name text not null,
    url text not null,
    -- What it is told of, with spaces between; everything when empty.
    events text not null,
    state text not null check (state in ('on', 'off', 'given_up', 'gone')),
    -- What its messages are signed with: it must be read again, so it is no digest.
    secret text not null,
    -- The one before, which messages are signed with, too, until a moment.
    previous_secret text,
    previous_until bigint,
    -- The number of the last event that deliveries were made of (`events.seq`).
    told_event bigint not null,
    -- Since when nothing has arrived.
    failing_since bigint,
    -- While nothing arrives, it is not tried again before this.
    resting_until bigint,
    created_at bigint not null,
    created_by text references users (id)
);

create index webhooks_by_account on webhooks (account_id, id);
