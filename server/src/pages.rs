//! Pages and server functions: the same `App` that runs in the browser, rendered here.

use app::{App, Now, api::context::Caller};
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State as Extract},
    http::{
        HeaderMap, HeaderName, HeaderValue, StatusCode,
        header::{ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_SECURITY_POLICY, VARY},
    },
    response::{IntoResponse, Response},
    routing::{get, post},
};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::{ResponseOptions, generate_route_list};
use library::{Clock as _, SystemClock};
use model::{Language, Problem, ProblemCode, Theme};
use tower_http::{CompressionLevel, compression::CompressionLayer};

use crate::{
    failure::{Failure, problem_response},
    middleware::security::{page_policy, trial_policy},
    site,
    state::State,
};

/// Where people try the picker: the only page that frames anything.
const TRIAL: &str = "/settings/embed";

/// A problem is never longer.
const MAX_PROBLEM: usize = 64 << 10;

/// The addresses of pages, compressed on the way.
pub fn routes() -> Router<State> {
    let compression = CompressionLayer::new()
        .br(true)
        .gzip(true)
        .quality(CompressionLevel::Precise(4));
    generate_route_list(App)
        .iter()
        .fold(Router::new(), |router, listing| {
            router.route(listing.path(), get(page))
        })
        .layer(compression)
}

/// The doors that pages call; each is a POST.
pub fn rpc() -> Router<State> {
    Router::new().route("/rpc/{*function}", post(server_function))
}

/// Renders a page for whoever asks.
pub async fn page(Extract(state): Extract<State>, request: Request) -> Response {
    let mut response = render(&state, request).await;
    response
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Whatever no route knows: a file of the site's top, a problem for programs, a page for people.
pub async fn fallback(Extract(state): Extract<State>, request: Request) -> Response {
    let path = request.uri().path();
    let reads = request.method().is_safe();
    if reads && let Some(file) = site::public(&state.site, path, request.headers()).await {
        return file;
    }
    let for_people = reads
        && request
            .headers()
            .get("accept")
            .is_some_and(|accept| accept.to_str().is_ok_and(|text| text.contains("text/html")));
    if !for_people || path.starts_with("/api/") {
        return Failure(Problem::not_found()).into_response();
    }
    let mut response = page(Extract(state), request).await;
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

async fn render(state: &State, request: Request) -> Response {
    let caller = request
        .extensions()
        .get::<Caller>()
        .cloned()
        .unwrap_or_default();
    let reader = Reader::find(state, &caller, request.headers()).await;
    let policy = if request.uri().path() == TRIAL {
        trial_policy
    } else {
        page_policy
    };
    let context = {
        let state = state.clone();
        move || {
            provide_context(reader.language);
            provide_context(reader.theme);
            provide_context(Now(SystemClock.now()));
            provide_context(state.library.clone());
            provide_context(caller.clone());
            protect(|nonce| policy(&state.links, nonce));
        }
    };
    let addresses = state.site.addresses.clone();
    let document = move || app::shell(addresses.clone());
    let mut response = leptos_axum::render_app_async_with_context(context, document)(request).await;
    if !reader.chose {
        response
            .headers_mut()
            .append(VARY, HeaderValue::from_static("accept-language"));
    }
    response
}

/// How somebody wants the interface.
#[derive(Clone, Copy)]
struct Reader {
    language: Language,
    theme: Theme,
    /// Whether they said so themselves; else their browser did.
    chose: bool,
}

impl Reader {
    /// What a person's profile says, and the browser where it says nothing.
    async fn find(state: &State, caller: &Caller, headers: &HeaderMap) -> Self {
        let user = match &caller.0 {
            // A page that cannot know it is drawn all the same, and tells what is wrong.
            Some(actor) => state.library.find_own_user(actor).await.ok().flatten(),
            None => None,
        };
        let chosen = user.as_ref().and_then(|user| user.language);
        Self {
            language: chosen.unwrap_or_else(|| language(headers)),
            theme: user.map(|user| user.theme).unwrap_or_default(),
            chose: chosen.is_some(),
        }
    }
}

/// The language that a browser asks for most.
pub fn language(headers: &HeaderMap) -> Language {
    let ranges: Vec<&str> = headers
        .get_all(ACCEPT_LANGUAGE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .collect();
    Language::negotiate(&ranges.join(","))
}

/// Gives the page's policy the nonce that its script carries.
fn protect(policy: impl Fn(&str) -> String) {
    let (Some(options), Some(nonce)) = (use_context::<ResponseOptions>(), use_nonce()) else {
        return;
    };
    if let Ok(policy) = HeaderValue::from_str(&policy(&nonce)) {
        options.insert_header(CONTENT_SECURITY_POLICY, policy);
    }
}

async fn server_function(Extract(state): Extract<State>, request: Request<Body>) -> Response {
    if !is_known(request.uri().path()) {
        return Failure(Problem::not_found()).into_response();
    }
    let caller = request
        .extensions()
        .get::<Caller>()
        .cloned()
        .unwrap_or_default();
    let library = state.library.clone();
    let context = move || {
        provide_context(library.clone());
        provide_context(caller.clone());
    };
    let mut response = leptos_axum::handle_server_fns_with_context(context, request)
        .await
        .into_response();
    response
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    honest_status(response).await
}

fn is_known(path: &str) -> bool {
    server_fn::axum::server_fn_paths().any(|(known, _)| known == path)
}

/// Answers a problem with the status it names; the door itself would call every one a 500.
async fn honest_status(response: Response) -> Response {
    const FAILED: HeaderName = HeaderName::from_static("serverfnerror");
    if !response.headers().contains_key(FAILED) {
        return response;
    }
    let body = to_bytes(response.into_body(), MAX_PROBLEM).await;
    let problem = body
        .ok()
        .and_then(|bytes| serde_json::from_slice::<Problem>(&bytes).ok())
        // A fault of ours has a reference; one without is a request the door could not read.
        .filter(|problem| problem.code != ProblemCode::Internal || problem.reference.is_some())
        .unwrap_or_else(|| Problem::malformed("The request cannot be understood."));
    let mut response = problem_response(&problem);
    response
        .headers_mut()
        .insert(FAILED, HeaderValue::from_static("1"));
    response
}
