//! Doors to folders.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{Batch, Cursor, Folder, FolderContents, FolderId, FolderParent, FolderPatch, Page};
use serde::{Deserialize, Serialize};

use super::Failure;

/// What lies right in one place, as far as it was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    pub parent: FolderParent,
    pub folders: Page<Folder>,
}

/// A folder that went to the trash or came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FolderMoved {
    pub folder: Folder,
    /// The batch that does the same to its assets, where there are very many.
    pub batch: Option<Batch>,
}

/// The top of the tree, and every level down to a folder; the top alone where it is not there.
#[server(prefix = "/rpc", endpoint = "open_tree", input = Json)]
pub async fn open_tree(at: Option<FolderId>) -> Result<Vec<Level>, Failure> {
    use super::context::{actor, library};

    let mut parents = vec![FolderParent::Top];
    if let Some(id) = at
        && let Ok(path) = library().list_folder_path(&actor()?, id).await
    {
        parents.extend(path.iter().map(|folder| FolderParent::In(folder.id)));
    }
    read_levels(parents).await
}

/// What lies right in some places; those that are gone are left out.
#[server(prefix = "/rpc", endpoint = "list_levels", input = Json)]
pub async fn list_levels(parents: Vec<FolderParent>) -> Result<Vec<Level>, Failure> {
    read_levels(parents).await
}

/// The next folders of a level.
#[server(prefix = "/rpc", endpoint = "list_more_folders", input = Json)]
pub async fn list_more_folders(
    parent: FolderParent,
    cursor: Cursor,
) -> Result<Page<Folder>, Failure> {
    use super::context::{actor, library};
    use model::{FolderFilter, Limit};

    let filter = FolderFilter {
        parent: Some(parent),
        ..FolderFilter::default()
    };
    let limit = Limit::new(Limit::MAX).unwrap_or_default();
    let (library, actor) = (library(), actor()?);
    let page = library.list_folders(&actor, &filter, Some(&cursor), limit);
    Ok(page.await?)
}

/// A page of the folders that words find, and of those at the top where there are none.
#[server(prefix = "/rpc", endpoint = "find_folders", input = Json)]
pub async fn find_folders(words: String, cursor: Option<Cursor>) -> Result<Page<Folder>, Failure> {
    use super::context::{actor, library};
    use model::{FolderFilter, Limit};

    let filter = FolderFilter {
        parent: words.trim().is_empty().then_some(FolderParent::Top),
        q: Some(words),
        trashed: false,
    };
    let (library, actor) = (library(), actor()?);
    let page = library.list_folders(&actor, &filter, cursor.as_ref(), Limit::default());
    Ok(page.await?)
}

/// A page of the folders in the trash that somebody chose.
#[server(prefix = "/rpc", endpoint = "list_trashed_folders", input = Json)]
pub async fn list_trashed_folders(cursor: Option<Cursor>) -> Result<Page<Folder>, Failure> {
    use super::context::{actor, library};
    use model::{FolderFilter, Limit};

    let filter = FolderFilter {
        trashed: true,
        ..FolderFilter::default()
    };
    let (library, actor) = (library(), actor()?);
    let page = library.list_folders(&actor, &filter, cursor.as_ref(), Limit::default());
    Ok(page.await?)
}

/// Makes a folder.
#[server(prefix = "/rpc", endpoint = "create_folder")]
pub async fn create_folder(parent: Option<FolderId>, name: String) -> Result<Folder, Failure> {
    use super::context::{actor, library};

    let name = name.parse()?;
    Ok(library().create_folder(&actor()?, parent, name).await?)
}

/// Gives a folder a new name, unless somebody else did in between.
#[server(prefix = "/rpc", endpoint = "rename_folder", input = Json)]
pub async fn rename_folder(id: FolderId, name: String, version: u32) -> Result<Folder, Failure> {
    use super::context::{actor, library};

    let patch = FolderPatch {
        name: Some(name.parse()?),
        version: Some(version),
        ..FolderPatch::default()
    };
    Ok(library().update_folder(&actor()?, id, patch).await?)
}

/// Colors or moves a folder.
#[server(prefix = "/rpc", endpoint = "update_folder", input = Json)]
pub async fn update_folder(id: FolderId, patch: FolderPatch) -> Result<Folder, Failure> {
    use super::context::{actor, library};

    Ok(library().update_folder(&actor()?, id, patch).await?)
}

/// What moving a folder to the trash would take along.
#[server(prefix = "/rpc", endpoint = "read_folder_contents", input = Json)]
pub async fn read_folder_contents(id: FolderId) -> Result<FolderContents, Failure> {
    use super::context::{actor, library};

    Ok(library().folder_contents(&actor()?, id).await?)
}

/// Moves a folder to the trash with all it holds.
#[server(prefix = "/rpc", endpoint = "trash_folder", input = Json)]
pub async fn trash_folder(id: FolderId) -> Result<FolderMoved, Failure> {
    use super::context::{actor, library};

    let moved = library().trash_folder(&actor()?, id).await?;
    Ok(FolderMoved {
        folder: moved.folder,
        batch: moved.batch,
    })
}

/// Brings a folder back from the trash with all that went with it.
#[server(prefix = "/rpc", endpoint = "restore_folder", input = Json)]
pub async fn restore_folder(id: FolderId) -> Result<FolderMoved, Failure> {
    use super::context::{actor, library};

    let moved = library().restore_folder(&actor()?, id).await?;
    Ok(FolderMoved {
        folder: moved.folder,
        batch: moved.batch,
    })
}

/// Removes a folder in the trash for good with all that went with it.
#[server(prefix = "/rpc", endpoint = "purge_folder", input = Json)]
pub async fn purge_folder(id: FolderId) -> Result<Option<Batch>, Failure> {
    use super::context::{actor, library};

    Ok(library().purge_folder(&actor()?, id).await?)
}

#[cfg(feature = "ssr")]
async fn read_levels(parents: Vec<FolderParent>) -> Result<Vec<Level>, Failure> {
    use super::context::{actor, library};
    use model::{FolderFilter, Limit};

    /// More levels than a person has open.
    const MOST: usize = 200;
    let mut levels = Vec::new();
    let (library, actor) = (library(), actor()?);
    let limit = Limit::new(Limit::MAX).unwrap_or_default();
    for parent in parents.into_iter().take(MOST) {
        let filter = FolderFilter {
            parent: Some(parent),
            ..FolderFilter::default()
        };
        match library.list_folders(&actor, &filter, None, limit).await {
            Ok(folders) => levels.push(Level { parent, folders }),
            // A folder may be gone; the top never is.
            Err(error) if parent == FolderParent::Top => return Err(error.into()),
            Err(_) => {}
        }
    }
    Ok(levels)
}
