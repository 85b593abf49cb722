//! `DELETE` gives an upload up.

use crate::support::{files, people::with_agent};

#[tokio::test]
async fn an_upload_that_is_given_up_frees_what_it_held() {
    let (server, agent) = with_agent();
    let tus = server.tus(&agent);
    let path = tus.create("note.txt", 5_000).await;
    tus.patch(&path, 0, files::note("given up", 1_000))
        .send()
        .await
        .expect(204);
    let held = server.reads(&agent, "/api/v1/usage").await;
    assert_eq!(held["reserved"], 5_000);

    tus.request("DELETE", &path).send().await.expect(204);

    let head = tus.request("HEAD", &path).send().await;
    assert!(matches!(head.status, 404 | 410), "{}", head.status);
    let patch = tus.patch(&path, 1_000, "more").send().await;
    assert!(matches!(patch.status, 404 | 410), "{}", patch.status);
    assert_eq!(server.reads(&agent, "/api/v1/usage").await["reserved"], 0);
    assert!(server.files_in("data/staging").is_empty());
}
