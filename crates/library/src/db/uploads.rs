//! Table `uploads`.

use model::{AccountId, AssetId, ByteSize, Timestamp, Upload, UploadId, UploadMetadata, UserId};

use super::tx::{Tx, execute, fetch_all, fetch_optional};
use crate::Result;

/// Bytes on their way, as they are kept.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct UploadRow {
    pub id: UploadId,
    pub account_id: AccountId,
    pub owner: String,
    pub created_by: Option<UserId>,
    pub state: String,
    pub position: ByteSize,
    pub length: Option<ByteSize>,
    pub reserved: ByteSize,
    pub is_partial: bool,
    pub metadata: String,
    pub asset_id: Option<AssetId>,
    /// The data folder in which its bytes lie, once any do.
    pub machine: Option<String>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

/// Bytes may be added.
pub(crate) const OPEN: &str = "open";
/// It became an asset.
pub(crate) const FINISHED: &str = "finished";

impl UploadRow {
    /// What the client said of the file.
    pub fn metadata(&self) -> UploadMetadata {
        serde_json::from_str(&self.metadata).unwrap_or_default()
    }
}

impl From<UploadRow> for Upload {
    fn from(row: UploadRow) -> Self {
        Self {
            metadata: row.metadata(),
            id: row.id,
            offset: row.position,
            length: row.length,
            is_partial: row.is_partial,
            expires_at: row.expires_at,
            asset_id: row.asset_id,
        }
    }
}

/// Adds an upload.
pub(crate) async fn insert(tx: &mut Tx, upload: &UploadRow) -> Result<()> {
    const INSERT: &str = "\
        insert into uploads (id, account_id, owner, created_by, state, position, length, reserved, \
            is_partial, metadata, machine, created_at, expires_at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    execute!(
        tx,
        sqlx::query(INSERT)
            .bind(upload.id)
            .bind(upload.account_id)
            .bind(&upload.owner)
            .bind(upload.created_by)
            .bind(&upload.state)
            .bind(upload.position)
            .bind(upload.length)
            .bind(upload.reserved)
            .bind(upload.is_partial)
            .bind(&upload.metadata)
            .bind(&upload.machine)
            .bind(upload.created_at)
            .bind(upload.expires_at)
    )?;
    Ok(())
}

/// An upload of its owner.
pub(crate) async fn find(
    tx: &mut Tx,
    account: AccountId,
    owner: &str,
    id: UploadId,
) -> Result<Option<UploadRow>> {
    const FIND: &str = "\
        select * from uploads where id = $1 and account_id = $2 and owner = $3";
    Ok(fetch_optional!(
        tx,
        sqlx::query_as(FIND).bind(id).bind(account).bind(owner)
    )?)
}

/// Whether there is a row of this upload, whoever's.
pub(crate) async fn is_open(tx: &mut Tx, id: UploadId) -> Result<bool> {
    const FIND: &str = "select id from uploads where id = $1 and state = 'open'";
    let found: Option<UploadId> = fetch_optional!(tx, sqlx::query_scalar(FIND).bind(id))?;
    Ok(found.is_some())
}

/// Writes down how far an open upload has come, and where; says whether it is still open there.
pub(crate) async fn advance(tx: &mut Tx, upload: &UploadRow) -> Result<bool> {
    const ADVANCE: &str = "\
        update uploads set position = $2, length = $3, reserved = $4, expires_at = $5, \
               machine = $6 \
         where id = $1 and state = 'open' and (machine is null or machine = $6)";
    Ok(execute!(
        tx,
        sqlx::query(ADVANCE)
            .bind(upload.id)
            .bind(upload.position)
            .bind(upload.length)
            .bind(upload.reserved)
            .bind(upload.expires_at)
            .bind(&upload.machine)
    )? == 1)
}

/// Lets an open upload become an asset; says whether it was open.
pub(crate) async fn finish(
    tx: &mut Tx,
    id: UploadId,
    size: ByteSize,
    asset: AssetId,
) -> Result<bool> {
    const FINISH: &str = "\
        update uploads set state = 'finished', position = $2, length = $2, reserved = 0, \
               asset_id = $3 \
         where id = $1 and state = 'open'";
    Ok(execute!(tx, sqlx::query(FINISH).bind(id).bind(size).bind(asset))? == 1)
}

/// Ends an open upload; the bytes it held back, or `None` where it was not open.
pub(crate) async fn end(
    tx: &mut Tx,
    id: UploadId,
) -> Result<Option<(AccountId, Option<UserId>, ByteSize)>> {
    // Both databases return the values after the change, so the reserve is looked up first.
    const LOOK: &str = "\
        select account_id, created_by, reserved from uploads where id = $1 and state = 'open'";
    const END: &str = "\
        update uploads set state = 'ended', reserved = 0 where id = $1 and state = 'open'";
    let held: Option<(AccountId, Option<UserId>, ByteSize)> =
        fetch_optional!(tx, sqlx::query_as(LOOK).bind(id))?;
    let ended = execute!(tx, sqlx::query(END).bind(id))? == 1;
    Ok(held.filter(|_| ended))
}

/// Uploads that expired before a moment.
pub(crate) async fn list_expired(
    tx: &mut Tx,
    before: Timestamp,
    rows: i64,
) -> Result<Vec<UploadRow>> {
    const LIST: &str = "\
        select * from uploads where state = 'open' and expires_at < $1 order by expires_at limit $2";
    Ok(fetch_all!(
        tx,
        sqlx::query_as(LIST).bind(before).bind(rows)
    )?)
}

/// Forgets uploads that have been over since before a moment.
pub(crate) async fn delete_over(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    const DELETE: &str = "delete from uploads where state <> 'open' and expires_at < $1";
    Ok(execute!(tx, sqlx::query(DELETE).bind(before))?)
}

/// Forgets which uploads an asset came from, before it goes for good.
pub(crate) async fn forget_asset(tx: &mut Tx, asset: AssetId) -> Result<()> {
    const FORGET: &str = "update uploads set state = 'ended', asset_id = null where asset_id = $1";
    execute!(tx, sqlx::query(FORGET).bind(asset))?;
    Ok(())
}
