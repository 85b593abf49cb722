//! Which assets are chosen, and which one the keys are at.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;
use model::{Asset, AssetId};

use super::shelf::Shelf;

/// Which assets are chosen, and which one the keys are at; cheap to copy.
#[derive(Clone, Copy, Default)]
pub struct Selection {
    ids: RwSignal<BTreeSet<AssetId>>,
    /// The asset that the arrow keys leave from.
    pub active: RwSignal<Option<AssetId>>,
    /// Whether all that match are meant, and not only those that are here.
    pub everything: RwSignal<bool>,
    /// Where a range starts.
    anchor: RwSignal<Option<AssetId>>,
}

impl Selection {
    /// Whether an asset is chosen.
    pub fn has(self, id: AssetId) -> bool {
        self.ids.with(|ids| ids.contains(&id))
    }

    /// How many are chosen.
    pub fn len(self) -> usize {
        self.ids.with(BTreeSet::len)
    }

    /// The chosen ones.
    pub fn ids(self) -> Vec<AssetId> {
        self.ids.with_untracked(|ids| ids.iter().copied().collect())
    }

    /// What an act is about: the chosen ones, or the one the keys are at.
    pub fn subject(self) -> Vec<AssetId> {
        let ids = self.ids();
        if ids.is_empty() {
            self.active.get_untracked().into_iter().collect()
        } else {
            ids
        }
    }

    /// Chooses nothing.
    pub fn clear(self) {
        self.everything.set(false);
        if self.ids.with_untracked(|ids| !ids.is_empty()) {
            self.ids.update(BTreeSet::clear);
        }
    }

    /// Chooses all that match, however many are here.
    pub fn take_all(self, among: Shelf) {
        self.all(among);
        self.everything.set(true);
    }

    /// Chooses these, and nothing else.
    pub fn choose(self, ids: BTreeSet<AssetId>) {
        self.everything.set(false);
        self.ids.set(ids);
    }

    /// Chooses an asset, or no longer.
    pub fn toggle(self, id: AssetId) {
        self.everything.set(false);
        self.ids.update(|ids| {
            if !ids.remove(&id) {
                ids.insert(id);
            }
        });
        self.anchor.set(Some(id));
        self.active.set(Some(id));
    }

    /// Chooses all from where the range starts to an asset, and nothing else.
    pub fn extend(self, among: Shelf, to: AssetId) {
        self.everything.set(false);
        let start = self
            .anchor
            .get_untracked()
            .or(self.active.get_untracked())
            .unwrap_or(to);
        self.anchor.set(Some(start));
        self.active.set(Some(to));
        let (Some(from), Some(to)) = (among.index_of(start), among.index_of(to)) else {
            return;
        };
        let (first, last) = (from.min(to), from.max(to));
        let range = among
            .items
            .with_untracked(|assets| ids_of(&assets[first..=last]));
        self.ids.set(range);
    }

    /// Chooses all that is here.
    pub fn all(self, among: Shelf) {
        self.ids
            .set(among.items.with_untracked(|assets| ids_of(assets)));
    }

    /// Moves the keys to an asset; a range would start there.
    pub fn rest_at(self, id: AssetId) {
        self.active.set(Some(id));
        self.anchor.set(Some(id));
    }
}

fn ids_of(assets: &[Arc<Asset>]) -> BTreeSet<AssetId> {
    assets.iter().map(|asset| asset.id).collect()
}
