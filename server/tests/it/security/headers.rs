//! 3.4.x: careful headers on every response.

use super::with_operator;
use crate::support::{
    Place, Reply, files, form,
    people::{PASSWORD, id_of},
};

#[track_caller]
fn careful(reply: &Reply, what: &str) {
    assert_eq!(reply.header("x-content-type-options"), "nosniff", "{what}");
    assert_eq!(reply.header("referrer-policy"), "same-origin", "{what}");
    assert!(
        !reply.header("content-security-policy").is_empty(),
        "{what}"
    );
    assert!(!reply.header("permissions-policy").is_empty(), "{what}");
    assert!(
        !reply.header("cross-origin-resource-policy").is_empty(),
        "{what}"
    );
    assert_eq!(
        reply.header("cross-origin-opener-policy"),
        "same-origin",
        "{what}"
    );
    assert!(!reply.header("x-request-id").is_empty(), "{what}");
    assert_eq!(reply.header("server"), "", "{what}");
}

#[tokio::test]
async fn v3_4_4_every_response_is_careful() {
    let (server, operator) = with_operator().await;
    let id = id_of(&server.upload(&operator, "a.jpg", &files::photo()).await);
    let content = format!("/api/v1/assets/{id}/content");
    let whole = server.get(&content).by(&operator).send().await;
    let known = server
        .get(&content)
        .by(&operator)
        .header("if-none-match", whole.header("etag"));
    let part = server
        .get(&content)
        .by(&operator)
        .header("range", "bytes=0-1");
    let beyond = server
        .get(&content)
        .by(&operator)
        .header("range", "bytes=999999-");
    for (status, request) in [
        (200, server.get("/healthz")),
        (200, server.get("/sign-in")),
        (200, server.get("/api/v1/me").by(&operator)),
        (304, known),
        (206, part),
        (416, beyond),
        (303, server.post("/sign-out")),
        (400, server.get("/api/v1/assets?limit=x").by(&operator)),
        (401, server.get("/api/v1/me")),
        (403, server.post("/sign-out").header("origin", "null")),
        (404, server.get("/nothing")),
        (404, server.get("/m/x/y.jpg")),
        (404, server.get("/pkg/x.js")),
        (405, server.request("FOO", "/api/v1/me")),
        (412, server.post("/files/").by(&operator)),
        (204, server.request("OPTIONS", "/files/")),
    ] {
        let reply = request.send().await.expect(status);
        careful(&reply, &status.to_string());
    }
}

/// 3.3.x as well: how the cookie is bound.
#[tokio::test]
async fn v3_4_1_over_tls_browsers_stay_there() {
    let place = Place::empty().with(&[("SATCHEL_PUBLIC_URL", "https://media.example.com")]);
    let server = place.serve();
    server.account("Acme");
    let command = [
        "user",
        "create",
        "--account",
        "Acme",
        "--email",
        "a@example.com",
        "--role",
        "agent",
        "--password-stdin",
    ];
    assert_eq!(server.place.try_run(&command, PASSWORD).code, 0);

    let reply = server.get("/healthz").send().await;
    assert!(
        reply
            .header("strict-transport-security")
            .starts_with("max-age=")
    );
    let fields = form(&[("email", "a@example.com"), ("password", PASSWORD)]);
    let reply = server
        .post("/sign-in")
        .typed(fields)
        .send()
        .await
        .expect(303);
    let cookie = reply.header("set-cookie");
    assert!(cookie.starts_with("__Host-satchel="), "{cookie}");
    for part in ["; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Domain") && cookie.len() < 4_096);
    assert!(
        server
            .printed
            .iter()
            .all(|line| !line.contains("set up at http://"))
    );
}

#[tokio::test]
async fn v4_1_1_every_answer_says_what_it_is() {
    let (server, operator) = with_operator().await;
    for (path, accept, status, kind) in [
        ("/api/v1/me", "*/*", 200, "application/json"),
        ("/api/v1/nothing", "*/*", 404, "application/problem+json"),
        (
            "/api/v1/assets/no-id",
            "*/*",
            404,
            "application/problem+json",
        ),
        (
            "/settings/profile",
            "text/html",
            200,
            "text/html; charset=utf-8",
        ),
        ("/nowhere", "text/html", 404, "text/html; charset=utf-8"),
    ] {
        let asked = server.get(path).by(&operator).header("accept", accept);
        let reply = asked.send().await.expect(status);
        assert_eq!(reply.header("content-type"), kind, "{path}");
    }
}

/// 3.4.6 as well.
#[tokio::test]
async fn v3_4_3_pages_run_only_the_script_with_their_nonce() {
    let (server, operator) = with_operator().await;
    let policy = async || {
        let page = server
            .get("/")
            .by(&operator)
            .header("accept", "text/html")
            .send()
            .await;
        page.expect(200)
            .header("content-security-policy")
            .to_owned()
    };
    let first = policy().await;

    for part in [
        "default-src 'none'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
        "script-src 'nonce-",
    ] {
        assert!(first.contains(part), "{part}: {first}");
    }
    let script = first
        .split(';')
        .find(|part| part.contains("script-src "))
        .unwrap();
    assert!(
        !script.contains("unsafe-inline") && !script.contains("'unsafe-eval'"),
        "{script}"
    );
    assert_ne!(first, policy().await);
}

#[tokio::test]
async fn v14_3_2_an_api_address_with_an_ending_is_not_there() {
    let (server, operator) = with_operator().await;

    for path in [
        "/api/v1/me/x.jpg",
        "/api/v1/me.css",
        "/api/v1/assets/x.js/content",
    ] {
        server.get(path).by(&operator).send().await.expect(404);
    }
}
