//! Table `batch_items`: what a batch changed, and what it was.

use model::{AssetId, AssetState, BatchId, FolderId, Timestamp};
use sqlx::AssertSqlSafe;

use super::{
    many::places,
    tx::{Tx, execute, fetch_all},
};
use crate::Result;

/// Rows of one statement: each has eight values, and a statement has room for 32 766.
const ROWS: usize = 500;

/// What a batch changed about one asset.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct BatchItemRow {
    pub asset_id: AssetId,
    pub mark_id: String,
    pub folder_id: Option<FolderId>,
    pub state: AssetState,
    pub left_folder_id: Option<FolderId>,
    pub left_state: AssetState,
    pub changed_at: Timestamp,
}

/// Writes down what a batch changed.
pub(crate) async fn insert(tx: &mut Tx, batch: BatchId, items: &[BatchItemRow]) -> Result<()> {
    for items in items.chunks(ROWS) {
        let rows: Vec<_> = (0..items.len())
            .map(|row| format!("({})", places(1 + row * 8, 8)))
            .collect();
        let insert = format!(
            "insert into batch_items (batch_id, asset_id, mark_id, folder_id, state, \
                    left_folder_id, left_state, changed_at) values {}",
            rows.join(", ")
        );
        execute!(&mut *tx, {
            let query = sqlx::query(AssertSqlSafe(insert.clone()));
            items.iter().fold(query, |query, item| {
                query
                    .bind(batch)
                    .bind(item.asset_id)
                    .bind(item.mark_id.clone())
                    .bind(item.folder_id)
                    .bind(item.state)
                    .bind(item.left_folder_id)
                    .bind(item.left_state)
                    .bind(item.changed_at)
            })
        })?;
    }
    Ok(())
}

/// The assets that a batch changed, after one of them, by id.
pub(crate) async fn list_assets(
    tx: &mut Tx,
    batch: BatchId,
    after: &str,
    rows: i64,
) -> Result<Vec<AssetId>> {
    const LIST: &str = "\
        select distinct asset_id from batch_items where batch_id = $1 and asset_id > $2 \
         order by asset_id limit $3";
    Ok(fetch_all!(
        tx,
        sqlx::query_scalar(LIST).bind(batch).bind(after).bind(rows)
    )?)
}

/// What a batch changed about some assets.
pub(crate) async fn list(
    tx: &mut Tx,
    batch: BatchId,
    assets: &[AssetId],
) -> Result<Vec<BatchItemRow>> {
    if assets.is_empty() {
        return Ok(Vec::new());
    }
    let list = format!(
        "select asset_id, mark_id, folder_id, state, left_folder_id, left_state, changed_at \
           from batch_items where batch_id = $1 and asset_id in ({}) \
          order by asset_id, mark_id",
        places(2, assets.len())
    );
    Ok(fetch_all!(tx, {
        let query = sqlx::query_as(AssertSqlSafe(list.clone())).bind(batch);
        assets.iter().fold(query, |query, id| query.bind(*id))
    })?)
}

/// Forgets some of what batches changed that ended before a moment; says how many.
pub(crate) async fn forget(tx: &mut Tx, before: Timestamp, most: i64) -> Result<u64> {
    const FORGET: &str = "\
        delete from batch_items where (batch_id, asset_id, mark_id) in \
            (select batch_items.batch_id, batch_items.asset_id, batch_items.mark_id \
               from batches join batch_items on batch_items.batch_id = batches.id \
              where batches.finished_at < $1 limit $2)";
    Ok(execute!(tx, sqlx::query(FORGET).bind(before).bind(most))?)
}
