//! Table `batch_refusals`: what a batch could not change, and why.

use model::{AssetId, BatchId, Timestamp};
use sqlx::AssertSqlSafe;

use super::{
    many::places,
    tx::{Tx, execute, fetch_all},
};
use crate::Result;

/// Rows of one statement: each has three values.
const ROWS: usize = 500;

/// What a batch could not change.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct BatchRefusalRow {
    pub asset_id: AssetId,
    /// Why, as JSON.
    pub problem: String,
}

/// Writes down what a batch could not change.
pub(crate) async fn insert(tx: &mut Tx, batch: BatchId, refused: &[BatchRefusalRow]) -> Result<()> {
    for refused in refused.chunks(ROWS) {
        let rows: Vec<_> = (0..refused.len())
            .map(|row| format!("({})", places(1 + row * 3, 3)))
            .collect();
        let insert = format!(
            "insert into batch_refusals (batch_id, asset_id, problem) values {}",
            rows.join(", ")
        );
        execute!(&mut *tx, {
            let query = sqlx::query(AssertSqlSafe(insert.clone()));
            refused.iter().fold(query, |query, row| {
                query
                    .bind(batch)
                    .bind(row.asset_id)
                    .bind(row.problem.clone())
            })
        })?;
    }
    Ok(())
}

/// What a batch could not change, after an asset, by id.
pub(crate) async fn list(
    tx: &mut Tx,
    batch: BatchId,
    after: &str,
    rows: i64,
) -> Result<Vec<BatchRefusalRow>> {
    const LIST: &str = "\
        select asset_id, problem from batch_refusals \
         where batch_id = $1 and asset_id > $2 order by asset_id limit $3";
    Ok(fetch_all!(
        tx,
        sqlx::query_as(LIST).bind(batch).bind(after).bind(rows)
    )?)
}

/// Forgets some of what batches could not change that ended before a moment; says how many.
pub(crate) async fn forget(tx: &mut Tx, before: Timestamp, most: i64) -> Result<u64> {
    const FORGET: &str = "\
        delete from batch_refusals where (batch_id, asset_id) in \
            (select batch_refusals.batch_id, batch_refusals.asset_id \
               from batches join batch_refusals on batch_refusals.batch_id = batches.id \
              where batches.finished_at < $1 limit $2)";
    Ok(execute!(tx, sqlx::query(FORGET).bind(before).bind(most))?)
}
