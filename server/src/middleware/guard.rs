//! Around every request: who sends it, a name for it, a body that ends, a panic that stays
//! inside, careful headers, one log line and the meters.

use std::{
    panic::AssertUnwindSafe,
    sync::atomic::{AtomicU64, Ordering},
    time::Instant,
};

use axum::{
    extract::{MatchedPath, Request, State as Extract},
    http::{
        HeaderName, HeaderValue, Method, StatusCode,
        header::{ALLOW, CONTENT_TYPE},
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures::FutureExt;
use model::{Problem, ProblemCode};

use super::{body::patient, proxies::Peer, security};
use crate::{
    failure::{Failure, problem_response},
    metering,
    state::State,
};

/// Names a request, for whoever reads the log beside a report.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Does all that happens around every request.
pub async fn guard(Extract(state): Extract<State>, mut request: Request, next: Next) -> Response {
    let start = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let id = request_id();
    if let Some(peer) = Peer::of(&request, &state.proxies) {
        request.extensions_mut().insert(peer);
    }
    let request = request.map(|body| patient(body, state.server.body_idle(), &state.closing));

    let answered = AssertUnwindSafe(answer(request, next)).catch_unwind().await;
    let response = answered.unwrap_or_else(|_| panicked(&id));
    let mut response = explain_method(response);
    security::secure(response.headers_mut(), state.links.is_https());
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    let route = route.as_ref().map_or("unknown", MatchedPath::as_str);
    metering::request(&method, route, response.status(), start.elapsed());
    record(&id, &method, route, response.status(), start);
    response
}

/// Hands the request on; no address of ours has the character NUL.
async fn answer(request: Request, next: Next) -> Response {
    if request.uri().path().contains("%00") {
        return Failure(Problem::not_found()).into_response();
    }
    next.run(request).await
}

/// A panic is logged by the hook; outside nothing of it is seen.
fn panicked(id: &str) -> Response {
    tracing::error!(request = id, "a handler panicked");
    Failure(Problem::internal(id)).into_response()
}

/// Gives a refused method its problem, and keeps the list of those allowed.
fn explain_method(response: Response) -> Response {
    let bare = response.status() == StatusCode::METHOD_NOT_ALLOWED
        && !response.headers().contains_key(CONTENT_TYPE);
    if !bare {
        return response;
    }
    let allowed = response.headers().get(ALLOW).cloned();
    let mut explained = problem_response(&Problem::new(
        ProblemCode::MethodNotAllowed,
        "This address does not take that method.",
    ));
    if let Some(allowed) = allowed {
        explained.headers_mut().insert(ALLOW, allowed);
    }
    explained
}

/// Writes one line: the route's pattern, never the path, which may hold names and secrets.
fn record(id: &str, method: &Method, route: &str, status: StatusCode, start: Instant) {
    let milliseconds = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
    let status = status.as_u16();
    if method.is_safe() && status < 400 {
        tracing::debug!(request = id, %method, route, status, milliseconds, "answered");
    } else {
        tracing::info!(request = id, %method, route, status, milliseconds, "answered");
    }
}

/// A name no other request of this process has.
fn request_id() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    static START: std::sync::LazyLock<u32> =
        std::sync::LazyLock::new(|| getrandom::u32().unwrap_or_default());
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    format!("{:08x}{number:08x}", *START)
}
