-- Tags and teams that were deleted, and tags that were merged: what they were, and what they were
-- on, so that administrators can bring them back for as long as the trash is kept.

create table gone_marks (
    -- The id it had, and gets again: that of a tag or of a team.
    id text primary key not null,
    account_id text not null references accounts (id),
    kind text not null check (kind in ('tag', 'team')),
    name text not null,
    color text,
    -- What the tag was called that was carried in its place, where it was merged.
    into_name text,
    -- Who was in the team, as JSON.
    members text not null,
    gone_at bigint not null,
    -- Absent: a program.
    gone_by text references users (id)
);
create index gone_marks_by_account on gone_marks (account_id, kind, gone_at, id);

create table gone_mark_assets (
    mark_id text not null references gone_marks (id),
    -- Names an asset that may be gone by now.
    asset_id text not null,
    -- The tag that was put on in its place, and had not been there before.
    into_id text,
    primary key (mark_id, asset_id)
);
