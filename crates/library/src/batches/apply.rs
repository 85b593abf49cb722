//! What a batch does to a few assets, in one transaction.

use std::collections::{BTreeMap, HashMap, hash_map::Entry};

use model::{
    AssetId, AssetState, BatchAction, BatchId, BatchItem, EventKind, FolderId, Outcome, Problem,
    Reason, Right, TeamId, Timestamp, Whereabouts, tag::clean_tags,
};
use serde::{Deserialize, Serialize};

use super::{Leaving, marks::Marked};
use crate::{
    Actor, Library, Result, audit,
    db::{
        Tx,
        asset_marks::Mark,
        asset_states::{self, Held},
        folder_trash, folder_tree, shares,
    },
};

/// The most teams that are named at once.
const TEAMS_MOST: usize = 50;

/// A deed that can be done.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Deed {
    Move(Option<FolderId>),
    Tag(Vec<String>),
    Untag(Vec<String>),
    Assign(Vec<TeamId>),
    Unassign(Vec<TeamId>),
    Archive,
    Unarchive,
    /// Alone, or with a folder.
    Trash(Option<FolderId>),
    Restore,
    Purge,
    /// Takes off a tag or a team that is leaving.
    TakeOff(Leaving),
    /// Puts a tag or a team that is back on what it was on.
    BringBack(Leaving),
    /// Turns back what a batch did.
    Undo(BatchId, Box<Self>),
}

/// What a deed did to some assets.
#[derive(Debug)]
pub(crate) struct Applied {
    /// Each asset, in its order.
    pub items: Vec<BatchItem>,
    /// The marks that came or went, where it was about marks.
    pub marked: Marked,
    pub at: Timestamp,
}

impl IntoIterator for Applied {
    type Item = BatchItem;
    type IntoIter = std::vec::IntoIter<BatchItem>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

/// What is to be done about one asset.
enum Verdict {
    Change,
    Leave,
    Refuse(&'static str, Reason),
}

impl Deed {
    /// Reads what was asked for.
    pub fn parse(action: BatchAction) -> Result<Self> {
        let words = |tags: Vec<String>| {
            let tags = clean_tags(tags.iter().map(String::as_str))?;
            if tags.is_empty() {
                return Err(Problem::invalid("tags", "Name at least one tag."));
            }
            Ok(tags)
        };
        let named = |teams: Vec<TeamId>| match teams.len() {
            1..=TEAMS_MOST => Ok(teams),
            0 => Err(Problem::invalid("teams", "Name at least one team.")),
            _ => {
                let problem = Problem::invalid("teams", "Name 1 to 50 teams.");
                Err(problem
                    .because(Reason::TooManyTeams)
                    .at_most(TEAMS_MOST as u64))
            }
        };
        Ok(match action {
            BatchAction::Move { folder_id } => Self::Move(folder_id),
            BatchAction::Tag { tags } => Self::Tag(words(tags)?),
            BatchAction::Untag { tags } => Self::Untag(words(tags)?),
            BatchAction::Assign { teams } => Self::Assign(named(teams)?),
            BatchAction::Unassign { teams } => Self::Unassign(named(teams)?),
            BatchAction::Archive => Self::Archive,
            BatchAction::Unarchive => Self::Unarchive,
            BatchAction::Trash => Self::Trash(None),
            BatchAction::Restore => Self::Restore,
            BatchAction::Purge => Self::Purge,
        })
    }

    /// The right it takes.
    pub fn right(&self) -> Right {
        match self {
            Self::Purge => Right::Purge,
            Self::TakeOff(leaving) | Self::BringBack(leaving) => leaving.right(),
            _ => Right::Edit,
        }
    }

    /// Whether folders hold more or less after it.
    pub fn changes_counts(&self) -> bool {
        match self {
            Self::Undo(_, deed) => deed.changes_counts(),
            Self::TakeOff(_) | Self::BringBack(_) => false,
            deed => deed.marks().is_none(),
        }
    }

    /// Whether what it changed can be turned back.
    pub const fn is_undoable(&self) -> bool {
        !matches!(
            self,
            Self::Purge | Self::TakeOff(_) | Self::BringBack(_) | Self::Undo(..)
        )
    }

    /// What it marks assets with, and whether it puts that on; else it takes it off.
    pub const fn marks(&self) -> Option<(Mark, bool)> {
        match self {
            Self::Tag(_) => Some((Mark::Tag, true)),
            Self::Untag(_) => Some((Mark::Tag, false)),
            Self::Assign(_) => Some((Mark::Team, true)),
            Self::Unassign(_) => Some((Mark::Team, false)),
            _ => None,
        }
    }

    fn event(&self) -> EventKind {
        match self {
            Self::Move(_) => EventKind::AssetMoved,
            Self::Tag(_) | Self::Untag(_) => EventKind::AssetTagged,
            Self::Assign(_) | Self::Unassign(_) => EventKind::AssetAssigned,
            Self::Archive => EventKind::AssetArchived,
            Self::Unarchive => EventKind::AssetUnarchived,
            Self::Trash(_) => EventKind::AssetTrashed,
            Self::Restore => EventKind::AssetRestored,
            Self::Purge => EventKind::AssetPurged,
            Self::TakeOff(leaving) => leaving.event(),
            Self::BringBack(leaving) => leaving.return_event(),
            Self::Undo(_, deed) => deed.event(),
        }
    }

    fn judge(&self, held: &Held) -> Verdict {
        let is = |state| held.state == state;
        match self {
            Self::Move(folder) if held.folder_id == *folder => Verdict::Leave,
            Self::Archive if is(AssetState::Archived) => Verdict::Leave,
            Self::Unarchive if is(AssetState::Active) => Verdict::Leave,
            Self::Trash(_) if is(AssetState::Trashed) => Verdict::Leave,
            Self::Restore if !is(AssetState::Trashed) => Verdict::Leave,
            Self::Archive | Self::Unarchive if is(AssetState::Trashed) => {
                Verdict::Refuse("Restore it from the trash first.", Reason::InTrash)
            }
            Self::Purge if !is(AssetState::Trashed) => {
                Verdict::Refuse("Move it to the trash first.", Reason::NotInTrash)
            }
            _ => Verdict::Change,
        }
    }

    /// Where an asset is after the deed; it may come back to another folder than it lay in.
    fn after(&self, held: &Held, places: &HashMap<FolderId, Option<FolderId>>) -> Whereabouts {
        let mut after = whereabouts(held);
        match self {
            Self::Move(folder) => after.folder_id = *folder,
            Self::Archive => after.state = AssetState::Archived,
            Self::Unarchive => after.state = AssetState::Active,
            Self::Trash(_) => after.state = AssetState::Trashed,
            Self::Restore => {
                after.state = held.trashed_from.unwrap_or_default();
                after.folder_id = held.folder_id.and_then(|id| places[&id]);
            }
            _ => {}
        }
        after
    }
}

impl Library {
    /// Does a deed to some assets and answers each, in their order; the actor may.
    pub(crate) async fn apply_deed(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        deed: &Deed,
        ids: &[AssetId],
    ) -> Result<Applied> {
        let account = actor.account_id;
        if deed.changes_counts() {
            folder_tree::lock(tx, account).await?;
        }
        let held = asset_states::lock_many(tx, account, ids).await?;
        let held: HashMap<_, _> = held.into_iter().map(|held| (held.id, held)).collect();
        let at = self.inner.clock.now();
        let (items, marked) = match (deed, deed.marks()) {
            (Deed::Undo(batch, deed), _) => {
                let back = self.turn_back(tx, actor, (*batch, deed), &held, ids);
                (back.await?, Marked::new())
            }
            (Deed::TakeOff(leaving), _) => {
                let items = self.take_off(tx, actor, *leaving, ids, at);
                (items.await?, Marked::new())
            }
            (Deed::BringBack(leaving), _) => {
                let items = self.put_again(tx, actor, *leaving, (ids, &held), at);
                (items.await?, Marked::new())
            }
            (_, Some(marks)) => self.mark(tx, actor, (deed, marks), (ids, &held)).await?,
            _ => {
                let done = self.do_to(tx, actor, deed, (ids, &held), at);
                (done.await?, Marked::new())
            }
        };
        Ok(Applied { items, marked, at })
    }

    async fn do_to(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        deed: &Deed,
        (ids, held): (&[AssetId], &HashMap<AssetId, Held>),
        at: Timestamp,
    ) -> Result<Vec<BatchItem>> {
        let places = match deed {
            Deed::Restore => living_places(tx, actor, held.values()).await?,
            _ => HashMap::new(),
        };
        let items: Vec<_> = ids
            .iter()
            .map(|id| answer(deed, *id, held.get(id), &places))
            .collect();
        let is_changed = |item: &&BatchItem| item.outcome == Outcome::Changed;
        // In the order of ids, and each once, however often it was named.
        let changed: BTreeMap<_, _> = items
            .iter()
            .filter(is_changed)
            .map(|item| (item.id, held[&item.id]))
            .collect();
        self.change(tx, actor, deed, &changed, (&places, at))
            .await?;
        Ok(items)
    }

    pub(super) async fn change(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        deed: &Deed,
        changed: &BTreeMap<AssetId, Held>,
        (places, now): (&HashMap<FolderId, Option<FolderId>>, Timestamp),
    ) -> Result<()> {
        if changed.is_empty() {
            return Ok(());
        }
        let account = actor.account_id;
        let ids: Vec<_> = changed.keys().copied().collect();
        let ids = ids.as_slice();
        let mut events: Vec<_> = ids.iter().map(|id| (deed.event(), *id)).collect();
        if matches!(deed, Deed::Purge) {
            // Afterwards nobody knows what they were called.
            audit::record_many(tx, &*self.inner.clock, actor, &events).await?;
            events.clear();
        }
        match deed {
            Deed::Move(folder) => {
                asset_states::move_many(tx, account, ids, *folder, now).await?;
            }
            Deed::Archive => {
                let state = AssetState::Archived;
                asset_states::set_state_many(tx, account, ids, state, now).await?;
            }
            Deed::Unarchive => {
                let state = AssetState::Active;
                asset_states::set_state_many(tx, account, ids, state, now).await?;
            }
            Deed::Trash(with) => {
                let by = (actor.user_id(), *with);
                asset_states::trash_many(tx, account, ids, by, now).await?;
            }
            Deed::Restore => self.restore(tx, actor, changed, places).await?,
            Deed::Purge => {
                for id in ids {
                    self.delete_asset(tx, account, *id).await?;
                }
            }
            // Written by `mark`, `take_off`, `put_again` and `turn_back`.
            Deed::Tag(_)
            | Deed::Untag(_)
            | Deed::Assign(_)
            | Deed::Unassign(_)
            | Deed::TakeOff(_)
            | Deed::BringBack(_)
            | Deed::Undo(..) => {}
        }
        if matches!(deed, Deed::Trash(_)) {
            let unshared = shares::delete_many(tx, account, ids).await?;
            let ended = |id| (EventKind::AssetUnshared, id);
            events.extend(unshared.into_iter().map(ended));
        }
        audit::record_many(tx, &*self.inner.clock, actor, &events).await
    }

    async fn restore(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        changed: &BTreeMap<AssetId, Held>,
        places: &HashMap<FolderId, Option<FolderId>>,
    ) -> Result<()> {
        let mut by_folder: HashMap<Option<FolderId>, Vec<AssetId>> = HashMap::new();
        for (id, held) in changed {
            let folder = held.folder_id.and_then(|folder| places[&folder]);
            by_folder.entry(folder).or_default().push(*id);
        }
        let (account, now) = (actor.account_id, self.inner.clock.now());
        for (folder, ids) in by_folder {
            asset_states::restore_many(tx, account, &ids, folder, now).await?;
        }
        Ok(())
    }
}

/// For each folder that assets lay in: where they come back to.
pub(super) async fn living_places(
    tx: &mut Tx,
    actor: &Actor,
    held: impl Iterator<Item = &Held>,
) -> Result<HashMap<FolderId, Option<FolderId>>> {
    let mut places = HashMap::new();
    for folder in held.filter_map(|held| held.folder_id) {
        if let Entry::Vacant(place) = places.entry(folder) {
            let living = folder_trash::find_living(tx, actor.account_id, Some(folder)).await?;
            place.insert(living);
        }
    }
    Ok(places)
}

/// The answer for one asset; what is not yours is answered like what is not there.
fn answer(
    deed: &Deed,
    id: AssetId,
    held: Option<&Held>,
    places: &HashMap<FolderId, Option<FolderId>>,
) -> BatchItem {
    let Some(held) = held else {
        return BatchItem::refused(id, Problem::not_found());
    };
    let before = whereabouts(held);
    let (outcome, after) = match deed.judge(held) {
        Verdict::Refuse(why, reason) => {
            return BatchItem::refused(id, Problem::conflict(why).because(reason));
        }
        Verdict::Leave => (Outcome::Unchanged, before),
        Verdict::Change => (Outcome::Changed, deed.after(held, places)),
    };
    let is_elsewhere = held.is_displaced || before.folder_id != after.folder_id;
    let is_back = matches!(deed, Deed::Restore) && outcome == Outcome::Changed;
    BatchItem {
        id,
        outcome,
        problem: None,
        elsewhere: is_back && is_elsewhere,
        before: Some(before),
        after: Some(after).filter(|_| !matches!(deed, Deed::Purge)),
    }
}

pub(super) fn whereabouts(held: &Held) -> Whereabouts {
    Whereabouts {
        folder_id: held.folder_id,
        state: held.state,
    }
}
