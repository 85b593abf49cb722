-- What words are looked for in. The library makes the words (`words.rs`), so that both databases
-- have the same; triggers keep the index in step, so that no change can forget it. Tags, teams and
-- folders stand in it by their ids: a name that changes changes no document.

alter table assets add column
    -- The words of the name, without case and accents, with a space between.
    name_words text not null default '';
alter table assets add column
    -- The words of the alt text.
    alt_words text not null default '';
update assets set name_words = trim(regexp_replace(search_text, '[^[:alnum:]]+', ' ', 'g'));
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
    is_learned boolean not null,
    -- Words of the name weigh A, ids B, words of the alt text C, and what it says D.
    vector tsvector not null
);

create index search_documents_to_learn on search_documents (number) where is_learned = false;
-- Without a list of what is still to be sorted in, so that looking costs the same at any time.
create index search_documents_by_word on search_documents using gin (vector) with (fastupdate = off);
create sequence search_numbers;

-- Words of the names of tags, teams and folders, and whose they are. Empty until the library has
-- made them, since SQL cannot.
create table search_names (
    account_id text not null references accounts (id),
    word text collate "C" not null,
    -- The id of a tag, a team or a folder.
    ref text not null,
    -- Whether the word is among those that a slip of the pen is compared with.
    is_learned boolean not null,
    primary key (account_id, word, ref)
);

create index search_names_by_ref on search_names (ref);
create index search_names_to_learn on search_names (account_id, word) where is_learned = false;

-- Words that an account uses, and their parts of three letters: what a word that nothing has is
-- compared with.
create table search_words (
    account_id text not null references accounts (id),
    word text collate "C" not null,
    primary key (account_id, word)
);

create table search_trigrams (
    account_id text not null references accounts (id),
    trigram text collate "C" not null,
    word text collate "C" not null,
    primary key (account_id, trigram, word)
);

-- What the index holds of an asset.
create view search_rows as
    select assets.id as asset_id, assets.blob_id,
           (regexp_replace(assets.name_words, '(\S+)', '\1:1A', 'g') || ' '
               || regexp_replace(lower(
                      replace(assets.account_id, '_', '')
                          || ' kind' || assets.kind || ' source' || assets.source
                          || coalesce(' ' || replace(assets.folder_id, '_', ''), '')
                          || coalesce(' ' || replace(assets.created_by, '_', ''), '')
                          || coalesce(' ' || (select string_agg(replace(tag_id, '_', ''), ' ')
                                                from asset_tags where asset_id = assets.id), '')
                          || coalesce(' ' || (select string_agg(replace(team_id, '_', ''), ' ')
                                                from asset_teams where asset_id = assets.id), '')),
                      '(\S+)', '\1:2B', 'g') || ' '
               || regexp_replace(assets.alt_words, '(\S+)', '\1:3C', 'g') || ' '
               || regexp_replace(coalesce(blob_texts.words, ''), '(\S+)', '\1:4D', 'g')
           )::tsvector as vector
      from assets left join blob_texts on blob_texts.blob_id = assets.blob_id;

insert into search_documents (number, asset_id, account_id, is_learned, vector)
select assets.created_at * 1048576 + nextval('search_numbers') % 1048576,
       assets.id, assets.account_id, false, search_rows.vector
  from assets join search_rows on search_rows.asset_id = assets.id;

insert into jobs (id, kind, payload, unique_key, state, run_at, attempts, created_at)
select 'job_' || substr(blobs.id, 5), 'read_text',
       '{"kind":"read_text","account":"' || blobs.account_id || '","blob":"' || blobs.id || '"}',
       'read_text:' || blobs.id, 'waiting', blobs.created_at, 0, blobs.created_at
  from blobs
 where blobs.id in (select blob_id from assets where kind in ('document', 'contact'));

create function search_refresh(asset text) returns void language sql as $$
    update search_documents
       set vector = (select vector from search_rows where search_rows.asset_id = asset)
     where search_documents.asset_id = asset;
$$;

create function search_adds() returns trigger language plpgsql as $$
begin
    insert into search_documents (number, asset_id, account_id, is_learned, vector)
    select new.created_at * 1048576 + nextval('search_numbers') % 1048576,
           new.id, new.account_id, false, search_rows.vector
      from search_rows where search_rows.asset_id = new.id;
    return null;
end $$;
create trigger search_adds after insert on assets
    for each row execute function search_adds();

create function search_follows() returns trigger language plpgsql as $$
begin
    perform search_refresh(new.id);
    update search_documents set is_learned = false
     where asset_id = new.id
       and (new.name_words <> old.name_words or new.alt_words <> old.alt_words);
    return null;
end $$;
create trigger search_follows after update of name_words, alt_words, folder_id, blob_id on assets
    for each row
    when (new.name_words <> old.name_words or new.alt_words <> old.alt_words
          or new.blob_id <> old.blob_id or new.folder_id is distinct from old.folder_id)
    execute function search_follows();

create function search_reads() returns trigger language plpgsql as $$
begin
    update search_documents
       set vector = search_rows.vector, is_learned = false
      from search_rows
     where search_rows.blob_id = new.blob_id
       and search_documents.asset_id = search_rows.asset_id;
    return null;
end $$;
create trigger search_reads after insert on blob_texts
    for each row execute function search_reads();

create function search_refers() returns trigger language plpgsql as $$
begin
    perform search_refresh(coalesce(new.asset_id, old.asset_id))
      where exists (select 1 from assets where id = coalesce(new.asset_id, old.asset_id));
    return null;
end $$;
create trigger search_tags after insert or delete on asset_tags
    for each row execute function search_refers();
create trigger search_assigns after insert or delete on asset_teams
    for each row execute function search_refers();
