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
    /// When these bytes took the place of others, or came.
    pub modified_at: Timestamp,
}

/// An asset with the moment of the version it is at: its own says when the first one came.
macro_rules! select_media {
    ($from:literal) => {
        concat!(
            "select assets.*, coalesce((select versions.created_at from versions \
               where versions.asset_id = assets.id and versions.number = assets.version), \
               assets.created_at) as modified_at ",
            $from
        )
    };
}

/// An asset of an account, in any state.
pub(crate) async fn find(tx: &mut Tx, account: AccountId, id: AssetId) -> Result<Option<MediaRow>> {
    const FIND: &str = select_media!("from assets where assets.account_id = $1 and assets.id = $2");
    Ok(fetch_optional!(
        tx,
        sqlx::query_as(FIND).bind(account).bind(id)
    )?)
}

/// A shared asset by its public key, where its account has the library.
pub(crate) async fn find_shared(tx: &mut Tx, key: &str) -> Result<Option<MediaRow>> {
    const FIND: &str = select_media!(
        "from shares join assets on assets.id = shares.asset_id \
                     join accounts on accounts.id = assets.account_id \
         where shares.key = $1 and assets.state <> 'trashed' and accounts.library_enabled"
    );
    Ok(fetch_optional!(tx, sqlx::query_as(FIND).bind(key))?)
}

/// An asset that somebody signed an address for, where its account has the library.
pub(crate) async fn find_signed(tx: &mut Tx, id: AssetId) -> Result<Option<MediaRow>> {
    const FIND: &str = select_media!(
        "from assets join accounts on accounts.id = assets.account_id \
         where assets.id = $1 and assets.state <> 'trashed' and accounts.library_enabled"
    );
    Ok(fetch_optional!(tx, sqlx::query_as(FIND).bind(id))?)
}
