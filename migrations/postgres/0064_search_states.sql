-- What lies in the archive or in the trash says so in the index of words: a common word would
-- otherwise be met in all that is in sight, and looked at one by one, to find the few in the trash.
-- What is in sight, which is most, says nothing.

create or replace view search_rows as
    select assets.id as asset_id, assets.blob_id,
           (regexp_replace(assets.name_words, '(\S+)', '\1:1A', 'g') || ' '
               || regexp_replace(lower(
                      replace(assets.account_id, '_', '')
                          || ' kind' || assets.kind || ' source' || assets.source
                          || case assets.state when 'active' then '' else ' state' || assets.state end
                          || coalesce(' ' || replace(assets.folder_id, '_', ''), '')
                          || coalesce(' ' || replace(assets.created_by, '_', ''), '')
                          || coalesce(' ' || (select string_agg(replace(tag_id, '_', ''), ' ')
                                                from asset_tags where asset_id = assets.id), '')
                          || coalesce(' ' || (select string_agg(replace(team_id, '_', ''), ' ')
                                                from asset_teams where asset_id = assets.id), '')),
                      '(\S+)', '\1:2B', 'g') || ' '
               || regexp_replace(
                      assets.alt_words
                          || coalesce(' ' || (select string_agg(names.word, ' ')
                                                from asset_tags join search_names as names on names.ref = asset_tags.tag_id
                                               where asset_tags.asset_id = assets.id), '')
                          || coalesce(' ' || (select string_agg(names.word, ' ')
                                                from asset_teams join search_names as names on names.ref = asset_teams.team_id
                                               where asset_teams.asset_id = assets.id), ''),
                      '(\S+)', '\1:3C', 'g') || ' '
               || regexp_replace(
                      coalesce(blob_texts.words, '')
                          || coalesce(' ' || (select string_agg(word, ' ')
                                                from search_names where ref = assets.folder_id), ''),
                      '(\S+)', '\1:4D', 'g')
           )::tsvector as vector
      from assets left join blob_texts on blob_texts.blob_id = assets.blob_id;

drop trigger search_follows on assets;
create trigger search_follows
    after update of name_words, alt_words, folder_id, blob_id, state on assets
    for each row
    when (new.name_words <> old.name_words or new.alt_words <> old.alt_words
          or new.blob_id <> old.blob_id or new.folder_id is distinct from old.folder_id
          or new.state <> old.state)
    execute function search_follows();

update search_documents set vector = search_rows.vector
  from search_rows
 where search_rows.asset_id = search_documents.asset_id
   and search_documents.asset_id in (select id from assets where state <> 'active');
