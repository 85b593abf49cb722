//! The headers that make browsers careful, on every response.

use axum::http::{
    HeaderMap, HeaderName, HeaderValue,
    header::{
        CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
    },
};

use crate::links::Links;

/// What a response that is no page may do: nothing.
const NOTHING: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
const NOSNIFF: HeaderValue = HeaderValue::from_static("nosniff");
const SAME_ORIGIN: HeaderValue = HeaderValue::from_static("same-origin");
const TWO_YEARS: HeaderValue = HeaderValue::from_static("max-age=63072000");
const NO_FEATURES: HeaderValue = HeaderValue::from_static(
    "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
);

const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
/// Says who may show a response inside a page.
pub const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// Adds the headers to a response; what a handler has set stays.
pub fn secure(headers: &mut HeaderMap, https: bool) {
    headers.insert(X_CONTENT_TYPE_OPTIONS, NOSNIFF);
    // With `no-referrer` browsers send plain forms with `Origin: null`, which we refuse.
    headers.entry(REFERRER_POLICY).or_insert(SAME_ORIGIN);
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(NOTHING);
    headers.entry(RESOURCE_POLICY).or_insert(SAME_ORIGIN);
    headers.insert(OPENER_POLICY, SAME_ORIGIN);
    headers.insert(PERMISSIONS_POLICY, NO_FEATURES);
    if https {
        headers.insert(STRICT_TRANSPORT_SECURITY, TWO_YEARS);
    }
}

/// What a page may do: run the one script that carries its nonce, and talk to us alone.
///
/// Inline `style` attributes are allowed, since placeholders bring their color by one; style
/// elements are not.
pub fn page_policy(links: &Links, nonce: &str) -> String {
    let media = links.foreign_media_origin().unwrap_or_default();
    policy(nonce, media, "'none'")
}

/// What the page may do where the picker is tried: the same, and frame what lets itself be framed.
pub fn trial_policy(links: &Links, nonce: &str) -> String {
    format!("{}; frame-src 'self'", page_policy(links, nonce))
}

/// What a page may do that another program frames: the same, with no media but what it fetches
/// itself; `frame` is the one origin that may.
pub fn framed_policy(nonce: &str, frame: &str) -> String {
    policy(nonce, "", frame)
}

fn policy(nonce: &str, media: &str, frame: &str) -> String {
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'wasm-unsafe-eval'; \
         style-src 'self'; style-src-attr 'unsafe-inline'; \
         img-src 'self' data: blob: {media}; media-src 'self' blob: {media}; font-src 'self'; \
         connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; form-action 'self'; \
         base-uri 'none'; object-src 'none'; frame-ancestors {frame}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_runs_no_inline_script_without_its_nonce() {
        let links = Links {
            public_url: "https://a.example".to_owned(),
            media_url: "https://cdn.example".to_owned(),
        };
        let policy = page_policy(&links, "N");

        let script = policy.split(';').find(|part| part.contains("script-src"));
        assert!(script.is_some_and(|part| !part.contains("unsafe-inline")));
        assert!(policy.contains("img-src 'self' data: blob: https://cdn.example;"));
        assert!(policy.ends_with("frame-ancestors 'none'"));
    }

    #[test]
    fn a_framed_page_names_the_one_that_may_frame_it() {
        let policy = framed_policy("N", "https://desk.example");

        assert!(policy.contains("script-src 'nonce-N' 'wasm-unsafe-eval';"));
        assert!(policy.ends_with("; frame-ancestors https://desk.example"));
    }
}
