//! Takes assets elsewhere at once, with a way back: to the trash, the archive, another folder.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Asset, AssetId, BatchId, BatchRequest, BatchVerb, Changes, FolderId, Limit};

use super::desk::Desk;
use crate::api::{assets, batches};
use crate::browser::page;
use crate::text::use_text;

impl Desk {
    /// Moves assets to the trash at once, with a way back.
    pub fn trash(self, ids: Vec<AssetId>) {
        self.take_away(ids, Leaving::ToTrash);
    }

    /// Brings assets back from the trash at once, with a way back.
    pub fn restore(self, ids: Vec<AssetId>) {
        self.take_away(ids, Leaving::FromTrash);
    }

    /// Keeps assets out of sight, with a way back.
    pub fn archive(self, ids: Vec<AssetId>) {
        self.take_away(ids, Leaving::ToArchive);
    }

    /// Brings assets back in sight, with a way back.
    pub fn unarchive(self, ids: Vec<AssetId>) {
        self.take_away(ids, Leaving::FromArchive);
    }

    fn take_away(self, ids: Vec<AssetId>, leaving: Leaving) {
        if ids.is_empty() {
            return;
        }
        let before: Vec<Arc<Asset>> = ids
            .iter()
            .filter_map(|id| untrack(|| self.shelf.find(*id)))
            .collect();
        self.rest_beside(&ids);
        self.shelf.remove(&ids);
        self.selection.clear();
        if self
            .query
            .get_untracked()
            .asset
            .is_some_and(|open| ids.contains(&open))
        {
            self.open(None);
        }
        spawn_local(async move {
            match batches::change_chosen(BatchRequest::of(leaving.verb(), ids)).await {
                Ok(changes) => {
                    let said = leaving.told(self, &changes);
                    self.show_changes(changes, said);
                }
                Err(failure) => {
                    for asset in &before {
                        self.shelf.put(asset);
                    }
                    self.complain(&failure);
                }
            }
        });
    }

    /// Shows what came of a deed on chosen assets, with a way back for those that are other now.
    pub fn show_changes(self, changes: Changes, said: String) {
        let text = use_text();
        for asset in changes.assets {
            self.put(asset);
        }
        if let Some(problem) = &changes.problem {
            self.toasts.complain(text.problem(problem));
            // What was not done is where it was.
            self.shelf.reload();
        }
        let (undo, others) = (changes.undo, changes.changed);
        if others.is_empty() {
            self.toasts.say(text.order().unchanged);
        } else if undo.is_empty() {
            self.toasts.say(said);
        } else {
            self.toasts.offer_undo(said, move || {
                self.undo_batches(undo.clone(), others.clone());
            });
        }
        self.recount();
    }

    /// Turns back what batches that are over changed, and nothing else.
    fn undo_batches(self, undo: Vec<BatchId>, changed: Vec<AssetId>) {
        let text = use_text();
        spawn_local(async move {
            let (mut back, mut left) = (0, 0);
            for batch in undo {
                match batches::undo_batch(batch).await {
                    Ok(undone) => {
                        back += undone.changed;
                        left += undone.refused;
                    }
                    Err(failure) => self.complain(&failure),
                }
            }
            if back + left > 0 {
                self.toasts.say(text.turned_back(back, left));
            }
            self.show_again(changed).await;
            self.recount();
        });
    }

    /// Shows assets as they are now.
    async fn show_again(self, ids: Vec<AssetId>) {
        if ids.len() > Limit::MAX as usize {
            return self.shelf.reload();
        }
        match assets::find_assets(ids).await {
            Ok(here) => here.into_iter().for_each(|asset| self.put(asset)),
            Err(failure) => self.complain(&failure),
        }
    }

    /// Leaves the keys at the neighbor of what goes.
    fn rest_beside(self, ids: &[AssetId]) {
        let Some(first) = ids.iter().filter_map(|id| self.shelf.index_of(*id)).min() else {
            return;
        };
        let neighbor = self.shelf.items.with_untracked(|items| {
            let stays = |asset: &&Arc<Asset>| !ids.contains(&asset.id);
            let behind = items[first..].iter().find(stays);
            behind
                .or_else(|| items[..first].iter().rev().find(stays))
                .map(|asset| asset.id)
        });
        self.selection.active.set(neighbor);
        if let Some(id) = neighbor {
            page::focus_soon(super::tile::element_id(id));
        }
    }

    /// Puts assets into a folder, or at the top.
    pub fn move_to(self, ids: Vec<AssetId>, folder: Option<FolderId>) {
        let text = use_text();
        // What is chosen while this is on its way stays chosen.
        self.selection.clear();
        let request = BatchRequest {
            folder_id: Some(folder),
            ..BatchRequest::of(BatchVerb::Move, ids)
        };
        spawn_local(async move {
            match batches::change_chosen(request).await {
                Ok(changes) => {
                    let said = text.moved(changes.changed.len(), &self.name_of(folder));
                    self.show_changes(changes, said);
                }
                Err(failure) => self.complain(&failure),
            }
        });
    }

    /// What a place is called: a folder's name, or all files.
    pub fn name_of(self, folder: Option<FolderId>) -> String {
        let folder = untrack(|| folder.and_then(|id| self.folder(id)));
        folder.map_or(use_text().browse.all_files.to_owned(), |it| {
            it.name.to_string()
        })
    }
}

/// Which way assets leave the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leaving {
    ToTrash,
    FromTrash,
    ToArchive,
    FromArchive,
}

impl Leaving {
    const fn verb(self) -> BatchVerb {
        match self {
            Self::ToTrash => BatchVerb::Trash,
            Self::FromTrash => BatchVerb::Restore,
            Self::ToArchive => BatchVerb::Archive,
            Self::FromArchive => BatchVerb::Unarchive,
        }
    }

    /// What is said of those that left, and where they came to in place of what is gone.
    fn told(self, desk: Desk, changes: &Changes) -> String {
        let text = use_text();
        let count = changes.changed.len();
        let is_first = |asset: &&Asset| changes.changed.first() == Some(&asset.id);
        let first = changes.assets.iter().find(is_first);
        let said = self.said(count, first.map_or("", |asset| asset.name.as_str()));
        match (first, changes.elsewhere.len()) {
            (_, 0) => said,
            (Some(asset), 1) if count == 1 => {
                let place = desk.name_of(asset.folder_id);
                format!("{said} {}", text.naming(text.browse.elsewhere, &place))
            }
            (_, elsewhere) => {
                let told = text.so_many(&text.order().elsewhere, elsewhere as u64);
                format!("{said} · {told}")
            }
        }
    }

    fn said(self, count: usize, first: &str) -> String {
        let text = use_text();
        match self {
            Self::ToTrash => text.trashed(count, first),
            Self::FromTrash => text.restored(count, first),
            Self::ToArchive => text.so_many(&text.browse.archived, count as u64),
            Self::FromArchive => text.so_many(&text.browse.unarchived, count as u64),
        }
    }
}
