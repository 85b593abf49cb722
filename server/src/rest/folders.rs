//! `/folders`: places in a tree.

use axum::{extract::State as Extract, http::StatusCode};
use library::Library;
use model::{FileName, Folder, FolderId, Page};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    Answer, Private,
    extract::{Asked, Id, Said},
    page::ListPage,
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

/// Lists the account's folders, oldest first.
#[utoipa::path(get, path = "/folders", tag = "folders", params(ListPage),
    responses((status = 200, body = Page<Folder>)))]
pub async fn list_folders(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Asked(page): Asked<ListPage>,
) -> Answer<Page<Folder>> {
    let (cursor, limit) = page.read()?;
    let page = library.list_folder_page(&actor, cursor.as_ref(), limit);
    Ok(Private(page.await?))
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
