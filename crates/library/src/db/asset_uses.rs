//! Table `assets`, when each was last used.

use model::{AssetId, Timestamp};
use sqlx::AssertSqlSafe;

use super::{
    many::places,
    tx::{Tx, execute},
};
use crate::Result;

/// The most assets of one statement.
const AT_ONCE: usize = 500;

/// Writes when assets were last used.
///
/// They are written as of one moment: the day is what counts.
pub(crate) async fn set(tx: &mut Tx, uses: &[(AssetId, Timestamp)]) -> Result<()> {
    let mut uses = uses.to_vec();
    // Always in the same order, so that two processes that write at once wait and do not lock up.
    uses.sort_unstable();
    for uses in uses.chunks(AT_ONCE) {
        let latest = uses.iter().map(|(_, at)| *at).max().unwrap_or_default();
        let update = format!(
            "update assets set used_at = $1 where id in ({})",
            places(2, uses.len())
        );
        execute!(tx, {
            let query = sqlx::query(AssertSqlSafe(update.clone())).bind(latest);
            uses.iter().fold(query, |query, (id, _)| query.bind(*id))
        })?;
    }
    Ok(())
}
