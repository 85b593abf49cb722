-- What a line of the audit trail was about was called then, since the lines that matter most are
-- about what is gone; and a little more: what it was called before, which right was missing, how
-- many files there were.
alter table events add column subject_name text;
alter table events add column detail text;
