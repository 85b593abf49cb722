//! Takes assets elsewhere at once, with a way back: to the trash, the archive, another folder.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Asset, AssetId, FolderId, FolderParent};

use super::desk::Desk;
use crate::api::{Failure, assets};
use crate::browser::page;
use crate::text::use_text;

/// Folders, with the assets that lie in each.
type Places = BTreeMap<Option<FolderId>, Vec<AssetId>>;

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
            match leaving.carry_out(ids.clone()).await {
                Ok(changed) => {
                    for asset in &changed {
                        self.shelf.put(&Arc::new(asset.clone()));
                    }
                    self.offer_way_back(&before, &changed, leaving);
                    self.recount();
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

    fn offer_way_back(self, before: &[Arc<Asset>], changed: &[Asset], leaving: Leaving) {
        let first = changed.first().map_or("", |asset| asset.name.as_str());
        let ids: Vec<AssetId> = changed.iter().map(|asset| asset.id).collect();
        let mut said = leaving.said(changed.len(), first);
        if let Some(place) = elsewhere(before, changed) {
            let place = self.name_of(place.id());
            said = format!(
                "{said} {}",
                use_text().naming(use_text().browse.elsewhere, &place)
            );
        }
        self.toasts.offer_undo(said, move || {
            let ids = ids.clone();
            spawn_local(async move {
                match leaving.opposite().carry_out(ids).await {
                    Ok(back) => {
                        for asset in back {
                            self.put(asset);
                        }
                        self.recount();
                    }
                    Err(failure) => self.complain(&failure),
                }
            });
        });
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
        let before = self.places_of(&ids);
        // What is chosen while this is on its way stays chosen.
        self.selection.clear();
        spawn_local(async move {
            match assets::move_assets(ids, folder).await {
                Ok(moved) => {
                    let said = text.moved(moved.len(), &self.name_of(folder));
                    self.toasts
                        .offer_undo(said, move || self.move_back(before.clone()));
                    for asset in moved {
                        self.put(asset);
                    }
                    self.recount();
                }
                Err(failure) => self.complain(&failure),
            }
        });
    }
}

impl Desk {
    /// What a place is called: a folder's name, or all files.
    pub fn name_of(self, folder: Option<FolderId>) -> String {
        let folder = untrack(|| folder.and_then(|id| self.folder(id)));
        folder.map_or(use_text().browse.all_files.to_owned(), |it| {
            it.name.to_string()
        })
    }

    /// The folders that assets lie in, with those that lie in each.
    fn places_of(self, ids: &[AssetId]) -> Places {
        let mut places = Places::new();
        for id in ids {
            let opened = self.opened.get_untracked().filter(|open| open.id == *id);
            if let Some(asset) = untrack(|| self.shelf.find(*id)).or(opened) {
                places.entry(asset.folder_id).or_default().push(*id);
            }
        }
        places
    }

    /// Puts assets back into the folders they lay in.
    fn move_back(self, places: Places) {
        spawn_local(async move {
            for (folder, ids) in places {
                match assets::move_assets(ids, folder).await {
                    Ok(back) => {
                        for asset in back {
                            self.put(asset);
                        }
                    }
                    Err(failure) => self.complain(&failure),
                }
            }
            self.recount();
        });
    }
}

/// Where assets came back to whose folder is no longer there, in place of it.
fn elsewhere(before: &[Arc<Asset>], changed: &[Asset]) -> Option<FolderParent> {
    changed
        .iter()
        .find(|now| {
            let then = before.iter().find(|then| then.id == now.id);
            then.is_some_and(|then| then.folder_id != now.folder_id)
        })
        .map(|now| now.folder_id.map_or(FolderParent::Top, FolderParent::In))
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
    const fn opposite(self) -> Self {
        match self {
            Self::ToTrash => Self::FromTrash,
            Self::FromTrash => Self::ToTrash,
            Self::ToArchive => Self::FromArchive,
            Self::FromArchive => Self::ToArchive,
        }
    }

    async fn carry_out(self, ids: Vec<AssetId>) -> Result<Vec<Asset>, Failure> {
        match self {
            Self::ToTrash => assets::trash_assets(ids).await,
            Self::FromTrash => assets::restore_assets(ids).await,
            Self::ToArchive => assets::archive_assets(ids).await,
            Self::FromArchive => assets::unarchive_assets(ids).await,
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
