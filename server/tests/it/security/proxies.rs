//! 4.1.3: what a stranger says about where it comes from is not believed.

use crate::support::{Place, people::with_agent, tus::location};

const FORWARDED: [(&str, &str); 4] = [
    ("x-forwarded-for", "203.0.113.9"),
    ("x-forwarded-proto", "https"),
    ("x-forwarded-host", "evil.test"),
    ("forwarded", "for=203.0.113.9;host=evil.test;proto=https"),
];

#[tokio::test]
async fn v4_1_3_no_header_poisons_a_link() {
    let (server, agent) = with_agent();
    let mut request = server
        .tus(&agent)
        .request("POST", "/files/")
        .header("upload-length", "5");
    for (name, value) in FORWARDED {
        request = request.header(name, value);
    }
    let reply = request.header("host", "evil.test").send().await.expect(201);

    assert!(
        location(&reply).starts_with(&server.url),
        "{}",
        location(&reply)
    );
}

#[tokio::test]
async fn v4_1_3_the_address_in_the_trail_is_the_peer_unless_a_proxy_tells() {
    for (trusted, expected) in [("", "127.0.0.1"), ("127.0.0.0/8", "203.0.113.9")] {
        let server = Place::empty()
            .with(&[("SATCHEL_TRUSTED_PROXIES", trusted)])
            .serve();
        server.account("Acme");
        let admin = server.token("Acme", "administrator");
        let mut request = server.post("/api/v1/folders").by(&admin);
        for (name, value) in FORWARDED {
            request = request.header(name, value);
        }
        request
            .json(&serde_json::json!({ "name": "x" }))
            .send()
            .await
            .expect(201);

        let trail = server.reads(&admin, "/api/v1/audit").await;
        let made = trail["items"]
            .as_array()
            .unwrap()
            .iter()
            .find(|line| line["kind"] == "folder_created")
            .expect("a line");
        assert_eq!(made["ip"], expected);
    }
}
