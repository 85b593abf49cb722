//! 16.5: what breaks inside is told outside in general words, and the process goes on.

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode},
    middleware::from_fn_with_state,
    routing::get,
};
use library::{Library, SystemClock};
use metrics_exporter_prometheus::PrometheusBuilder;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

use super::router;
use crate::{
    config::Settings,
    links::Links,
    middleware::{guard, rates::Rates},
    site::Site,
    state::{Shared, State},
};

/// What nobody outside is told.
const INSIDE: [&str; 8] = [
    "from users",
    "/srv/",
    "closed pool",
    "sqlx",
    "satchel.db",
    "panicked",
    "backtrace",
    ".rs:",
];

/// An installation of its own, with nothing in it.
async fn installation() -> (TempDir, State) {
    let folder = TempDir::with_prefix("satchel-").expect("a temporary folder");
    let settings = Settings {
        data_dir: folder.path().to_owned(),
        ..Settings::default()
    };
    let url = "http://127.0.0.1:3000".to_owned();
    let config = settings.library(&url).expect("settings");
    let library = Library::open(config, Arc::new(SystemClock)).await;
    let shared = Shared {
        links: Links {
            public_url: url.clone(),
            media_url: url,
        },
        cors_origins: Vec::new(),
        proxies: Vec::new(),
        rates: Rates::new(settings.rate_limits),
        max_body: settings.server.max_body().expect("a size"),
        site: Site::default(),
        metrics: PrometheusBuilder::new().build_recorder().handle(),
        metrics_token: settings.metrics.token.clone(),
        default_limits: settings.limits.account_limits().expect("limits"),
        closing: CancellationToken::new(),
        server: settings.server,
    };
    (folder, State::new(library.expect("a library"), shared))
}

/// A request by whoever has a token, or by nobody.
fn request(method: &str, path: &str, token: Option<&str>) -> Request<Body> {
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header("tus-resumable", "1.0.0")
        .header("content-type", "application/x-www-form-urlencoded");
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    let body = Body::from("email=anna%40example.com&password=x");
    request.body(body).expect("a request")
}

/// What is answered: the status, and all that is told with it, which is nothing of inside.
async fn ask(router: &Router, request: Request<Body>) -> (StatusCode, String) {
    let asked = format!("{} {}", request.method(), request.uri());
    let answered = router.clone().oneshot(request).await;
    let (parts, body) = answered.expect("an answer").into_parts();
    let body = to_bytes(body, 1 << 20).await.expect("a body");
    let told = format!("{:?} {}", parts.headers, String::from_utf8_lossy(&body));
    for secret in INSIDE {
        assert!(!told.contains(secret), "{asked} tells of {secret}: {told}");
    }
    (parts.status, told)
}

fn breaks() -> &'static str {
    panic!("select * from users at /srv/satchel/main.rs:7")
}

#[tokio::test]
async fn v16_5_a_panic_ends_one_request_and_tells_nothing() {
    let (_folder, state) = installation().await;
    let router = Router::new()
        .route("/breaks", get(|| async { breaks() }))
        .route("/works", get(|| async { "as before" }))
        .layer(from_fn_with_state(state, guard::guard));

    for _ in 0..3 {
        let (status, told) = ask(&router, request("GET", "/breaks", None)).await;
        assert_eq!(status, 500);
        assert!(told.contains("\"internal\""), "{told}");
        let (status, told) = ask(&router, request("GET", "/works", None)).await;
        assert_eq!(status, 200);
        assert!(told.ends_with("as before"), "{told}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn v16_5_while_the_database_is_down_every_door_says_so_in_general_words() {
    let (folder, state) = installation().await;
    let library = state.library.clone();
    let router = router(state);
    let here = folder.path().display().to_string();
    library.close().await;

    for (method, path) in [
        ("GET", "/"),
        ("GET", "/settings/profile"),
        ("GET", "/api/v1/assets"),
        ("POST", "/api/v1/folders"),
        ("POST", "/api/v1/assets"),
        ("GET", "/api/v1/events"),
        ("POST", "/files/"),
        ("HEAD", "/files/upl_01J8Z3V5T0M6W2Q4R8X9Y7B1CD"),
        ("PATCH", "/files/upl_01J8Z3V5T0M6W2Q4R8X9Y7B1CD"),
        ("POST", "/upload"),
        ("POST", "/rpc/get_me"),
    ] {
        let asked = request(method, path, Some("sat_somebody"));
        let (status, told) = ask(&router, asked).await;
        assert_eq!(status, 503, "{method} {path}: {told}");
        assert!(told.contains("retry-after"), "{method} {path}: {told}");
        assert!(!told.contains(&here), "{method} {path}: {told}");
    }
    // What nobody needs to be known for.
    for (method, path) in [
        ("POST", "/sign-in"),
        ("GET", "/invite/a-link-that-was-sent"),
        ("GET", "/m/a-key-that-was-given-out/a.jpg"),
        (
            "GET",
            "/embed/picker?session=emb_01J8Z3V5T0M6W2Q4R8X9Y7B1CD",
        ),
        ("GET", "/readyz"),
    ] {
        let (_, told) = ask(&router, request(method, path, None)).await;
        assert!(!told.contains(&here), "{method} {path}: {told}");
    }
    let (_, told) = ask(&router, request("POST", "/sign-in", None)).await;
    assert!(told.contains("problem=unavailable"), "{told}");
    let (status, _) = ask(&router, request("GET", "/healthz", None)).await;
    assert_eq!(status, 200);
}
