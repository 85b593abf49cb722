-- A few words the installation keeps about itself, so that every process on the same
-- database agrees on them: the key it signs with, the digest of the set-up token.

create table settings (
    name text primary key not null,
    value text not null
);
