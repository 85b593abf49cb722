//! Writes with an `Idempotency-Key`: sent twice, done once, answered alike.

use std::{
    panic::AssertUnwindSafe,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use app::api::context::Caller;
use axum::{
    body::{Body, to_bytes},
    extract::{MatchedPath, Request, State as Extract},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header::CONTENT_TYPE},
    middleware::Next,
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use futures::{FutureExt as _, TryStreamExt as _};
use library::{Actor, Library, idempotent::Idempotent};
use model::Problem;
use tracing::Instrument as _;

use crate::{
    failure::{Failure, Result},
    middleware::limit::{self, content_length},
    state::State,
};

/// Marks an answer that holds a secret, which is not kept to be given twice.
#[derive(Clone, Copy, Debug)]
pub struct ShownOnce;

/// Marks an answer that changed nothing and is too large to keep: it is made again.
#[derive(Clone, Copy, Debug)]
pub struct NotKept;

/// What is kept of an answer that says all it has to say in its headers.
#[derive(Clone, Debug)]
pub struct KeptAs(pub Bytes);

/// For requests with small bodies: the body is part of what makes the request this one.
pub async fn with_body(Extract(state): Extract<State>, request: Request, next: Next) -> Response {
    let Some((actor, key)) = asked(&request) else {
        return next.run(request).await;
    };
    let (parts, bytes) = match limit::whole(request, &state).await {
        Ok(read) => read,
        Err(problem) => return Failure(problem).into_response(),
    };
    let name = [line(&parts.method, &parts.uri).as_bytes(), &bytes].concat();
    let request = Request::from_parts(parts, Body::from(bytes));
    let call = Call::new(&state, actor, key);
    answer(call, name, request, next).await
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
    let call = Call::new(&state, actor, key);
    let request = call.watch(request);
    answer(call, name.into_bytes(), request, next).await
}

async fn answer(call: Call, name: Vec<u8>, request: Request, next: Next) -> Response {
    let work = async move { next.run(request).await };
    match call.run(name, work).await {
        Ok(Done::Now(response)) => response,
        Ok(Done::Before { status, body }) => again(status, body),
        Err(failure) => failure.into_response(),
    }
}

/// Who asks with which key; only writes that exist have one.
fn asked(request: &Request) -> Option<(Actor, String)> {
    let route = request.extensions().get::<MatchedPath>()?;
    if !super::is_write(request.method(), route.as_str()) {
        return None;
    }
    let key = key(request.headers())?;
    let actor = request.extensions().get::<Caller>()?.0.clone()?;
    Some((actor, key))
}

/// The key a request carries.
pub fn key(headers: &HeaderMap) -> Option<String> {
    let key = headers.get("idempotency-key")?;
    Some(String::from_utf8_lossy(key.as_bytes()).into_owned())
}

fn line(method: &Method, uri: &axum::http::Uri) -> String {
    format!("{method} {uri}\n")
}

/// One request with a key.
pub struct Call {
    library: Library,
    actor: Actor,
    key: String,
    /// Whether its body broke off, so that nothing was done.
    broke_off: Arc<AtomicBool>,
}

/// What came of a request with a key.
pub enum Done {
    Now(Response),
    /// It was done; this is what was kept of the answer.
    Before {
        status: u16,
        body: Vec<u8>,
    },
}

impl Call {
    pub fn new(state: &State, actor: Actor, key: String) -> Self {
        Self {
            library: state.library.clone(),
            actor,
            key,
            broke_off: Arc::default(),
        }
    }

    /// Notes when the body of the request breaks off.
    pub fn watch(&self, request: Request) -> Request {
        let broke_off = Arc::clone(&self.broke_off);
        request.map(|body| {
            let note = move |_: &axum::Error| broke_off.store(true, Ordering::Relaxed);
            Body::from_stream(body.into_data_stream().inspect_err(note))
        })
    }

    /// Does the work, unless it was done before.
    ///
    /// In a task of its own: who leaves before the answer has not taken back what was asked for,
    /// and is told what came of it when asking again.
    pub async fn run(
        self,
        name: Vec<u8>,
        work: impl Future<Output = Response> + Send + 'static,
    ) -> Result<Done> {
        let once = async move { self.once(&name, work).await };
        let done = tokio::spawn(once.in_current_span()).await;
        done.map_err(|error| library::Error::Inconsistent(error.to_string()))?
    }

    async fn once(&self, name: &[u8], work: impl Future<Output = Response>) -> Result<Done> {
        let library = &self.library;
        let begun = library
            .begin_idempotent(&self.actor, &self.key, name)
            .await?;
        if let Idempotent::Replay { status, body } = begun {
            return Ok(Done::Before { status, body });
        }
        let Ok(response) = AssertUnwindSafe(work).catch_unwind().await else {
            library.abandon_idempotent(&self.actor, &self.key).await?;
            return Err(library::Error::Inconsistent("a handler panicked".to_owned()).into());
        };
        self.keep(response).await.map(Done::Now)
    }

    /// Keeps the answer, unless the request was not done and may be tried again.
    async fn keep(&self, response: Response) -> Result<Response> {
        let library = &self.library;
        if self.was_not_done(&response) {
            library.abandon_idempotent(&self.actor, &self.key).await?;
            return Ok(response);
        }
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
        let told = parts.extensions.get::<KeptAs>();
        let (status, kept) = match parts.extensions.get::<ShownOnce>() {
            None => (
                parts.status.as_u16(),
                told.map_or_else(|| bytes.clone(), |KeptAs(told)| told.clone()),
            ),
            Some(ShownOnce) => shown_once(),
        };
        library
            .finish_idempotent(&self.actor, &self.key, status, &kept)
            .await?;
        Ok(Response::from_parts(parts, Body::from(bytes)))
    }

    fn was_not_done(&self, response: &Response) -> bool {
        let status = response.status();
        self.broke_off.load(Ordering::Relaxed)
            || response.extensions().get::<NotKept>().is_some()
            || status.is_server_error()
            || status == StatusCode::TOO_MANY_REQUESTS
    }
}

fn shown_once() -> (u16, Bytes) {
    let problem = Problem::conflict("This was done already, and its secret was shown once.");
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    (problem.status, body.into())
}

/// What was kept, said once more.
pub fn again(status: u16, body: Vec<u8>) -> Response {
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
