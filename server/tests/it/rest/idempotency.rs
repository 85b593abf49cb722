//! `Idempotency-Key`: sent twice, done once.

use serde_json::json;
use tokio::{io::AsyncWriteExt as _, net::TcpStream};

use crate::support::{
    Part, Reply, Request, Server, files, multipart,
    people::{Who, with_agent},
    tus::metadata,
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

#[tokio::test]
async fn whoever_leaves_before_the_answer_asks_again_and_is_told_it() {
    let (server, agent) = with_agent();
    let photo = files::photo();
    let form = || multipart(&[Part::File("astronaut.jpg", &photo)]);
    let (kind, body) = form();
    let head = format!(
        "POST /api/v1/assets HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\n\
         Idempotency-Key: left\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
        secret(&agent),
        body.len()
    );
    let mut stream = TcpStream::connect(server.authority()).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(&body).await.unwrap();
    has_come(&server, &agent, photo.len()).await;
    drop(stream);

    let again = || {
        let request = server.post("/api/v1/assets").by(&agent);
        request.header("idempotency-key", "left").typed(form())
    };
    let reply = until_done(again).await.expect(201);
    assert_eq!(reply.header("idempotency-replayed"), "true");
    let listed = server.reads(&agent, "/api/v1/assets").await;
    let items = listed["items"].as_array().unwrap();
    assert_eq!(items.len(), 1);
    assert_eq!(items[0]["id"], reply.json()["id"]);
}

#[tokio::test]
async fn a_form_that_broke_off_leaves_its_key_free() {
    let (server, agent) = with_agent();
    let note = files::note("broken off", 300_000);
    let form = || multipart(&[Part::File("a.txt", &note)]);
    let (kind, body) = form();
    let head = format!(
        "POST /api/v1/assets HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\n\
         Idempotency-Key: half\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
        secret(&agent),
        body.len()
    );
    let mut stream = TcpStream::connect(server.authority()).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(&body[..body.len() / 2]).await.unwrap();
    drop(stream);

    let again = || {
        let request = server.post("/api/v1/assets").by(&agent);
        request.header("idempotency-key", "half").typed(form())
    };
    until_done(again).await.expect(201);
    let listed = server.reads(&agent, "/api/v1/assets").await;
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn an_upload_begun_twice_with_a_key_is_one() {
    let (server, agent) = with_agent();
    let note = files::note("begun twice", 3_000);
    let send = async |key: &str, length: usize| {
        let request = server.tus(&agent).request("POST", "/files/");
        let request = request
            .header("idempotency-key", key)
            .header("upload-length", &length.to_string())
            .header("upload-metadata", &metadata(&[("filename", "note.txt")]));
        let kind = "application/offset+octet-stream";
        let request = request.header("content-type", kind);
        request.body(note.slice(..length)).send().await
    };

    let first = send("u", note.len()).await.expect(201);
    let second = send("u", note.len()).await.expect(201);
    assert_eq!(second.header("idempotency-replayed"), "true");
    for told in ["location", "satchel-asset-id", "upload-offset"] {
        assert!(!first.header(told).is_empty(), "{told}");
        assert_eq!(first.header(told), second.header(told));
    }
    send("u", 100).await.expect(409);

    let asked = server.tus(&agent).request("POST", "/files/");
    let asked = asked
        .header("idempotency-key", "u")
        .header("upload-length", &note.len().to_string())
        .header("upload-metadata", &metadata(&[("filename", "note.txt")]));
    let told = asked.send().await.expect(201);
    assert_eq!(
        told.header("satchel-asset-id"),
        first.header("satchel-asset-id"),
        "asked without its bytes"
    );
    let listed = server.reads(&agent, "/api/v1/assets").await;
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
}

fn secret(who: &Who) -> &str {
    match who {
        Who::Token(secret) => secret,
        _ => unreachable!("agents have tokens"),
    }
}

/// Waits until a file of so many bytes lies on the server, whatever becomes of it.
async fn has_come(server: &Server, who: &Who, length: usize) {
    let lies_there = || {
        let files = server.files_in("data").into_iter();
        files
            .filter_map(|path| path.metadata().ok())
            .any(|file| file.len() == length as u64)
    };
    let is_listed = async || {
        let listed = server.reads(who, "/api/v1/assets").await;
        !listed["items"].as_array().unwrap().is_empty()
    };
    while !lies_there() && !is_listed().await {
        tokio::task::yield_now().await;
    }
}

/// Asks until the first request is no longer under way.
async fn until_done(again: impl Fn() -> Request) -> Reply {
    loop {
        let reply = again().send().await;
        if reply.status != 409 {
            return reply;
        }
        tokio::task::yield_now().await;
    }
}
