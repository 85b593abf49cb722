-- The most assets an account may have: a million notes of one byte cost rows and words, and no quota.
alter table accounts add column max_assets bigint not null default 1000000 check (max_assets >= 0);
