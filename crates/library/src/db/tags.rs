//! Tables `tags` and `asset_tags`.

use model::{AccountId, AssetId, FolderColor, Limit, Tag, TagId, tag::COUNT_MOST};
use sqlx::AssertSqlSafe;

use super::{
    fence::{Fence, holds_asset},
    many::places,
    page, search,
    text::folded,
    tx::{Tx, execute, fetch_all, fetch_optional},
};
use crate::Result;

/// A tag, as it is kept, and in how many assets in sight.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct TagRow {
    pub id: TagId,
    pub name: String,
    pub name_key: String,
    pub color: Option<FolderColor>,
    pub asset_count: i64,
    pub version: i64,
}

impl From<TagRow> for Tag {
    fn from(row: TagRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            color: row.color,
            asset_count: row.asset_count.unsigned_abs(),
            version: u32::try_from(row.version).unwrap_or(u32::MAX),
        }
    }
}

/// The tags of an account that are in sight.
const SEEN: &str = "tags.account_id = $1 and tags.is_leaving = false";

/// Of how many assets a tag weighs no more than it does: tags are suggested at each key that
/// somebody types.
const WEIGHED_MOST: usize = 100;

/// The columns of a [`TagRow`], which says roughly how much the tag is used: counted up to a little,
/// in the index of what carries it, and whether or not that is in sight.
fn weighed() -> String {
    format!(
        "select tags.id, tags.name, tags.name_key, tags.color, tags.version, \
                (select count(*) from (select 1 as one from asset_tags \
                                        where asset_tags.tag_id = tags.id \
                                        limit {WEIGHED_MOST}) as carriers) as asset_count"
    )
}

/// The columns of a [`TagRow`]; counting stops where it no longer matters.
fn columns() -> String {
    columns_of("asset_tags where asset_tags.is_seen = true")
}

/// The same, where only some of what carries a tag is counted.
fn columns_of(counted: &str) -> String {
    format!(
        "select tags.id, tags.name, tags.name_key, tags.color, tags.version, \
                (select count(*) from (select 1 as one from {counted} \
                    and asset_tags.tag_id = tags.id \
                  limit {COUNT_MOST}) as carriers) as asset_count"
    )
}

fn select() -> String {
    format!("{} from tags where {SEEN} ", columns())
}

/// What tags of an account differ in.
pub(crate) fn key(name: &str) -> String {
    folded(name)
}

/// Adds a tag unless there is one of that name; says whether it did.
pub(crate) async fn insert(tx: &mut Tx, account: AccountId, id: TagId, name: &str) -> Result<bool> {
    const INSERT: &str = "\
        insert into tags (id, account_id, name, name_key) values ($1, $2, $3, $4) \
        on conflict (account_id, name_key) do nothing";
    let is_new = execute!(
        tx,
        sqlx::query(INSERT)
            .bind(id)
            .bind(account)
            .bind(name)
            .bind(key(name))
    )? == 1;
    if is_new {
        search::add_name(tx, account, id, name).await?;
    }
    Ok(is_new)
}

/// The tag of a word, made where there is none.
pub(crate) async fn find_or_insert(
    tx: &mut Tx,
    account: AccountId,
    id: TagId,
    name: &str,
) -> Result<Option<TagId>> {
    if insert(tx, account, id, name).await? {
        return Ok(Some(id));
    }
    find_by_name(tx, account, name).await
}

/// The tag of a name, in any case and with any accents.
pub(crate) async fn find_by_name(
    tx: &mut Tx,
    account: AccountId,
    name: &str,
) -> Result<Option<TagId>> {
    const FIND: &str = "select id from tags where account_id = $1 and name_key = $2";
    Ok(fetch_optional!(
        tx,
        sqlx::query_scalar(FIND).bind(account).bind(key(name))
    )?)
}

/// The tags of names; `None` where one of them is nobody's.
pub(crate) async fn find_all(
    tx: &mut Tx,
    account: AccountId,
    names: &[String],
) -> Result<Option<Vec<TagId>>> {
    let mut found = Vec::new();
    for name in names {
        match find_by_name(tx, account, name.trim()).await? {
            Some(id) => found.push(id),
            None => return Ok(None),
        }
    }
    Ok(Some(found))
}

/// A tag of an account.
pub(crate) async fn find(tx: &mut Tx, account: AccountId, id: TagId) -> Result<Option<TagRow>> {
    let find = format!("{}and tags.id = $2", select());
    Ok(fetch_optional!(
        tx,
        sqlx::query_as(AssertSqlSafe(find.clone()))
            .bind(account)
            .bind(id)
    )?)
}

/// A tag that nobody else changes before this transaction is over.
pub(crate) async fn lock(tx: &mut Tx, account: AccountId, id: TagId) -> Result<Option<TagRow>> {
    const LOCK: &str = "update tags set name = name where account_id = $1 and id = $2";
    execute!(tx, sqlx::query(LOCK).bind(account).bind(id))?;
    find(tx, account, id).await
}

/// Writes what about a tag a person may change, and counts the change; `false` where the name is
/// another's.
pub(crate) async fn update(tx: &mut Tx, account: AccountId, tag: &TagRow) -> Result<bool> {
    const UPDATE: &str = "\
        update tags set name = $3, name_key = $4, color = $5, version = version + 1 \
         where account_id = $1 and id = $2 \
           and not exists (select 1 from tags as other where other.account_id = $1 \
                              and other.name_key = $4 and other.id <> $2)";
    let is_done = execute!(
        tx,
        sqlx::query(UPDATE)
            .bind(account)
            .bind(tag.id)
            .bind(&tag.name)
            .bind(key(&tag.name))
            .bind(tag.color)
    )? == 1;
    if is_done {
        search::put_name(tx, account, tag.id, &tag.name).await?;
    }
    Ok(is_done)
}

/// Removes a tag from all that carry it, and the tag.
pub(crate) async fn delete(tx: &mut Tx, account: AccountId, id: TagId) -> Result<()> {
    const DETACH: &str = "delete from asset_tags where tag_id = $1";
    const DELETE: &str = "delete from tags where account_id = $1 and id = $2";
    execute!(tx, sqlx::query(DETACH).bind(id))?;
    search::forget_name(tx, &id).await?;
    execute!(tx, sqlx::query(DELETE).bind(account).bind(id))?;
    Ok(())
}

/// Lets all that carry one tag carry another, too.
pub(crate) async fn spread(tx: &mut Tx, from: TagId, to: TagId) -> Result<()> {
    const SPREAD: &str = "\
        insert into asset_tags (asset_id, tag_id, created_at, is_seen) \
        select asset_id, $2, created_at, is_seen from asset_tags where tag_id = $1 \
        on conflict do nothing";
    execute!(tx, sqlx::query(SPREAD).bind(from).bind(to))?;
    Ok(())
}

/// Puts a tag out of sight that is to be taken off all that carry it, and frees its name; words
/// find what carries it by the name of the tag that comes in its place, and by its own until it is
/// taken off.
pub(crate) async fn begin_leaving(
    tx: &mut Tx,
    account: AccountId,
    id: TagId,
    into: Option<&TagRow>,
) -> Result<()> {
    const LEAVE: &str = "\
        update tags set is_leaving = true, merged_into = $3, name_key = id \
         where account_id = $1 and id = $2";
    // First those that follow: what is taken off them meanwhile has this tag locked.
    pass_on(tx, account, id, into).await?;
    let place = into.map(|tag| tag.id);
    execute!(
        &mut *tx,
        sqlx::query(LEAVE).bind(account).bind(id).bind(place)
    )?;
    put_names(tx, account, &[id], into).await
}

/// Lets what is merged into a tag be merged into another, or into nothing.
pub(crate) async fn pass_on(
    tx: &mut Tx,
    account: AccountId,
    id: TagId,
    into: Option<&TagRow>,
) -> Result<()> {
    const PASS_ON: &str = "\
        update tags set merged_into = $3 where account_id = $1 and merged_into = $2 returning id";
    let place = into.map(|tag| tag.id);
    let passed: Vec<TagId> = fetch_all!(
        &mut *tx,
        sqlx::query_scalar(PASS_ON)
            .bind(account)
            .bind(id)
            .bind(place)
    )?;
    put_names(tx, account, &passed, into).await
}

/// Lets words find what carries some tags by the name of another, or no longer.
async fn put_names(
    tx: &mut Tx,
    account: AccountId,
    tags: &[TagId],
    into: Option<&TagRow>,
) -> Result<()> {
    for tag in tags {
        match into {
            Some(into) => search::put_name(tx, account, *tag, &into.name).await?,
            None => search::forget_name(tx, tag).await?,
        }
    }
    Ok(())
}

/// What comes in place of a tag that is leaving, if anything does; nobody changes that before this
/// transaction is over.
pub(crate) async fn lock_leaving(
    tx: &mut Tx,
    account: AccountId,
    id: TagId,
) -> Result<Option<TagId>> {
    const LOCK: &str = "\
        update tags set name = name where account_id = $1 and id = $2 and is_leaving = true \
        returning merged_into";
    let into: Option<Option<TagId>> =
        fetch_optional!(tx, sqlx::query_scalar(LOCK).bind(account).bind(id))?;
    Ok(into.flatten())
}

/// Notes on all assets that carry a tag that they changed.
pub(crate) async fn touch_carriers(
    tx: &mut Tx,
    account: AccountId,
    id: TagId,
    now: model::Timestamp,
) -> Result<()> {
    const TOUCH: &str = "\
        update assets set updated_at = $3 \
         where account_id = $1 and id in (select asset_id from asset_tags where tag_id = $2)";
    execute!(tx, sqlx::query(TOUCH).bind(account).bind(id).bind(now))?;
    Ok(())
}

/// Those of some tags that have a color, with it.
pub(crate) async fn list_colors(
    tx: &mut Tx,
    account: AccountId,
    names: &[String],
) -> Result<Vec<(String, FolderColor)>> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let list = format!(
        "select name, color from tags \
          where account_id = $1 and color is not null and name_key in ({}) order by name_key",
        places(2, names.len())
    );
    Ok(fetch_all!(tx, {
        let query = sqlx::query_as(AssertSqlSafe(list.clone())).bind(account);
        names
            .iter()
            .fold(query, |query, name| query.bind(key(name)))
    })?)
}

/// Lets an asset carry a tag; says whether it did not yet.
pub(crate) async fn attach(tx: &mut Tx, asset: AssetId, tag: TagId) -> Result<bool> {
    const ATTACH: &str = "\
        insert into asset_tags (asset_id, tag_id, created_at, is_seen) \
        select id, $2, created_at, state = 'active' from assets where id = $1 \
        on conflict do nothing";
    Ok(execute!(tx, sqlx::query(ATTACH).bind(asset).bind(tag))? == 1)
}

/// Takes a tag off an asset, and those that are merged into it.
pub(crate) async fn detach(tx: &mut Tx, asset: AssetId, tag: TagId) -> Result<()> {
    const DETACH: &str = "\
        delete from asset_tags \
         where asset_id = $1 \
           and (tag_id = $2 or tag_id in (select id from tags where merged_into = $2))";
    execute!(tx, sqlx::query(DETACH).bind(asset).bind(tag))?;
    Ok(())
}

/// The tags an asset carries; those that are leaving count as what comes in their place.
pub(crate) async fn list_of_asset(tx: &mut Tx, asset: AssetId) -> Result<Vec<TagId>> {
    const LIST: &str = "\
        select distinct coalesce(tags.merged_into, tags.id) \
          from asset_tags join tags on tags.id = asset_tags.tag_id \
         where asset_tags.asset_id = $1 \
           and (tags.is_leaving = false or tags.merged_into is not null)";
    Ok(fetch_all!(tx, sqlx::query_scalar(LIST).bind(asset))?)
}

/// The statement of a page: `$1` is the account, `$2` where it starts, `$3` how many.
pub(super) fn list_statement() -> String {
    format!(
        "{}and tags.name_key > $2 order by tags.name_key limit $3",
        select()
    )
}

/// The columns of tags that an asset inside a fence carries; `$4` and `$5` are the fence.
fn columns_within() -> String {
    columns_of(&format!(
        "asset_tags join assets on assets.id = asset_tags.asset_id \
          where assets.state = 'active' and {}",
        holds_asset(4, 5)
    ))
}

/// A page of the tags that an asset inside a fence carries, by name, and one more where there are
/// more.
pub(crate) async fn list_within(
    tx: &mut Tx,
    account: AccountId,
    fence: &Fence,
    after: Option<String>,
    limit: Limit,
) -> Result<Vec<TagRow>> {
    let list = format!(
        "select * from ({} from tags where {SEEN} and tags.name_key > $2) as held \
          where asset_count > 0 order by name_key limit $3",
        columns_within()
    );
    Ok(fetch_all!(
        tx,
        sqlx::query_as(AssertSqlSafe(list.clone()))
            .bind(account)
            .bind(after.clone().unwrap_or_default())
            .bind(page::rows(limit))
            .bind(fence.root())
            .bind(fence.kinds())
    )?)
}

/// Tags with a word that begins like this, which an asset inside a fence carries.
pub(crate) async fn list_beginning_within(
    tx: &mut Tx,
    account: AccountId,
    fence: &Fence,
    beginning: &str,
) -> Result<Vec<TagRow>> {
    let list = format!(
        "select * from ({} from (select distinct ref from search_names \
                   where account_id = $1 and word >= $2 and word < $3) as begun \
                 cross join tags where tags.id = begun.ref and {SEEN}) as held \
          where asset_count > 0 limit 128",
        columns_within()
    );
    Ok(fetch_all!(
        tx,
        sqlx::query_as(AssertSqlSafe(list.clone()))
            .bind(account)
            .bind(beginning)
            .bind(search::after_all(beginning))
            .bind(fence.root())
            .bind(fence.kinds())
    )?)
}

/// A page of the account's tags by name, and one more where there are more.
pub(crate) async fn list(
    tx: &mut Tx,
    account: AccountId,
    after: Option<String>,
    limit: Limit,
) -> Result<Vec<TagRow>> {
    let list = list_statement();
    Ok(fetch_all!(
        tx,
        sqlx::query_as(AssertSqlSafe(list.clone()))
            .bind(account)
            .bind(after.clone().unwrap_or_default())
            .bind(page::rows(limit))
    )?)
}

/// The statement of tags with a word from `$2` to `$3`; the words are looked up first, or all tags
/// of the account would be walked for them.
pub(super) fn beginning_statement() -> String {
    format!(
        "{} from (select distinct ref from search_names \
                   where account_id = $1 and word >= $2 and word < $3 limit 128) as begun \
                 cross join tags where tags.id = begun.ref and {SEEN}",
        weighed()
    )
}

/// Tags with a word that begins like this, and how much each is used, roughly.
pub(crate) async fn list_beginning(
    tx: &mut Tx,
    account: AccountId,
    beginning: &str,
) -> Result<Vec<TagRow>> {
    let list = beginning_statement();
    Ok(fetch_all!(
        tx,
        sqlx::query_as(AssertSqlSafe(list.clone()))
            .bind(account)
            .bind(beginning)
            .bind(search::after_all(beginning))
    )?)
}
