//! Writes with an `Idempotency-Key`: sent twice, done once, answered alike.

use app::api::context::Caller;
use axum::{
    body::{Body, to_bytes},
    extract::{MatchedPath, Request, State as Extract},
    http::{HeaderValue, Method, StatusCode, header::CONTENT_TYPE},
    middleware::Next,
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use library::{Actor, Library, idempotent::Idempotent};
use model::Problem;

use crate::{
    failure::{Failure, Result, body_too_large},
    middleware::limit::content_length,
    state::State,
};

/// Marks an answer that holds a secret, which is not kept to be given twice.
#[derive(Clone, Copy, Debug)]
pub struct ShownOnce;

/// Marks an answer that changed nothing and is too large to keep: it is made again.
#[derive(Clone, Copy, Debug)]
pub struct NotKept;

/// For requests with small bodies: the body is part of what makes the request this one.
pub async fn with_body(Extract(state): Extract<State>, request: Request, next: Next) -> Response {
    let Some((actor, key)) = asked(&request) else {
        return next.run(request).await;
    };
    let (parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, state.max_body).await else {
        return Failure(body_too_large(state.max_body)).into_response();
    };
    let name = [line(&parts.method, &parts.uri).as_bytes(), &bytes].concat();
    let request = Request::from_parts(parts, Body::from(bytes));
    let call = Call { state, actor, key };
    call.run(&name, request, next).await.into_response()
}

/// For uploads, whose bodies are too large to compare: their length must be the same.
pub async fn without_body(
    Extract(state): Extract<State>,
    request: Request,
    next: Next,
) -> Response {
    let Some((actor, key)) = asked(&request) else {
        return next.run(request).await;
    };
    // The boundary of a form is another at each try, so the kind of the body says nothing.
    let length = content_length(request.headers());
    let name = format!("{}{length:?}", line(request.method(), request.uri()));
    let call = Call { state, actor, key };
    call.run(name.as_bytes(), request, next)
        .await
        .into_response()
}

/// Who asks with which key; only writes that exist have one.
fn asked(request: &Request) -> Option<(Actor, String)> {
    let route = request.extensions().get::<MatchedPath>()?;
    if !super::is_write(request.method(), route.as_str()) {
        return None;
    }
    let key = request.headers().get("idempotency-key")?;
    let actor = request.extensions().get::<Caller>()?.0.clone()?;
    Some((actor, String::from_utf8_lossy(key.as_bytes()).into_owned()))
}

fn line(method: &Method, uri: &axum::http::Uri) -> String {
    format!("{method} {uri}\n")
}

/// One request with a key.
struct Call {
    state: State,
    actor: Actor,
    key: String,
}

impl Call {
    async fn run(self, name: &[u8], request: Request, next: Next) -> Result<Response> {
        let library = &self.state.library;
        let begun = library
            .begin_idempotent(&self.actor, &self.key, name)
            .await?;
        if let Idempotent::Replay { status, body } = begun {
            return Ok(again(status, body));
        }
        let mut guard = Unfinished::new(&self);
        let response = next.run(request).await;
        let response = self.keep(response).await;
        guard.finished();
        response
    }

    /// Keeps the answer, unless the request was not done and may be tried again.
    async fn keep(&self, response: Response) -> Result<Response> {
        let library = &self.state.library;
        let status = response.status();
        let is_kept = response.extensions().get::<NotKept>().is_none();
        if !is_kept || status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS {
            library.abandon_idempotent(&self.actor, &self.key).await?;
            return Ok(response);
        }
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
        let (status, kept) = match parts.extensions.get::<ShownOnce>() {
            None => (status.as_u16(), bytes.clone()),
            Some(ShownOnce) => shown_once(),
        };
        library
            .finish_idempotent(&self.actor, &self.key, status, &kept)
            .await?;
        Ok(Response::from_parts(parts, Body::from(bytes)))
    }
}

/// Frees the key when the client goes away before the answer is there.
struct Unfinished {
    call: Option<(Library, Actor, String)>,
}

impl Unfinished {
    fn new(call: &Call) -> Self {
        let library = call.state.library.clone();
        Self {
            call: Some((library, call.actor.clone(), call.key.clone())),
        }
    }

    fn finished(&mut self) {
        self.call = None;
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if let Some((library, actor, key)) = self.call.take() {
            tokio::spawn(async move { library.abandon_idempotent(&actor, &key).await });
        }
    }
}

fn shown_once() -> (u16, Bytes) {
    let problem = Problem::conflict("This was done already, and its secret was shown once.");
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    (problem.status, body.into())
}

fn again(status: u16, body: Vec<u8>) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    let kind = if status.is_success() {
        "application/json"
    } else {
        "application/problem+json"
    };
    let has_body = !body.is_empty();
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.remove(CONTENT_TYPE);
    if has_body {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    }
    headers.insert("cache-control", HeaderValue::from_static("no-store"));
    headers.insert("idempotency-replayed", HeaderValue::from_static("true"));
    response
}
