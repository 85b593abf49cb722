//! What the server hands to every door: the library and who asks.

use leptos::prelude::{expect_context, use_context};
use library::{Actor, Library};
use model::Problem;

use super::Failure;

/// Who asks, as the server found out from the session; nobody before signing in.
#[derive(Clone, Debug, Default)]
pub struct Caller(pub Option<Actor>);

/// The library that the server opened.
pub fn library() -> Library {
    expect_context::<Library>()
}

/// Who asks, or the problem that nobody is signed in.
pub fn actor() -> Result<Actor, Failure> {
    use_context::<Caller>()
        .and_then(|caller| caller.0)
        .ok_or_else(|| Failure(Problem::unauthenticated()))
}

/// The value of a cookie the browser sent.
pub fn cookie(name: &str) -> Option<String> {
    let parts = use_context::<http::request::Parts>()?;
    let cookies = parts.headers.get(http::header::COOKIE)?.to_str().ok()?;
    cookies
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
}

impl From<library::Error> for Failure {
    fn from(error: library::Error) -> Self {
        Self(error.into())
    }
}
