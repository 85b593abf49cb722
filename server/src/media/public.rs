//! `/m/…`: shared media, for whoever has the key.

use axum::{
    Router,
    extract::State as Extract,
    http::{HeaderMap, HeaderValue, Method, header::ACCESS_CONTROL_ALLOW_ORIGIN},
    response::Response,
    routing::get,
};
use library::media::View;
use model::{Preset, Problem};
use serde::Deserialize;

use super::{Manner, negotiate::rendition_format, respond};
use crate::{
    failure::Result,
    middleware::security::RESOURCE_POLICY,
    rest::extract::{Asked, Words},
    state::State,
};

/// Five minutes: as long as a picture may be seen after it is no longer shared.
const CACHING: &str = "public, max-age=300, must-revalidate";

/// The addresses of shared media; nobody is asked who they are.
pub fn routes() -> Router<State> {
    Router::new()
        .route("/m/{key}/{name}", get(original))
        .route("/m/{key}/r/{preset}/{name}", get(rendition))
}

/// Whether to save rather than to show; all else in the query is nothing to us.
#[derive(Deserialize)]
struct Query {
    download: Option<String>,
}

async fn original(
    Extract(state): Extract<State>,
    Words((key, _name)): Words<(String, String)>,
    Asked(query): Asked<Query>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response> {
    serve(&state, &key, View::Original, query, &method, &headers).await
}

async fn rendition(
    Extract(state): Extract<State>,
    Words((key, preset, _name)): Words<(String, String, String)>,
    Asked(query): Asked<Query>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response> {
    let preset: Preset = preset.parse().map_err(|_| Problem::not_found())?;
    let format = rendition_format(&headers);
    let view = View::Rendition { preset, format };
    serve(&state, &key, view, query, &method, &headers).await
}

async fn serve(
    state: &State,
    key: &str,
    view: View,
    query: Query,
    method: &Method,
    headers: &HeaderMap,
) -> Result<Response> {
    let media = state.library.open_shared_media(key, view).await?;
    let manner = Manner {
        caching: CACHING,
        download: query.download.is_some(),
        negotiated: view != View::Original,
    };
    let mut response = respond(&state.library, &media, method, headers, manner).await?;
    let headers = response.headers_mut();
    // Shared media is for other sites' pages too, and carries nobody's credentials.
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
    Ok(response)
}
