//! `/assets/{id}/copy`: another asset on the same bytes.

use axum::{extract::State as Extract, http::StatusCode};
use library::Library;
use model::{Asset, AssetId, FileName, FolderId};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    Private,
    extract::{Clearable, Id, MaybeSaid, said},
};
use crate::{failure::Result, identify::SignedIn};

/// What of a copy is other than of its original.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(examples(json!({ "name": "beach for the newsletter.jpg" })))]
pub struct NewCopy {
    /// Its name; that of the original with a word more unless said.
    name: Option<FileName>,
    /// The folder it shall lie in; `null` is the top, and where the original lies unless said.
    #[serde(deserialize_with = "said")]
    #[schema(value_type = Option<FolderId>)]
    folder_id: Clearable<FolderId>,
}

/// Makes another asset of the same bytes, with the same alt text, tags, teams and focal point.
///
/// Equal bytes count once, so it takes no room; its history begins anew, and it is not shared.
#[utoipa::path(post, path = "/assets/{id}/copy", tag = "assets", params(("id" = AssetId, Path)),
    request_body = Option<NewCopy>, responses((status = 201, body = Asset)))]
pub async fn copy_asset(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<AssetId>,
    MaybeSaid(copy): MaybeSaid<NewCopy>,
) -> Result<(StatusCode, Private<Asset>)> {
    let copy = library::plain_copies::NewCopy {
        name: copy.name,
        folder_id: copy.folder_id,
    };
    let asset = library.copy_asset(&actor, id, copy).await?;
    Ok((StatusCode::CREATED, Private(asset)))
}
