-- What is written in the page that an embed session is for: what is chosen there is used there. Its
-- maker names it, so that the page can name no other.

alter table embed_sessions add column used_in_kind text
    check (used_in_kind in ('template', 'campaign', 'message', 'page', 'other'));
-- What the other program calls the place.
alter table embed_sessions add column used_in_reference text;
-- What people call the place.
alter table embed_sessions add column used_in_title text;
-- Where people look at the place; never fetched.
alter table embed_sessions add column used_in_url text;
