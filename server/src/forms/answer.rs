//! Where a form leads: to the next page, or back to its own with what went wrong.

use axum::{
    body::Body,
    extract::{FromRequest, Request, State as Extract, rejection::FormRejection},
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{ACCEPT, CACHE_CONTROL, LOCATION, RETRY_AFTER, SET_COOKIE},
    },
    response::{IntoResponse, Response},
};
use model::{Problem, ProblemCode};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{
    failure::{Failure, Result, unsupported_body},
    pages,
    rest::extract::explain,
    state::State,
};

/// Characters that a query does not need to hide.
const IN_QUERY: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The fields of a form.
pub struct Fields<T>(pub T);

impl<T: DeserializeOwned> FromRequest<State> for Fields<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &State) -> Result<Self> {
        let form = axum::Form::from_request(request, state).await;
        form.map(|axum::Form(fields)| Self(fields))
            .map_err(|rejection| {
                Failure(match rejection {
                    FormRejection::BytesRejection(unread) => explain(&unread, state.max_body),
                    FormRejection::InvalidFormContentType(_) => {
                        unsupported_body("application/x-www-form-urlencoded")
                    }
                    _ => Problem::malformed("The form is incomplete."),
                })
            })
    }
}

/// Sends the browser on, with a cookie where there is one.
pub fn see_other(location: &str, cookie: Option<HeaderValue>) -> Response {
    let location = HeaderValue::from_str(location).unwrap_or(HeaderValue::from_static("/"));
    let mut response = StatusCode::SEE_OTHER.into_response();
    let headers = response.headers_mut();
    headers.insert(LOCATION, location);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(cookie) = cookie {
        headers.insert(SET_COOKIE, cookie);
    }
    response
}

/// Sends the browser back to a page that tells what went wrong.
pub fn back_with(page: &str, problem: &Problem) -> Response {
    let mut response = see_other(&with_problem(page, problem), None);
    if let Some(seconds) = problem.retry_after {
        response
            .headers_mut()
            .insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// The same for tries that are counted: too many are answered with 429, to a browser with the
/// page itself.
pub async fn back_or_wait(
    state: &State,
    headers: HeaderMap,
    page: &str,
    problem: Problem,
) -> Response {
    if problem.code != ProblemCode::TooManyRequests {
        return back_with(page, &problem);
    }
    let failure = Failure(problem);
    if !takes_pages(&headers) {
        return failure.into_response();
    }
    let mut request = Request::new(Body::empty());
    *request.headers_mut() = headers;
    if let Ok(address) = with_problem(page, &failure.0).parse() {
        *request.uri_mut() = address;
    }
    let mut response = pages::page(Extract(state.clone()), request).await;
    let refusal = failure.into_response();
    *response.status_mut() = refusal.status();
    if let Some(seconds) = refusal.headers().get(RETRY_AFTER) {
        response.headers_mut().insert(RETRY_AFTER, seconds.clone());
    }
    response
}

/// Whether whoever asks shows pages to a person.
fn takes_pages(headers: &HeaderMap) -> bool {
    headers
        .get(ACCEPT)
        .is_some_and(|accept| accept.to_str().is_ok_and(|text| text.contains("text/html")))
}

/// The address of a page that shows a problem.
pub fn with_problem(page: &str, problem: &Problem) -> String {
    let joint = if page.contains('?') { '&' } else { '?' };
    let facts = serde_json::to_value(problem).unwrap_or_default();
    let code = written(&facts["code"]);
    let detail = encode(&problem.detail);
    let mut address = format!("{page}{joint}problem={code}&detail={detail}");
    for name in Problem::FACTS {
        if let Some(fact) = facts.get(name) {
            address = format!("{address}&{name}={}", encode(&written(fact)));
        }
    }
    address
}

/// A word or a figure as an address has it.
fn written(fact: &Value) -> String {
    fact.as_str()
        .map_or_else(|| fact.to_string(), ToOwned::to_owned)
}

/// Text as it stands in a query.
pub fn encode(text: &str) -> String {
    utf8_percent_encode(text, IN_QUERY).to_string()
}

/// Sends the browser back to a page that says that it is done, or what went wrong.
pub fn done(page: &str, outcome: Result<(), Problem>) -> Response {
    match outcome {
        Ok(()) => see_other(&format!("{page}?done=1"), None),
        Err(problem) => back_with(page, &problem),
    }
}

/// A page of ours that a form may lead to; anything else leads to the library.
pub fn safe_page(next: Option<&str>) -> &str {
    next.filter(|path| {
        path.starts_with('/')
            && !path.starts_with("//")
            && !path.contains('\\')
            // Browsers drop tabs and breaks from an address, and what is left may be another site.
            && path.bytes().all(|byte| byte.is_ascii_graphic())
    })
    .unwrap_or("/")
}

#[cfg(test)]
mod tests {
    use model::{ByteSize, Kind};

    use super::*;

    #[test]
    fn no_form_leads_to_another_site() {
        assert_eq!(safe_page(Some("/folders/x?q=1")), "/folders/x?q=1");
        for next in [
            "https://evil.test",
            "//evil.test",
            "/\\evil.test",
            "/\t/evil.test",
            "/ /x",
            "x",
            "",
        ] {
            assert_eq!(safe_page(Some(next)), "/", "{next}");
        }
    }

    #[test]
    fn a_problem_is_told_in_the_query() {
        let address = with_problem("/sign-in", &Problem::invalid("email", "Not an address."));

        assert_eq!(
            address,
            "/sign-in?problem=invalid&detail=Not%20an%20address.&field=email"
        );
    }

    #[test]
    fn figures_travel_with_the_problem_and_names_do_not() {
        let (size, limit) = (ByteSize::megabytes(7), ByteSize::megabytes(5));
        let problem = Problem::too_large("beach.png", size, Kind::Image, limit);
        let address = with_problem(
            "/",
            &Problem {
                detail: String::new(),
                ..problem
            },
        );

        assert_eq!(
            address,
            "/?problem=too_large&detail=&kind=image&size=7000000&limit=5000000"
        );
    }
}
