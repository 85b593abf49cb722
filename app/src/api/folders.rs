//! Doors to folders.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{Folder, FolderId};

use super::Failure;

/// All folders, parents before children.
#[server(prefix = "/rpc", endpoint = "list_folders", input = Json)]
pub async fn list_folders() -> Result<Vec<Folder>, Failure> {
    use super::context::{actor, library};

    Ok(library().list_folders(&actor()?).await?)
}

/// Makes a folder.
#[server(prefix = "/rpc", endpoint = "create_folder")]
pub async fn create_folder(parent: Option<FolderId>, name: String) -> Result<Folder, Failure> {
    use super::context::{actor, library};

    let name = name.parse()?;
    Ok(library().create_folder(&actor()?, parent, name).await?)
}
