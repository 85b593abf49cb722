//! Tables `shares` and `public_copies`.

use model::{AccountId, AssetId, BlobId, ByteSize, Timestamp, UserId};
use sqlx::{AssertSqlSafe, query::QueryScalar};

use super::{
    many::places,
    tx::{Tx, execute, fetch_all, fetch_optional},
};
use crate::Result;

/// Gives an asset a public key, unless it has one.
pub(crate) async fn insert(
    tx: &mut Tx,
    key: &str,
    account: AccountId,
    asset: AssetId,
    now: Timestamp,
    user: Option<UserId>,
) -> Result<bool> {
    const INSERT: &str = "\
        insert into shares (key, account_id, asset_id, created_at, created_by) \
        values ($1, $2, $3, $4, $5) on conflict (asset_id) do nothing";
    Ok(execute!(
        tx,
        sqlx::query(INSERT)
            .bind(key)
            .bind(account)
            .bind(asset)
            .bind(now)
            .bind(user)
    )? == 1)
}

/// The assets of an account that have these public keys.
pub(crate) async fn find_assets(
    tx: &mut Tx,
    account: AccountId,
    keys: &[String],
) -> Result<Vec<AssetId>> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let find = format!(
        "select asset_id from shares where account_id = $1 and key in ({})",
        places(2, keys.len())
    );
    Ok(fetch_all!(tx, {
        let query = sqlx::query_scalar(AssertSqlSafe(find.clone())).bind(account);
        keys.iter().fold(query, QueryScalar::bind)
    })?)
}

/// Takes an asset's public key away; says whether there was one.
pub(crate) async fn delete(tx: &mut Tx, account: AccountId, asset: AssetId) -> Result<bool> {
    const DELETE: &str = "delete from shares where account_id = $1 and asset_id = $2";
    Ok(execute!(tx, sqlx::query(DELETE).bind(account).bind(asset))? == 1)
}

/// Takes the public keys of assets away; those that had one.
pub(crate) async fn delete_many(
    tx: &mut Tx,
    account: AccountId,
    assets: &[AssetId],
) -> Result<Vec<AssetId>> {
    let delete = format!(
        "delete from shares where account_id = $1 and asset_id in ({}) returning asset_id",
        places(2, assets.len())
    );
    Ok(fetch_all!(tx, {
        let query = sqlx::query_scalar(AssertSqlSafe(delete.clone())).bind(account);
        assets.iter().fold(query, |query, id| query.bind(*id))
    })?)
}

/// How the public form of bytes differs from the original.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct PublicCopyRow {
    pub blob_id: BlobId,
    pub account_id: AccountId,
    pub form: String,
    pub size: ByteSize,
    pub patches: String,
    pub created_at: Timestamp,
}

/// The public form of a blob, where it has been made.
pub(crate) async fn find_copy(tx: &mut Tx, blob: BlobId) -> Result<Option<PublicCopyRow>> {
    const FIND: &str = "select * from public_copies where blob_id = $1";
    Ok(fetch_optional!(tx, sqlx::query_as(FIND).bind(blob))?)
}

/// Writes down the public form of a blob.
pub(crate) async fn put_copy(tx: &mut Tx, copy: &PublicCopyRow) -> Result<()> {
    const PUT: &str = "\
        insert into public_copies (blob_id, account_id, form, size, patches, created_at) \
        values ($1, $2, $3, $4, $5, $6) \
        on conflict (blob_id) do update \
        set form = excluded.form, size = excluded.size, patches = excluded.patches, \
            created_at = excluded.created_at";
    execute!(
        tx,
        sqlx::query(PUT)
            .bind(copy.blob_id)
            .bind(copy.account_id)
            .bind(&copy.form)
            .bind(copy.size)
            .bind(&copy.patches)
            .bind(copy.created_at)
    )?;
    Ok(())
}
