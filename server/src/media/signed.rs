//! `/m/signed/…`: private media, for whoever was given an address that says until when.

use std::time::Duration;

use axum::{
    Router,
    extract::{Query, State as Extract, rejection::QueryRejection},
    http::{HeaderMap, HeaderValue, Method, header::CACHE_CONTROL},
    response::Response,
    routing::get,
};
use library::media::Signed;
use model::{AssetId, Preset, Problem, Timestamp};
use serde::Deserialize;

use super::{Manner, negotiate::rendition_format, others, respond};
use crate::{failure::Result, identify::Sender, rest::extract::Words, state::State};

/// The longest that a reader keeps what it was given without asking again.
const KEPT: Duration = Duration::from_mins(5);

/// The addresses that members had signed; nobody is asked who they are.
pub fn routes() -> Router<State> {
    Router::new()
        .route("/m/signed/{id}/{name}", get(original))
        .route("/m/signed/{id}/r/{preset}/{name}", get(rendition))
}

/// All that was signed besides the path; an address that says more was not signed so.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// Save rather than show.
    download: Option<String>,
    /// When it ends, in milliseconds since 1970.
    expires: i64,
    signature: String,
}

async fn original(
    Extract(state): Extract<State>,
    sender: Sender,
    Words((id, name)): Words<(String, String)>,
    asked: Result<Query<Asked>, QueryRejection>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response> {
    serve(
        &state,
        &sender,
        (&id, None, name),
        asked,
        (&method, &headers),
    )
    .await
}

async fn rendition(
    Extract(state): Extract<State>,
    sender: Sender,
    Words((id, preset, name)): Words<(String, String, String)>,
    asked: Result<Query<Asked>, QueryRejection>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response> {
    let preset: Preset = preset.parse().map_err(|_| Problem::not_found())?;
    let asset = (id.as_str(), Some(preset), name);
    serve(&state, &sender, asset, asked, (&method, &headers)).await
}

/// Whatever is wrong with an address is answered alike.
async fn serve(
    state: &State,
    Sender(client): &Sender,
    (id, preset, name): (&str, Option<Preset>, String),
    asked: Result<Query<Asked>, QueryRejection>,
    (method, headers): (&Method, &HeaderMap),
) -> Result<Response> {
    let Query(asked) = asked.map_err(|_| Problem::not_found())?;
    let id: AssetId = id.parse().map_err(|_| Problem::not_found())?;
    let signed = Signed {
        id,
        preset,
        name,
        download: asked.download.is_some(),
        expires: Timestamp::from_millis(asked.expires),
    };
    let format = rendition_format(headers);
    let opened = state
        .library
        .open_signed_media(&signed, &asked.signature, format, client);
    let (media, left) = opened.await?;
    let manner = Manner {
        caching: "private",
        download: signed.download,
        negotiated: preset.is_some(),
    };
    let mut response = respond(&state.library, &media, method, headers, manner).await?;
    if let Ok(caching) = HeaderValue::from_str(&caching(left)) {
        response.headers_mut().insert(CACHE_CONTROL, caching);
    }
    others::let_in(state, headers, &mut response);
    Ok(response)
}

/// No reader keeps it beyond its end, and no cache between at all.
fn caching(left: Duration) -> String {
    let seconds = left.min(KEPT).as_secs();
    format!("private, max-age={seconds}, must-revalidate")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_kept_beyond_its_end() {
        for (left, kept) in [(90_999, 90), (600_000, 300), (999, 0)] {
            let expected = format!("private, max-age={kept}, must-revalidate");
            assert_eq!(caching(Duration::from_millis(left)), expected);
        }
    }
}
