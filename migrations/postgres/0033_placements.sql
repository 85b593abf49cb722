-- What verdicts on placements need: facts of bytes that no list shows, and what operators say that
-- places in messages take from an account.

-- Transparency, colors, codecs and pages, as JSON; absent for bytes nobody has looked at for them.
alter table blobs add column facts text;

create table placements (
    account_id text not null references accounts (id),
    id text not null,
    -- All of it, as JSON.
    body text not null,
    updated_at bigint not null,
    primary key (account_id, id)
);
