//! Table `blobs`: stored bytes and how many versions count on them.

use std::collections::HashSet;

use model::{AccountId, AssetId, BlobId, ByteSize, Mime, Sha256, Timestamp};
use sqlx::AssertSqlSafe;

use super::tx::{Tx, execute, fetch_all, fetch_optional};
use crate::Result;

/// Stored bytes.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct BlobRow {
    pub id: BlobId,
    pub account_id: AccountId,
    pub sha256: Sha256,
    pub size: ByteSize,
    pub mime: Mime,
    pub refs: i64,
    /// What the bytes tell besides what lists show, as JSON.
    pub facts: Option<String>,
}

/// The living blob of these bytes.
pub(crate) async fn find_by_digest(
    tx: &mut Tx,
    account: AccountId,
    sha256: Sha256,
) -> Result<Option<BlobRow>> {
    const FIND: &str = "\
        select * from blobs where account_id = $1 and sha256 = $2 and state = 'live'";
    Ok(fetch_optional!(
        tx,
        sqlx::query_as(FIND).bind(account).bind(sha256)
    )?)
}

/// A blob by its id.
pub(crate) async fn find(tx: &mut Tx, account: AccountId, id: BlobId) -> Result<Option<BlobRow>> {
    const FIND: &str = "select * from blobs where account_id = $1 and id = $2";
    Ok(fetch_optional!(
        tx,
        sqlx::query_as(FIND).bind(account).bind(id)
    )?)
}

/// Whether a blob is there still and not doomed, whoever's it is.
pub(crate) async fn is_live(tx: &mut Tx, id: BlobId) -> Result<bool> {
    const FIND: &str = "select id from blobs where id = $1 and state = 'live'";
    let found: Option<BlobId> = fetch_optional!(tx, sqlx::query_scalar(FIND).bind(id))?;
    Ok(found.is_some())
}

/// Adds a blob with its first reference, unless these bytes have a living one; says whether it did.
pub(crate) async fn insert(tx: &mut Tx, blob: &BlobRow, now: Timestamp) -> Result<bool> {
    const INSERT: &str = "\
        insert into blobs (id, account_id, sha256, size, mime, refs, state, created_at, facts) \
        values ($1, $2, $3, $4, $5, 1, 'live', $6, $7) on conflict do nothing";
    Ok(execute!(
        tx,
        sqlx::query(INSERT)
            .bind(blob.id)
            .bind(blob.account_id)
            .bind(blob.sha256)
            .bind(blob.size)
            .bind(&blob.mime)
            .bind(now)
            .bind(&blob.facts)
    )? == 1)
}

/// Writes down what bytes tell that were kept before anybody looked for it.
pub(crate) async fn learn(tx: &mut Tx, id: BlobId, facts: &str) -> Result<()> {
    const LEARN: &str = "update blobs set facts = $2 where id = $1";
    execute!(tx, sqlx::query(LEARN).bind(id).bind(facts))?;
    Ok(())
}

/// The blob of an asset.
pub(crate) async fn of_asset(
    tx: &mut Tx,
    account: AccountId,
    asset: AssetId,
) -> Result<Option<BlobRow>> {
    const FIND: &str = "\
        select blobs.* from assets join blobs on blobs.id = assets.blob_id \
         where assets.account_id = $1 and assets.id = $2";
    Ok(fetch_optional!(
        tx,
        sqlx::query_as(FIND).bind(account).bind(asset)
    )?)
}

/// Adds a reference to a living blob; the number of references after it, or `None` where the
/// collector was first.
pub(crate) async fn refer(tx: &mut Tx, account: AccountId, id: BlobId) -> Result<Option<i64>> {
    const REFER: &str = "\
        update blobs set refs = refs + 1, zero_since = null \
         where id = $1 and account_id = $2 and state = 'live' returning refs";
    Ok(fetch_optional!(
        tx,
        sqlx::query_scalar(REFER).bind(id).bind(account)
    )?)
}

/// Takes references away; the size of the blob where those were the last.
pub(crate) async fn unrefer(
    tx: &mut Tx,
    account: AccountId,
    id: BlobId,
    count: i64,
    now: Timestamp,
) -> Result<Option<ByteSize>> {
    const UNREFER: &str = "\
        update blobs set refs = refs - $3, \
               zero_since = case when refs = $3 then $4 else zero_since end \
         where id = $1 and account_id = $2 returning refs, size";
    let row: Option<(i64, ByteSize)> = fetch_optional!(
        tx,
        sqlx::query_as(UNREFER)
            .bind(id)
            .bind(account)
            .bind(count)
            .bind(now)
    )?;
    Ok(row.filter(|(refs, _)| *refs == 0).map(|(_, size)| size))
}

/// Dooms blobs that nothing has pointed at since before a moment.
pub(crate) async fn doom(tx: &mut Tx, before: Timestamp, rows: i64) -> Result<u64> {
    const DOOM: &str = "\
        update blobs set state = 'deleting' \
         where id in (select id from blobs where refs = 0 and zero_since < $1 and state = 'live' \
                       order by zero_since limit $2) \
           and refs = 0 and state = 'live'";
    Ok(execute!(tx, sqlx::query(DOOM).bind(before).bind(rows))?)
}

/// Doomed blobs, whose bytes may be removed.
pub(crate) async fn list_doomed(tx: &mut Tx, rows: i64) -> Result<Vec<BlobRow>> {
    const LIST: &str = "\
        select * from blobs where refs = 0 and state = 'deleting' order by id limit $1";
    Ok(fetch_all!(tx, sqlx::query_as(LIST).bind(rows))?)
}

/// Forgets a doomed blob and what was made of it, once its bytes are gone; how many renditions
/// there were.
pub(crate) async fn delete(tx: &mut Tx, id: BlobId) -> Result<u64> {
    const RENDITIONS: &str = "delete from renditions where blob_id = $1";
    const COPIES: &str = "delete from public_copies where blob_id = $1";
    const DELETE: &str = "delete from blobs where id = $1 and state = 'deleting'";
    let renditions = execute!(tx, sqlx::query(RENDITIONS).bind(id))?;
    execute!(tx, sqlx::query(COPIES).bind(id))?;
    execute!(tx, sqlx::query(DELETE).bind(id))?;
    Ok(renditions)
}

/// Those of some blobs that have a row, in any state.
pub(crate) async fn list_existing(tx: &mut Tx, ids: &HashSet<BlobId>) -> Result<HashSet<BlobId>> {
    if ids.is_empty() {
        return Ok(HashSet::new());
    }
    let places: Vec<_> = (1..=ids.len()).map(|place| format!("${place}")).collect();
    let list = format!("select id from blobs where id in ({})", places.join(", "));
    let rows: Vec<BlobId> = fetch_all!(tx, {
        let query = sqlx::query_scalar(AssertSqlSafe(list.clone()));
        ids.iter().fold(query, |query, id| query.bind(*id))
    })?;
    Ok(rows.into_iter().collect())
}

/// A page of living blobs by id.
pub(crate) async fn list(tx: &mut Tx, after: Option<BlobId>, rows: i64) -> Result<Vec<BlobRow>> {
    const LIST: &str = "\
        select * from blobs where id > $1 and state = 'live' order by id limit $2";
    let after = after.map(|id| id.to_string()).unwrap_or_default();
    Ok(fetch_all!(
        tx,
        sqlx::query_as(LIST).bind(&after).bind(rows)
    )?)
}
