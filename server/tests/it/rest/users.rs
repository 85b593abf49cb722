//! `/users`: the people of an account.

use serde_json::json;

use crate::support::{Server, people::PASSWORD};

#[tokio::test]
async fn an_administrator_adds_and_disables_people() {
    let server = Server::fresh();
    server.account("Acme");
    let anna = server
        .person("Acme", "anna@example.com", "administrator", false)
        .await;
    let body = json!({
        "email": "ben@example.com", "name": "Ben", "role": "agent", "password": PASSWORD,
    });
    let made = server
        .post("/api/v1/users")
        .by(&anna)
        .json(&body)
        .send()
        .await
        .expect(201)
        .json();
    assert_eq!(made.get("password"), None);
    assert_eq!(made["operator"], false);
    let ben = server.signs_in("ben@example.com").await;

    let path = format!("/api/v1/users/{}", made["id"].as_str().unwrap());
    server
        .post(&format!("{path}/disable"))
        .by(&anna)
        .send()
        .await
        .expect(200);
    server.get("/api/v1/me").by(&ben).send().await.expect(401);
    let refused = server
        .try_sign_in("ben@example.com", PASSWORD)
        .await
        .expect(303);
    assert!(refused.header("location").starts_with("/sign-in?problem="));
    server
        .post(&format!("{path}/enable"))
        .by(&anna)
        .send()
        .await
        .expect(200);
    server.signs_in("ben@example.com").await;
}

#[tokio::test]
async fn a_password_that_was_made_up_is_told_once() {
    let server = Server::fresh();
    server.account("Acme");
    let admin = server.token("Acme", "administrator");
    let body = json!({ "email": "ben@example.com", "name": "Ben", "role": "agent" });

    let made = server
        .post("/api/v1/users")
        .by(&admin)
        .json(&body)
        .send()
        .await
        .expect(201)
        .json();
    let password = made["password"].as_str().expect("a password");
    let reply = server
        .try_sign_in("ben@example.com", password)
        .await
        .expect(303);
    assert_eq!(reply.header("location"), "/");
    let people = server.reads(&admin, "/api/v1/users").await;
    assert!(!people.to_string().contains(password));
}

#[tokio::test]
async fn nobody_becomes_operator_by_asking() {
    let server = Server::fresh();
    server.account("Acme");
    let admin = server.token("Acme", "administrator");
    let body = json!({
        "email": "eve@example.com", "name": "Eve", "role": "agent", "operator": true,
    });

    server
        .post("/api/v1/users")
        .by(&admin)
        .json(&body)
        .send()
        .await
        .expect(422);
}
