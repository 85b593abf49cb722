//! The page that describes the interface: whole, for everybody, and without script.

use std::collections::BTreeSet;

use crate::support::Server;

/// What stands between two marks, each time.
fn between<'a>(text: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    let pieces = text.split(start).skip(1);
    pieces.filter_map(|piece| piece.split(end).next()).collect()
}

#[tokio::test]
async fn every_operation_and_schema_has_a_place() {
    let server = Server::fresh();
    let page = server.get("/docs/api").send().await.expect(200).text();
    let document = server.get("/openapi.json").send().await.expect(200).json();

    for (path, item) in document["paths"].as_object().unwrap() {
        for operation in item.as_object().unwrap().values() {
            let id = operation["operationId"].as_str().unwrap();
            assert!(page.contains(&format!("<h3 id=\"{id}\">")), "{id} {path}");
        }
    }
    for name in document["components"]["schemas"]
        .as_object()
        .unwrap()
        .keys()
    {
        let heading = format!("<h3 id=\"schema-{name}\">");
        assert!(page.contains(&heading), "{name}");
    }
    let lines = page.matches("curl -H &quot;Authorization").count();
    assert_eq!(lines, page.matches("<h4>Try it</h4>").count());
    assert!(page.contains(&format!("{}/api/v1/me", server.url)));
}

#[tokio::test]
async fn all_its_links_lead_somewhere() {
    let server = Server::fresh();
    let page = server.get("/docs/api").send().await.expect(200).text();
    let ids = between(&page, " id=\"", "\"");
    let anchors: BTreeSet<_> = ids.iter().copied().collect();

    assert_eq!(anchors.len(), ids.len(), "an anchor stands twice");
    for link in between(&page, "<a href=\"", "\"") {
        if let Some(anchor) = link.strip_prefix('#') {
            assert!(anchors.contains(anchor), "{link}");
        } else {
            let there = server.get(link).send().await.status;
            assert!(matches!(there, 200 | 303 | 307), "{there} {link}");
        }
    }
}

#[tokio::test]
async fn it_runs_nothing_and_asks_nobody() {
    let server = Server::fresh();
    let reply = server.get("/docs/api").send().await.expect(200);

    assert_eq!(reply.header("content-type"), "text/html; charset=utf-8");
    let policy = reply.header("content-security-policy");
    assert!(
        policy.starts_with("default-src 'none'; style-src 'self';"),
        "{policy}"
    );
    let page = reply.text();
    for word in ["<script", " style=", "<style", " on", "javascript:"] {
        let tags = between(&page, "<", ">");
        let found = tags.iter().find(|tag| format!("<{tag}").contains(word));
        assert_eq!(found, None, "{word}");
    }
    let style = server.get("/docs/api.css").send().await.expect(200);
    assert_eq!(style.header("content-type"), "text/css; charset=utf-8");
    assert!(!style.text().contains("url("));
}
