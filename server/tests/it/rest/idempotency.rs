//! `Idempotency-Key`: sent twice, done once.

use serde_json::json;

use crate::support::{
    Part, Server, files, multipart,
    people::{Who, with_agent},
};

#[tokio::test]
async fn a_write_sent_twice_is_done_once() {
    let (server, agent) = with_agent();
    let send = async |key: &str, name: &str| {
        let request = server
            .post("/api/v1/folders")
            .by(&agent)
            .header("idempotency-key", key);
        request.json(&json!({ "name": name })).send().await
    };

    let first = send("k1", "Summer").await.expect(201);
    let second = send("k1", "Summer").await.expect(201);
    assert_eq!(first.json(), second.json());
    assert_eq!(second.header("idempotency-replayed"), "true");
    assert_eq!(second.header("content-type"), "application/json");
    send("k1", "Winter").await.expect(409);
    send("k2", "Winter").await.expect(201);
    send(&"x".repeat(256), "Spring").await.expect(400);
}

#[tokio::test]
async fn a_refusal_is_repeated_as_it_was() {
    let (server, agent) = with_agent();
    let send = async || {
        let request = server
            .post("/api/v1/folders")
            .by(&agent)
            .header("idempotency-key", "k");
        request.json(&json!({ "name": "" })).send().await
    };

    let first = send().await.expect(422);
    let second = send().await.expect(422);
    assert_eq!(first.json(), second.json());
    assert_eq!(second.header("content-type"), "application/problem+json");
}

#[tokio::test]
async fn a_file_sent_twice_is_one_asset() {
    let (server, agent) = with_agent();
    let note = files::note("twice", 300);
    let send = async || {
        let request = server
            .post("/api/v1/assets")
            .by(&agent)
            .header("idempotency-key", "up");
        request
            .typed(multipart(&[Part::File("a.txt", &note)]))
            .send()
            .await
            .expect(201)
            .json()
    };

    assert_eq!(send().await["id"], send().await["id"]);
    let listed = server.reads(&agent, "/api/v1/assets").await;
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_secret_is_not_kept_to_be_told_again() {
    let server = Server::fresh();
    server.account("Acme");
    let admin = server.token("Acme", "administrator");
    let send = async || {
        let request = server
            .post("/api/v1/tokens")
            .by(&admin)
            .header("idempotency-key", "t");
        request
            .json(&json!({ "name": "CI", "role": "agent" }))
            .send()
            .await
    };

    let secret = send().await.expect(201).json()["secret"]
        .as_str()
        .unwrap()
        .to_owned();
    let again = send().await.expect(409);
    assert!(!again.text().contains(&secret));
    server
        .get("/api/v1/me")
        .by(&Who::Token(secret))
        .send()
        .await
        .expect(200);
    let listed = server.reads(&admin, "/api/v1/tokens").await;
    assert_eq!(listed["items"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_key_brings_no_second_file_of_another_length() {
    let (server, agent) = with_agent();
    let send = async |text: &str| {
        let note = files::note(text, 100 + text.len());
        let request = server.post("/api/v1/assets").by(&agent);
        let request = request.header("idempotency-key", "f");
        request
            .typed(multipart(&[Part::File("note.txt", &note)]))
            .send()
            .await
    };

    let first = send("one").await.expect(201).json();
    assert_eq!(send("one").await.expect(201).json()["id"], first["id"]);
    send("another").await.expect(409);
}
