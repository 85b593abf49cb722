//! What became of each asset of a batch: kept for two days, and told page by page.

use std::collections::BTreeMap;

use model::{
    AssetId, AssetState, BatchId, BatchItem, Cursor, Limit, Outcome, Page, Problem, Right,
    Whereabouts,
};

use super::{Applied, from_json, json};
use crate::{
    Actor, Library, Result,
    db::{
        batch_items::{self, BatchItemRow},
        batch_refusals::{self, BatchRefusalRow},
        batches,
        page::{cut, decode, rows},
    },
};

impl Library {
    /// A page of what a batch changed, as far as that can be undone, and of what it could not
    /// change, by id; what was so already is not kept.
    pub async fn list_batch_items(
        &self,
        actor: &Actor,
        id: BatchId,
        outcome: Option<Outcome>,
        cursor: Option<&Cursor>,
        limit: Limit,
    ) -> Result<Page<BatchItem>> {
        self.require(actor, Right::View).await?;
        let after: Option<AssetId> = decode(cursor)?;
        let after = after.map_or_else(String::new, |id| id.to_string());
        let mut tx = self.inner.db.read().await?;
        let batch = batches::find(&mut tx, actor.account_id, id).await?;
        batch.ok_or_else(Problem::not_found)?;
        let is_asked = |kind: Outcome| outcome.is_none_or(|outcome| outcome == kind);
        let mut items = BTreeMap::new();
        if is_asked(Outcome::Changed) {
            let ids = batch_items::list_assets(&mut tx, id, &after, rows(limit)).await?;
            let changed = batch_items::list(&mut tx, id, &ids).await?;
            items.extend(changed.iter().map(|row| (row.asset_id, changed_item(row))));
        }
        if is_asked(Outcome::Refused) {
            let refused = batch_refusals::list(&mut tx, id, &after, rows(limit)).await?;
            for row in refused {
                let problem = from_json(&row.problem)?;
                items.insert(row.asset_id, BatchItem::refused(row.asset_id, problem));
            }
        }
        let items = items.into_values().collect();
        Ok(cut(items, limit, |item: &BatchItem| item.id))
    }
}

/// What a deed could not change, and why; each asset once, however often it was named.
pub(super) fn refusals(applied: &Applied) -> Result<Vec<BatchRefusalRow>> {
    let mut refused = BTreeMap::new();
    for item in &applied.items {
        if let (Outcome::Refused, Some(problem)) = (item.outcome, &item.problem) {
            refused.insert(item.id, problem);
        }
    }
    let row = |(asset_id, problem): (AssetId, &Problem)| -> Result<_> {
        Ok(BatchRefusalRow {
            asset_id,
            problem: json(problem)?,
        })
    };
    refused.into_iter().map(row).collect()
}

fn changed_item(row: &BatchItemRow) -> BatchItem {
    let at = |folder_id, state| Some(Whereabouts { folder_id, state });
    let is_restored = row.state == AssetState::Trashed && row.left_state != row.state;
    BatchItem {
        id: row.asset_id,
        outcome: Outcome::Changed,
        problem: None,
        before: at(row.folder_id, row.state),
        after: at(row.left_folder_id, row.left_state),
        elsewhere: is_restored && row.folder_id != row.left_folder_id,
    }
}
