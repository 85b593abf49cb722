//! Requests that are no uploads stay small.

use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Request, State as Extract},
    http::{HeaderMap, header::CONTENT_LENGTH, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use model::Problem;

use crate::{
    failure::{Failure, body_too_large},
    rest::extract::explain,
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
    match whole(request, &state).await {
        Ok((parts, bytes)) => {
            next.run(Request::from_parts(parts, Body::from(bytes)))
                .await
        }
        Err(problem) => Failure(problem).into_response(),
    }
}

/// A request with all of its body; one that breaks off is not one that is too large.
pub async fn whole(request: Request, state: &State) -> Result<(Parts, Bytes), Problem> {
    let (parts, body) = request.into_parts();
    let request = Request::from_parts(parts.clone(), body);
    let bytes = Bytes::from_request(request, state).await;
    let bytes = bytes.map_err(|rejection| explain(&rejection, state.max_body))?;
    Ok((parts, bytes))
}

fn too_large(state: &State) -> Response {
    Failure(body_too_large(state.max_body)).into_response()
}

/// What a request says its length is.
pub fn content_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}
