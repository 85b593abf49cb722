//! Where media has a host of its own, that host answers with media and with nothing else.

use axum::{
    extract::{Request, State as Extract},
    middleware::Next,
    response::{IntoResponse, Response},
};
use model::Problem;

use super::proxies::Peer;
use crate::{failure::Failure, state::State};

/// Hides pages and interfaces where the client asked the host of media.
///
/// What is served there is anybody's, and must never share an origin with who is signed in.
pub async fn media_only(Extract(state): Extract<State>, request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<Peer>();
    let host = peer.and_then(|peer| peer.host.as_deref());
    let is_there = host.is_some_and(|host| state.links.is_media_host(host));
    if is_there && !request.uri().path().starts_with("/m/") {
        return Failure(Problem::not_found()).into_response();
    }
    next.run(request).await
}
