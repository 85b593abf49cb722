//! What a person does with folders: makes, renames, colors, moves, deletes and restores them.

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Batch, Folder, FolderColor, FolderId, FolderParent, FolderPatch};

use crate::api::folders::Level;
use crate::api::{Failure, folders};
use crate::browse::desk::Desk;
use crate::query::Place;
use crate::text::use_text;

impl Desk {
    /// Fetches the next folders of a level.
    pub fn fetch_more_folders(self, parent: FolderParent) {
        let level = untrack(|| self.folders.level(parent));
        let Some((mut level, cursor)) = level.and_then(|level| {
            let cursor = level.next_cursor.clone()?;
            Some((level, cursor))
        }) else {
            return;
        };
        spawn_local(async move {
            match folders::list_more_folders(parent, cursor).await {
                Ok(more) => {
                    level.items.extend(more.items);
                    level.next_cursor = more.next_cursor;
                    let folders = level;
                    self.folders.add(vec![Level { parent, folders }]);
                }
                Err(failure) => self.complain(&failure),
            }
        });
    }

    /// Makes sure that a folder can be seen in the tree.
    pub fn reveal_folder(self, id: FolderId) {
        spawn_local(async move {
            if let Ok(levels) = folders::open_tree(Some(id)).await {
                let above = levels.iter().filter_map(|level| level.parent.id());
                let above: Vec<_> = above.collect();
                self.folders.add(levels);
                self.folders.open.update(|open| open.extend(above));
            }
        });
    }

    /// Finds out where a folder lies, and shows nothing of it.
    pub fn learn_path(self, id: FolderId) {
        spawn_local(async move {
            if let Ok(levels) = folders::open_tree(Some(id)).await {
                self.folders.add(levels);
            }
        });
    }

    /// Makes a folder and goes there.
    pub fn make_folder(self, parent: Option<FolderId>, name: String) {
        let text = use_text();
        spawn_local(async move {
            match folders::create_folder(parent, name).await {
                Ok(folder) => {
                    self.toasts.say(text.folder_created(folder.name.as_str()));
                    if let Some(parent) = parent {
                        self.expand(parent);
                    }
                    self.refresh_folders();
                    let place = Place::Folder(folder.id);
                    self.go(&self.query.get_untracked().at(place));
                }
                Err(failure) => self.complain(&failure),
            }
        });
    }

    /// Gives a folder a new name; the second of two people who do is told.
    pub fn rename_folder(self, folder: &Folder, name: String) {
        self.tidying().renaming.set(None);
        if name == folder.name.as_str() {
            return;
        }
        let text = use_text();
        let (id, version) = (folder.id, folder.version);
        spawn_local(async move {
            match folders::rename_folder(id, name, version).await {
                Ok(folder) => {
                    let said = text.naming(text.order().renamed, folder.name.as_str());
                    self.toasts.say(said);
                }
                Err(failure) => self.complain(&failure),
            }
            self.refresh_folders();
        });
    }

    /// Colors a folder.
    pub fn color_folder(self, id: FolderId, color: Option<FolderColor>) {
        let patch = FolderPatch {
            color: Some(color),
            ..FolderPatch::default()
        };
        spawn_local(async move {
            if let Err(failure) = folders::update_folder(id, patch).await {
                self.complain(&failure);
            }
            self.refresh_folders();
        });
    }

    /// Moves a folder into another, or to the top, with a way back.
    pub fn move_folder(self, id: FolderId, parent: Option<FolderId>) {
        let text = use_text();
        let before = untrack(|| self.folders.find(id)).map(|folder| folder.parent_id);
        let name = untrack(|| parent.and_then(|parent| self.folders.find(parent)));
        let name = name.map_or(text.order().top.to_owned(), |it| it.name.to_string());
        spawn_local(async move {
            match put_folder(id, parent).await {
                Ok(folder) => {
                    let said = text.folder_moved(folder.name.as_str(), &name);
                    self.toasts.offer_undo(said, move || {
                        spawn_local(async move {
                            if let Err(failure) = put_folder(id, before.flatten()).await {
                                self.complain(&failure);
                            }
                            self.refresh_folders();
                        });
                    });
                    if let Some(parent) = parent {
                        self.expand(parent);
                    }
                }
                Err(failure) => self.complain(&failure),
            }
            self.refresh_folders();
        });
    }

    /// Moves a folder to the trash with all it holds, with a way back.
    pub fn trash_folder(self, folder: &Folder) {
        let text = use_text();
        let (id, parent) = (folder.id, folder.parent_id);
        spawn_local(async move {
            match folders::trash_folder(id).await {
                Ok(moved) => {
                    let said = text.naming(text.order().folder_trashed, moved.folder.name.as_str());
                    self.toasts
                        .offer_undo(said, move || self.restore_folder(id, parent));
                    if self
                        .query
                        .with_untracked(crate::query::LibraryQuery::folder)
                        == Some(id)
                    {
                        let place = parent.map_or(Place::All, Place::Folder);
                        self.go(&self.query.get_untracked().at(place));
                    }
                    self.settle(moved.batch);
                }
                Err(failure) => self.complain(&failure),
            }
        });
    }

    /// Brings a folder back from the trash; where it lay elsewhere before, it says where it is now.
    pub fn restore_folder(self, id: FolderId, parent: Option<FolderId>) {
        let text = use_text();
        spawn_local(async move {
            match folders::restore_folder(id).await {
                Ok(moved) => {
                    let name = moved.folder.name.as_str();
                    let mut said = text.naming(text.order().folder_restored, name);
                    if moved.folder.parent_id != parent {
                        let place = moved.folder.path.last();
                        let place = place.map_or(text.order().top, |name| name.as_str());
                        said = format!(
                            "{said}. {}",
                            text.naming(text.order().folder_elsewhere, place)
                        );
                    }
                    self.toasts.say(said);
                    self.settle(moved.batch);
                }
                Err(failure) => self.complain(&failure),
            }
        });
    }

    /// Removes a folder in the trash for good.
    pub fn purge_folder(self, id: FolderId) {
        spawn_local(async move {
            match folders::purge_folder(id).await {
                Ok(batch) => self.settle(batch),
                Err(failure) => self.complain(&failure),
            }
        });
    }

    /// Shows what came of something that changed more than is on show.
    pub fn settle(self, batch: Option<Batch>) {
        self.tidying().trash.update(|count| *count += 1);
        self.shelf.reload();
        self.recount();
        if let Some(batch) = batch {
            self.watch(batch);
        }
    }
}

async fn put_folder(id: FolderId, parent: Option<FolderId>) -> Result<Folder, Failure> {
    let patch = FolderPatch {
        parent_id: Some(parent),
        ..FolderPatch::default()
    };
    folders::update_folder(id, patch).await
}
