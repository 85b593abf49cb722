//! `/trash`: gone for good, by administrators.

use std::str::FromStr;

use axum::{extract::State as Extract, http::StatusCode};
use library::Library;
use model::{AssetId, BatchAnswer, FolderId, Problem};

use super::{Private, batches, extract::Id};
use crate::{failure::Result, identify::SignedIn};

/// Something in the trash.
pub enum Trashed {
    Asset(AssetId),
    Folder(FolderId),
}

impl FromStr for Trashed {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let asset = text.parse().map(Self::Asset);
        let folder = || text.parse().map(Self::Folder);
        asset
            .or_else(|_| folder())
            .map_err(|_| Problem::not_found())
    }
}

/// Removes all that is in the trash for good; for administrators. A full trash is emptied by a
/// batch to watch.
#[utoipa::path(delete, path = "/trash", tag = "trash",
    responses((status = 200, body = BatchAnswer),
        (status = 202, description = "It is under way: watch `batch`", body = BatchAnswer)))]
pub async fn empty_trash(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
) -> Result<(StatusCode, Private<BatchAnswer>)> {
    let answer = library.empty_trash(&actor).await?;
    Ok((batches::status(&answer), Private(answer)))
}

/// Removes an asset or a folder in the trash for good; for administrators.
#[utoipa::path(delete, path = "/trash/{id}", tag = "trash",
    params(("id" = String, Path, description = "An asset or a folder in the trash")),
    responses((status = 200, body = BatchAnswer),
        (status = 202, description = "It is under way: watch `batch`", body = BatchAnswer)))]
pub async fn purge(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<Trashed>,
) -> Result<(StatusCode, Private<BatchAnswer>)> {
    let batch = match id {
        Trashed::Asset(id) => {
            library.purge_asset(&actor, id).await?;
            None
        }
        Trashed::Folder(id) => library.purge_folder(&actor, id).await?,
    };
    let answer = BatchAnswer {
        undo: None,
        items: Vec::new(),
        batch,
    };
    Ok((batches::status(&answer), Private(answer)))
}
