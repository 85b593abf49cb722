//! `/folders`: made, listed and found.

use serde_json::json;

use crate::support::people::with_agent;

#[tokio::test]
async fn folders_lie_in_folders() {
    let (server, agent) = with_agent();
    let summer = server.folder(&agent, "Summer").await;
    let body = json!({ "name": "Beach", "parent_id": summer });
    let beach = server
        .post("/api/v1/folders")
        .by(&agent)
        .json(&body)
        .send()
        .await
        .expect(201);

    assert_eq!(beach.json()["parent_id"], summer);
    let listed = server.reads(&agent, "/api/v1/folders").await;
    let names: Vec<_> = listed["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| &f["name"])
        .collect();
    assert_eq!(names, ["Summer", "Beach"]);
    let found = server
        .reads(&agent, &format!("/api/v1/folders/{summer}"))
        .await;
    assert_eq!(found["name"], "Summer");
}

#[tokio::test]
async fn siblings_have_different_names() {
    let (server, agent) = with_agent();
    server.folder(&agent, "Summer").await;

    let body = json!({ "name": "Summer" });
    let reply = server
        .post("/api/v1/folders")
        .by(&agent)
        .json(&body)
        .send()
        .await;
    assert_eq!(reply.expect(409).code(), "conflict");
}

#[tokio::test]
async fn a_folder_needs_a_name_and_a_parent_that_is_there() {
    let (server, agent) = with_agent();

    for (body, status) in [
        (json!({}), 422),
        (json!({ "name": " " }), 422),
        (json!({ "name": "../x" }), 422),
        (json!({ "name": "x", "color": 5, "account_id": "acc" }), 422),
        (
            json!({ "name": "x", "parent_id": "fld_01J8Z3V5T0M6W2Q4R8X9Y7B1CD" }),
            404,
        ),
    ] {
        let reply = server
            .post("/api/v1/folders")
            .by(&agent)
            .json(&body)
            .send()
            .await;
        assert_eq!(reply.status, status, "{body}");
    }
}
