//! `Upload-Checksum`: a piece that does not match is dropped whole.

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

use crate::support::{files, people::with_agent};

#[tokio::test]
async fn a_piece_that_matches_is_taken() {
    let (server, agent) = with_agent();
    let tus = server.tus(&agent);
    let note = files::note("checked", 2_000);
    let path = tus.create("note.txt", note.len()).await;
    let digest = STANDARD.encode(Sha256::digest(&note));

    let reply = tus
        .patch(&path, 0, note)
        .header("upload-checksum", &format!("sha256 {digest}"))
        .send()
        .await;
    assert!(!reply.expect(204).header("satchel-asset-id").is_empty());
}

#[tokio::test]
async fn sha1_is_known_too() {
    let (server, agent) = with_agent();
    let tus = server.tus(&agent);
    let path = tus.create("note.txt", 100).await;

    // The SHA-1 of "hello world".
    let reply = tus
        .patch(&path, 0, "hello world")
        .header("upload-checksum", "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=")
        .send()
        .await;
    assert_eq!(reply.expect(204).header("upload-offset"), "11");
}

#[tokio::test]
async fn a_piece_that_does_not_match_is_dropped_whole() {
    let (server, agent) = with_agent();
    let tus = server.tus(&agent);
    let path = tus.create("note.txt", 100).await;

    let reply = tus
        .patch(&path, 0, "hellO world")
        .header("upload-checksum", "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=")
        .send()
        .await
        .expect(460);
    assert_eq!(reply.code(), "checksum_mismatch");
    assert_eq!(tus.offset(&path).await, 0);
    tus.patch(&path, 0, "hello world").send().await.expect(204);
}

#[tokio::test]
async fn an_algorithm_that_is_not_spoken_is_malformed() {
    let (server, agent) = with_agent();
    let tus = server.tus(&agent);
    let path = tus.create("note.txt", 100).await;

    for checksum in [
        "md5 XrY7u+Ae7tCTyyK7j1rNww==",
        "sha1",
        "sha1 AAAA",
        "sha256 ***",
    ] {
        let request = tus
            .patch(&path, 0, "hello world")
            .header("upload-checksum", checksum);
        request.send().await.expect(400);
    }
    assert_eq!(tus.offset(&path).await, 0);
}
