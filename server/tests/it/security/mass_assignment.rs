//! 8.2.3: nobody changes what is not theirs to change by naming it.

use serde_json::json;

use super::with_operator;
use crate::support::{files, people::id_of, tus::metadata};

#[tokio::test]
async fn v8_2_3_fields_of_our_own_are_refused() {
    let (server, operator) = with_operator().await;
    let id = id_of(
        &server
            .upload(&operator, "a.txt", &files::note("ours", 100))
            .await,
    );
    let path = format!("/api/v1/assets/{id}");
    let before = server.reads(&operator, &path).await;

    for field in [
        "account_id",
        "blob_key",
        "size",
        "sha256",
        "mime",
        "kind",
        "state",
        "status",
        "quota",
        "role",
        "public",
        "url",
        "id",
        "created_by",
        "version",
        "identified",
        "analyzed",
    ] {
        let patch = json!({ "name": "b.txt", field: "x" });
        let reply = server.patch(&path).by(&operator).json(&patch).send().await;
        assert!(
            matches!(reply.status, 400 | 422),
            "{field}: {}",
            reply.status
        );
    }
    assert_eq!(server.reads(&operator, &path).await, before);
}

#[tokio::test]
async fn v5_2_2_what_upload_metadata_claims_is_not_believed() {
    let (server, operator) = with_operator().await;
    let note = files::note("claims", 200);
    let claims = metadata(&[
        ("filename", "a.txt"),
        ("filetype", "text/html"),
        ("sha256", "00"),
        ("kind", "image"),
        ("account_id", "acc_01J8Z3V5T0M6W2Q4R8X9Y7B1CD"),
        ("identified", "true"),
    ]);
    let request = server.tus(&operator).request("POST", "/files/");
    let reply = request
        .header("upload-length", &note.len().to_string())
        .header("upload-metadata", &claims)
        .header("content-type", "application/offset+octet-stream")
        .body(note.clone())
        .send()
        .await
        .expect(201);

    let id = reply.header("satchel-asset-id");
    let asset = server
        .reads(&operator, &format!("/api/v1/assets/{id}"))
        .await;
    assert_eq!(
        (&asset["kind"], &asset["mime"]),
        (&json!("document"), &json!("text/plain"))
    );
    assert_eq!(asset["sha256"], files::sha256(&note));
}
