//! What lies on disk, and what is told when something is down.

use std::os::unix::fs::PermissionsExt;

use crate::support::{files, people::with_agent};

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
        for secret in ["/tmp", "blobs", "os error", "panicked", "a note about gone"] {
            assert!(!told.contains(secret), "{told}");
        }
    }
    server.get("/healthz").send().await.expect(200);
}
