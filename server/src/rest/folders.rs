//! `/folders`: places in a tree.

use axum::{extract::State as Extract, http::StatusCode};
use library::Library;
use model::{FileName, Folder, FolderId, Page};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    Answer, Private,
    extract::{Id, Said},
};
use crate::{failure::Result, identify::SignedIn};

/// A folder to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewFolder {
    name: FileName,
    /// The folder it shall lie in; at the top when absent.
    parent_id: Option<FolderId>,
}

/// Lists all folders, parents before children, siblings by name.
#[utoipa::path(get, path = "/folders", tag = "folders",
    responses((status = 200, body = Page<Folder>)))]
pub async fn list_folders(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
) -> Answer<Page<Folder>> {
    Ok(Private(Page {
        items: library.list_folders(&actor).await?,
        next_cursor: None,
    }))
}

/// Tells about a folder.
#[utoipa::path(get, path = "/folders/{id}", tag = "folders", params(("id" = FolderId, Path)),
    responses((status = 200, body = Folder)))]
pub async fn get_folder(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<FolderId>,
) -> Answer<Folder> {
    Ok(Private(library.get_folder(&actor, id).await?))
}

/// Makes a folder; siblings have different names.
#[utoipa::path(post, path = "/folders", tag = "folders", request_body = NewFolder,
    responses((status = 201, body = Folder)))]
pub async fn create_folder(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Said(folder): Said<NewFolder>,
) -> Result<(StatusCode, Private<Folder>)> {
    let folder = library
        .create_folder(&actor, folder.parent_id, folder.name)
        .await?;
    Ok((StatusCode::CREATED, Private(folder)))
}
