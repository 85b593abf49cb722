//! `/assets/{id}/crop`: pictures made of pictures, and what they began with.

use axum::{
    extract::State as Extract,
    http::{HeaderMap, Method, StatusCode},
    response::Response,
};
use library::Library;
use model::{Asset, AssetId, Crop, CropTarget};

use super::{
    Private,
    extract::{Id, Said},
};
use crate::{
    failure::Result,
    identify::SignedIn,
    media::{Manner, respond},
    state::State,
};

/// Turns, mirrors, straightens and crops a picture: as a copy, or as a new version of the asset.
///
/// Where it was cropped before, the edit is of the picture it was made of, which
/// `/assets/{id}/source` gives.
#[utoipa::path(post, path = "/assets/{id}/crop", tag = "assets",
    params(("id" = AssetId, Path)), request_body = Crop,
    responses(
        (status = 201, description = "The copy", body = Asset),
        (status = 200, description = "The asset with its new version", body = Asset)))]
pub async fn crop_asset(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<AssetId>,
    Said(crop): Said<Crop>,
) -> Result<(StatusCode, Private<Asset>)> {
    let status = match crop.target {
        CropTarget::Copy => StatusCode::CREATED,
        CropTarget::Version => StatusCode::OK,
    };
    let asset = library.crop_asset(&actor, id, crop).await?;
    Ok((status, Private(asset)))
}

/// Gives the picture that an asset's edits begin with: what it was made of, or its own original.
#[utoipa::path(get, path = "/assets/{id}/source", tag = "media",
    params(("id" = AssetId, Path)), responses(
        (status = 200, description = "The file", content_type = "*/*", body = Vec<u8>),
        (status = 206, description = "A part of the file", content_type = "*/*", body = Vec<u8>),
        (status = 304, description = "The reader's copy is still good"),
        (status = 416, description = "There are no such bytes")))]
pub async fn get_source(
    Extract(state): Extract<State>,
    SignedIn(actor): SignedIn,
    Id(id): Id<AssetId>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response> {
    let media = state.library.open_source(&actor, id).await?;
    let manner = Manner {
        caching: "private, no-cache",
        download: false,
        negotiated: false,
    };
    Ok(respond(&state.library, &media, &method, &headers, manner))
}
