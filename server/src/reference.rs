//! `/docs/api`: the description of the interface as a page to read, drawn here and needing no script.
//!
//! It says what `/openapi.json` says and nothing else, so it is as true as that.

mod curl;
mod fields;
mod operation;
mod page;
mod text;

use std::sync::OnceLock;

use axum::{
    Router,
    extract::State as Extract,
    http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE},
    response::{IntoResponse, Redirect},
    routing::get,
};
use bytes::Bytes;
use serde_json::Value;
use tower_http::{CompressionLevel, compression::CompressionLayer};

use crate::{rest, state::State};

/// Where the page lies.
pub const ADDRESS: &str = "/docs/api";
const STYLE: &str = "/docs/api.css";

/// What the page may do: have a style of ours, and nothing else.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; \
                      form-action 'none'; frame-ancestors 'none'";
/// It changes when the program does.
const CACHING: &str = "public, max-age=300";

/// The page and its style, open to everybody as the description is.
pub fn routes() -> Router<State> {
    let compression = CompressionLayer::new()
        .br(true)
        .gzip(true)
        .quality(CompressionLevel::Precise(4));
    Router::new()
        .route(ADDRESS, get(show))
        .route(STYLE, get(style))
        .layer(compression)
        .route("/docs", get(|| async { Redirect::permanent(ADDRESS) }))
}

async fn show(Extract(state): Extract<State>) -> impl IntoResponse {
    static PAGE: OnceLock<Bytes> = OnceLock::new();
    let page = PAGE.get_or_init(|| {
        let document = serde_json::to_value(rest::document()).unwrap_or_default();
        page::draw(&document, &state.links.public_url).into()
    });
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CONTENT_SECURITY_POLICY, POLICY),
        (CACHE_CONTROL, CACHING),
    ];
    (headers, page.clone())
}

async fn style() -> impl IntoResponse {
    let headers = [
        (CONTENT_TYPE, "text/css; charset=utf-8"),
        (CACHE_CONTROL, CACHING),
    ];
    (headers, include_str!("reference/style.css"))
}

/// What something in the document refers to, or itself where it refers to nothing.
fn follow<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let pointer = value["$ref"].as_str().and_then(|at| at.strip_prefix('#'));
    let found = pointer.and_then(|pointer| document.pointer(pointer));
    found.unwrap_or(value)
}
