-- Whether what carries a tag, or is for a team, is in sight. So many are counted in one index; a look
-- at each asset took seconds for a page of tags of a million.

alter table asset_tags add column is_seen boolean not null default true;
alter table asset_teams add column is_seen boolean not null default true;
update asset_tags set is_seen = false
 where asset_id in (select id from assets where state <> 'active');
update asset_teams set is_seen = false
 where asset_id in (select id from assets where state <> 'active');

create index asset_tags_seen on asset_tags (tag_id, is_seen);
create index asset_teams_seen on asset_teams (team_id, is_seen);

create function marks_follow() returns trigger language plpgsql as $$
begin
    update asset_tags set is_seen = (new.state = 'active') where asset_id = new.id;
    update asset_teams set is_seen = (new.state = 'active') where asset_id = new.id;
    return null;
end $$;
create trigger marks_follow after update of state on assets
    for each row
    when ((new.state = 'active') <> (old.state = 'active'))
    execute function marks_follow();
