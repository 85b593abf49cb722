//! Who asks: a bearer token or the session cookie, resolved once a request.

mod door;

use std::net::IpAddr;

use app::api::context::Caller;
use axum::{
    extract::{FromRequestParts, Request, State as Extract},
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{AUTHORIZATION, COOKIE, USER_AGENT},
        request::Parts,
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use library::{Actor, Client};
use model::{Problem, Secret};

use crate::{
    failure::{Failure, Result},
    middleware::proxies::Peer,
    state::State,
};

/// The signed-in caller; a request without one is answered 401.
pub struct SignedIn(pub Actor);

impl<S: Sync> FromRequestParts<S> for SignedIn {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        actor(parts)
            .map(Self)
            .ok_or_else(|| Problem::unauthenticated().into())
    }
}

/// The caller, signed in or not.
pub struct Anybody(pub Option<Actor>);

impl<S: Sync> FromRequestParts<S> for Anybody {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(actor(parts)))
    }
}

/// Where the request comes from, for the audit trail and for throttling.
pub struct Sender(pub Client);

impl<S: Sync> FromRequestParts<S> for Sender {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let ip = parts.extensions.get::<Peer>().map(|peer| peer.ip);
        Ok(Self(client(&parts.headers, ip)))
    }
}

fn actor(parts: &Parts) -> Option<Actor> {
    let caller = parts.extensions.get::<Caller>()?;
    caller.0.clone()
}

/// Finds out who asks and hands it on as an extension.
pub async fn identify(
    Extract(state): Extract<State>,
    mut request: Request,
    next: Next,
) -> Response {
    match find(&state, Credentials::of(&state, &request)).await {
        Ok(actor) => {
            let named = door::named(request.uri().path());
            let asked = named.and_then(|id| actor.clone().map(|actor| (actor, id)));
            request.extensions_mut().insert(Caller(actor));
            let response = next.run(request).await;
            if response.status() == StatusCode::NOT_FOUND
                && let Some((actor, id)) = asked
            {
                // Apart from the answer, which takes as long whosever it is.
                let library = state.library.clone();
                tokio::spawn(async move { library.note_missed(&actor, &id).await });
            }
            response
        }
        Err(failure) => failure.into_response(),
    }
}

/// Refuses embed sessions at doors that are for people: what they may is told by the interface for
/// programs alone.
pub async fn no_embeds(request: Request, next: Next) -> Response {
    let caller = request.extensions().get::<Caller>();
    let actor = caller.and_then(|caller| caller.0.as_ref());
    if actor.is_some_and(|actor| actor.embed.is_some()) {
        return Failure(Problem::not_in_session()).into_response();
    }
    next.run(request).await
}

/// How a request says who asks.
enum Credentials {
    Token(Secret, Client),
    Session(Secret, Client),
    None,
}

impl Credentials {
    /// A request that has an `Authorization` header never falls back to its cookie.
    fn of(state: &State, request: &Request) -> Self {
        let headers = request.headers();
        let ip = request.extensions().get::<Peer>().map(|peer| peer.ip);
        let client = || Client {
            door: Some(door::of(request)),
            ..client(headers, ip)
        };
        if headers.contains_key(AUTHORIZATION) {
            return bearer(headers).map_or(Self::None, |token| Self::Token(token, client()));
        }
        session(headers, state.links.is_https())
            .map_or(Self::None, |token| Self::Session(token, client()))
    }
}

async fn find(state: &State, credentials: Credentials) -> Result<Option<Actor>> {
    let library = &state.library;
    Ok(match credentials {
        Credentials::Token(token, client) => library.find_actor_by_token(&token, &client).await?,
        Credentials::Session(token, client) => {
            library.find_actor_by_session(&token, &client).await?
        }
        Credentials::None => None,
    })
}

fn client(headers: &HeaderMap, ip: Option<IpAddr>) -> Client {
    let user_agent = headers
        .get(USER_AGENT)
        .and_then(|value| value.to_str().ok())
        .map(|text| text.chars().take(200).collect());
    Client {
        ip,
        user_agent,
        door: None,
    }
}

/// The token of `Authorization: Bearer …`.
pub fn bearer(headers: &HeaderMap) -> Option<Secret> {
    let text = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = text.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| Secret::new(token.trim()))
}

/// The session token of the cookie.
pub fn session(headers: &HeaderMap, https: bool) -> Option<Secret> {
    let name = cookie_name(https);
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|text| text.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, value)| *key == name && !value.is_empty())
        .map(|(_, value)| Secret::new(value))
}

/// The cookie that holds a session: bound to the host where the connection is safe.
pub const fn cookie_name(https: bool) -> &'static str {
    if https { "__Host-satchel" } else { "satchel" }
}

/// The header that gives a browser its session.
pub fn session_cookie(token: &Secret, https: bool) -> Option<HeaderValue> {
    let age = library::sessions::ABSOLUTE.as_secs();
    cookie(token.expose(), age, https)
}

/// The header that takes a browser's session away.
pub fn no_session_cookie(https: bool) -> Option<HeaderValue> {
    cookie("", 0, https)
}

fn cookie(value: &str, age: u64, https: bool) -> Option<HeaderValue> {
    let name = cookie_name(https);
    let secure = if https { "; Secure" } else { "" };
    let text = format!("{name}={value}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax{secure}");
    let mut header = HeaderValue::from_str(&text).ok()?;
    header.set_sensitive(true);
    Some(header)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(cookie: &str) -> HeaderMap {
        HeaderMap::from_iter([(COOKIE, HeaderValue::from_str(cookie).unwrap())])
    }

    #[test]
    fn the_session_is_found_among_other_cookies() {
        let token = session(&headers("a=b; satchel=s3cret; c"), false).unwrap();

        assert_eq!(token.expose(), "s3cret");
        assert!(session(&headers("satchel=s3cret"), true).is_none());
    }

    #[test]
    fn a_cookie_over_tls_is_bound_to_the_host() {
        let cookie = session_cookie(&Secret::new("t"), true).unwrap();
        let text = cookie.to_str().unwrap();

        assert!(text.starts_with("__Host-satchel=t; Path=/;"));
        for part in ["; Secure", "; HttpOnly", "; SameSite=Lax"] {
            assert!(text.contains(part), "{part}");
        }
    }
}
