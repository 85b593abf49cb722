-- Tags and teams count their changes, as assets and folders do: of two people who change one of
-- them at once, the second is told.

alter table tags add column
    version bigint not null default 1 check (version >= 1);
alter table teams add column
    version bigint not null default 1 check (version >= 1);
