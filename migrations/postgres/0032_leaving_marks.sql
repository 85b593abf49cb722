-- Tags and teams that very many assets carry go in pieces: they are out of sight at once, and
-- their rows go when the last asset has let go of them.

alter table tags add column
    -- Whether it is taken off all that carry it.
    is_leaving boolean not null default false;
alter table tags add column
    -- The tag that comes in its place, while it is leaving.
    merged_into text;
create index tags_merged on tags (merged_into);

alter table teams add column
    -- Whether nothing is to be for it any more.
    is_leaving boolean not null default false;
