//! What a batch puts on a few assets, or takes off: tags and teams.

use std::collections::{BTreeMap, HashMap, HashSet};

use model::{AssetId, BatchItem, EventKind, Outcome, Problem, Reason};

use super::{Deed, apply::whereabouts};
use crate::{
    Actor, Library, Result, audit,
    db::{
        Tx,
        asset_marks::{self, Mark},
        asset_states::{self, Held},
        tags,
    },
    tags::CARRIED_MOST,
};

/// Marks that come or go, by id.
pub(super) struct Marking {
    pub mark: Mark,
    pub ids: Vec<String>,
    /// Whether they are put on; else they are taken off.
    pub is_on: bool,
}

impl Marking {
    /// Those that are other on an asset with these marks afterwards.
    fn differing(&self, carried: &HashSet<String>) -> Vec<String> {
        let is_other = |id: &&String| carried.contains(*id) != self.is_on;
        self.ids.iter().filter(is_other).cloned().collect()
    }

    /// Whether an asset can carry no more of them.
    pub fn is_too_much(&self, carried: usize, coming: usize) -> bool {
        self.is_on && self.mark == Mark::Tag && carried + coming > CARRIED_MOST
    }
}

/// The marks that come or go, asset by asset.
pub(super) type Marked = BTreeMap<AssetId, Vec<String>>;

impl Library {
    /// Puts marks on assets or takes them off, and answers each, in their order.
    pub(super) async fn mark(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        (deed, marks): (&Deed, (Mark, bool)),
        (ids, held): (&[AssetId], &HashMap<AssetId, Held>),
    ) -> Result<(Vec<BatchItem>, Marked)> {
        let known: Vec<_> = held.keys().copied().collect();
        if known.is_empty() {
            let nobodys = |id: &AssetId| BatchItem::refused(*id, Problem::not_found());
            return Ok((ids.iter().map(nobodys).collect(), Marked::new()));
        }
        let marking = self.marking(tx, actor, deed, marks).await?;
        let carried = asset_marks::list(tx, marking.mark, &known).await?;
        let mut marked = Marked::new();
        let mut items = Vec::with_capacity(ids.len());
        for id in ids {
            let carried = carried.get(id).cloned().unwrap_or_default();
            let item = match held.get(id) {
                Some(held) => answer(held, &marking, &carried),
                None => BatchItem::refused(*id, Problem::not_found()),
            };
            if item.outcome == Outcome::Changed {
                marked.insert(*id, marking.differing(&carried));
            }
            items.push(item);
        }
        self.write_marks(tx, actor, &marking, &marked).await?;
        Ok((items, marked))
    }

    /// Puts marks on assets or takes them off, and writes down that it was done.
    pub(super) async fn write_marks(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        marking: &Marking,
        marked: &Marked,
    ) -> Result<()> {
        if marked.is_empty() {
            return Ok(());
        }
        let account = actor.account_id;
        for id in &marking.ids {
            let which = marked.iter().filter(|(_, marks)| marks.contains(id));
            let assets: Vec<_> = which.map(|(asset, _)| *asset).collect();
            if assets.is_empty() {
                continue;
            }
            let mark = (marking.mark, id.as_str());
            if marking.is_on {
                asset_marks::put(tx, account, mark, &assets).await?;
            } else {
                asset_marks::take(tx, account, mark, &assets).await?;
            }
        }
        let ids: Vec<_> = marked.keys().copied().collect();
        asset_states::touch_many(tx, account, &ids, self.inner.clock.now()).await?;
        let event = match marking.mark {
            Mark::Tag => EventKind::AssetTagged,
            Mark::Team => EventKind::AssetAssigned,
        };
        let events: Vec<_> = ids.iter().map(|id| (event, *id)).collect();
        audit::record_many(tx, &*self.inner.clock, actor, &events).await
    }

    /// What a deed puts on or takes off; words nobody has used yet become tags of the account.
    async fn marking(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        deed: &Deed,
        (mark, is_on): (Mark, bool),
    ) -> Result<Marking> {
        let ids = match deed {
            Deed::Tag(words) => texts(&self.tags_of_words(tx, actor, words).await?),
            Deed::Untag(words) => {
                let mut found = Vec::new();
                for word in words {
                    found.extend(tags::find_by_name(tx, actor.account_id, word).await?);
                }
                texts(&found)
            }
            Deed::Assign(teams) | Deed::Unassign(teams) => texts(teams),
            _ => Vec::new(),
        };
        Ok(Marking { mark, ids, is_on })
    }
}

fn answer(held: &Held, marking: &Marking, carried: &HashSet<String>) -> BatchItem {
    let differing = marking.differing(carried).len();
    if marking.is_too_much(carried.len(), differing) {
        let problem = Problem::invalid("tags", "An asset carries at most 50 tags.");
        let problem = problem.because(Reason::TooManyTags).at_most(50);
        return BatchItem::refused(held.id, problem);
    }
    BatchItem {
        id: held.id,
        outcome: if differing > 0 {
            Outcome::Changed
        } else {
            Outcome::Unchanged
        },
        problem: None,
        before: Some(whereabouts(held)),
        after: Some(whereabouts(held)),
        elsewhere: false,
    }
}

fn texts<T: ToString>(ids: &[T]) -> Vec<String> {
    let mut texts: Vec<_> = ids.iter().map(ToString::to_string).collect();
    texts.sort_unstable();
    texts.dedup();
    texts
}
