//! Table `asset_usages`: where assets are used outside.

use model::{
    AccountId, AssetId, AssetUsage, FolderId, NewUsage, UsageCount, UsageId, UsageKind,
    UsageReference,
};
use sqlx::AssertSqlSafe;

use super::{
    many::places,
    tx::{Dialect, Tx, execute, fetch_all, fetch_optional},
};
use crate::Result;

/// The most rows that are written by one statement.
const AT_ONCE: usize = 200;

/// Lets nobody else say what a place uses before this transaction is over.
///
/// It is taken before rows of assets, so that nobody waits in a circle; `SQLite` has one writer
/// anyway.
pub(crate) async fn lock_place(tx: &mut Tx, account: AccountId, place: &NewUsage) -> Result<()> {
    const LOCK: &str = "select pg_advisory_xact_lock(hashtextextended($1, 0))";
    if tx.dialect() == Dialect::Postgres {
        let name = format!("used_in:{account}:{}:{}", place.kind, place.reference);
        execute!(tx, sqlx::query(LOCK).bind(&name))?;
    }
    Ok(())
}

/// Places that use an asset, those first known last, from the one after the last seen.
pub(crate) async fn list(
    tx: &mut Tx,
    account: AccountId,
    asset: AssetId,
    seen: Option<UsageId>,
    rows: i64,
) -> Result<Vec<AssetUsage>> {
    const LIST: &str = "\
        select * from asset_usages \
         where account_id = $1 and asset_id = $2 and ($3 = '' or id < $3) \
         order by id desc limit $4";
    let seen = seen.map(|id| id.to_string()).unwrap_or_default();
    Ok(fetch_all!(
        tx,
        sqlx::query_as(LIST)
            .bind(account)
            .bind(asset)
            .bind(&seen)
            .bind(rows)
    )?)
}

/// What is known of an asset in a place.
pub(crate) async fn find(
    tx: &mut Tx,
    account: AccountId,
    asset: AssetId,
    place: &NewUsage,
) -> Result<Option<AssetUsage>> {
    const FIND: &str = "\
        select * from asset_usages \
         where account_id = $1 and asset_id = $2 and kind = $3 and reference = $4";
    Ok(fetch_optional!(
        tx,
        sqlx::query_as(FIND)
            .bind(account)
            .bind(asset)
            .bind(place.kind)
            .bind(&place.reference)
    )?)
}

/// The assets that a place uses.
pub(crate) async fn list_assets(
    tx: &mut Tx,
    account: AccountId,
    kind: UsageKind,
    reference: &UsageReference,
) -> Result<Vec<AssetId>> {
    const LIST: &str = "\
        select asset_id from asset_usages \
         where account_id = $1 and kind = $2 and reference = $3 order by asset_id";
    Ok(fetch_all!(
        tx,
        sqlx::query_scalar(LIST)
            .bind(account)
            .bind(kind)
            .bind(reference)
    )?)
}

/// One of some assets that is used in so many places, where there is one.
pub(crate) async fn find_full(
    tx: &mut Tx,
    account: AccountId,
    assets: &[AssetId],
    most: usize,
) -> Result<Option<AssetId>> {
    if assets.is_empty() {
        return Ok(None);
    }
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let find = format!(
        "select asset_id from asset_usages where account_id = $1 and asset_id in ({}) \
          group by asset_id having count(*) >= $2 order by asset_id limit 1",
        places(3, assets.len())
    );
    Ok(fetch_optional!(tx, {
        let query = sqlx::query_scalar(AssertSqlSafe(find.clone()));
        let query = query.bind(account).bind(most);
        assets.iter().fold(query, |query, id| query.bind(*id))
    })?)
}

/// Writes down places; what is known of them already is said anew.
pub(crate) async fn put(tx: &mut Tx, account: AccountId, usages: &[AssetUsage]) -> Result<()> {
    const COLUMNS: usize = 11;
    for usages in usages.chunks(AT_ONCE) {
        let rows: Vec<_> = (0..usages.len())
            .map(|row| format!("({})", places(1 + row * COLUMNS, COLUMNS)))
            .collect();
        let put = format!(
            "insert into asset_usages (id, account_id, asset_id, kind, reference, title, url, \
                 known_by, created_at, created_by, seen_at) values {} \
             on conflict (asset_id, kind, reference) do update \
             set title = excluded.title, url = excluded.url, seen_at = excluded.seen_at",
            rows.join(", ")
        );
        execute!(tx, {
            let query = sqlx::query(AssertSqlSafe(put.clone()));
            usages.iter().fold(query, |query, usage| {
                query
                    .bind(usage.id)
                    .bind(account)
                    .bind(usage.asset_id)
                    .bind(usage.kind)
                    .bind(&usage.reference)
                    .bind(&usage.title)
                    .bind(&usage.url)
                    .bind(usage.known_by)
                    .bind(usage.created_at)
                    .bind(usage.created_by)
                    .bind(usage.seen_at)
            })
        })?;
    }
    Ok(())
}

/// Forgets a place that uses an asset; says whether it was known.
pub(crate) async fn delete(
    tx: &mut Tx,
    account: AccountId,
    asset: AssetId,
    usage: UsageId,
) -> Result<bool> {
    const DELETE: &str =
        "delete from asset_usages where account_id = $1 and asset_id = $2 and id = $3";
    Ok(execute!(
        tx,
        sqlx::query(DELETE).bind(account).bind(asset).bind(usage)
    )? == 1)
}

/// Forgets that a place uses some assets.
pub(crate) async fn delete_many(
    tx: &mut Tx,
    account: AccountId,
    place: &NewUsage,
    assets: &[AssetId],
) -> Result<()> {
    for assets in assets.chunks(AT_ONCE) {
        let delete = format!(
            "delete from asset_usages \
              where account_id = $1 and kind = $2 and reference = $3 and asset_id in ({})",
            places(4, assets.len())
        );
        execute!(tx, {
            let query = sqlx::query(AssertSqlSafe(delete.clone()))
                .bind(account)
                .bind(place.kind)
                .bind(&place.reference);
            assets.iter().fold(query, |query, id| query.bind(*id))
        })?;
    }
    Ok(())
}

/// In how many places some assets are used.
pub(crate) async fn count(
    tx: &mut Tx,
    account: AccountId,
    assets: &[AssetId],
) -> Result<UsageCount> {
    if assets.is_empty() {
        return Ok(UsageCount::default());
    }
    let count = counting(&format!("asset_id in ({})", places(2, assets.len())));
    let rows: Vec<(String, i64)> = fetch_all!(tx, {
        let query = sqlx::query_as(AssertSqlSafe(count.clone())).bind(account);
        assets.iter().fold(query, |query, id| query.bind(*id))
    })?;
    Ok(counted(rows))
}

/// In how many places those are used that lie in a folder and below.
pub(crate) async fn count_below(
    tx: &mut Tx,
    account: AccountId,
    folder: FolderId,
) -> Result<UsageCount> {
    let count = counting(
        "asset_id in ( \
             select assets.id from folder_ancestors \
                    join assets on assets.account_id = $1 \
                               and assets.folder_id = folder_ancestors.folder_id \
                               and assets.state in ('active', 'archived') \
              where folder_ancestors.ancestor_id = $2)",
    );
    let rows: Vec<(String, i64)> = fetch_all!(
        tx,
        sqlx::query_as(AssertSqlSafe(count.clone()))
            .bind(account)
            .bind(folder)
    )?;
    Ok(counted(rows))
}

/// Counts the places of assets, and names those seen last: a place that uses several is one.
fn counting(which: &str) -> String {
    format!(
        "select title, count(*) over () as places \
           from (select max(title) as title, max(seen_at) as seen_at from asset_usages \
                  where account_id = $1 and {which} group by kind, reference) as used \
          order by seen_at desc, title limit 3"
    )
}

fn counted(rows: Vec<(String, i64)>) -> UsageCount {
    UsageCount {
        places: rows.first().map_or(0, |(_, places)| places.unsigned_abs()),
        latest: rows.into_iter().map(|(title, _)| title).collect(),
    }
}
