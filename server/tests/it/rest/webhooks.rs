//! `/webhooks`: made, told, looked after and removed.

use std::future::IntoFuture as _;

use axum::{Router, http::HeaderMap};
use serde_json::{Value, json};
use tokio::{
    net::TcpListener,
    sync::mpsc::{UnboundedReceiver, unbounded_channel},
};

use crate::support::{
    PATIENCE, Place, Server,
    people::{Who, id_of},
};

const WEBHOOKS: &str = "/api/v1/webhooks";

/// A place outside that is told.
struct Outside {
    url: String,
    told: UnboundedReceiver<(HeaderMap, String)>,
}

impl Outside {
    async fn listen() -> Self {
        let (send, told) = unbounded_channel();
        let hear = move |headers: HeaderMap, body: String| {
            let sent = send.send((headers, body));
            async move { sent.map_err(|_| "nobody listens") }
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let routes: Router = Router::new().fallback(hear);
        tokio::spawn(axum::serve(listener, routes).into_future());
        Self {
            url: format!("http://{address}/hooks"),
            told,
        }
    }

    /// The next that is told: its id, its signature and what it says.
    async fn hears(&mut self) -> (String, String, Value) {
        let told = tokio::time::timeout(PATIENCE, self.told.recv()).await;
        let (headers, body) = told.expect("in time").expect("something");
        let header = |name: &str| headers[name].to_str().unwrap().to_owned();
        let said = serde_json::from_str(&body).unwrap();
        (header("webhook-id"), header("webhook-signature"), said)
    }
}

/// A server that may tell this machine, with an administrator's token.
fn with_admin() -> (Server, Who) {
    let settings = [
        ("SATCHEL_EGRESS_ALLOW", "127.0.0.0/8"),
        ("SATCHEL_EGRESS_HTTP", "true"),
    ];
    let server = Place::empty().with(&settings).serve();
    server.account("Acme");
    let admin = server.token("Acme", "administrator");
    (server, admin)
}

async fn makes(server: &Server, admin: &Who, url: &str) -> Value {
    let body = json!({ "name": "Shop", "url": url, "events": ["folder.created"] });
    let made = server.post(WEBHOOKS).by(admin).json(&body).send().await;
    made.expect(201).json()
}

#[tokio::test]
async fn what_happens_is_told_and_told_again_on_request() {
    let (server, admin) = with_admin();
    let mut shop = Outside::listen().await;
    let made = makes(&server, &admin, &shop.url).await;
    let secret = made["secret"].as_str().unwrap();
    assert!(secret.starts_with("whsec_"));
    let path = format!("{WEBHOOKS}/{}", id_of(&made));
    let listed = server.reads(&admin, WEBHOOKS).await;
    assert_eq!(listed["items"][0]["state"], "on");
    assert!(!listed.to_string().contains("whsec_"), "shown once");

    let folder = server.folder(&admin, "Summer").await;
    let (id, signature, said) = shop.hears().await;
    assert!(id.starts_with("evt_") && signature.starts_with("v1,"));
    assert_eq!(said["type"], "folder.created");
    assert_eq!(said["data"]["id"], folder);

    let log = server.reads(&admin, &format!("{path}/deliveries")).await;
    let told = &log["items"][0];
    assert_eq!(told["message_id"], id);
    let again = format!("{path}/deliveries/{}/replay", id_of(told));
    let again = server.post(&again).by(&admin).send().await;
    assert_eq!(again.expect(201).json()["message_id"], id);
    let (same, _, _) = shop.hears().await;
    assert_eq!(same, id);

    let rotate = server.post(&format!("{path}/rotate-secret")).by(&admin);
    let rotated = rotate.send().await.expect(200).json();
    assert_ne!(rotated["secret"], secret);
    let test = server.post(&format!("{path}/test")).by(&admin);
    test.send().await.expect(201);
    let (_, signatures, said) = shop.hears().await;
    assert_eq!(said["type"], "webhook.test");
    assert_eq!(signatures.split(' ').count(), 2);

    let off = server.patch(&path).by(&admin);
    let off = off.json(&json!({ "enabled": false })).send().await;
    assert_eq!(off.expect(200).json()["state"], "off");
    let test = server.post(&format!("{path}/test")).by(&admin);
    assert_eq!(test.send().await.expect(409).code(), "conflict");
    server.delete(&path).by(&admin).send().await.expect(204);
    server.get(&path).by(&admin).send().await.expect(404);
}

#[tokio::test]
async fn a_secret_is_not_told_twice_to_who_asks_twice() {
    let (server, admin) = with_admin();
    let body = json!({ "name": "Shop", "url": "https://hooks.example.invalid/" });
    let ask = || {
        let request = server.post(WEBHOOKS).by(&admin);
        request.header("idempotency-key", "once").json(&body).send()
    };

    ask().await.expect(201);
    ask().await.expect(409);

    let listed = server.reads(&admin, WEBHOOKS).await;
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn what_is_no_webhook_is_refused() {
    let server = Server::fresh();
    server.account("Acme");
    let admin = server.token("Acme", "administrator");
    let good = "https://hooks.example.com/";
    for (body, field) in [
        (json!({ "name": "Shop" }), "body"),
        (json!({ "name": "Shop", "url": 7 }), "body"),
        (json!({ "name": "", "url": good }), "body"),
        (
            json!({ "name": "Shop", "url": good, "events": ["asset.eaten"] }),
            "body",
        ),
        (
            json!({ "name": "Shop", "url": good, "secret": "whsec_own" }),
            "body",
        ),
        (
            json!({ "name": "Shop", "url": good, "state": "gone" }),
            "body",
        ),
        (
            json!({ "name": "Shop", "url": "http://hooks.example.com/" }),
            "url",
        ),
        (
            json!({ "name": "Shop", "url": "https://127.0.0.1/" }),
            "url",
        ),
        (
            json!({ "name": "Shop", "url": "javascript:alert(1)" }),
            "url",
        ),
    ] {
        let reply = server.post(WEBHOOKS).by(&admin).json(&body).send().await;
        let refused = reply.expect(422);
        assert_eq!(refused.code(), "invalid", "{body}");
        assert_eq!(refused.json()["field"], field, "{body}");
    }
}

/// 1.3.6: the shared list of addresses that lead home, each in a writing of its own. What only a
/// look at its name can tell (`test.invalid`) is refused when it is asked, and told with the guard.
#[tokio::test]
async fn v1_3_6_addresses_that_lead_home_are_refused() {
    let Ok(corpus) = std::env::var("SATCHEL_CORPUS") else {
        eprintln!("addresses that lead home: SATCHEL_CORPUS is not set");
        return;
    };
    let list = std::path::Path::new(&corpus).join("vectors/ssrf_urls.jsonl");
    let list = std::fs::read_to_string(list).expect("the list of addresses");
    let settings = [("SATCHEL_EGRESS_HTTP", "true")];
    let server = Place::empty().with(&settings).serve();
    server.account("Acme");
    let admin = server.token("Acme", "administrator");
    for line in list.lines() {
        let row: Value = serde_json::from_str(line).expect("a row");
        let url = row["url"].as_str().expect("an address");
        let by_name = ["redirect.test.invalid", "rebind.test.invalid"];
        let is_let_in = row["verdict"] == "ACCEPT" || by_name.iter().any(|name| url.contains(name));
        let body = json!({ "name": "Row", "url": url });
        let reply = server.post(WEBHOOKS).by(&admin).json(&body).send().await;
        assert_eq!(reply.status, if is_let_in { 201 } else { 422 }, "{row}");
    }
}
