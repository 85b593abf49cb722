-- The fullness, in percent, that an administrator was told of and has said so; it falls with what
-- the account holds, so that each is told anew when a mark is passed again.
create table storage_seen (
    user_id text primary key not null references users (id),
    account_id text not null references accounts (id),
    level bigint not null
);
create index storage_seen_by_account on storage_seen (account_id);
