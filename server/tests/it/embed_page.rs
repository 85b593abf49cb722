//! The page of the picker: who may frame it, and that nothing else may be had of it.

use std::fs;

use serde_json::json;

use crate::support::{
    Place, Reply, Server,
    people::{Who, id_of, with_agent},
};

/// The page for a session.
async fn picker(server: &Server, session: &str) -> Reply {
    let path = format!("/embed/picker?session={session}");
    server.get(&path).header("accept", "text/html").send().await
}

fn frames(page: &Reply) -> String {
    let policy = page.header("content-security-policy");
    let frames = policy.split("frame-ancestors").nth(1).unwrap_or_default();
    frames.trim().to_owned()
}

#[tokio::test]
async fn the_origin_of_a_session_may_frame_its_page_and_no_other() {
    let (server, host) = with_agent();
    let origin = "https://desk.example.com:8443";
    let made = server
        .embed_session(&host, &json!({ "origin": origin }))
        .await;

    let page = picker(&server, &id_of(&made)).await.expect(200);

    assert_eq!(frames(&page), origin);
    for (name, value) in [
        ("content-type", "text/html; charset=utf-8"),
        ("cache-control", "no-store"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-resource-policy", "cross-origin"),
        ("x-content-type-options", "nosniff"),
    ] {
        assert_eq!(page.header(name), value, "{name}");
    }
    for absent in ["x-frame-options", "set-cookie"] {
        assert!(!page.headers.contains_key(absent), "{absent}");
    }
    let policy = page.header("content-security-policy").to_owned();
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
    assert!(policy.contains("connect-src 'self'"), "{policy}");
    assert!(!policy.contains("'unsafe-inline' 'wasm"), "{policy}");
    let text = page.text();
    assert!(text.contains(&format!("name=\"satchel-origin\" content=\"{origin}\"")));
    assert!(text.contains(&format!(
        "name=\"satchel-session\" content=\"{}\"",
        id_of(&made)
    )));
    assert!(!text.contains(made["token"].as_str().unwrap()));
}

#[tokio::test]
async fn a_page_without_a_live_session_is_framed_by_nobody() {
    let (server, host) = with_agent();
    let made = server.embed_session(&host, &json!({})).await;
    let ended = id_of(&made);
    let path = format!("/api/v1/embed/sessions/{ended}");
    server.delete(&path).by(&host).send().await.expect(204);

    let unknown = "emb_01J8Z3V5T0M6W2Q4R8X9Y7B1CD".to_owned();
    for session in [
        ended,
        unknown,
        String::new(),
        "fld_01J8Z3V5T0M6W2Q4R8X9Y7B1CD".to_owned(),
        "%00".to_owned(),
        "a%22%3E%3Cscript%3E".to_owned(),
    ] {
        let page = picker(&server, &session).await.expect(404);
        assert_eq!(frames(&page), "'none'", "{session}");
        assert!(!page.text().contains("satchel-origin"), "{session}");
        assert!(!page.text().contains("<script"), "{session}");
    }
    let without = server.get("/embed/picker").send().await.expect(404);
    assert_eq!(frames(&without), "'none'");
}

#[tokio::test]
async fn who_is_signed_in_changes_nothing_about_the_page() {
    let (server, host) = with_agent();
    let made = server.embed_session(&host, &json!({})).await;
    let path = format!("/embed/picker?session={}", id_of(&made));
    let stranger = server.get(&path).send().await.expect(200);

    let member = server.get(&path).by(&host).send().await.expect(200);
    let other = Who::Token(made["token"].as_str().unwrap().to_owned());
    let page = server.get(&path).by(&other).send().await.expect(200);

    assert_eq!(frames(&stranger), frames(&member));
    assert_eq!(frames(&stranger), frames(&page));
}

#[tokio::test]
async fn the_page_runs_its_one_script_by_a_nonce_of_its_own() {
    let place = Place::empty();
    let site = place.folder().join("site");
    fs::create_dir(&site).unwrap();
    let manifest = json!({
        "js": "pkg/app.1.js", "wasm": "pkg/app.1.wasm", "css": "pkg/app.1.css",
        "plain_css": "pkg/plain.1.css", "late_css": "pkg/late.1.css",
        "picker_js": "pkg/picker.1.js", "picker_wasm": "pkg/picker.1.wasm",
        "picker_css": "pkg/picker.1.css",
    });
    fs::write(site.join("manifest.json"), manifest.to_string()).unwrap();
    let server = place.serve();
    server.account("Acme");
    let host = server.token("Acme", "agent");
    let made = server.embed_session(&host, &json!({})).await;

    let [one, other] = [
        picker(&server, &id_of(&made)).await.expect(200),
        picker(&server, &id_of(&made)).await.expect(200),
    ];

    let nonce = |page: &Reply| {
        let policy = page.header("content-security-policy").to_owned();
        let nonce = policy.split("'nonce-").nth(1).unwrap();
        nonce.split('\'').next().unwrap().to_owned()
    };
    assert_ne!(nonce(&one), nonce(&other));
    let text = one.text();
    let script = format!("<script type=\"module\" nonce=\"{}\">", nonce(&one));
    assert!(text.contains(&script), "{text}");
    assert!(
        text.contains("import init from \"/pkg/picker.1.js\""),
        "{text}"
    );
    assert!(text.contains("href=\"/pkg/picker.1.css\""), "{text}");
    assert!(!text.contains("/pkg/app."), "{text}");
}

#[tokio::test]
async fn what_is_not_there_is_told_in_the_readers_language() {
    let server = Server::fresh();

    let page = server
        .get("/embed/picker")
        .header("accept-language", "pt-BR")
        .send()
        .await
        .expect(404);

    assert!(page.text().contains("lang=\"pt-BR\""));
    assert_eq!(page.header("vary"), "accept-language");
}
