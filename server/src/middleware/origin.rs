//! The same-origin check of every write: neither Leptos nor `SameSite=Lax` has one of its own.

use axum::{
    extract::{Request, State as Extract},
    http::{HeaderMap, Method, header::ORIGIN},
    middleware::Next,
    response::{IntoResponse, Response},
};
use model::{Problem, ProblemCode};

use crate::{
    failure::{Failure, Result},
    identify,
    links::Origin,
    middleware::proxies::Peer,
    state::State,
};

/// Refuses writes that another site makes a browser send.
///
/// A request with a bearer token is exempt: no other site can make a browser send one.
pub async fn same_origin(Extract(state): Extract<State>, request: Request, next: Next) -> Response {
    let writes = !matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    if writes && identify::bearer(request.headers()).is_none() {
        let peer = request.extensions().get::<Peer>();
        if let Err(failure) = check(request.headers(), &state.links.public_url, peer) {
            return failure.into_response();
        }
    }
    next.run(request).await
}

/// Refuses another site that follows what happens here in somebody's name.
pub fn check_reader(headers: &HeaderMap, public_url: &str, peer: Option<&Peer>) -> Result<()> {
    if identify::bearer(headers).is_some() {
        return Ok(());
    }
    check(headers, public_url, peer)
}

fn check(headers: &HeaderMap, public_url: &str, peer: Option<&Peer>) -> Result<()> {
    if let Some(site) = headers.get("sec-fetch-site")
        && !matches!(site.as_bytes(), b"same-origin" | b"none")
    {
        return Err(cross_site());
    }
    let Some(origin) = headers.get(ORIGIN) else {
        return Ok(());
    };
    if origin.as_bytes() == b"null" {
        return Err(cross_site());
    }
    let origin = origin
        .to_str()
        .ok()
        .and_then(Origin::parse)
        .ok_or_else(|| Problem::malformed("The Origin header is not an origin."))?;
    let public = Origin::parse(public_url);
    let here = peer.and_then(|peer| Some(Origin::of(peer.scheme, peer.host.as_deref()?)));
    if Some(&origin) == public.as_ref() || Some(&origin) == here.as_ref() {
        Ok(())
    } else {
        Err(cross_site())
    }
}

fn cross_site() -> Failure {
    Failure(Problem::new(
        ProblemCode::CrossSite,
        "This request comes from another site. Open Satchel itself and try again there.",
    ))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn status(headers: &[(&'static str, &'static str)]) -> u16 {
        let map = headers
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value)))
            .collect();
        let peer = Peer {
            ip: [127, 0, 0, 1].into(),
            scheme: "http",
            host: Some("localhost:3000".to_owned()),
        };
        check(&map, "https://media.example", Some(&peer))
            .err()
            .map_or(200, |failure| failure.0.status)
    }

    #[test]
    fn our_own_pages_may_write() {
        assert_eq!(status(&[]), 200);
        assert_eq!(status(&[("origin", "https://media.example")]), 200);
        assert_eq!(status(&[("origin", "http://localhost:3000")]), 200);
        assert_eq!(status(&[("sec-fetch-site", "same-origin")]), 200);
    }

    #[test]
    fn other_sites_may_not() {
        assert_eq!(status(&[("origin", "https://evil.test")]), 403);
        assert_eq!(status(&[("origin", "http://media.example")]), 403);
        assert_eq!(
            status(&[("origin", "https://media.example.evil.test")]),
            403
        );
        assert_eq!(status(&[("origin", "null")]), 403);
        assert_eq!(status(&[("sec-fetch-site", "cross-site")]), 403);
        assert_eq!(status(&[("sec-fetch-site", "same-site")]), 403);
    }

    #[test]
    fn what_is_no_origin_is_malformed() {
        assert_eq!(status(&[("origin", "media.example")]), 400);
    }
}
