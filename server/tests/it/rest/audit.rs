//! `/audit`: one line for what was done, and none with a secret.

use crate::support::{Server, files, people::id_of};

#[tokio::test]
async fn what_was_done_is_written_down() {
    let server = Server::fresh();
    server.account("Acme");
    let anna = server
        .person("Acme", "anna@example.com", "administrator", false)
        .await;
    server
        .try_sign_in("anna@example.com", "a wrong guess")
        .await;
    let id = id_of(
        &server
            .upload(&anna, "a.txt", &files::note("audit", 100))
            .await,
    );
    server
        .delete(&format!("/api/v1/assets/{id}"))
        .by(&anna)
        .send()
        .await
        .expect(200);

    let trail = server.reads(&anna, "/api/v1/audit").await;
    let lines = trail["items"].as_array().unwrap();
    let has = |kind: &str| lines.iter().any(|line| line["kind"] == kind);
    for kind in [
        "asset_trashed",
        "asset_created",
        "user_signed_in",
        "user_sign_in_failed",
    ] {
        assert!(has(kind), "{kind}: {trail}");
    }
    let trashed = lines
        .iter()
        .find(|line| line["kind"] == "asset_trashed")
        .unwrap();
    assert_eq!(trashed["subject"], id);
    assert!(trashed["actor"].as_str().unwrap().starts_with("usr_"));
    assert_eq!(trashed["ip"], "127.0.0.1");
    assert!(!trail.to_string().contains("a wrong guess"));
}
