//! `/assets/{id}`: looked at, changed, trashed and restored.

use serde_json::json;

use crate::support::{
    files,
    people::{id_of, with_agent},
};

#[tokio::test]
async fn an_asset_is_renamed_described_moved_and_tagged() {
    let (server, agent) = with_agent();
    let id = id_of(
        &server
            .upload(&agent, "a.txt", &files::note("patch", 100))
            .await,
    );
    let folder = server.folder(&agent, "Summer").await;
    let path = format!("/api/v1/assets/{id}");
    let patch = json!({
        "name": "Beach ☀.txt", "alt_text": "A note.", "folder_id": folder, "tags": ["sea"],
    });

    let changed = server
        .patch(&path)
        .by(&agent)
        .json(&patch)
        .send()
        .await
        .expect(200)
        .json();
    assert_eq!(changed["name"], "Beach ☀.txt");
    assert_eq!(changed["folder_id"], folder);
    let top = json!({ "folder_id": null });
    let moved = server
        .patch(&path)
        .by(&agent)
        .json(&top)
        .send()
        .await
        .expect(200)
        .json();
    assert_eq!(moved["folder_id"], json!(null));
    assert_eq!(moved["alt_text"], "A note.");
    assert_eq!(moved["tags"], json!(["sea"]));
}

#[tokio::test]
async fn a_change_that_is_wrong_changes_nothing() {
    let (server, agent) = with_agent();
    let id = id_of(
        &server
            .upload(&agent, "a.txt", &files::note("all or nothing", 100))
            .await,
    );
    let path = format!("/api/v1/assets/{id}");
    let cases = [
        (json!({ "name": "", "alt_text": "x" }), 422),
        (json!({ "name": "a/b", "alt_text": "x" }), 422),
        (
            json!({ "folder_id": "fld_01J8Z3V5T0M6W2Q4R8X9Y7B1CD", "alt_text": "x" }),
            404,
        ),
        (json!({ "tags": ["x".repeat(65)], "alt_text": "x" }), 422),
        (json!([]), 422),
    ];

    for (patch, status) in cases {
        server
            .patch(&path)
            .by(&agent)
            .json(&patch)
            .send()
            .await
            .expect(status);
    }
    let request = server
        .patch(&path)
        .by(&agent)
        .header("content-type", "application/json");
    assert_eq!(
        request.body("{").send().await.expect(400).code(),
        "malformed"
    );
    let asset = server.reads(&agent, &path).await;
    assert_eq!(
        (&asset["name"], &asset["alt_text"]),
        (&json!("a.txt"), &json!(""))
    );
}

#[tokio::test]
async fn a_trashed_asset_comes_back_to_its_folder() {
    let (server, agent) = with_agent();
    let folder = server.folder(&agent, "Summer").await;
    let id = id_of(
        &server
            .upload(&agent, "a.txt", &files::note("trash", 100))
            .await,
    );
    let path = format!("/api/v1/assets/{id}");
    let patch = json!({ "folder_id": folder });
    server
        .patch(&path)
        .by(&agent)
        .json(&patch)
        .send()
        .await
        .expect(200);

    let trashed = server
        .delete(&path)
        .by(&agent)
        .send()
        .await
        .expect(200)
        .json();
    assert_eq!(trashed["state"], "trashed");
    assert!(trashed["purge_at"].is_string());
    let seen = server.reads(&agent, "/api/v1/assets").await;
    assert_eq!(seen["items"], json!([]));
    let trash = server.reads(&agent, "/api/v1/assets?state=trashed").await;
    assert_eq!(trash["items"][0]["id"], id);

    let back = server
        .post(&format!("{path}/restore"))
        .by(&agent)
        .send()
        .await
        .expect(200)
        .json();
    assert_eq!(
        (&back["state"], &back["folder_id"]),
        (&json!("active"), &json!(folder))
    );
}

#[tokio::test]
async fn private_answers_are_not_kept() {
    let (server, agent) = with_agent();
    let id = id_of(
        &server
            .upload(&agent, "a.txt", &files::note("private", 100))
            .await,
    );

    for path in [
        "/api/v1/me",
        "/api/v1/assets",
        &format!("/api/v1/assets/{id}"),
    ] {
        let reply = server.get(path).by(&agent).send().await.expect(200);
        assert_eq!(reply.header("cache-control"), "no-store", "{path}");
        assert_eq!(reply.header("content-type"), "application/json");
    }
    server
        .get("/api/v1/me/x.jpg")
        .by(&agent)
        .send()
        .await
        .expect(404);
}
