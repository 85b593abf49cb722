//! `/accounts`: for operators.

use serde_json::json;

use crate::support::Server;

#[tokio::test]
async fn an_operator_makes_and_limits_accounts() {
    let server = Server::fresh();
    server.account("Acme");
    let op = server
        .person("Acme", "op@example.com", "administrator", true)
        .await;
    let body = json!({ "name": "Beta" });
    let made = server
        .post("/api/v1/accounts")
        .by(&op)
        .json(&body)
        .send()
        .await
        .expect(201)
        .json();
    assert_eq!(made["limits"]["max_size"]["image"], 5_000_000);

    let mut limits = made["limits"].clone();
    limits["quota"] = json!(1_000_000);
    let path = format!("/api/v1/accounts/{}", made["id"].as_str().unwrap());
    let body = json!({ "limits": limits, "library_enabled": false });
    let set = server
        .patch(&path)
        .by(&op)
        .json(&body)
        .send()
        .await
        .expect(200)
        .json();
    assert_eq!(set["limits"]["quota"], 1_000_000);
    assert_eq!(set["library_enabled"], false);
    let listed = server.reads(&op, "/api/v1/accounts").await;
    assert_eq!(listed["items"].as_array().unwrap().len(), 2);
}
