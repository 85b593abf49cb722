-- An invitation whose address somebody has in another account cannot be accepted: that it was
-- tried, so that the administrators who see it do not wait.
alter table invitations add column refused_at bigint;
