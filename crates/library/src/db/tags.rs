//! Tables `tags` and `asset_tags`.

use model::{AccountId, AssetId, Tag, TagId};
use sqlx::AssertSqlSafe;

use super::{
    many::places,
    tx::{Tx, execute, fetch_all, fetch_one},
};
use crate::Result;

#[derive(sqlx::FromRow)]
struct TagRow {
    id: TagId,
    name: String,
    asset_count: i64,
}

/// What tags of an account must differ in, and sort by.
fn key_of(name: &str) -> String {
    name.to_lowercase()
}

/// The tag of a word, made where there is none.
pub(crate) async fn find_or_insert(
    tx: &mut Tx,
    account: AccountId,
    id: TagId,
    name: &str,
) -> Result<TagId> {
    const INSERT: &str = "\
        insert into tags (id, account_id, name, name_key) values ($1, $2, $3, $4) \
        on conflict (account_id, name_key) do nothing";
    const FIND: &str = "select id from tags where account_id = $1 and name_key = $2";
    let key = key_of(name);
    execute!(
        tx,
        sqlx::query(INSERT)
            .bind(id)
            .bind(account)
            .bind(name)
            .bind(&key)
    )?;
    Ok(fetch_one!(
        tx,
        sqlx::query_scalar(FIND).bind(account).bind(&key)
    )?)
}

/// Lets an asset carry a tag.
pub(crate) async fn attach(tx: &mut Tx, asset: AssetId, tag: TagId) -> Result<()> {
    const ATTACH: &str = "\
        insert into asset_tags (asset_id, tag_id) values ($1, $2) on conflict do nothing";
    execute!(tx, sqlx::query(ATTACH).bind(asset).bind(tag))?;
    Ok(())
}

/// Lets assets carry a tag.
pub(crate) async fn attach_many(
    tx: &mut Tx,
    account: AccountId,
    assets: &[AssetId],
    tag: TagId,
) -> Result<()> {
    let attach = format!(
        "insert into asset_tags (asset_id, tag_id) \
         select id, $2 from assets where account_id = $1 and id in ({}) \
         on conflict do nothing",
        places(3, assets.len())
    );
    execute!(tx, {
        let query = sqlx::query(AssertSqlSafe(attach.clone()))
            .bind(account)
            .bind(tag);
        assets.iter().fold(query, |query, id| query.bind(*id))
    })?;
    Ok(())
}

/// Takes tags off assets.
pub(crate) async fn detach_many(
    tx: &mut Tx,
    account: AccountId,
    assets: &[AssetId],
    words: &[String],
) -> Result<()> {
    let detach = format!(
        "delete from asset_tags \
          where tag_id in (select id from tags where account_id = $1 and name_key = $2) \
            and asset_id in ({})",
        places(3, assets.len())
    );
    for word in words {
        execute!(&mut *tx, {
            let query = sqlx::query(AssertSqlSafe(detach.clone()))
                .bind(account)
                .bind(word.to_lowercase());
            assets.iter().fold(query, |query, id| query.bind(*id))
        })?;
    }
    Ok(())
}

/// Takes all tags off an asset.
pub(crate) async fn detach_all(tx: &mut Tx, asset: AssetId) -> Result<()> {
    const DETACH: &str = "delete from asset_tags where asset_id = $1";
    execute!(tx, sqlx::query(DETACH).bind(asset))?;
    Ok(())
}

/// The account's tags after a word that some asset in sight carries, by name.
pub(crate) async fn list(
    tx: &mut Tx,
    account: AccountId,
    after: &str,
    rows: i64,
) -> Result<Vec<Tag>> {
    const LIST: &str = "\
        select tags.id, tags.name, count(*) as asset_count \
          from tags join asset_tags on asset_tags.tag_id = tags.id \
                    join assets on assets.id = asset_tags.asset_id and assets.state = 'active' \
         where tags.account_id = $1 and tags.name_key > $2 \
         group by tags.id, tags.name, tags.name_key order by tags.name_key limit $3";
    let after = key_of(after);
    let rows: Vec<TagRow> = fetch_all!(
        tx,
        sqlx::query_as(LIST).bind(account).bind(&after).bind(rows)
    )?;
    Ok(rows
        .into_iter()
        .map(|row| Tag {
            id: row.id,
            name: row.name,
            asset_count: row.asset_count.unsigned_abs(),
        })
        .collect())
}
