//! What pages of other sites may do with media: show it, and read it where the operator says so.

use axum::{
    http::{
        HeaderMap, HeaderValue,
        header::{ACCESS_CONTROL_ALLOW_ORIGIN, ORIGIN, VARY},
    },
    response::Response,
};

use crate::{links::Origin, middleware::security::RESOURCE_POLICY, state::State};

/// Lets pages of other sites show media, and scripts of those that are named read it.
pub(super) fn let_in(state: &State, asked: &HeaderMap, response: &mut Response) {
    let headers = response.headers_mut();
    headers.insert(RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
    if state.cors_origins.is_empty() {
        return;
    }
    // Said in every answer, so that a cache gives nobody what was for another site or for none.
    let vary = match headers.get(VARY) {
        Some(_) => "Accept, Origin",
        None => "Origin",
    };
    headers.insert(VARY, HeaderValue::from_static(vary));
    if let Some(origin) = named(&state.cors_origins, asked)
        && let Ok(origin) = HeaderValue::from_str(origin.as_str())
    {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    }
}

/// The named site that asks, if one does.
fn named<'a>(origins: &'a [Origin], asked: &HeaderMap) -> Option<&'a Origin> {
    let asking = Origin::parse(asked.get(ORIGIN)?.to_str().ok()?)?;
    origins.iter().find(|origin| **origin == asking)
}
