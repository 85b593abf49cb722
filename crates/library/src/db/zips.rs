//! What a zip is made of: originals with their names and places.

use std::collections::HashMap;

use model::{AccountId, AssetId, BlobId, ByteSize, FileName, FolderId, Timestamp};
use sqlx::AssertSqlSafe;

use super::{
    many::places,
    tx::{Tx, fetch_all},
};
use crate::Result;

/// An original with its name and place.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct ZipRow {
    pub name: FileName,
    pub folder_id: Option<FolderId>,
    pub blob_id: BlobId,
    pub size: ByteSize,
    pub created_at: Timestamp,
    /// The names of the folders it lies in, from the top down.
    #[sqlx(skip)]
    pub path: Option<Vec<String>>,
}

/// The rows of some assets, in the order of their ids.
pub(crate) async fn list_rows(
    tx: &mut Tx,
    account: AccountId,
    ids: &[AssetId],
) -> Result<Vec<ZipRow>> {
    let list = format!(
        "select name, folder_id, blob_id, size, created_at from assets \
          where account_id = $1 and id in ({}) order by id",
        places(2, ids.len())
    );
    Ok(fetch_all!(tx, {
        let query = sqlx::query_as(AssertSqlSafe(list.clone())).bind(account);
        ids.iter().fold(query, |query, id| query.bind(*id))
    })?)
}

/// Assets in sight in a folder and below, by id.
pub(crate) async fn list_below(
    tx: &mut Tx,
    account: AccountId,
    folder: FolderId,
    rows: i64,
) -> Result<Vec<AssetId>> {
    const LIST: &str = "\
        select assets.id from folder_ancestors \
               join assets on assets.account_id = $1 \
                          and assets.folder_id = folder_ancestors.folder_id \
                          and assets.state = 'active' \
         where folder_ancestors.ancestor_id = $2 order by assets.id limit $3";
    Ok(fetch_all!(
        tx,
        sqlx::query_scalar(LIST)
            .bind(account)
            .bind(folder)
            .bind(rows)
    )?)
}

/// The names of the folders that some originals lie in, each from the top down.
pub(crate) async fn list_paths(
    tx: &mut Tx,
    account: AccountId,
    rows: &[ZipRow],
) -> Result<HashMap<FolderId, Vec<String>>> {
    let mut folders: Vec<_> = rows.iter().filter_map(|row| row.folder_id).collect();
    folders.sort_unstable();
    folders.dedup();
    let mut paths: HashMap<FolderId, Vec<String>> = HashMap::new();
    for folders in folders.chunks(500) {
        let list = format!(
            "select folder_ancestors.folder_id, folders.name \
               from folder_ancestors join folders on folders.id = folder_ancestors.ancestor_id \
              where folders.account_id = $1 and folder_ancestors.folder_id in ({}) \
              order by folder_ancestors.folder_id, folder_ancestors.distance desc",
            places(2, folders.len())
        );
        let rows: Vec<(FolderId, String)> = fetch_all!(&mut *tx, {
            let query = sqlx::query_as(AssertSqlSafe(list.clone())).bind(account);
            folders.iter().fold(query, |query, id| query.bind(*id))
        })?;
        for (folder, name) in rows {
            paths.entry(folder).or_default().push(name);
        }
    }
    Ok(paths)
}
