//! What serving bytes asks of the database: one row by one index.

use model::{AccountId, AssetId, BlobId, ByteSize, FileName, Kind, Mime, Sha256, Timestamp};

use super::tx::{Tx, fetch_optional};
use crate::Result;

/// An asset as far as its bytes are concerned.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct MediaRow {
    pub id: AssetId,
    pub account_id: AccountId,
    pub name: FileName,
    pub kind: Kind,
    pub mime: Mime,
    pub size: ByteSize,
    pub sha256: Sha256,
    pub blob_id: BlobId,
    pub has_renditions: bool,
    pub created_at: Timestamp,
}

/// An asset of an account, in any state.
pub(crate) async fn find(tx: &mut Tx, account: AccountId, id: AssetId) -> Result<Option<MediaRow>> {
    const FIND: &str = "select * from assets where account_id = $1 and id = $2";
    Ok(fetch_optional!(
        tx,
        sqlx::query_as(FIND).bind(account).bind(id)
    )?)
}

/// A shared asset by its public key, where its account has the library.
pub(crate) async fn find_shared(tx: &mut Tx, key: &str) -> Result<Option<MediaRow>> {
    const FIND: &str = "\
        select assets.* from shares join assets on assets.id = shares.asset_id \
                                    join accounts on accounts.id = assets.account_id \
         where shares.key = $1 and assets.state <> 'trashed' and accounts.library_enabled";
    Ok(fetch_optional!(tx, sqlx::query_as(FIND).bind(key))?)
}

/// An asset that somebody signed an address for, where its account has the library.
pub(crate) async fn find_signed(tx: &mut Tx, id: AssetId) -> Result<Option<MediaRow>> {
    const FIND: &str = "\
        select assets.* from assets join accounts on accounts.id = assets.account_id \
         where assets.id = $1 and assets.state <> 'trashed' and accounts.library_enabled";
    Ok(fetch_optional!(tx, sqlx::query_as(FIND).bind(id))?)
}
