//! Doors to folders.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{Folder, FolderId};

use super::Failure;

/// All folders, parents before children.
#[server(prefix = "/rpc", endpoint = "list_folders", input = Json)]
pub async fn list_folders() -> Result<Vec<Folder>, Failure> {
    use super::context::{actor, library};
    use model::{FolderFilter, Limit};

    let (library, actor) = (library(), actor()?);
    let everywhere = FolderFilter::default();
    let limit = Limit::new(Limit::MAX).unwrap_or_default();
    let (mut folders, mut cursor) = (Vec::new(), None);
    loop {
        let page = library.list_folders(&actor, &everywhere, cursor.as_ref(), limit);
        let page = page.await?;
        folders.extend(page.items);
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    folders.sort_by_cached_key(|folder| (folder.path.len(), folder.name.as_str().to_lowercase()));
    Ok(folders)
}

/// Makes a folder.
#[server(prefix = "/rpc", endpoint = "create_folder")]
pub async fn create_folder(parent: Option<FolderId>, name: String) -> Result<Folder, Failure> {
    use super::context::{actor, library};

    let name = name.parse()?;
    Ok(library().create_folder(&actor()?, parent, name).await?)
}
