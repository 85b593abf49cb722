//! `/assets/{id}/versions`: a file replaced under its address, what it was before, and the way back.
#![expect(
    unused_qualifications,
    reason = "the macro that describes parameters writes them"
)]

use axum::{
    extract::{Request, State as Extract},
    http::{HeaderMap, Method, StatusCode},
    response::Response,
};
use library::{Library, media::View};
use model::{Asset, AssetId, Page, Preset, Problem, Version};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::{
    Answer, Private,
    extract::{Asked, Id, MaybeSaid, Words},
    form::{Form, Received},
    page::ListPage,
};
use crate::{
    failure::Result,
    identify::SignedIn,
    media::{Manner, negotiate::rendition_format, respond},
    state::State,
};

/// The form that brings another file.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes a form that is read field by field")]
pub struct NewVersion {
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// What who replaces a file has seen.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Seen {
    /// The `version` of the asset; where it has another by now, nothing changes (409).
    #[param(minimum = 1)]
    if_version: Option<u32>,
}

/// Which version is gone back to.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(examples(json!({ "if_version": 2 })))]
pub struct Revert {
    /// The `version` of the asset; where it has another by now, nothing changes (409).
    #[schema(minimum = 1)]
    if_version: Option<u32>,
}

/// Lists the files an asset has and had, the newest first.
#[utoipa::path(get, path = "/assets/{id}/versions", tag = "assets",
    params(("id" = AssetId, Path), ListPage),
    responses((status = 200, body = Page<Version>)))]
pub async fn list_versions(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<AssetId>,
    Asked(page): Asked<ListPage>,
) -> Answer<Page<Version>> {
    let (cursor, limit) = page.read()?;
    let page = library.list_versions(&actor, id, cursor.as_ref(), limit);
    Ok(Private(page.await?))
}

/// Lets a file of the same kind take the place of what an asset shows; its id, its addresses and
/// all that is said of it stay.
#[utoipa::path(post, path = "/assets/{id}/versions", tag = "assets",
    params(("id" = AssetId, Path), Seen),
    request_body(content = NewVersion, content_type = "multipart/form-data"),
    responses((status = 201, description = "The asset with its new version", body = Asset)))]
pub async fn replace_asset(
    Extract(state): Extract<State>,
    SignedIn(actor): SignedIn,
    Id(id): Id<AssetId>,
    Asked(seen): Asked<Seen>,
    request: Request,
) -> Result<(StatusCode, Private<Asset>)> {
    let library = &state.library;
    library
        .check_replaceable(&actor, id, seen.if_version)
        .await?;
    let mut form = Form::open_for_one(request, &state).await?;
    let Some(Received { staged, .. }) = form.next_file(library, &actor).await? else {
        return Err(Problem::malformed("The form has no field `file`.").into());
    };
    form.read_rest().await?;
    let asset = library.replace_asset(&actor, id, staged, seen.if_version);
    Ok((StatusCode::CREATED, Private(asset.await?)))
}

/// Lets an asset show what an earlier version of it showed, as a new version.
#[utoipa::path(post, path = "/assets/{id}/versions/{number}/revert", tag = "assets",
    params(("id" = AssetId, Path), ("number" = u32, Path, minimum = 1)), request_body = Revert,
    responses((status = 200, description = "The asset with its new version", body = Asset)))]
pub async fn revert_asset(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Words((id, number)): Words<(String, String)>,
    MaybeSaid(revert): MaybeSaid<Revert>,
) -> Answer<Asset> {
    let (id, number) = parsed(&id, &number)?;
    let asset = library.revert_asset(&actor, id, number, revert.if_version);
    Ok(Private(asset.await?))
}

/// Gives the file of a version.
#[utoipa::path(get, path = "/assets/{id}/versions/{number}/content", tag = "media",
    params(("id" = AssetId, Path), ("number" = u32, Path, minimum = 1)), responses(
        (status = 200, description = "The file", content_type = "*/*", body = Vec<u8>),
        (status = 206, description = "A part of the file", content_type = "*/*", body = Vec<u8>),
        (status = 304, description = "The reader's copy is still good"),
        (status = 416, description = "There are no such bytes")))]
pub async fn get_version_content(
    Extract(state): Extract<State>,
    SignedIn(actor): SignedIn,
    Words((id, number)): Words<(String, String)>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response> {
    let (id, number) = parsed(&id, &number)?;
    let media = state
        .library
        .open_version(&actor, id, number, View::Original)
        .await?;
    Ok(respond(&state.library, &media, &method, &headers, manner(false)).await?)
}

/// Gives a rendition of a version, in a format the reader takes.
#[utoipa::path(get, path = "/assets/{id}/versions/{number}/renditions/{preset}", tag = "media",
    params(("id" = AssetId, Path), ("number" = u32, Path, minimum = 1), ("preset" = Preset, Path)),
    responses(
        (status = 200, description = "The picture", content_type = "image/*", body = Vec<u8>),
        (status = 206, description = "A part of it", content_type = "image/*", body = Vec<u8>),
        (status = 304, description = "The reader's copy is still good"),
        (status = 416, description = "There are no such bytes")))]
pub async fn get_version_rendition(
    Extract(state): Extract<State>,
    SignedIn(actor): SignedIn,
    Words((id, number, preset)): Words<(String, String, String)>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response> {
    let (id, number) = parsed(&id, &number)?;
    let preset: Preset = preset.parse().map_err(|_| Problem::not_found())?;
    let format = rendition_format(&headers);
    let view = View::Rendition { preset, format };
    let media = state.library.open_version(&actor, id, number, view).await?;
    Ok(respond(&state.library, &media, &method, &headers, manner(true)).await?)
}

fn parsed(id: &str, number: &str) -> Result<(AssetId, u32), Problem> {
    let id = id.parse().ok();
    id.zip(number.parse().ok()).ok_or_else(Problem::not_found)
}

/// The bytes of a version never change.
const fn manner(negotiated: bool) -> Manner {
    Manner {
        caching: "private, max-age=31536000, immutable",
        download: false,
        negotiated,
    }
}
