//! Requests read into types at the edge; what cannot be read is told as a problem.

use std::str::FromStr;

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Path, Query, Request, rejection::BytesRejection},
    http::{HeaderMap, StatusCode, header::CONTENT_TYPE, request::Parts},
};
use model::Problem;
use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    failure::{Failure, Result, body_too_large, unsupported_body},
    state::State,
};

/// An id in the path; one that makes no sense names nothing, so it is answered 404.
pub struct Id<T>(pub T);

impl<T, S> FromRequestParts<S> for Id<T>
where
    T: FromStr,
    S: Send + Sync,
{
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let not_found = || Failure(Problem::not_found());
        let Path(text) = Path::<String>::from_request_parts(parts, state)
            .await
            .map_err(|_| not_found())?;
        text.parse().map(Self).map_err(|_| not_found())
    }
}

/// Several parts of the path, as text.
pub struct Words<T>(pub T);

impl<T, S> FromRequestParts<S> for Words<T>
where
    T: DeserializeOwned + Send,
    S: Send + Sync,
{
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        Path::<T>::from_request_parts(parts, state)
            .await
            .map(|Path(words)| Self(words))
            .map_err(|_| Failure(Problem::not_found()))
    }
}

/// The query of the address.
pub struct Asked<T>(pub T);

impl<T, S> FromRequestParts<S> for Asked<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        Query::<T>::from_request_parts(parts, state)
            .await
            .map(|Query(asked)| Self(asked))
            .map_err(|rejection| Failure(Problem::malformed(rejection.body_text())))
    }
}

/// A JSON body; a body that is no JSON is malformed, one that breaks a rule is invalid.
pub struct Said<T>(pub T);

impl<T: DeserializeOwned> FromRequest<State> for Said<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &State) -> Result<Self> {
        require_json(request.headers())?;
        let bytes = read(request, state).await?;
        // An array would be read as a struct's fields in their order, which nobody means.
        if bytes.trim_ascii_start().first() == Some(&b'[') {
            return Err(Failure(Problem::invalid(
                "body",
                "The body is a JSON object.",
            )));
        }
        let mut said: Value = serde_json::from_slice(&bytes)
            .map_err(|error| Problem::malformed(format!("The body is not JSON: {error}.")))?;
        make_whole(&mut said);
        serde_json::from_value(said)
            .map(Self)
            .map_err(|error| Failure(Problem::invalid("body", sentence(&error))))
    }
}

/// What stays when it is left out, and goes when it is `null`.
pub type Clearable<T> = Option<Option<T>>;

/// Tells `null` from a field that is left out; beside `default`.
pub fn said<'de, T, D>(deserializer: D) -> Result<Clearable<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    Option::deserialize(deserializer).map(Some)
}

/// A body that may be left out.
pub struct MaybeSaid<T>(pub T);

impl<T: DeserializeOwned + Default> FromRequest<State> for MaybeSaid<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &State) -> Result<Self> {
        if http_body::Body::is_end_stream(request.body()) {
            return Ok(Self(T::default()));
        }
        Said::<Option<T>>::from_request(request, state)
            .await
            .map(|Said(said)| Self(said.unwrap_or_default()))
    }
}

async fn read(request: Request, state: &State) -> Result<Bytes> {
    Bytes::from_request(request, state)
        .await
        .map_err(|rejection| Failure(explain(&rejection, state.max_body)))
}

/// Tells why a body was not read.
pub fn explain(rejection: &BytesRejection, limit: usize) -> Problem {
    match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => body_too_large(limit),
        _ => Problem::malformed("The body did not arrive whole."),
    }
}

fn require_json(headers: &HeaderMap) -> Result<()> {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let is_json = kind.eq_ignore_ascii_case("application/json")
        || kind.eq_ignore_ascii_case("application/merge-patch+json");
    if is_json {
        Ok(())
    } else {
        Err(Failure(unsupported_body("application/json")))
    }
}

/// Reads `5.0` as 5: in JSON both are the same number.
fn make_whole(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(make_whole),
        Value::Object(fields) => fields.values_mut().for_each(make_whole),
        Value::Number(number) => {
            let whole = number.as_f64().filter(|_| number.is_f64());
            let whole = whole.filter(|float| float.fract() == 0.0);
            // What is beyond the integers stays as it is, and is refused where an integer is asked.
            if let Some(whole) = whole.and_then(|float| format!("{float:.0}").parse::<i64>().ok()) {
                *value = whole.into();
            }
        }
        _ => {}
    }
}

fn sentence(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let text = text.split(" at line ").next().unwrap_or_default();
    format!("{text}.").replace("..", ".")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn whole_numbers_are_integers_however_they_are_written() {
        let mut said = json!({
            "small": 5.0,
            "large": [9_007_199_254_740_992.0, -9_007_199_254_740_992.0],
            "half": 0.5,
            "beyond": 1e300,
        });
        make_whole(&mut said);
        let read = json!({
            "small": 5,
            "large": [9_007_199_254_740_992_i64, -9_007_199_254_740_992_i64],
            "half": 0.5,
            "beyond": 1e300,
        });
        assert_eq!(said, read);
    }
}
