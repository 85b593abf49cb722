//! Tags and teams that come back: put on again what they were on, in pieces where that is very much.

use std::collections::{BTreeMap, HashMap, HashSet};

use model::{AssetId, Batch, BatchItem, Outcome, Problem, Reason, Timestamp};

use super::{AT_ONCE, Among, Deed, Leaving, rows};
use crate::{
    Actor, Library, Result,
    db::{
        Tx,
        asset_marks::{self, Mark},
        asset_states::{self, Held},
        gone_marks,
    },
    tags::CARRIED_MOST,
};

impl Library {
    /// Puts a mark that is back on what it was on: at once, or in a batch where that is very much.
    pub(crate) async fn bring_back(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        leaving: Leaving,
    ) -> Result<Option<Batch>> {
        let (deed, among) = (Deed::BringBack(leaving), Among::Gone(leaving));
        let ids = among.list(tx, actor, "", rows(AT_ONCE + 1)).await?;
        if ids.len() > AT_ONCE {
            return Ok(Some(self.begin_batch(tx, actor, &deed, &among).await?));
        }
        self.apply_deed(tx, actor, &deed, &ids).await?;
        self.conclude_among(tx, actor, &deed, &among).await?;
        Ok(None)
    }

    /// Puts a mark on some assets it was on, and takes off what was put on in its place.
    pub(super) async fn put_again(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        leaving: Leaving,
        (ids, held): (&[AssetId], &HashMap<AssetId, Held>),
        now: Timestamp,
    ) -> Result<Vec<BatchItem>> {
        let account = actor.account_id;
        let (mark, id) = leaving.mark();
        let living = [id.clone()];
        let living = asset_marks::list_living(tx, account, mark, &living).await?;
        // One that went again meanwhile keeps what it is not on by now.
        if ids.is_empty() || living.is_empty() {
            let gone = |id: &AssetId| BatchItem::refused(*id, Problem::not_found());
            return Ok(ids.iter().map(gone).collect());
        }
        let known: Vec<_> = held.keys().copied().collect();
        let carried = asset_marks::list(tx, mark, &known).await?;
        let mut by_place: BTreeMap<Option<String>, Vec<AssetId>> = BTreeMap::new();
        for link in gone_marks::list_links(tx, &id, ids).await? {
            let asset = link.asset_id;
            if held.contains_key(&asset) && has_room(mark, carried.get(&asset), &link) {
                by_place.entry(link.into_id).or_default().push(asset);
            }
        }
        let mut done = HashSet::new();
        for (into, assets) in by_place {
            if let Some(into) = into {
                asset_marks::take(tx, account, (Mark::Tag, &into), &assets).await?;
            }
            asset_marks::put(tx, account, (mark, &id), &assets).await?;
            asset_states::touch_many(tx, account, &assets, now).await?;
            done.extend(assets);
        }
        gone_marks::pass(tx, &id, ids).await?;
        let item = |id: &AssetId| {
            if done.contains(id) {
                return BatchItem {
                    id: *id,
                    outcome: Outcome::Changed,
                    problem: None,
                    before: None,
                    after: None,
                    elsewhere: false,
                };
            }
            BatchItem::refused(*id, refusal(held.contains_key(id)))
        };
        Ok(ids.iter().map(item).collect())
    }
}

/// Whether an asset can carry one more, or what came in place of it goes.
fn has_room(mark: Mark, carried: Option<&HashSet<String>>, link: &gone_marks::LinkRow) -> bool {
    let count = carried.map_or(0, HashSet::len);
    let goes = link.into_id.as_ref();
    let is_exchanged = goes.is_some_and(|into| carried.is_some_and(|it| it.contains(into)));
    mark == Mark::Team || is_exchanged || count < CARRIED_MOST
}

fn refusal(is_there: bool) -> Problem {
    if !is_there {
        return Problem::not_found();
    }
    let problem = Problem::invalid("tags", "An asset carries at most 50 tags.");
    problem.because(Reason::TooManyTags).at_most(50)
}
