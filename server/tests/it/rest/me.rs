//! `/me`, `/limits`, `/usage`, `/sessions`: about the one who asks.

use serde_json::json;

use crate::support::{
    Part, Server, files, form,
    people::{PASSWORD, Who, cookie_of, with_agent},
    tus::metadata,
};

#[tokio::test]
async fn a_token_and_a_person_are_told_who_they_are() {
    let (server, agent) = with_agent();
    let me = server.reads(&agent, "/api/v1/me").await;
    assert!(me["token_id"].as_str().unwrap().starts_with("tok_"));
    assert_eq!(me["user"], json!(null));

    let anna = server
        .person("Acme", "anna@example.com", "administrator", false)
        .await;
    let me = server.reads(&anna, "/api/v1/me").await;
    assert_eq!(me["user"]["email"], "anna@example.com");
    assert_eq!(
        me["rights"],
        json!({
            "view": true, "edit": true, "purge": true, "administer": true, "operate": false,
        })
    );
}

#[tokio::test]
async fn v5_1_1_limits_tell_what_is_enforced() {
    let (server, agent) = with_agent();
    server.place.run(&[
        "account",
        "set",
        "Acme",
        "--max-size",
        "document=20KB",
        "--quota",
        "1MB",
    ]);

    let limits = server.reads(&agent, "/api/v1/limits").await;
    let documents = limits["kinds"]
        .as_array()
        .unwrap()
        .iter()
        .find(|kind| kind["kind"] == "document")
        .expect("documents");
    assert_eq!(documents["max_size"], 20_000);
    assert_eq!(limits["quota"], 1_000_000);
    assert_eq!(limits["max_name_chars"], 255);
    assert!(
        documents["extensions"]
            .as_array()
            .unwrap()
            .contains(&json!("pdf"))
    );
    // Told and enforced are one figure, by every way in.
    let most = usize::try_from(documents["max_size"].as_u64().unwrap()).unwrap();
    for (name, size, status) in [("n.txt", most, 201), ("more.txt", most + 1, 413)] {
        let bytes = vec![b'a'; size];
        let form = [Part::File(name, &bytes)];
        server.upload_with(&agent, &form).await.expect(status);
        let tus = server.tus(&agent).request("POST", "/files/");
        let begun = tus
            .header("upload-length", &size.to_string())
            .header("upload-metadata", &metadata(&[("filename", name)]));
        begun.send().await.expect(status);
    }
}

#[tokio::test]
async fn usage_counts_the_same_bytes_once() {
    let (server, agent) = with_agent();
    let note = files::note("usage", 1_000);
    server.upload(&agent, "a.txt", &note).await;
    server.upload(&agent, "b.txt", &note).await;

    let usage = server.reads(&agent, "/api/v1/usage").await;
    assert_eq!(usage["used"], note.len());
    let documents = &usage["kinds"][0];
    assert_eq!(
        (&documents["kind"], &documents["count"]),
        (&json!("document"), &json!(2))
    );
}

#[tokio::test]
async fn signing_out_everywhere_ends_every_session() {
    let server = Server::fresh();
    server.account("Acme");
    let first = server
        .person("Acme", "anna@example.com", "agent", false)
        .await;
    let second = server.signs_in("anna@example.com").await;
    let sessions = server.reads(&first, "/api/v1/sessions").await;
    assert_eq!(sessions["items"].as_array().unwrap().len(), 2);

    server
        .delete("/api/v1/sessions")
        .by(&first)
        .send()
        .await
        .expect(204);
    for who in [&first, &second] {
        server.get("/api/v1/me").by(who).send().await.expect(401);
    }
}

#[tokio::test]
async fn a_new_password_gives_a_new_cookie_and_ends_the_other_sessions() {
    let server = Server::fresh();
    server.account("Acme");
    let here = server
        .person("Acme", "anna@example.com", "agent", false)
        .await;
    let there = server.signs_in("anna@example.com").await;
    let change = |old: &str, new: &str| {
        let body = json!({ "old_password": old, "new_password": new });
        server.post("/api/v1/me/password").by(&here).json(&body)
    };

    let wrong = change("not my password", "a whole new password 9")
        .send()
        .await;
    assert!((400..500).contains(&wrong.status));
    let short = change(PASSWORD, "short").send().await;
    assert_eq!(short.status, 422);
    let changed = change(PASSWORD, "a whole new password 9").send().await;
    let cookie = cookie_of(&changed.expect(204)).expect("a new cookie");
    for ended in [&here, &there] {
        server.get("/api/v1/me").by(ended).send().await.expect(401);
    }
    let renewed = Who::Cookie(cookie);
    let sessions = server.reads(&renewed, "/api/v1/sessions").await;
    assert_eq!(sessions["items"].as_array().unwrap().len(), 1);
    let fields = form(&[
        ("email", "anna@example.com"),
        ("password", "a whole new password 9"),
    ]);
    let reply = server
        .post("/sign-in")
        .typed(fields)
        .send()
        .await
        .expect(303);
    assert_eq!(reply.header("location"), "/");
}

/// CS-2; that no door opens to nobody, the table of rights walks (`rights.rs`).
#[tokio::test]
async fn wrong_credentials_open_nothing() {
    let (server, _) = with_agent();

    for header in [
        "Bearer wrong",
        "Bearer ",
        "Bearer",
        "Basic YTpi",
        "sat_x",
        "\u{fc}",
    ] {
        let request = server.get("/api/v1/me").header("authorization", header);
        let reply = request.send().await.expect(401);
        assert_eq!(reply.header("www-authenticate"), "Bearer");
        assert_eq!(reply.code(), "unauthenticated");
    }
    let cookie = Who::Cookie("satchel=guessed".to_owned());
    server
        .get("/api/v1/me")
        .by(&cookie)
        .send()
        .await
        .expect(401);
}
