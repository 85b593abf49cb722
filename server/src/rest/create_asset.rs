//! `POST /assets`: a file and what is said about it, in one form, in any order.

use axum::{
    extract::{Request, State as Extract},
    http::{StatusCode, header::LOCATION},
    response::{IntoResponse, Response},
};
use model::{AltText, Asset, FileName, FolderId, Problem};
use utoipa::ToSchema;

use super::{
    Private,
    form::{Form, Received},
};
use crate::{failure::Result, identify::SignedIn, state::State};

/// The form that brings a file.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes a form that is read field by field")]
pub struct NewAsset {
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// What it is called; the file's own name unless said.
    #[schema(nullable = false)]
    name: Option<FileName>,
    /// The folder it shall lie in; at the top when absent.
    #[schema(nullable = false)]
    folder_id: Option<FolderId>,
    /// Words, with commas between; may be said several times.
    #[schema(nullable = false)]
    tags: Option<String>,
    #[schema(nullable = false)]
    alt_text: Option<AltText>,
    /// Where it lay in a dropped folder, such as `Summer/2026/beach.jpg`; makes folders.
    #[schema(nullable = false)]
    relative_path: Option<String>,
}

/// Takes a file and makes it an asset; fields may come before or after it.
#[utoipa::path(post, path = "/assets", tag = "assets",
    request_body(content = NewAsset, content_type = "multipart/form-data"),
    responses((status = 201, body = Asset, headers(("Location", description = "The asset")))))]
pub async fn create_asset(
    Extract(state): Extract<State>,
    SignedIn(actor): SignedIn,
    request: Request,
) -> Result<Response> {
    let mut form = Form::open_for_one(request, &state).await?;
    let library = &state.library;
    let Some(Received { staged, .. }) = form.next_file(library, &actor).await? else {
        return Err(Problem::malformed("The form has no field `file`.").into());
    };
    form.read_rest().await?;
    let asset = library
        .ingest_staged(&actor, staged, form.metadata())
        .await?;
    let location = state
        .links
        .to(&format!("{}/assets/{}", super::PREFIX, asset.id));
    let mut response = (StatusCode::CREATED, Private(asset)).into_response();
    if let Ok(location) = location.parse() {
        response.headers_mut().insert(LOCATION, location);
    }
    Ok(response)
}
