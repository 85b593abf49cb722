//! `/assets/{id}/crop`: pictures made of pictures, what they began with, and what becomes of them.

use axum::{
    extract::State as Extract,
    http::{HeaderMap, Method, StatusCode},
    response::Response,
};
use library::Library;
use model::{Asset, AssetId, Crop, CropTarget, Page};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    Answer, Private,
    extract::{Asked, Id, MaybeSaid, Said},
    page::ListPage,
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
    Ok(respond(&state.library, &media, &method, &headers, manner).await?)
}

/// Lists the copies in sight that were made of a picture, the newest first.
#[utoipa::path(get, path = "/assets/{id}/copies", tag = "assets",
    params(("id" = AssetId, Path), ListPage),
    responses((status = 200, body = Page<Asset>)))]
pub async fn list_copies(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<AssetId>,
    Asked(page): Asked<ListPage>,
) -> Answer<Page<Asset>> {
    let (cursor, limit) = page.read()?;
    let page = library.list_copies(&actor, id, cursor.as_ref(), limit);
    Ok(Private(page.await?))
}

/// What a copy is made again with.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(examples(json!({ "if_version": 1 })))]
pub struct Remake {
    /// The version it has until then; where it has another by now, nothing changes, and the answer
    /// is 409.
    if_version: Option<u32>,
}

/// Makes a copy again of its original as that is now: cut and made to fit as before, as a new
/// version of the copy.
///
/// Where the original was not replaced since, nothing changes.
#[utoipa::path(post, path = "/assets/{id}/remake", tag = "assets",
    params(("id" = AssetId, Path)), request_body = Remake,
    responses((status = 200, body = Asset)))]
pub async fn remake_asset(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<AssetId>,
    MaybeSaid(asked): MaybeSaid<Remake>,
) -> Answer<Asset> {
    let asset = library.remake_asset(&actor, id, asked.if_version);
    Ok(Private(asset.await?))
}
