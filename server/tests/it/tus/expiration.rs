//! `Upload-Expires`: when an upload that nobody goes on with is given up.

use std::time::Duration;

use crate::support::{files, people::with_agent};

#[tokio::test]
async fn an_upload_under_way_says_when_it_ends() {
    let (server, agent) = with_agent();
    let tus = server.tus(&agent);
    let note = files::note("expiry", 2_000);
    let path = tus.create("note.txt", note.len()).await;

    let head = tus.request("HEAD", &path).send().await.expect(200);
    let patch = tus
        .patch(&path, 0, note.slice(..1_000))
        .send()
        .await
        .expect(204);
    for reply in [head, patch] {
        let ends = httpdate::parse_http_date(reply.header("upload-expires")).expect("a date");
        let now = httpdate::parse_http_date(reply.header("date")).expect("a date");
        let left = ends.duration_since(now).expect("ahead");
        assert!(left > Duration::from_hours(1), "{left:?}");
    }
    let done = tus
        .patch(&path, 1_000, note.slice(1_000..))
        .send()
        .await
        .expect(204);
    assert!(done.header("upload-expires").is_empty());
}
