//! `/healthz`, `/readyz` and `/metrics`: what machines that watch us ask.

use std::time::Duration;

use axum::{
    Router,
    extract::State as Extract,
    http::{HeaderMap, StatusCode, header::CACHE_CONTROL},
    middleware::map_response,
    response::{IntoResponse, Response},
    routing::get,
};
use library::Library;
use metrics_exporter_prometheus::PrometheusHandle;
use model::{Problem, Secret};
use subtle::ConstantTimeEq;
use tokio::time::timeout;

use crate::{
    failure::{Failure, Result},
    identify, metering,
    middleware::security,
    state::State,
};

/// How long whoever watches us waits for the database and the storage; some of them try for longer.
const PATIENCE: Duration = Duration::from_secs(3);

/// The routes for machines that watch us.
pub fn routes() -> Router<State> {
    Router::new()
        .route("/healthz", get(healthz))
        .route("/readyz", get(readyz))
        .route("/metrics", get(metrics))
}

/// The routes of the address that is for metrics alone.
pub fn metrics_routes(state: &State) -> Router {
    let (handle, library) = (state.metrics.clone(), state.library.clone());
    let careful = map_response(|mut response: Response| async move {
        security::secure(response.headers_mut(), false);
        response
    });
    Router::new()
        .route(
            "/metrics",
            get(move || async move { render(&handle, &library).await }),
        )
        .layer(careful)
}

async fn healthz() -> impl IntoResponse {
    ([(CACHE_CONTROL, "no-store")], "alive\n")
}

async fn readyz(Extract(state): Extract<State>) -> Result<impl IntoResponse> {
    let ready = match timeout(PATIENCE, state.library.ready()).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("no answer in time".to_owned()),
    };
    ready.map_err(|error| {
        tracing::warn!(error, "not ready");
        Problem::unavailable("The database or the storage does not answer.")
    })?;
    Ok(([(CACHE_CONTROL, "no-store")], "ready\n"))
}

/// Figures, for whoever has the token; without one set there is nothing here.
async fn metrics(Extract(state): Extract<State>, headers: HeaderMap) -> Result<Response> {
    let expected = state.metrics_token.expose();
    if expected.is_empty() {
        return Err(Failure(Problem::not_found()));
    }
    match identify::bearer(&headers) {
        Some(given) if same(&given, expected) => Ok(render(&state.metrics, &state.library).await),
        _ => Err(Failure(Problem::unauthenticated())),
    }
}

fn same(given: &Secret, expected: &str) -> bool {
    given.expose().as_bytes().ct_eq(expected.as_bytes()).into()
}

async fn render(handle: &PrometheusHandle, library: &Library) -> Response {
    metering::scanner(library.scanner_answers());
    match timeout(PATIENCE, library.count_nearly_full()).await {
        Ok(Ok((high, critical))) => metering::nearly_full(high, critical),
        // Those of before stand; whether the database answers is what `/readyz` tells.
        failed => tracing::warn!(?failed, "nobody knows how full the accounts are"),
    }
    handle.run_upkeep();
    let headers = [
        ("content-type", "text/plain; version=0.0.4; charset=utf-8"),
        ("cache-control", "no-store"),
    ];
    (StatusCode::OK, headers, handle.render()).into_response()
}
