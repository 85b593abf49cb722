//! `/assets/{id}/copy`: other assets on the same bytes, made once for one key.

use serde_json::json;

use crate::support::{
    files,
    people::{id_of, with_agent},
};

#[tokio::test]
async fn a_file_is_copied_once_however_often_it_is_asked() {
    let (server, agent) = with_agent();
    let photo = server.upload(&agent, "photo.jpg", &files::photo()).await;
    let used = server.reads(&agent, "/api/v1/usage").await["used"].clone();
    let path = format!("/api/v1/assets/{}/copy", id_of(&photo));
    let copy = || {
        let request = server.post(&path).by(&agent);
        request.header("idempotency-key", "copy-once").send()
    };

    let made = copy().await.expect(201).json();
    assert_eq!(copy().await.expect(201).json(), made);

    assert_eq!(made["name"], "photo copy.jpg");
    assert_eq!(made["sha256"], photo["sha256"]);
    assert_ne!(made["id"], photo["id"]);
    assert_eq!(server.reads(&agent, "/api/v1/usage").await["used"], used);
    let content = format!("/api/v1/assets/{}/content", id_of(&made));
    let content = server.get(&content).by(&agent).send().await.expect(200);
    assert_eq!(content.body, files::photo());
}

#[tokio::test]
async fn a_copy_lies_where_it_is_asked_to() {
    let (server, agent) = with_agent();
    let folder = server.folder(&agent, "Summer").await;
    let note = server.upload(&agent, "a.txt", &files::note("a", 50)).await;
    let path = format!("/api/v1/assets/{}/copy", id_of(&note));
    let copy = async |body| {
        let request = server.post(&path).by(&agent).json(&body);
        request.send().await
    };

    let there = copy(json!({ "folder_id": folder, "name": "b.txt" })).await;
    let there = there.expect(201).json();
    assert_eq!(
        (&there["folder_id"], &there["name"]),
        (&json!(folder), &json!("b.txt"))
    );
    let nowhere = json!({ "folder_id": "fld_01J8Z3V5T0M6W2Q4R8X9Y7B1CD" });
    copy(nowhere).await.expect(404);
    copy(json!({ "colour": "red" })).await.expect(422);
    copy(json!({ "name": "a/b" })).await.expect(422);
}
