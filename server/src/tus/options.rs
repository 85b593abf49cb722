//! `OPTIONS`: what is spoken here.

use axum::{
    http::{HeaderValue, StatusCode},
    response::{IntoResponse, Response},
};
use library::Actor;
use model::ByteSize;

use super::headers::{
    TUS_CHECKSUM_ALGORITHM, TUS_EXTENSION, TUS_MAX_SIZE, TUS_VERSION, VERSION, number,
};
use crate::{failure::Result, state::State};

const EXTENSIONS: HeaderValue = HeaderValue::from_static(
    "creation,creation-with-upload,creation-defer-length,checksum,expiration,termination,\
     concatenation",
);
const ALGORITHMS: HeaderValue = HeaderValue::from_static("sha1,sha256");

/// Tells what is spoken here, and how large a file the caller may bring.
pub async fn options(state: &State, actor: Option<Actor>) -> Result<Response> {
    let largest = match actor {
        None => state.default_limits.max_size.largest(),
        Some(actor) => largest(state, &actor).await?,
    };
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    headers.insert(TUS_VERSION, VERSION);
    headers.insert(TUS_EXTENSION, EXTENSIONS);
    headers.insert(TUS_CHECKSUM_ALGORITHM, ALGORITHMS);
    headers.insert(TUS_MAX_SIZE, number(largest));
    Ok(response)
}

async fn largest(state: &State, actor: &Actor) -> Result<ByteSize> {
    let limits = state.library.limits(actor).await?;
    let sizes = limits.kinds.into_iter().map(|kind| kind.max_size);
    Ok(sizes.max().unwrap_or_default())
}
