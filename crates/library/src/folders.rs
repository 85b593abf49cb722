//! Folders: places in a tree.

use model::{FileName, Folder, FolderId};

use crate::{Actor, Library, Result};

impl Library {
    /// All folders of the account, parents before children, siblings by name.
    pub async fn list_folders(&self, actor: &Actor) -> Result<Vec<Folder>> {
        todo!()
    }

    /// One folder.
    pub async fn get_folder(&self, actor: &Actor, id: FolderId) -> Result<Folder> {
        todo!()
    }

    /// Makes a folder; siblings have different names.
    pub async fn create_folder(
        &self,
        actor: &Actor,
        parent: Option<FolderId>,
        name: FileName,
    ) -> Result<Folder> {
        todo!()
    }
}
