//! `/tokens`: made, used, listed and revoked.

use serde_json::json;

use crate::support::{Server, people::Who};

#[tokio::test]
async fn a_token_works_until_it_is_revoked() {
    let server = Server::fresh();
    server.account("Acme");
    let admin = server.token("Acme", "administrator");
    let body = json!({ "name": "CI", "role": "agent", "scopes": ["read"] });
    let made = server
        .post("/api/v1/tokens")
        .by(&admin)
        .json(&body)
        .send()
        .await
        .expect(201)
        .json();
    let secret = made["secret"].as_str().unwrap();
    let ci = Who::Token(secret.to_owned());

    server
        .get("/api/v1/assets")
        .by(&ci)
        .send()
        .await
        .expect(200);
    let body = json!({ "name": "x" });
    server
        .post("/api/v1/folders")
        .by(&ci)
        .json(&body)
        .send()
        .await
        .expect(403);
    let listed = server.reads(&admin, "/api/v1/tokens").await;
    assert_eq!(listed["items"].as_array().unwrap().len(), 2);
    assert!(!listed.to_string().contains(secret));

    let path = format!("/api/v1/tokens/{}", made["id"].as_str().unwrap());
    let revoked = server
        .delete(&path)
        .by(&admin)
        .send()
        .await
        .expect(200)
        .json();
    assert!(revoked["revoked_at"].is_string());
    server
        .get("/api/v1/assets")
        .by(&ci)
        .send()
        .await
        .expect(401);
}
