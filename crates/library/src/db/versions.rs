//! Table `versions`: the originals an asset has and had.

use model::{AccountId, AssetId, BlobId, ByteSize, Mime, Sha256, Timestamp, UserId, Version};

use super::tx::{Tx, fetch_all};
use crate::Result;

/// An original of an asset.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct VersionRow {
    pub number: i64,
    pub blob_id: BlobId,
    pub mime: Mime,
    pub size: ByteSize,
    pub sha256: Sha256,
    pub created_at: Timestamp,
    created_by: Option<UserId>,
    created_by_name: Option<String>,
    is_made: bool,
    is_current: bool,
}

impl From<VersionRow> for Version {
    fn from(row: VersionRow) -> Self {
        Self {
            number: u32::try_from(row.number).unwrap_or(u32::MAX),
            mime: row.mime,
            size: row.size,
            sha256: row.sha256,
            created_at: row.created_at,
            created_by: row.created_by,
            created_by_name: row.created_by_name,
            is_made: row.is_made,
            is_current: row.is_current,
        }
    }
}

/// Versions of an asset, the newest first, below a number.
pub(crate) async fn list(
    tx: &mut Tx,
    account: AccountId,
    asset: AssetId,
    below: i64,
    rows: i64,
) -> Result<Vec<VersionRow>> {
    const LIST: &str = "\
        select versions.number, versions.blob_id, versions.created_at, versions.created_by, \
               users.name as created_by_name, blobs.mime, blobs.size, blobs.sha256, \
               made.asset_id is not null as is_made, \
               versions.number = assets.version as is_current \
          from versions join assets on assets.id = versions.asset_id \
                        join blobs on blobs.id = versions.blob_id \
                        left join users on users.id = versions.created_by \
                        left join derivations as made \
                               on made.asset_id = versions.asset_id \
                              and made.number = versions.number \
         where versions.account_id = $1 and versions.asset_id = $2 and versions.number < $3 \
         order by versions.number desc limit $4";
    Ok(fetch_all!(
        tx,
        sqlx::query_as(LIST)
            .bind(account)
            .bind(asset)
            .bind(below)
            .bind(rows)
    )?)
}

/// One version of an asset.
pub(crate) async fn find(
    tx: &mut Tx,
    account: AccountId,
    asset: AssetId,
    number: i64,
) -> Result<Option<VersionRow>> {
    let found = list(tx, account, asset, number.saturating_add(1), 1).await?;
    Ok(found.into_iter().find(|row| row.number == number))
}
