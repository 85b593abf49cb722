//! `/audit`: one line for what was done, and none with a secret.

use std::time::Instant;

use serde_json::json;

use crate::support::{
    PATIENCE, Server, files,
    people::{Who, id_of},
};

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

/// 16.x: what is another account's is answered and written down like what is nobody's.
#[tokio::test]
async fn v16_a_try_at_what_is_not_ones_own_leaves_a_line_that_says_who_and_where() {
    let server = Server::fresh();
    server.account("Acme");
    server.account("Evil");
    let anna = server
        .person("Acme", "anna@example.com", "administrator", false)
        .await;
    let eve = server
        .person("Evil", "eve@example.com", "administrator", false)
        .await;
    let note = files::note("mine", 100);
    let theirs = id_of(&server.upload(&anna, "a.txt", &note).await);
    let nobodys = "ast_01ARZ3NDEKTSV4RRFFQ69G5FAV".to_owned();

    for id in [&theirs, &nobodys] {
        let path = format!("/api/v1/assets/{id}");
        server.get(&path).by(&eve).send().await.expect(404);
        server.get(&path).by(&eve).send().await.expect(404);
        let lines = denied(&server, &eve, id).await;
        let line = &lines[0];
        assert!(line["actor"].as_str().unwrap().starts_with("usr_"));
        assert_eq!(line["ip"], "127.0.0.1");
        let detail = line["detail"].as_str().unwrap();
        assert!(detail.ends_with(&format!("GET {path}")), "{line}");
        assert!(line["subject_name"].is_null(), "{line}");
    }
}

/// 16.x
#[tokio::test]
async fn v16_tries_at_webhooks_and_pickers_of_others_leave_a_line() {
    let server = Server::fresh();
    server.account("Acme");
    server.account("Evil");
    let ours = server.token("Acme", "administrator");
    let eve = server.token("Evil", "administrator");
    let webhook = json!({ "name": "Shop", "url": "https://hooks.example.invalid/" });
    let webhook = server.post("/api/v1/webhooks").by(&ours).json(&webhook);
    let webhook = id_of(&webhook.send().await.expect(201).json());
    let session = id_of(&server.embed_session(&ours, &json!({})).await);

    for (id, door) in [(webhook, "webhooks"), (session, "embed/sessions")] {
        let path = format!("/api/v1/{door}/{id}");
        server.delete(&path).by(&eve).send().await.expect(404);
        let line = &denied(&server, &eve, &id).await[0];
        let detail = line["detail"].as_str().unwrap();
        assert!(detail.ends_with(&format!("DELETE {path}")), "{line}");
    }
}

/// 16.x
#[tokio::test]
async fn v16_a_signature_that_is_not_ours_leaves_a_line_in_the_files_account() {
    let server = Server::fresh();
    server.account("Acme");
    let anna = server
        .person("Acme", "anna@example.com", "administrator", false)
        .await;
    let note = files::note("mine", 100);
    let id = id_of(&server.upload(&anna, "a.txt", &note).await);

    let forged = format!("/m/signed/{id}/a.txt?expires=99999999999999&signature=AAAA");
    server.get(&forged).send().await.expect(404);

    let line = &denied(&server, &anna, &id).await[0];
    assert_eq!(line["actor"], "nobody");
    assert_eq!(line["detail"], "signature");
    assert_eq!(line["ip"], "127.0.0.1");
}

/// The lines about what was refused of something, once there are any.
async fn denied(server: &Server, who: &Who, subject: &str) -> Vec<serde_json::Value> {
    let path = format!("/api/v1/audit?kind=access_denied&subject={subject}");
    let deadline = Instant::now() + PATIENCE;
    loop {
        let trail = server.reads(who, &path).await;
        let lines = trail["items"].as_array().expect("lines").clone();
        if !lines.is_empty() {
            return lines;
        }
        assert!(Instant::now() < deadline, "no line about {subject}");
        tokio::task::yield_now().await;
    }
}
