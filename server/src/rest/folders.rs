//! `/folders`: places in a tree, changed, thrown away and brought back.
#![expect(
    unused_qualifications,
    reason = "the macro that describes parameters writes them"
)]

use axum::{extract::State as Extract, http::StatusCode};
use library::{Library, folders::FolderMove};
use model::{
    Batch, Cursor, FileName, Folder, FolderContents, FolderFilter, FolderId, FolderParent,
    FolderPatch, Page,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    Answer, Private,
    extract::{Asked, Id, Said},
    page,
};
use crate::{failure::Result, identify::SignedIn};

/// Which folders are asked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListFolders {
    /// Only what lies right in this folder; `top` is what lies in none.
    #[param(value_type = Option<String>, pattern = "^(top|fld_[0-7][0-9A-HJKMNP-TV-Z]{25})$")]
    parent_id: Option<FolderParent>,
    /// Words of the name, or of the names of what it lies in.
    q: Option<String>,
    /// Those in the trash that somebody chose, instead of those in the tree.
    trashed: bool,
    /// Where the page starts: `next_cursor` of the page before.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
    /// How many items a page holds; 50 unless said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

/// A folder to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "name": "Summer" })))]
pub struct NewFolder {
    name: FileName,
    /// The folder it shall lie in; at the top when absent.
    parent_id: Option<FolderId>,
}

/// A folder that went to the trash or came back.
#[derive(Serialize, ToSchema)]
pub struct FolderMoved {
    folder: Folder,
    /// The batch that does the same to its assets, where there are very many.
    batch: Option<Batch>,
}

impl From<FolderMove> for FolderMoved {
    fn from(moved: FolderMove) -> Self {
        Self {
            folder: moved.folder,
            batch: moved.batch,
        }
    }
}

/// Lists the account's folders: siblings and what words find by name, all others oldest first.
#[utoipa::path(get, path = "/folders", tag = "folders", params(ListFolders),
    responses((status = 200, body = Page<Folder>)))]
pub async fn list_folders(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Asked(asked): Asked<ListFolders>,
) -> Answer<Page<Folder>> {
    let (cursor, limit) = page::read(asked.cursor, asked.limit)?;
    let filter = FolderFilter {
        parent: asked.parent_id,
        q: asked.q,
        trashed: asked.trashed,
    };
    let page = library.list_folders(&actor, &filter, cursor.as_ref(), limit);
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

/// Renames, colors and moves a folder, all or nothing; with `version`, only as it was then.
#[utoipa::path(patch, path = "/folders/{id}", tag = "folders", params(("id" = FolderId, Path)),
    request_body = FolderPatch, responses((status = 200, body = Folder)))]
pub async fn update_folder(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<FolderId>,
    Said(patch): Said<FolderPatch>,
) -> Answer<Folder> {
    Ok(Private(library.update_folder(&actor, id, patch).await?))
}

/// Tells what moving a folder to the trash would take along.
#[utoipa::path(get, path = "/folders/{id}/contents", tag = "folders",
    params(("id" = FolderId, Path)), responses((status = 200, body = FolderContents)))]
pub async fn folder_contents(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<FolderId>,
) -> Answer<FolderContents> {
    Ok(Private(library.folder_contents(&actor, id).await?))
}

/// Moves a folder to the trash with all it holds; for administrators.
#[utoipa::path(delete, path = "/folders/{id}", tag = "folders", params(("id" = FolderId, Path)),
    responses((status = 200, body = FolderMoved)))]
pub async fn trash_folder(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<FolderId>,
) -> Answer<FolderMoved> {
    Ok(Private(library.trash_folder(&actor, id).await?.into()))
}

/// Brings a folder back from the trash with all that went with it: to where it lay, or to the
/// nearest place there is.
#[utoipa::path(post, path = "/folders/{id}/restore", tag = "folders",
    params(("id" = FolderId, Path)), responses((status = 200, body = FolderMoved)))]
pub async fn restore_folder(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<FolderId>,
) -> Answer<FolderMoved> {
    Ok(Private(library.restore_folder(&actor, id).await?.into()))
}
