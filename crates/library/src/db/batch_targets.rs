//! Table `batch_targets`: the assets that a batch has still to come to.

use model::{AssetId, BatchId, Timestamp};

use super::tx::{Tx, execute};
use crate::Result;

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
