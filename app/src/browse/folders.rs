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
    asking: StoredValue<Asking>,
}

/// What is on its way, and what is asked for next: one after the other, so that no older answer
/// takes the place of a newer one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Asking {
    is_busy: bool,
    /// All levels that are known by then.
    known: bool,
    /// Levels that somebody wants to see.
    wanted: Vec<FolderParent>,
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
            asking: StoredValue::default(),
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
        let parents: Vec<_> = levels.iter().map(|level| level.parent).collect();
        self.put(&parents, levels);
    }

    /// Takes in what was asked for; a level that did not come is no more.
    fn put(self, asked: &[FolderParent], levels: Vec<Level>) {
        self.levels.update(|known| {
            known.retain(|old| !asked.contains(&old.parent));
            known.extend(levels);
        });
    }

    /// What is asked for next, where something is; nothing else is until it is here.
    fn take_asked(self) -> Option<Asked> {
        let Asking { known, wanted, .. } = self.asking.try_get_value()?;
        let is_wanted = !wanted.is_empty();
        let mut parents = wanted;
        if known {
            self.levels.with_untracked(|levels| {
                parents.retain(|parent| levels.iter().all(|level| level.parent != *parent));
                parents.extend(levels.iter().map(|level| level.parent));
            });
        }
        self.asking.set_value(Asking {
            is_busy: !parents.is_empty(),
            ..Asking::default()
        });
        (!parents.is_empty()).then_some(Asked { parents, is_wanted })
    }
}

/// Levels that are on their way, and whether somebody waits for one.
struct Asked {
    parents: Vec<FolderParent>,
    is_wanted: bool,
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
        self.ask_folders(|asking| asking.known = true);
    }

    fn fetch_levels(self, parents: Vec<FolderParent>) {
        self.ask_folders(|asking| asking.wanted.extend(parents));
    }

    fn ask_folders(self, ask: impl FnOnce(&mut Asking)) {
        let folders = self.folders;
        let was_busy = folders.asking.try_update_value(|asking| {
            ask(asking);
            asking.is_busy
        });
        if was_busy != Some(false) {
            return;
        }
        spawn_local(async move {
            while let Some(Asked { parents, is_wanted }) = folders.take_asked() {
                match folders::list_levels(parents.clone()).await {
                    Ok(levels) => folders.put(&parents, levels),
                    Err(failure) if is_wanted => self.complain(&failure),
                    // The next look at the tree shows it.
                    Err(_) => {}
                }
            }
        });
    }
}
