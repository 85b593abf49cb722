-- What there is to see of files that are no pictures, such as how loud sound is: read by the
-- decoder once, and kept with the bytes.

create table blob_previews (
    blob_id text primary key not null references blobs (id) on delete cascade,
    account_id text not null references accounts (id),
    -- Which state of the reader read it; what an older one read is read again.
    reader bigint not null,
    -- What was read, as JSON.
    content text not null,
    created_at bigint not null
);
