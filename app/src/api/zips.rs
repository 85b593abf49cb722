//! Doors to zips of originals.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{AssetFilter, AssetId, FolderId};

use super::Failure;

/// Tells beforehand whether a zip of a folder, of what a filter shows, or of these can be had.
#[server(prefix = "/rpc", endpoint = "check_zip", input = Json)]
pub async fn check_zip(
    folder: Option<FolderId>,
    filter: Option<AssetFilter>,
    ids: Vec<AssetId>,
) -> Result<(), Failure> {
    use super::context::{actor, library};
    use library::zips::ZipOf;
    use model::Selection;

    let of = match (folder, filter) {
        (Some(id), _) => ZipOf::Folder(id),
        (None, Some(filter)) => ZipOf::Assets(Selection::Filter(Box::new(filter))),
        (None, None) => ZipOf::Assets(Selection::Ids(ids)),
    };
    Ok(library().check_zip(&actor()?, &of).await?)
}
