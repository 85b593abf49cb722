//! `/m/…`: shared media, for whoever has the key, and for the caches between.

use axum::{
    Router,
    extract::State as Extract,
    http::{HeaderMap, HeaderName, HeaderValue, Method},
    response::Response,
    routing::get,
};
use library::media::View;
use model::{Preset, Problem};
use serde::Deserialize;

use super::{Manner, negotiate::rendition_format, others, respond};
use crate::{
    failure::Result,
    rest::extract::{Asked, Words},
    state::State,
};

/// Five minutes: as long as a picture may be seen after it is no longer shared.
const CACHING: &str = "public, max-age=300, must-revalidate";
/// At an address that names the bytes: whoever has seen them keeps them, and caches between ask
/// after five minutes all the same, since it may be shared no longer.
const CACHING_KNOWN: &str = "public, max-age=31536000, s-maxage=300, immutable";

/// What caches forget everything of an asset by: the first is Fastly's word, the second Cloudflare's.
const TAGS: [HeaderName; 2] = [
    HeaderName::from_static("surrogate-key"),
    HeaderName::from_static("cache-tag"),
];

/// The addresses of shared media; nobody is asked who they are.
pub fn routes() -> Router<State> {
    Router::new()
        .route("/m/{key}/{name}", get(original))
        .route("/m/{key}/r/{preset}/{name}", get(rendition))
}

/// How the bytes are asked for; all else in the query is nothing to us.
#[derive(Deserialize)]
struct Query {
    /// Save rather than show.
    download: Option<String>,
    /// The original's fingerprint, which lets the reader keep the answer for good.
    v: Option<String>,
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
    let is_known = query.v.is_some_and(|v| v == media.fingerprint);
    let manner = Manner {
        caching: if is_known { CACHING_KNOWN } else { CACHING },
        download: query.download.is_some(),
        negotiated: view != View::Original,
    };
    let mut response = respond(&state.library, &media, method, headers, manner).await?;
    others::let_in(state, headers, &mut response);
    let headers = response.headers_mut();
    // The key stands in the address, so it tells nobody anything.
    if let Ok(key) = HeaderValue::from_str(key) {
        headers.extend(TAGS.map(|tag| (tag, key.clone())));
    }
    Ok(response)
}
