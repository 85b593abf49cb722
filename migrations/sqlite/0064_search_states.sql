-- What lies in the archive or in the trash says so in the index of words: a common word would
-- otherwise be met in all that is in sight, and looked at one by one, to find the few in the trash.
-- What is in sight, which is most, says nothing.

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
               || case assets.state when 'active' then '' else ' state' || assets.state end
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

drop trigger search_follows;
create trigger search_follows
after update of name_words, alt_words, folder_id, blob_id, state on assets
when new.name_words <> old.name_words or new.alt_words <> old.alt_words
  or new.blob_id <> old.blob_id or new.folder_id is not old.folder_id
  or new.state <> old.state
begin
    delete from search_index
     where rowid = (select number from search_documents where asset_id = new.id);
    insert into search_index (rowid, name, alt, refs, content)
    select number, name, alt, refs, content from search_rows
     where number = (select number from search_documents where asset_id = new.id);
    update search_documents set is_learned = false
     where asset_id = new.id
       and (new.name_words <> old.name_words or new.alt_words <> old.alt_words);
end;

delete from search_index where rowid in
    (select documents.number
       from assets join search_documents as documents on documents.asset_id = assets.id
      where assets.state <> 'active');
insert into search_index (rowid, name, alt, refs, content)
select number, name, alt, refs, content from search_rows
 where asset_id in (select id from assets where state <> 'active');
