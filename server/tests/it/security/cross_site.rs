//! 3.5: no other site makes a browser write, or talks a page of ours into something.

use std::path::Path;

use super::{with_operator, write_doors};
use crate::support::{Request, Server, files, form, people::Who};

fn knock(server: &Server, method: &str, path: &str, who: &Who) -> Request {
    server
        .request(method, path)
        .by(who)
        .header("tus-resumable", "1.0.0")
}

/// CS-3 as well: uploads by form are among them.
#[tokio::test]
async fn v3_5_1_every_write_from_another_site_is_refused() {
    let (server, operator) = with_operator().await;
    let foreign: [(&str, &str); 6] = [
        ("origin", "https://evil.test"),
        ("origin", "null"),
        ("origin", "https://127.0.0.1.evil.test"),
        ("origin", "http://127.0.0.1:1"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ];

    for (method, path) in write_doors() {
        for (name, value) in foreign {
            for (kind, body) in [
                form(&[("id", "x")]),
                ("text/plain".to_owned(), "{}".into()),
                (
                    "multipart/form-data; boundary=x".to_owned(),
                    "--x--\r\n".into(),
                ),
            ] {
                let request = knock(&server, method, &path, &operator).header(name, value);
                let reply = request.typed((kind, body)).send().await;
                assert_eq!(reply.status, 403, "{method} {path} {name}: {value}");
                assert_eq!(reply.code(), "cross_site", "{method} {path}");
            }
        }
    }
}

#[tokio::test]
async fn v3_5_1_an_origin_that_is_none_is_malformed() {
    let (server, operator) = with_operator().await;

    for origin in [
        "evil.test",
        "https://",
        "javascript:alert(1)",
        "https://a@b.test",
        "\u{fc}",
    ] {
        let request = server
            .post("/api/v1/folders")
            .by(&operator)
            .header("origin", origin);
        let reply = request.send().await;
        assert!(
            (400..500).contains(&reply.status),
            "{origin}: {}",
            reply.status
        );
    }
}

#[tokio::test]
async fn v3_5_1_our_own_pages_may_write() {
    let (server, operator) = with_operator().await;

    for headers in [
        &[("origin", server.url.as_str())][..],
        &[
            ("sec-fetch-site", "same-origin"),
            ("origin", server.url.as_str()),
        ],
        &[],
    ] {
        let mut request = server.post("/api/v1/folders").by(&operator);
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let name = files::sha256(format!("{headers:?}").as_bytes());
        let body = serde_json::json!({ "name": name });
        request.json(&body).send().await.expect(201);
    }
}

#[tokio::test]
async fn v3_5_1_a_program_with_a_token_is_no_browser() {
    let (server, _) = with_operator().await;
    let token = server.token("Acme", "agent");

    let request = server
        .post("/api/v1/folders")
        .by(&token)
        .header("origin", "https://shop.test");
    let body = serde_json::json!({ "name": "Shop" });
    let reply = request.json(&body).send().await.expect(201);
    assert_eq!(reply.header("access-control-allow-origin"), "");
}

#[tokio::test]
async fn v3_5_3_no_write_is_done_by_a_get() {
    let (server, operator) = with_operator().await;

    for (method, path) in write_doors() {
        let reply = server
            .get(&path)
            .by(&operator)
            .header("tus-resumable", "1.0.0")
            .send()
            .await;
        let reads_too = matches!(reply.status, 200 | 404) && !path.starts_with("/rpc/");
        assert!(
            reply.status == 405 || reads_too,
            "{method} {path}: {}",
            reply.status
        );
        let overridden = server
            .get(&path)
            .by(&operator)
            .header("x-http-method-override", method);
        let overridden = overridden.header("tus-resumable", "1.0.0").send().await;
        assert_eq!(overridden.status, reply.status, "{method} {path}");
    }
    let sessions = server.reads(&operator, "/api/v1/sessions").await;
    assert_eq!(sessions["items"].as_array().unwrap().len(), 1);
}

/// The one page that does is the picker's: what it drops is told in `embed_safety.spec.ts`.
#[test]
fn v3_5_5_no_page_but_that_of_the_picker_hears_messages() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/src");
    let hears = |file: &Path| {
        let text = std::fs::read_to_string(file).unwrap_or_default();
        let ways = [
            "callback(\"message\"",
            "'message'",
            "onmessage",
            "ev::message",
            "BroadcastChannel",
        ];
        ways.iter().any(|way| text.contains(way))
    };

    let hearing: Vec<_> = files::under(&sources)
        .into_iter()
        .filter(|file| hears(file))
        .map(|file| file.strip_prefix(&sources).unwrap().to_owned())
        .collect();

    assert_eq!(hearing, [Path::new("picker/port.rs")]);
}
