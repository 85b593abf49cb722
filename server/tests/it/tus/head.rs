//! `HEAD` tells how far an upload has come.

use crate::support::{
    files,
    people::with_agent,
    tus::{location, metadata},
};

#[tokio::test]
async fn what_was_said_is_given_back() {
    let (server, agent) = with_agent();
    let tus = server.tus(&agent);
    let said = format!(
        "{},is_confidential",
        metadata(&[("filename", "a.txt"), ("own", "word")])
    );
    let reply = tus
        .request("POST", "/files/")
        .header("upload-length", "100")
        .header("upload-metadata", &said)
        .send()
        .await;

    let head = tus
        .request("HEAD", &location(&reply))
        .send()
        .await
        .expect(200);
    assert_eq!(head.header("upload-metadata"), said);
    assert_eq!(head.header("upload-length"), "100");
    assert_eq!(head.header("upload-offset"), "0");
    assert_eq!(head.header("cache-control"), "no-store");
    assert!(!head.header("upload-expires").is_empty());
}

#[tokio::test]
async fn a_finished_upload_still_tells_its_asset() {
    let (server, agent) = with_agent();
    let tus = server.tus(&agent);
    let note = files::note("finished", 800);
    let path = tus.create("note.txt", note.len()).await;
    let done = tus.patch(&path, 0, note.clone()).send().await.expect(204);

    let head = tus.request("HEAD", &path).send().await.expect(200);
    assert_eq!(head.header("upload-offset"), note.len().to_string());
    assert_eq!(
        head.header("satchel-asset-id"),
        done.header("satchel-asset-id")
    );
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let (server, agent) = with_agent();
    let tus = server.tus(&agent);

    for id in [
        "upl_01J8Z3V5T0M6W2Q4R8X9Y7B1CD",
        "nothing",
        "ast_01J8Z3V5T0M6W2Q4R8X9Y7B1CD",
    ] {
        let reply = tus
            .request("HEAD", &format!("/files/{id}"))
            .send()
            .await
            .expect(404);
        assert_eq!(reply.header("tus-resumable"), "1.0.0");
        assert!(reply.header("upload-offset").is_empty());
    }
}
