//! Table `batch_targets`: the assets that a batch has still to come to.

use model::{AssetId, BatchId, Timestamp};
use sqlx::AssertSqlSafe;

use super::tx::{Tx, execute};
use crate::Result;

/// Rows of one statement: each has two values.
const ROWS: usize = 1_000;

/// Keeps assets for a batch.
pub(crate) async fn insert(tx: &mut Tx, batch: BatchId, assets: &[AssetId]) -> Result<()> {
    for assets in assets.chunks(ROWS) {
        let rows: Vec<_> = (0..assets.len())
            .map(|row| format!("($1, ${})", row + 2))
            .collect();
        let insert = format!(
            "insert into batch_targets (batch_id, asset_id) values {}",
            rows.join(", ")
        );
        execute!(&mut *tx, {
            let query = sqlx::query(AssertSqlSafe(insert.clone())).bind(batch);
            assets.iter().fold(query, |query, id| query.bind(*id))
        })?;
    }
    Ok(())
}

/// Removes those that a batch has come to.
pub(crate) async fn pass(tx: &mut Tx, batch: BatchId, last: AssetId) -> Result<()> {
    const PASS: &str = "delete from batch_targets where batch_id = $1 and asset_id <= $2";
    execute!(tx, sqlx::query(PASS).bind(batch).bind(last))?;
    Ok(())
}

/// Forgets some of what batches did not come to that ended before a moment; says how many.
pub(crate) async fn forget(tx: &mut Tx, before: Timestamp, most: i64) -> Result<u64> {
    const FORGET: &str = "\
        delete from batch_targets where (batch_id, asset_id) in \
            (select batch_targets.batch_id, batch_targets.asset_id \
               from batches join batch_targets on batch_targets.batch_id = batches.id \
              where batches.finished_at < $1 limit $2)";
    Ok(execute!(tx, sqlx::query(FORGET).bind(before).bind(most))?)
}
