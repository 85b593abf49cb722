//! 3.4.2: no origin is ever let in with credentials, and none at all that is not named.

use super::with_operator;
use crate::support::{
    Place, Server, files,
    people::{Who, id_of},
};

/// Sites that look like others.
const STRANGERS: [&str; 5] = [
    "https://evil.test",
    "null",
    "https://shop.example.evil.test",
    "http://shop.example",
    "https://shop.example:8443",
];

/// The addresses of a photo that is shared: its own, a rendition's, and one that is signed.
async fn shared(server: &Server, who: &Who) -> [String; 3] {
    let id = id_of(&server.upload(who, "a.jpg", &files::photo()).await);
    let path = format!("/api/v1/assets/{id}");
    let shared = server.post(&format!("{path}/share")).by(who).send().await;
    let url = shared.expect(200).json()["url"]
        .as_str()
        .unwrap()
        .to_owned();
    let (folder, name) = url.rsplit_once('/').unwrap();
    let tile = format!("{folder}/r/tile/{name}");
    let signed = server.post(&format!("{path}/links")).by(who).send().await;
    let signed = signed.expect(200).json()["url"]
        .as_str()
        .unwrap()
        .to_owned();
    [url, tile, signed]
}

#[tokio::test]
async fn v3_4_2_media_is_read_by_no_site_unless_one_is_named() {
    let (server, operator) = with_operator().await;

    for url in shared(&server, &operator).await {
        for origin in STRANGERS.into_iter().chain(["https://shop.example"]) {
            let reply = server.get(&url).header("origin", origin);
            let reply = reply.send().await.expect(200);
            assert_eq!(reply.header("access-control-allow-origin"), "", "{url}");
            assert!(!reply.header("vary").contains("Origin"), "{url}");
            // It is shown all the same.
            assert_eq!(reply.header("cross-origin-resource-policy"), "cross-origin");
        }
    }
}

#[tokio::test]
async fn v3_4_2_media_is_read_by_the_sites_that_are_named() {
    let named = "https://shop.example, https://cms.example:8443";
    let place = Place::empty().with(&[("SATCHEL_MEDIA_CORS_ORIGINS", named)]);
    let server = place.serve();
    server.account("Acme");
    let agent = server.token("Acme", "agent");

    for url in shared(&server, &agent).await {
        for origin in ["https://shop.example", "https://cms.example:8443"] {
            let reply = server.get(&url).header("origin", origin);
            let reply = reply.send().await.expect(200);
            assert_eq!(reply.header("access-control-allow-origin"), origin, "{url}");
            assert_eq!(reply.header("access-control-allow-credentials"), "");
            assert!(reply.header("vary").contains("Origin"), "{url}");
            let known = server.get(&url).header("origin", origin);
            let known = known.header("if-none-match", reply.header("etag"));
            let known = known.send().await.expect(304);
            assert_eq!(known.header("access-control-allow-origin"), origin, "{url}");
        }
        for origin in STRANGERS {
            let reply = server.get(&url).header("origin", origin);
            let reply = reply.send().await.expect(200);
            assert_eq!(reply.header("access-control-allow-origin"), "", "{url}");
            assert!(reply.header("vary").contains("Origin"), "{url}");
        }
        let alone = server.get(&url).send().await.expect(200);
        assert!(alone.header("vary").contains("Origin"), "{url}");
    }
    // Nothing but media is ever read by others.
    let me = server.get("/api/v1/me").by(&agent);
    let me = me.header("origin", "https://shop.example").send().await;
    assert_eq!(me.expect(200).header("access-control-allow-origin"), "");
}

#[tokio::test]
async fn v3_4_2_no_origin_is_reflected() {
    let (server, operator) = with_operator().await;

    for origin in ["https://evil.test", "null", "https://127.0.0.1.evil.test"] {
        for (method, path) in [
            ("GET", "/api/v1/me"),
            ("OPTIONS", "/api/v1/assets"),
            ("OPTIONS", "/files/"),
            ("GET", "/"),
            ("GET", "/openapi.json"),
            ("GET", "/m/none/none.jpg"),
            ("POST", "/rpc/list_levels"),
        ] {
            let request = server
                .request(method, path)
                .by(&operator)
                .header("origin", origin);
            let request = request.header("access-control-request-method", "POST");
            let reply = request.send().await;
            assert_eq!(
                reply.header("access-control-allow-origin"),
                "",
                "{method} {path}"
            );
            assert_eq!(
                reply.header("access-control-allow-credentials"),
                "",
                "{method} {path}"
            );
        }
    }
}
