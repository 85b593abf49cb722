-- Tags have a color, teams are groups of people that assets are for, and both remember when
-- an asset was added: one tag or one team is walked in the order of time along one index.

alter table tags add column
    color text check (color in ('red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple', 'pink'));

alter table asset_tags add column
    -- When the asset was added, as the asset has it.
    created_at bigint not null default 0;
update asset_tags set created_at = (select created_at from assets where assets.id = asset_tags.asset_id);
drop index asset_tags_by_tag;
create index asset_tags_by_time on asset_tags (tag_id, created_at, asset_id);

create table teams (
    id text primary key not null,
    account_id text not null references accounts (id),
    name text not null,
    -- Without case and accents: one team, however it is written.
    name_key text collate "C" not null,
    created_at bigint not null,
    unique (account_id, name_key)
);

create table team_members (
    team_id text not null references teams (id),
    user_id text not null references users (id),
    primary key (team_id, user_id)
);

create index team_members_by_user on team_members (user_id, team_id);

create table asset_teams (
    asset_id text not null references assets (id) on delete cascade,
    team_id text not null references teams (id),
    -- When the asset was added, as the asset has it.
    created_at bigint not null,
    primary key (asset_id, team_id)
);

create index asset_teams_by_time on asset_teams (team_id, created_at, asset_id);

alter table tags alter column name_key type text collate "C";
