//! `Upload-Defer-Length`: the length is said when it is known.

use crate::support::{
    files,
    people::with_agent,
    tus::{location, metadata},
};

#[tokio::test]
async fn the_length_may_be_said_with_the_last_bytes() {
    let (server, agent) = with_agent();
    let tus = server.tus(&agent);
    let note = files::note("deferred", 4_000);
    let reply = tus
        .request("POST", "/files/")
        .header("upload-defer-length", "1")
        .header("upload-metadata", &metadata(&[("filename", "note.txt")]))
        .send()
        .await
        .expect(201);
    let path = location(&reply);
    let head = tus.request("HEAD", &path).send().await.expect(200);
    assert_eq!(head.header("upload-defer-length"), "1");
    assert!(head.header("upload-length").is_empty());

    tus.patch(&path, 0, note.slice(..1_500))
        .send()
        .await
        .expect(204);
    let done = tus
        .patch(&path, 1_500, note.slice(1_500..))
        .header("upload-length", &note.len().to_string())
        .send()
        .await
        .expect(204);

    let id = done.header("satchel-asset-id");
    let asset = server.reads(&agent, &format!("/api/v1/assets/{id}")).await;
    assert_eq!(asset["sha256"], files::sha256(&note));
    let head = tus.request("HEAD", &path).send().await.expect(200);
    assert!(head.header("upload-defer-length").is_empty());
}

#[tokio::test]
async fn only_one_word_defers() {
    let (server, agent) = with_agent();

    for word in ["0", "2", "true"] {
        let request = server.tus(&agent).request("POST", "/files/");
        request
            .header("upload-defer-length", word)
            .send()
            .await
            .expect(400);
    }
}

#[tokio::test]
async fn a_length_that_was_said_stays() {
    let (server, agent) = with_agent();
    let tus = server.tus(&agent);
    let path = tus.create("note.txt", 100).await;

    let reply = tus
        .patch(&path, 0, "abc")
        .header("upload-length", "50")
        .send()
        .await;
    assert!((400..500).contains(&reply.status), "{}", reply.status);
    let head = tus.request("HEAD", &path).send().await.expect(200);
    assert_eq!(head.header("upload-length"), "100");
}
