//! `/assets/{id}/content` `…/renditions/{preset}` and `…/pages/{page}/…`: bytes for members.
#![expect(
    unused_qualifications,
    reason = "the macro that describes parameters writes them"
)]

use axum::{
    extract::State as Extract,
    http::{HeaderMap, Method},
    response::Response,
};
use library::media::{Media, View};
use model::{AssetId, Preset, Problem};
use serde::Deserialize;
use utoipa::IntoParams;

use super::extract::{Asked, Words};
use crate::{
    failure::Result,
    identify::SignedIn,
    media::{Manner, negotiate::rendition_format, respond},
    state::State,
};

/// How the bytes are asked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct Ask {
    /// Save rather than show.
    download: Option<String>,
    /// The original's fingerprint, which lets the answer be kept for good.
    v: Option<String>,
}

/// Gives an asset's original, byte for byte.
#[utoipa::path(get, path = "/assets/{id}/content", tag = "media",
    params(("id" = AssetId, Path), Ask), responses(
        (status = 200, description = "The file", content_type = "*/*", body = Vec<u8>),
        (status = 206, description = "A part of the file", content_type = "*/*", body = Vec<u8>),
        (status = 304, description = "The reader's copy is still good"),
        (status = 416, description = "There are no such bytes")))]
pub async fn get_content(
    Extract(state): Extract<State>,
    SignedIn(actor): SignedIn,
    Words(id): Words<String>,
    Asked(ask): Asked<Ask>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response> {
    let id = id.parse().map_err(|_| Problem::not_found())?;
    let media = state.library.open_media(&actor, id, View::Original).await?;
    answer(&state, &media, &ask, false, &method, &headers).await
}

/// Gives a rendition of an asset, in a format the reader takes.
///
/// WebP where `Accept` names it, else JPEG. Where it names AVIF, too, and one was made that is
/// smaller, that; it is made in the background after somebody first asked. Each has its own `ETag`.
#[utoipa::path(get, path = "/assets/{id}/renditions/{preset}", tag = "media",
    params(("id" = AssetId, Path), ("preset" = Preset, Path), Ask), responses(
        (status = 200, description = "The picture", content_type = "image/*", body = Vec<u8>),
        (status = 206, description = "A part of it", content_type = "image/*", body = Vec<u8>),
        (status = 304, description = "The reader's copy is still good"),
        (status = 416, description = "There are no such bytes")))]
pub async fn get_rendition(
    Extract(state): Extract<State>,
    SignedIn(actor): SignedIn,
    Words((id, preset)): Words<(String, String)>,
    Asked(ask): Asked<Ask>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response> {
    let id: AssetId = id.parse().map_err(|_| Problem::not_found())?;
    let preset: Preset = preset.parse().map_err(|_| Problem::not_found())?;
    let format = rendition_format(&headers);
    let view = View::Rendition { preset, format };
    let media = state.library.open_media(&actor, id, view).await?;
    answer(&state, &media, &ask, true, &method, &headers).await
}

/// Gives one page of a document as a picture, counted from 1, in a format the reader takes.
#[utoipa::path(get, path = "/assets/{id}/pages/{page}/renditions/{preset}", tag = "media",
    params(("id" = AssetId, Path), ("page" = u32, Path, minimum = 1), ("preset" = Preset, Path), Ask),
    responses(
        (status = 200, description = "The picture", content_type = "image/*", body = Vec<u8>),
        (status = 206, description = "A part of it", content_type = "image/*", body = Vec<u8>),
        (status = 304, description = "The reader's copy is still good"),
        (status = 416, description = "There are no such bytes"),
        (status = 422, description = "The page cannot be drawn")))]
pub async fn get_page(
    Extract(state): Extract<State>,
    SignedIn(actor): SignedIn,
    Words((id, page, preset)): Words<(String, String, String)>,
    Asked(ask): Asked<Ask>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response> {
    let id: AssetId = id.parse().map_err(|_| Problem::not_found())?;
    let page: u32 = page.parse().map_err(|_| Problem::not_found())?;
    let preset: Preset = preset.parse().map_err(|_| Problem::not_found())?;
    let format = rendition_format(&headers);
    let view = View::Page {
        page,
        preset,
        format,
    };
    let media = state.library.open_media(&actor, id, view).await?;
    answer(&state, &media, &ask, true, &method, &headers).await
}

async fn answer(
    state: &State,
    media: &Media,
    ask: &Ask,
    negotiated: bool,
    method: &Method,
    headers: &HeaderMap,
) -> Result<Response> {
    let known = ask.v.as_ref().is_some_and(|v| *v == media.fingerprint);
    let manner = Manner {
        caching: if known {
            "private, max-age=31536000, immutable"
        } else {
            "private, no-cache"
        },
        download: ask.download.is_some(),
        negotiated,
    };
    Ok(respond(&state.library, media, method, headers, manner).await?)
}
