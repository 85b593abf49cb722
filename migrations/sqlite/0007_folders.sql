-- Places in a tree, as people name them.

create table folders (
    id text primary key not null,
    account_id text not null references accounts (id),
    -- The folder it lies in; absent at the top.
    parent_id text references folders (id),
    name text not null,
    -- The name in lower case: siblings differ in more than case.
    name_key text not null,
    color text check (color in ('red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple', 'pink')),
    -- 1 at the top; bounded, so that no walk up is long.
    depth bigint not null check (depth between 1 and 32),
    created_at bigint not null
);

-- Absent parents are equal here, which they would not be in a plain unique index.
create unique index folders_by_name on folders (account_id, coalesce(parent_id, ''), name_key);
create index folders_by_parent on folders (parent_id);
