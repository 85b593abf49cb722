//! Uploads that survive a broken connection: tus 1.0.0 at `/files/`, one verb a file.
//!
//! The crate `fileloft-axum` 0.3 speaks the protocol too. We keep our own because its store and
//! hooks see an upload's fields but never the request, so nobody could be asked who they are;
//! it compares a checksum after the bytes were written, so a piece that does not match stays;
//! its answers are plain text without a code and cannot carry the asset's id; and it does not
//! read `X-HTTP-Method-Override`.

mod append;
mod concat;
mod create;
mod head;
mod headers;
mod metadata;
mod once;
mod options;
mod terminate;

use axum::{
    Router,
    extract::{FromRequestParts, Request, State as Extract},
    http::{HeaderValue, Method, StatusCode},
    response::{IntoResponse, Response},
    routing::any,
};
use library::Actor;
use model::{Problem, ProblemCode, UploadId};

use self::headers::{TUS_RESUMABLE, TUS_VERSION, VERSION};
use crate::{
    failure::{Failure, Result, problem_response},
    identify::{Anybody, SignedIn},
    rest::extract::Id,
    state::State,
};

/// Where uploads are made.
pub fn routes() -> Router<State> {
    Router::new()
        .route("/files", any(collection))
        .route("/files/", any(collection))
        .route("/files/{id}", any(upload))
}

/// What is asked of the place where uploads are made.
async fn collection(Extract(state): Extract<State>, request: Request) -> Response {
    let method = effective_method(&request);
    if method == Method::OPTIONS {
        return finish(options::options(&state, actor(request).await).await);
    }
    if let Err(failure) = speaks_our_version(&request) {
        return finish(Err(failure));
    }
    finish(match method {
        Method::POST => match signed_in(request).await {
            Ok((actor, request)) => once::create(&state, &actor, request).await,
            Err(failure) => Err(failure),
        },
        _ => Ok(not_allowed("POST, OPTIONS")),
    })
}

/// What is asked of one upload.
async fn upload(
    Extract(state): Extract<State>,
    id: Result<Id<UploadId>>,
    request: Request,
) -> Response {
    let method = effective_method(&request);
    if method == Method::OPTIONS {
        return finish(options::options(&state, actor(request).await).await);
    }
    if let Err(failure) = speaks_our_version(&request) {
        return finish(Err(failure));
    }
    finish(one(&state, &method, id, request).await)
}

async fn one(
    state: &State,
    method: &Method,
    id: Result<Id<UploadId>>,
    request: Request,
) -> Result<Response> {
    if !matches!(*method, Method::HEAD | Method::PATCH | Method::DELETE) {
        return Ok(not_allowed("HEAD, PATCH, DELETE, OPTIONS"));
    }
    let (actor, request) = signed_in(request).await?;
    let Id(id) = id?;
    match *method {
        Method::HEAD => head::head(state, &actor, id).await,
        Method::PATCH => append::append(state, &actor, id, request).await,
        _ => terminate::terminate(state, &actor, id).await,
    }
}

/// The method meant: a client that cannot send `PATCH` says so in a `POST`.
///
/// Other methods are taken as they are: a `GET` must never become a write.
fn effective_method(request: &Request) -> Method {
    if request.method() != Method::POST {
        return request.method().clone();
    }
    request
        .headers()
        .get("x-http-method-override")
        .and_then(|value| Method::from_bytes(value.as_bytes()).ok())
        .unwrap_or(Method::POST)
}

fn speaks_our_version(request: &Request) -> Result<()> {
    match request.headers().get(TUS_RESUMABLE) {
        Some(version) if version == VERSION => Ok(()),
        _ => Err(Failure(Problem::new(
            ProblemCode::PreconditionFailed,
            "Say `Tus-Resumable: 1.0.0`; this is the version spoken here.",
        ))),
    }
}

async fn signed_in(request: Request) -> Result<(Actor, Request)> {
    let (mut parts, body) = request.into_parts();
    let SignedIn(actor) = SignedIn::from_request_parts(&mut parts, &()).await?;
    Ok((actor, Request::from_parts(parts, body)))
}

async fn actor(request: Request) -> Option<Actor> {
    let (mut parts, _) = request.into_parts();
    let Ok(Anybody(actor)) = Anybody::from_request_parts(&mut parts, &()).await;
    actor
}

fn not_allowed(allowed: &'static str) -> Response {
    let mut response = problem_response(&Problem::new(
        ProblemCode::MethodNotAllowed,
        "This address does not take that method.",
    ));
    response
        .headers_mut()
        .insert("allow", HeaderValue::from_static(allowed));
    response
}

/// Adds what every answer of the protocol carries.
fn finish(result: Result<Response>) -> Response {
    let mut response = result.unwrap_or_else(IntoResponse::into_response);
    let refused = response.status() == StatusCode::PRECONDITION_FAILED;
    let headers = response.headers_mut();
    headers.insert(TUS_RESUMABLE, VERSION);
    if refused {
        headers.insert(TUS_VERSION, VERSION);
    }
    response
}
