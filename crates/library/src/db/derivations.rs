//! Table `derivations`: what pictures were made of.

use model::{AccountId, AssetId, BlobId, ByteSize, Mime, Sha256};

use super::tx::{Tx, execute, fetch_all, fetch_optional};
use crate::Result;

/// What a version of an asset was made of.
#[derive(Clone, Debug)]
pub(crate) struct DerivationRow {
    pub source: AssetId,
    pub source_version: i64,
    /// The version the source had then.
    pub seen_version: i64,
    /// Pixels of the source, upright.
    pub width: i64,
    pub height: i64,
    /// As JSON.
    pub edit: String,
    pub placement: Option<String>,
    /// As `#rrggbb`.
    pub background: Option<String>,
}

/// The picture that edits of an asset begin with.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct BaseRow {
    pub source_id: AssetId,
    pub source_version: i64,
    pub seen_version: i64,
    pub width: i64,
    pub height: i64,
    pub blob_id: BlobId,
    pub size: ByteSize,
    pub mime: Mime,
    pub sha256: Sha256,
}

/// Writes down what a version was made of.
pub(crate) async fn insert(
    tx: &mut Tx,
    account: AccountId,
    asset: AssetId,
    number: i64,
    row: &DerivationRow,
) -> Result<()> {
    const INSERT: &str = "\
        insert into derivations (account_id, asset_id, number, source_id, source_version, \
            seen_version, width, height, edit, placement, background) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    execute!(
        tx,
        sqlx::query(INSERT)
            .bind(account)
            .bind(asset)
            .bind(number)
            .bind(row.source)
            .bind(row.source_version)
            .bind(row.seen_version)
            .bind(row.width)
            .bind(row.height)
            .bind(&row.edit)
            .bind(&row.placement)
            .bind(&row.background)
    )?;
    Ok(())
}

/// Lets a version be made of what an earlier one of the same asset was made of, if of anything.
pub(crate) async fn repeat(
    tx: &mut Tx,
    account: AccountId,
    asset: AssetId,
    (from, to): (i64, i64),
) -> Result<()> {
    const REPEAT: &str = "\
        insert into derivations (account_id, asset_id, number, source_id, source_version, \
            seen_version, width, height, edit, placement, background) \
        select account_id, asset_id, $4, source_id, source_version, seen_version, width, height, \
               edit, placement, background \
          from derivations where account_id = $1 and asset_id = $2 and number = $3";
    execute!(
        tx,
        sqlx::query(REPEAT)
            .bind(account)
            .bind(asset)
            .bind(from)
            .bind(to)
    )?;
    Ok(())
}

/// What the current version of an asset was made of; nothing where it came as it is.
pub(crate) async fn find_base(
    tx: &mut Tx,
    account: AccountId,
    asset: AssetId,
) -> Result<Option<BaseRow>> {
    const FIND: &str = "\
        select made.source_id, made.source_version, made.seen_version, made.width, made.height, \
               blobs.id as blob_id, blobs.size, blobs.mime, blobs.sha256 \
          from assets join derivations as made \
                        on made.asset_id = assets.id and made.number = assets.version \
                      join versions on versions.asset_id = made.source_id \
                                   and versions.number = made.source_version \
                      join blobs on blobs.id = versions.blob_id \
         where assets.account_id = $1 and assets.id = $2";
    Ok(fetch_optional!(
        tx,
        sqlx::query_as(FIND).bind(account).bind(asset)
    )?)
}

/// Copies in sight that were made of an asset, the newest first, from the one after the last seen.
pub(crate) async fn list_copies(
    tx: &mut Tx,
    account: AccountId,
    source: AssetId,
    seen: Option<AssetId>,
    rows: i64,
) -> Result<Vec<AssetId>> {
    const LIST: &str = "\
        select assets.id \
          from derivations as made join assets \
                        on assets.id = made.asset_id and assets.version = made.number \
         where made.source_id = $2 and made.asset_id <> $2 \
           and assets.account_id = $1 and assets.state <> 'trashed' \
           and ($3 = '' or assets.id < $3) \
         order by assets.id desc limit $4";
    let seen = seen.map(|id| id.to_string()).unwrap_or_default();
    let ids: Vec<(AssetId,)> = fetch_all!(
        tx,
        sqlx::query_as(LIST)
            .bind(account)
            .bind(source)
            .bind(&seen)
            .bind(rows)
    )?;
    Ok(ids.into_iter().map(|(id,)| id).collect())
}
