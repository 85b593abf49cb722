//! `POST` begins an upload.

use std::time::Duration;

use crate::support::{
    files,
    people::with_agent,
    tus::{location, metadata},
};

#[tokio::test]
async fn an_upload_is_begun_and_has_an_address() {
    let (server, agent) = with_agent();
    let reply = server
        .tus(&agent)
        .request("POST", "/files/")
        .header("upload-length", "100")
        .header("upload-metadata", &metadata(&[("filename", "note.txt")]))
        .send()
        .await
        .expect(201);

    assert!(reply.header("location").starts_with(&server.url));
    assert!(reply.header("upload-expires").ends_with(" GMT"));
    assert_eq!(server.tus(&agent).offset(&location(&reply)).await, 0);
}

#[tokio::test]
async fn a_whole_file_may_come_along() {
    let (server, agent) = with_agent();
    let note = files::note("creation", 5_000);
    let reply = server
        .tus(&agent)
        .request("POST", "/files/")
        .header("upload-length", &note.len().to_string())
        .header("upload-metadata", &metadata(&[("filename", "note.txt")]))
        .header("content-type", "application/offset+octet-stream")
        .body(note.clone())
        .send()
        .await
        .expect(201);

    assert_eq!(reply.header("upload-offset"), note.len().to_string());
    let id = reply.header("satchel-asset-id");
    let asset = server.reads(&agent, &format!("/api/v1/assets/{id}")).await;
    assert_eq!(asset["sha256"], files::sha256(&note));
}

#[tokio::test]
async fn the_first_bytes_may_come_along() {
    let (server, agent) = with_agent();
    let note = files::note("first bytes", 3_000);
    let tus = server.tus(&agent);
    let reply = tus
        .request("POST", "/files/")
        .header("upload-length", &note.len().to_string())
        .header("upload-metadata", &metadata(&[("filename", "note.txt")]))
        .header("content-type", "application/offset+octet-stream")
        .body(note.slice(..1_000))
        .send()
        .await
        .expect(201);

    assert_eq!(reply.header("upload-offset"), "1000");
    let done = tus
        .patch(&location(&reply), 1_000, note.slice(1_000..))
        .send()
        .await;
    assert!(!done.expect(204).header("satchel-asset-id").is_empty());
}

#[tokio::test]
async fn all_bytes_may_come_along_and_the_upload_is_known_afterwards() {
    let (server, agent) = with_agent();
    let note = files::note("whole", 3_000);
    let tus = server.tus(&agent);
    let send = async |length: usize| {
        let length = length.to_string();
        tus.request("POST", "/files/")
            .header("upload-length", &length)
            .header("upload-metadata", &metadata(&[("filename", "note.txt")]))
            .header("content-type", "application/offset+octet-stream")
            .body(note.clone())
            .send()
            .await
    };

    let reply = send(note.len()).await.expect(201);
    assert_eq!(reply.header("upload-offset"), note.len().to_string());
    let asset = reply.header("satchel-asset-id");
    let path = format!("/api/v1/assets/{asset}");
    let told = server.reads(&agent, &path).await;
    assert_eq!(told["sha256"], files::sha256(&note));
    let head = tus.request("HEAD", &location(&reply)).send().await;
    let head = head.expect(200);
    assert_eq!(head.header("upload-offset"), note.len().to_string());
    assert_eq!(head.header("satchel-asset-id"), asset);

    assert!(server.files_in("data/staging").is_empty());
    send(note.len() - 1).await.expect(413);
}

#[tokio::test]
async fn an_upload_whose_first_bytes_fail_holds_nothing_back() {
    let (server, agent) = with_agent();
    let note = files::note("damaged on the way", 3_000);
    server
        .tus(&agent)
        .request("POST", "/files/")
        .header("upload-length", "9000")
        .header("upload-metadata", &metadata(&[("filename", "note.txt")]))
        .header("upload-checksum", "sha1 AAAAAAAAAAAAAAAAAAAAAAAAAAA=")
        .header("content-type", "application/offset+octet-stream")
        .body(note)
        .send()
        .await
        .expect(460);

    let freed = async {
        while server.reads(&agent, "/api/v1/usage").await["reserved"] != 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), freed)
        .await
        .expect("what nobody can go on with is given up");
}

#[tokio::test]
async fn a_length_must_be_said_once_and_be_one() {
    let (server, agent) = with_agent();
    let tus = server.tus(&agent);

    tus.request("POST", "/files/").send().await.expect(400);
    for length in ["-1", "x", "1.5", "99999999999999999999"] {
        let request = tus
            .request("POST", "/files/")
            .header("upload-length", length);
        assert_eq!(
            request.send().await.expect(400).code(),
            "malformed",
            "{length}"
        );
    }
    tus.request("POST", "/files/")
        .header("upload-length", "5")
        .header("upload-defer-length", "1")
        .send()
        .await
        .expect(400);
}

#[tokio::test]
async fn metadata_that_makes_no_sense_is_refused() {
    let (server, agent) = with_agent();
    let tus = server.tus(&agent);

    for text in ["filename ???", "filename QQ==,filename QQ=="] {
        tus.request("POST", "/files/")
            .header("upload-length", "5")
            .header("upload-metadata", text)
            .send()
            .await
            .expect(400);
    }
}

#[tokio::test]
async fn what_cannot_fit_is_refused_before_any_byte() {
    let (server, agent) = with_agent();
    let tus = server.tus(&agent);

    let reply = tus
        .request("POST", "/files/")
        .header("upload-length", "100000001")
        .send()
        .await;
    assert_eq!(reply.expect(413).code(), "too_large");
    let reply = tus
        .request("POST", "/files/")
        .header("upload-length", "0")
        .send()
        .await;
    assert_eq!(reply.expect(422).code(), "empty_file");
    assert!(server.files_in("data/staging").is_empty());
}

#[tokio::test]
async fn metadata_gives_folder_and_tags() {
    let (server, agent) = with_agent();
    let folder = server.folder(&agent, "Summer").await;
    let note = files::note("summer", 500);
    let pairs = [
        ("filename", "beach.txt"),
        ("folder_id", folder.as_str()),
        ("relative_path", "2026/July/beach.txt"),
        ("tags", "sea, sun"),
    ];
    let reply = server
        .tus(&agent)
        .request("POST", "/files/")
        .header("upload-length", &note.len().to_string())
        .header("upload-metadata", &metadata(&pairs))
        .header("content-type", "application/offset+octet-stream")
        .body(note)
        .send()
        .await
        .expect(201);

    let id = reply.header("satchel-asset-id");
    let asset = server.reads(&agent, &format!("/api/v1/assets/{id}")).await;
    assert_eq!(asset["tags"], serde_json::json!(["sea", "sun"]));
    let place = asset["folder_id"].as_str().unwrap().to_owned();
    let july = server
        .reads(&agent, &format!("/api/v1/folders/{place}"))
        .await;
    assert_eq!(july["name"], "July");
    let year = july["parent_id"].as_str().unwrap().to_owned();
    let year = server
        .reads(&agent, &format!("/api/v1/folders/{year}"))
        .await;
    assert_eq!(year["parent_id"], folder);
}
