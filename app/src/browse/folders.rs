//! The folders that are known here: level by level, as far as somebody looked.

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Folder, FolderId, FolderParent, Page};

use super::desk::Desk;
use crate::api::folders::{self, Level};

/// The folders that are known here; cheap to copy.
#[derive(Clone, Copy)]
pub struct Folders {
    pub(super) levels: RwSignal<Vec<Level>>,
    /// Folders whose folders are on show.
    pub(super) open: RwSignal<Vec<FolderId>>,
}

impl Folders {
    /// The levels that the page opens with, all on show.
    pub fn new(levels: Vec<Level>) -> Self {
        let open = levels
            .iter()
            .filter_map(|level| level.parent.id())
            .collect();
        Self {
            levels: RwSignal::new(levels),
            open: RwSignal::new(open),
        }
    }

    /// All folders that are known here, by where they lie.
    pub fn known(self) -> Vec<Folder> {
        let mut known: Vec<Folder> = self.levels.with(|levels| {
            let folders = levels.iter().flat_map(|level| &level.folders.items);
            folders.cloned().collect()
        });
        known.sort_by_cached_key(|folder| {
            let mut path: Vec<_> = folder.path.iter().map(ToString::to_string).collect();
            path.push(folder.name.to_string());
            path
        });
        known
    }

    /// What lies right in a place, where that is known.
    pub fn level(self, parent: FolderParent) -> Option<Page<Folder>> {
        self.levels.with(|levels| {
            let level = levels.iter().find(|level| level.parent == parent);
            level.map(|level| level.folders.clone())
        })
    }

    /// A folder that is known here.
    pub fn find(self, id: FolderId) -> Option<Folder> {
        self.levels.with(|levels| {
            let mut folders = levels.iter().flat_map(|level| &level.folders.items);
            folders.find(|folder| folder.id == id).cloned()
        })
    }

    /// Whether the folders in a folder are on show.
    pub fn is_open(self, id: FolderId) -> bool {
        self.open.with(|open| open.contains(&id))
    }

    /// Takes in levels, in place of what was known of them.
    pub(super) fn add(self, levels: Vec<Level>) {
        self.levels.update(|known| {
            known.retain(|old| levels.iter().all(|new| new.parent != old.parent));
            known.extend(levels);
        });
    }
}

impl Desk {
    /// Shows or hides the folders in a folder.
    pub fn toggle_folder(self, id: FolderId) {
        let folders = self.folders;
        if untrack(|| folders.is_open(id)) {
            folders.open.update(|open| open.retain(|it| *it != id));
        } else {
            self.expand(id);
        }
    }

    /// Shows the folders in a folder.
    pub fn expand(self, id: FolderId) {
        let parent = FolderParent::In(id);
        self.folders.open.update(|open| open.push(id));
        if untrack(|| self.folders.level(parent)).is_none() {
            self.fetch_levels(vec![parent]);
        }
    }

    /// Brings what is known of the tree up to date.
    pub fn refresh_folders(self) {
        let parents: Vec<_> = self
            .folders
            .levels
            .with_untracked(|levels| levels.iter().map(|level| level.parent).collect());
        spawn_local(async move {
            if let Ok(levels) = folders::list_levels(parents).await {
                self.folders.levels.set(levels);
            }
        });
    }

    fn fetch_levels(self, parents: Vec<FolderParent>) {
        spawn_local(async move {
            match folders::list_levels(parents).await {
                Ok(levels) => self.folders.add(levels),
                Err(failure) => self.complain(&failure),
            }
        });
    }
}
