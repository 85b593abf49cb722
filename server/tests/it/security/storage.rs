//! What lies on disk, and what is told when something is down.

use std::os::unix::fs::PermissionsExt;

use crate::support::{
    Part, Place, files,
    people::{id_of, with_agent},
};

/// What tells of the machine and of the program, and of neither to somebody outside.
const INSIDE: [&str; 4] = ["/tmp", "blobs", "os error", "panicked"];

#[tokio::test]
async fn cs_4_stored_files_are_nobody_elses_and_never_run() {
    let (server, agent) = with_agent();
    server
        .upload(&agent, "run.sh.txt", &files::note("a program", 100))
        .await;
    server.upload(&agent, "a.jpg", &files::photo()).await;

    for file in server.files_in("blobs") {
        let mode = std::fs::metadata(&file).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode & 0o137, 0, "{} has mode {mode:o}", file.display());
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        assert!(!name.contains("run.sh"), "{name}");
    }
}

#[tokio::test]
async fn v16_5_bytes_that_are_gone_are_told_without_their_place() {
    let (server, agent) = with_agent();
    let asset = server
        .upload(&agent, "a.txt", &files::note("gone", 200))
        .await;
    for file in server.files_in("blobs") {
        std::fs::remove_file(file).unwrap();
    }
    if std::env::var("SATCHEL_TEST_BLOBS").is_ok() {
        println!("skipped: the store is not a folder");
        return;
    }

    let path = format!("/api/v1/assets/{}/content", asset["id"].as_str().unwrap());
    let reply = server.get(&path).by(&agent).try_send().await;
    if let Ok(reply) = reply {
        let told = reply.text().to_lowercase();
        for secret in INSIDE.into_iter().chain(["a note about gone"]) {
            assert!(!told.contains(secret), "{told}");
        }
    }
    server.get("/healthz").send().await.expect(200);
}

#[tokio::test]
async fn v16_5_while_the_store_is_gone_uploads_wait_and_are_told_no_more() {
    let place = Place::empty();
    let url = format!("fs://{}/blobs", place.folder().display());
    let server = place.with(&[("SATCHEL_STORAGE_URL", &url)]).serve();
    server.account("Acme");
    let agent = server.token("Acme", "agent");
    let tus = server.tus(&agent);
    let before = files::note("before", 300);
    let asset = id_of(&server.upload(&agent, "a.txt", &before).await);
    let note = files::note("later", 500);
    let upload = tus.create("b.txt", note.len()).await;
    let store = server.place.folder().join("blobs");
    let aside = server.place.folder().join("aside");

    std::fs::rename(&store, &aside).unwrap();
    let parts = [Part::File("c.txt", &note)];
    let form = server.upload_with(&agent, &parts).await;
    let piece = tus.patch(&upload, 0, note.clone()).send().await;
    for reply in [form, piece] {
        assert_eq!(reply.status, 503, "{}", reply.text());
        assert_eq!(reply.code(), "unavailable");
        assert!(!reply.header("retry-after").is_empty());
        let told = reply.text().to_lowercase();
        assert!(!INSIDE.iter().any(|secret| told.contains(secret)), "{told}");
    }
    server.get("/healthz").send().await.expect(200);
    std::fs::rename(&aside, &store).unwrap();

    // All of it is here still.
    let done = tus.patch(&upload, note.len(), "").send().await.expect(204);
    let later = done.header("satchel-asset-id").to_owned();
    for (id, bytes) in [(asset, before), (later, note)] {
        let path = format!("/api/v1/assets/{id}/content");
        let content = server.get(&path).by(&agent).send().await;
        assert_eq!(content.expect(200).body, bytes);
    }
}
