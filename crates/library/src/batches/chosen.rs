//! One deed on assets that were chosen one by one, however many.

use model::{AssetId, BatchAction, BatchAnswer, BatchItem, Changes, Outcome, Problem, Selection};

use super::{Deed, PURGED_AT_ONCE};
use crate::{Actor, Library, Result};

impl Library {
    /// Does one thing to assets that were chosen, as many at once as one batch takes.
    ///
    /// What cannot be changed any more is left out, as others may have been quicker, and one of the
    /// reasons is told; so is why it went no further where what came before is done.
    pub async fn change_chosen(
        &self,
        actor: &Actor,
        action: BatchAction,
        ids: &[AssetId],
    ) -> Result<Changes> {
        let (mut changes, mut done) = (Changes::default(), Vec::new());
        for piece in ids.chunks(Selection::MAX_IDS) {
            let selection = Selection::Ids(piece.to_vec());
            let answer = match self.change_assets(actor, action.clone(), selection).await {
                Ok(answer) => answer,
                Err(error) if done.is_empty() => return Err(error),
                Err(error) => {
                    changes.problem = Some(error.into());
                    break;
                }
            };
            changes.undo.extend(answer.undo);
            for item in answer.items {
                let is_other = item.outcome == Outcome::Changed;
                changes.changed.extend(is_other.then_some(item.id));
                changes.elsewhere.extend(item.elsewhere.then_some(item.id));
                match item.problem {
                    Some(problem) => changes.problem = Some(problem),
                    None => done.push(item.id),
                }
            }
        }
        changes.assets = self.find_assets(actor, &done).await?;
        Ok(changes)
    }

    /// Purges what was named a little at a time, so that others get their turn in between; where it
    /// goes no further, that is told of each that is left.
    pub(super) async fn purge_these(&self, actor: &Actor, ids: &[AssetId]) -> Result<BatchAnswer> {
        let mut items = Vec::with_capacity(ids.len());
        for piece in ids.chunks(PURGED_AT_ONCE) {
            match self.change_at_once(actor, &Deed::Purge, piece).await {
                Ok(answer) => items.extend(answer.items),
                Err(error) if items.is_empty() => return Err(error),
                Err(error) => {
                    let problem = Problem::from(error);
                    let left = &ids[items.len()..];
                    let refused = |id: &AssetId| BatchItem::refused(*id, problem.clone());
                    items.extend(left.iter().map(refused));
                    break;
                }
            }
        }
        Ok(BatchAnswer {
            items,
            batch: None,
            undo: None,
        })
    }
}
