-- What words are looked for in. The library makes the words (`words.rs`), so that both databases
-- have the same; triggers keep the index in step, so that no change can forget it. Tags, teams and
-- folders stand in it by their ids: a name that changes changes no document.

alter table assets add column
    -- The words of the name, without case and accents, with a space between.
    name_words text not null default '';
alter table assets add column
    -- The words of the alt text.
    alt_words text not null default '';
update assets set name_words = search_text;
alter table assets drop column search_text;

-- What documents say, as far as it is looked for.
create table blob_texts (
    blob_id text primary key not null references blobs (id) on delete cascade,
    account_id text not null references accounts (id),
    -- As it was read, for showing where a word stands.
    text text not null,
    -- Its words, each once.
    words text not null
);

-- The place of each asset in the index: larger numbers are younger assets.
create table search_documents (
    -- When the asset was added, in milliseconds, times 2^20, and a number below that.
    number bigint primary key not null,
    asset_id text not null unique references assets (id) on delete cascade,
    account_id text not null references accounts (id),
    -- Whether its words are among those that a slip of the pen is compared with.
    is_learned boolean not null
) without rowid;

create index search_documents_to_learn on search_documents (number) where is_learned = false;

create virtual table search_index using fts5 (
    name, alt, refs, content,
    content = '', contentless_delete = 1, detail = column, tokenize = 'ascii', prefix = '1 2 3 4'
);

-- Words of the names of tags, teams and folders, and whose they are. Empty until the library has
-- made them, since SQL cannot.
create table search_names (
    account_id text not null references accounts (id),
    word text not null,
    -- The id of a tag, a team or a folder.
    ref text not null,
    -- Whether the word is among those that a slip of the pen is compared with.
    is_learned boolean not null,
    primary key (account_id, word, ref)
) without rowid;

create index search_names_by_ref on search_names (ref);
create index search_names_to_learn on search_names (account_id, word) where is_learned = false;

-- Words that an account uses, and their parts of three letters: what a word that nothing has is
-- compared with.
create table search_words (
    account_id text not null references accounts (id),
    word text not null,
    primary key (account_id, word)
) without rowid;

create table search_trigrams (
    account_id text not null references accounts (id),
    trigram text not null,
    word text not null,
    primary key (account_id, trigram, word)
) without rowid;

-- What the index holds of an asset.
create view search_rows as
    select documents.number, assets.id as asset_id, assets.blob_id,
           assets.name_words as name, assets.alt_words as alt,
           replace(assets.account_id, '_', '')
               || ' kind' || assets.kind || ' source' || assets.source
               || coalesce(' ' || replace(assets.folder_id, '_', ''), '')
               || coalesce(' ' || replace(assets.created_by, '_', ''), '')
               || coalesce(' ' || (select group_concat(replace(tag_id, '_', ''), ' ')
                                     from asset_tags where asset_id = assets.id), '')
               || coalesce(' ' || (select group_concat(replace(team_id, '_', ''), ' ')
                                     from asset_teams where asset_id = assets.id), '') as refs,
           coalesce(blob_texts.words, '') as content
      from search_documents as documents
      join assets on assets.id = documents.asset_id
      left join blob_texts on blob_texts.blob_id = assets.blob_id;

insert into search_documents (number, asset_id, account_id, is_learned)
select created_at * 1048576
           + row_number() over (partition by created_at order by id) - 1,
       id, account_id, false
  from assets;
insert into search_index (rowid, name, alt, refs, content)
select number, name, alt, refs, content from search_rows;

insert into jobs (id, kind, payload, unique_key, state, run_at, attempts, created_at)
select 'job_' || substr(blobs.id, 5), 'read_text',
       '{"kind":"read_text","account":"' || blobs.account_id || '","blob":"' || blobs.id || '"}',
       'read_text:' || blobs.id, 'waiting', blobs.created_at, 0, blobs.created_at
  from blobs
 where blobs.id in (select blob_id from assets where kind in ('document', 'contact'));

create trigger search_adds after insert on assets
begin
    insert into search_documents (number, asset_id, account_id, is_learned)
    values (
        coalesce((select max(number) + 1 from search_documents
                   where number >= new.created_at * 1048576
                     and number < (new.created_at + 1) * 1048576),
                 new.created_at * 1048576),
        new.id, new.account_id, false);
    insert into search_index (rowid, name, alt, refs, content)
    select number, name, alt, refs, content from search_rows
     where number = (select number from search_documents where asset_id = new.id);
end;

create trigger search_follows after update of name_words, alt_words, folder_id, blob_id on assets
when new.name_words <> old.name_words or new.alt_words <> old.alt_words
  or new.blob_id <> old.blob_id or new.folder_id is not old.folder_id
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

create trigger search_removes before delete on assets
begin
    delete from search_index
     where rowid = (select number from search_documents where asset_id = old.id);
    delete from search_documents where asset_id = old.id;
end;

create trigger search_reads after insert on blob_texts
begin
    delete from search_index
     where rowid in (select number from search_rows where blob_id = new.blob_id);
    insert into search_index (rowid, name, alt, refs, content)
    select number, name, alt, refs, content from search_rows where blob_id = new.blob_id;
    update search_documents set is_learned = false
     where asset_id in (select id from assets where blob_id = new.blob_id);
end;

create trigger search_tags after insert on asset_tags
begin
    delete from search_index
     where rowid = (select number from search_documents where asset_id = new.asset_id);
    insert into search_index (rowid, name, alt, refs, content)
    select number, name, alt, refs, content from search_rows
     where number = (select number from search_documents where asset_id = new.asset_id);
end;

create trigger search_untags after delete on asset_tags
begin
    delete from search_index
     where rowid = (select number from search_documents where asset_id = old.asset_id);
    insert into search_index (rowid, name, alt, refs, content)
    select number, name, alt, refs, content from search_rows
     where number = (select number from search_documents where asset_id = old.asset_id);
end;

create trigger search_assigns after insert on asset_teams
begin
    delete from search_index
     where rowid = (select number from search_documents where asset_id = new.asset_id);
    insert into search_index (rowid, name, alt, refs, content)
    select number, name, alt, refs, content from search_rows
     where number = (select number from search_documents where asset_id = new.asset_id);
end;

create trigger search_unassigns after delete on asset_teams
begin
    delete from search_index
     where rowid = (select number from search_documents where asset_id = old.asset_id);
    insert into search_index (rowid, name, alt, refs, content)
    select number, name, alt, refs, content from search_rows
     where number = (select number from search_documents where asset_id = old.asset_id);
end;
