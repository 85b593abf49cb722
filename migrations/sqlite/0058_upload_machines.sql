-- The data folder in which the bytes of an upload lie, by the name it was given; absent until the
-- first of them are written down. Another machine cannot go on with it.

alter table uploads add column machine text;
