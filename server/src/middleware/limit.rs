//! Requests that are no uploads stay small.

use axum::{
    body::{Body, to_bytes},
    extract::{Request, State as Extract},
    http::{HeaderMap, header::CONTENT_LENGTH},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{
    failure::{Failure, body_too_large},
    state::State,
};

/// Refuses a body that says it is larger than may be, before any of it is read.
pub async fn announced(Extract(state): Extract<State>, request: Request, next: Next) -> Response {
    if content_length(request.headers()).is_some_and(|length| length > state.max_body as u64) {
        return too_large(&state);
    }
    next.run(request).await
}

/// Reads a body whole before a handler that would read it without end.
pub async fn buffered(Extract(state): Extract<State>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    match to_bytes(body, state.max_body).await {
        Ok(bytes) => {
            next.run(Request::from_parts(parts, Body::from(bytes)))
                .await
        }
        Err(_) => too_large(&state),
    }
}

fn too_large(state: &State) -> Response {
    Failure(body_too_large(state.max_body)).into_response()
}

/// What a request says its length is.
pub fn content_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}
