//! Undoes a batch: what it changed and is still as it left it becomes what it was.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    time::Duration,
};

use model::{
    AssetId, Batch, BatchId, BatchItem, BatchState, FolderId, Outcome, Problem, Reason, Right,
    Role, Timestamp,
};

use super::{
    AT_ONCE, Among, Asker, Deed,
    apply::living_places,
    from_json,
    items::refusals,
    marks::{Marked, Marking},
    rows,
};
use crate::{
    Actor, Library, Result,
    db::{
        Tx, asset_marks,
        asset_states::Held,
        batch_items::{self, BatchItemRow},
        batch_refusals,
        batches::{self, BatchRow},
        folders,
    },
};

/// How long after its end a batch can be undone.
const UNDOABLE: Duration = Duration::from_hours(24);
/// How long what a batch changed is kept: an undoing that began in time comes to its end.
pub(super) const ITEMS_KEPT: Duration = Duration::from_hours(48);

impl Library {
    /// Turns back what a batch changed and is still as it left it; once, within a day, by who
    /// began it or an administrator.
    pub async fn undo_batch(&self, actor: &Actor, id: BatchId) -> Result<Batch> {
        self.require(actor, Right::Edit).await?;
        let now = self.inner.clock.now();
        let mut tx = self.inner.db.write().await?;
        let row = find_own(&mut tx, actor, id).await?;
        if !is_undoable(&row, now) || !batches::take_undo(&mut tx, id, now).await? {
            return Err(too_late().into());
        }
        let deed = Deed::Undo(id, Box::new(from_json(&row.action)?));
        let undoing = self.begin_undo(&mut tx, actor, &deed, &row).await?;
        tx.commit().await?;
        self.inner.jobs.ring();
        Ok(undoing)
    }

    async fn begin_undo(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        deed: &Deed,
        undone: &BatchRow,
    ) -> Result<Batch> {
        let among = Among::Undone(undone.id);
        if undone.changed > rows(AT_ONCE) {
            return self.begin_batch(tx, actor, deed, &among).await;
        }
        let ids = among.list(tx, actor, "", rows(AT_ONCE)).await?;
        let applied = self.apply_deed(tx, actor, deed, &ids).await?;
        let row = self.done_batch(actor, deed, &among, &applied)?;
        batches::insert(tx, &row).await?;
        batch_refusals::insert(tx, row.id, &refusals(&applied)?).await?;
        self.forget_media(&ids);
        told(row, actor, self.inner.clock.now())
    }

    /// Turns back what a batch did to some assets.
    pub(super) async fn turn_back(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        (batch, deed): (BatchId, &Deed),
        held: &HashMap<AssetId, Held>,
        ids: &[AssetId],
    ) -> Result<Vec<BatchItem>> {
        let changes = batch_items::list(tx, batch, ids).await?;
        let done: Vec<AssetId> = match deed.marks() {
            Some((mark, was_on)) => {
                let marking = self.unmarking(tx, actor, (mark, !was_on), &changes).await?;
                let marked = unmarked(tx, &marking, held, &changes).await?;
                self.write_marks(tx, actor, &marking, &marked).await?;
                marked.into_keys().collect()
            }
            None => self.put_back(tx, actor, deed, held, &changes).await?,
        };
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
            let told = "It is other by now than the batch left it.";
            BatchItem::refused(*id, Problem::changed_meanwhile(told))
        };
        Ok(ids.iter().map(item).collect())
    }

    /// Puts assets back where they were, and into the state they had.
    async fn put_back(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        deed: &Deed,
        held: &HashMap<AssetId, Held>,
        changes: &[BatchItemRow],
    ) -> Result<Vec<AssetId>> {
        let mut by_place: BTreeMap<Option<FolderId>, BTreeMap<AssetId, Held>> = BTreeMap::new();
        for change in changes {
            let as_left = held.get(&change.asset_id).copied();
            if let Some(held) = as_left.filter(|held| is_as_left(deed, change, held)) {
                let place = change.folder_id.filter(|_| matches!(deed, Deed::Move(_)));
                by_place.entry(place).or_default().insert(held.id, held);
            }
        }
        let mut done = Vec::new();
        for (place, held) in by_place {
            if !lives(tx, actor, place).await? {
                continue;
            }
            let back = match deed {
                Deed::Move(_) => Deed::Move(place),
                Deed::Archive => Deed::Unarchive,
                Deed::Unarchive => Deed::Archive,
                Deed::Trash(_) => Deed::Restore,
                Deed::Restore => Deed::Trash(None),
                _ => continue,
            };
            let places = match back {
                Deed::Restore => living_places(tx, actor, held.values()).await?,
                _ => HashMap::new(),
            };
            let now = self.inner.clock.now();
            self.change(tx, actor, &back, &held, (&places, now)).await?;
            done.extend(held.into_keys());
        }
        Ok(done)
    }

    /// The marks that come back or go again, as far as they are there still.
    async fn unmarking(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        (mark, is_on): (asset_marks::Mark, bool),
        changes: &[BatchItemRow],
    ) -> Result<Marking> {
        let mut ids: Vec<_> = changes
            .iter()
            .map(|change| change.mark_id.clone())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let ids = asset_marks::list_living(tx, actor.account_id, mark, &ids).await?;
        Ok(Marking { mark, ids, is_on })
    }
}

/// The marks to turn back, asset by asset: those that are as the batch left them.
async fn unmarked(
    tx: &mut Tx,
    marking: &Marking,
    held: &HashMap<AssetId, Held>,
    changes: &[BatchItemRow],
) -> Result<Marked> {
    let known: Vec<_> = held.keys().copied().collect();
    let carried = asset_marks::list(tx, marking.mark, &known).await?;
    let mut marked = Marked::new();
    for change in changes.iter().filter(|it| held.contains_key(&it.asset_id)) {
        let is_marked = carried
            .get(&change.asset_id)
            .is_some_and(|marks| marks.contains(&change.mark_id));
        if is_marked != marking.is_on && marking.ids.contains(&change.mark_id) {
            let marks = marked.entry(change.asset_id).or_default();
            marks.push(change.mark_id.clone());
        }
    }
    marked.retain(|asset, marks| {
        let carried = carried.get(asset).map_or(0, HashSet::len);
        !marking.is_too_much(carried, marks.len())
    });
    Ok(marked)
}

/// Whether nobody put an asset elsewhere or made it something else since.
fn is_as_left(deed: &Deed, change: &BatchItemRow, held: &Held) -> bool {
    let is_same_trash = match deed {
        Deed::Trash(_) => held.trashed_at == Some(change.changed_at),
        _ => true,
    };
    is_same_trash && held.folder_id == change.left_folder_id && held.state == change.left_state
}

/// Whether assets can come to a place.
async fn lives(tx: &mut Tx, actor: &Actor, place: Option<FolderId>) -> Result<bool> {
    match place {
        None => Ok(true),
        Some(folder) => {
            let depth = folders::find_depth(tx, actor.account_id, folder).await?;
            Ok(depth.is_some())
        }
    }
}

/// A batch as it is told to somebody.
pub(super) fn told(row: BatchRow, actor: &Actor, now: Timestamp) -> Result<Batch> {
    let is_theirs = is_theirs(&row, actor)?;
    let undoable = is_theirs && is_undoable(&row, now);
    let stoppable = is_theirs && row.state == BatchState::Running && !row.must_end()?;
    Ok(Batch {
        undoable,
        stoppable,
        ..Batch::from(row)
    })
}

fn is_undoable(row: &BatchRow, now: Timestamp) -> bool {
    let is_over = row.state != BatchState::Running;
    let is_in_time = row.finished_at.is_some_and(|at| now < at.after(UNDOABLE));
    row.is_kept && row.undone_at.is_none() && row.changed > 0 && is_over && is_in_time
}

/// A batch that the actor began, or any where they are an administrator.
pub(super) async fn find_own(tx: &mut Tx, actor: &Actor, id: BatchId) -> Result<BatchRow> {
    let row = batches::find(tx, actor.account_id, id).await?;
    let row = row.ok_or_else(Problem::not_found)?;
    if !is_theirs(&row, actor)? {
        return Err(Problem::forbidden().into());
    }
    Ok(row)
}

/// Whether the actor began it, or is an administrator.
fn is_theirs(row: &BatchRow, actor: &Actor) -> Result<bool> {
    let asker: Asker = from_json(&row.actor)?;
    Ok(asker.is(actor) || actor.role == Role::Administrator)
}

fn too_late() -> Problem {
    Problem::conflict("This batch cannot be undone, or no longer.").because(Reason::NotUndoable)
}
