//! The border where a [`Problem`] becomes a response: `application/problem+json`, never cached.

use axum::{
    http::{
        HeaderValue, StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE},
    },
    response::{IntoResponse, Response},
};
use model::Problem;

/// A problem on its way to the client; every handler's error.
#[derive(Debug)]
pub struct Failure(pub Problem);

/// A handler's result.
pub type Result<T, E = Failure> = std::result::Result<T, E>;

impl<E: Into<Problem>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        problem_response(&self.0)
    }
}

/// The response that tells a problem.
pub fn problem_response(problem: &Problem) -> Response {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = serde_json::to_vec(problem).unwrap_or_default();
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("application/problem+json"),
    );
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(seconds) = problem.retry_after {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    if status == StatusCode::UNAUTHORIZED {
        headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

/// A body that is larger than its door takes.
pub fn body_too_large(limit: usize) -> Problem {
    let limit = model::ByteSize::bytes(limit as u64);
    Problem {
        limit: Some(limit),
        ..Problem::new(
            model::ProblemCode::BodyTooLarge,
            format!("The request is too large; here it may be {limit}."),
        )
    }
}

/// A request body in a form that is not read here.
pub fn unsupported_body(expected: &str) -> Problem {
    Problem {
        status: StatusCode::UNSUPPORTED_MEDIA_TYPE.as_u16(),
        ..Problem::malformed(format!("Send the body as {expected}."))
    }
}
