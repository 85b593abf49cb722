-- Work to do later: written in the transaction that makes it necessary, leased by a worker,
-- gone when done.

create table jobs (
    id text primary key not null,
    kind text not null,
    -- What it is about, as JSON.
    payload text not null,
    -- The same work is not waiting twice.
    unique_key text not null unique,
    state text not null check (state in ('waiting', 'running', 'failed')),
    -- Not before this.
    run_at bigint not null,
    -- How often it was begun.
    attempts bigint not null,
    -- Until when its worker is believed alive.
    leased_until bigint,
    last_error text,
    created_at bigint not null
);

create index jobs_by_time on jobs (state, run_at);

-- When each recurring round last ran; a process that moves the time on runs the round.
create table rounds (
    name text primary key not null,
    ran_at bigint not null
);
