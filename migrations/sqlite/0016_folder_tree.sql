-- The tree can be moved about and read a piece at a time: who lies below whom, how many assets
-- each folder holds, and in which order siblings stand.

alter table folders add column
    -- What siblings sort by: without case and accents, numbers by value. Empty until the library
    -- has made it, since SQL cannot.
    sort_key text not null default '';
alter table folders add column
    -- Counts its changes, so that the second of two people who rename it at once is told.
    version bigint not null default 1 check (version >= 1);
alter table folders add column
    -- Assets in sight right in it.
    asset_count bigint not null default 0 check (asset_count >= 0);
alter table folders add column
    -- Assets in sight in it and in all folders below.
    total_count bigint not null default 0 check (total_count >= 0);

-- Every folder with every folder it lies in, and with itself.
create table folder_ancestors (
    folder_id text not null references folders (id),
    ancestor_id text not null references folders (id),
    -- Steps up from the folder; 0 is itself.
    distance bigint not null check (distance between 0 and 31),
    primary key (folder_id, ancestor_id)
);

create index folder_ancestors_below on folder_ancestors (ancestor_id, folder_id);

with recursive walk (folder_id, ancestor_id, distance) as (
    select id, id, 0 from folders
    union all
    select walk.folder_id, folders.parent_id, walk.distance + 1
      from walk join folders on folders.id = walk.ancestor_id
     where folders.parent_id is not null)
insert into folder_ancestors (folder_id, ancestor_id, distance)
select folder_id, ancestor_id, distance from walk;

update folders set asset_count = (
    select count(*) from assets
     where assets.account_id = folders.account_id and assets.folder_id = folders.id
       and assets.state = 'active');
update folders set total_count = (
    select sum(held.asset_count)
      from folder_ancestors join folders as held on held.id = folder_ancestors.folder_id
     where folder_ancestors.ancestor_id = folders.id);

-- The counts follow the assets, whoever changes them.
create trigger assets_counted_in after insert on assets
when new.state = 'active' and new.folder_id is not null
begin
    update folders set asset_count = asset_count + 1 where id = new.folder_id;
    update folders set total_count = total_count + 1
     where id in (select ancestor_id from folder_ancestors where folder_id = new.folder_id);
end;

create trigger assets_counted_out after delete on assets
when old.state = 'active' and old.folder_id is not null
begin
    update folders set asset_count = asset_count - 1 where id = old.folder_id;
    update folders set total_count = total_count - 1
     where id in (select ancestor_id from folder_ancestors where folder_id = old.folder_id);
end;

create trigger assets_counted_again after update of state, folder_id on assets
when new.state <> old.state or coalesce(new.folder_id, '') <> coalesce(old.folder_id, '')
begin
    update folders set asset_count = asset_count - 1
     where old.state = 'active' and id = old.folder_id;
    update folders set total_count = total_count - 1
     where old.state = 'active'
       and id in (select ancestor_id from folder_ancestors where folder_id = old.folder_id);
    update folders set asset_count = asset_count + 1
     where new.state = 'active' and id = new.folder_id;
    update folders set total_count = total_count + 1
     where new.state = 'active'
       and id in (select ancestor_id from folder_ancestors where folder_id = new.folder_id);
end;
