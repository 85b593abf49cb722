-- The words of the names of tags, teams and folders stand in the documents of their assets, too: a
-- common word would otherwise ask the index for each of the many that have it. A name that changes
-- goes into the documents little by little; until it is in all, it is found by its id.
create table search_spreads (
    -- The id of a tag, a team or a folder.
    ref text primary key not null,
    account_id text not null references accounts (id),
    -- The last of its assets that has the new words: when it was added, and its id.
    after_time bigint not null,
    after_id text not null
) without rowid;

create index search_spreads_by_account on search_spreads (account_id);
create index assets_by_folder on assets (folder_id, created_at, id) where folder_id is not null;

drop view search_rows;
create view search_rows as
    select documents.number, assets.id as asset_id, assets.blob_id,
           assets.name_words as name,
           assets.alt_words
               || coalesce(' ' || (select group_concat(names.word, ' ')
                                     from asset_tags join search_names as names on names.ref = asset_tags.tag_id
                                    where asset_tags.asset_id = assets.id), '')
               || coalesce(' ' || (select group_concat(names.word, ' ')
                                     from asset_teams join search_names as names on names.ref = asset_teams.team_id
                                    where asset_teams.asset_id = assets.id), '') as alt,
           replace(assets.account_id, '_', '')
               || ' kind' || assets.kind || ' source' || assets.source
               || coalesce(' ' || replace(assets.folder_id, '_', ''), '')
               || coalesce(' ' || replace(assets.created_by, '_', ''), '')
               || coalesce(' ' || (select group_concat(replace(tag_id, '_', ''), ' ')
                                     from asset_tags where asset_id = assets.id), '')
               || coalesce(' ' || (select group_concat(replace(team_id, '_', ''), ' ')
                                     from asset_teams where asset_id = assets.id), '') as refs,
           coalesce(blob_texts.words, '')
               || coalesce(' ' || (select group_concat(word, ' ')
                                     from search_names where ref = assets.folder_id), '') as content
      from search_documents as documents
      join assets on assets.id = documents.asset_id
      left join blob_texts on blob_texts.blob_id = assets.blob_id;

insert into search_index (search_index) values ('delete-all');
insert into search_index (rowid, name, alt, refs, content)
select number, name, alt, refs, content from search_rows;

-- Longer words are learned than before.
update search_documents set is_learned = false;
