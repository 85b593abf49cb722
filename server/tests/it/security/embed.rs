//! 9.1 and 9.2: what the token of an embedded picker opens, and what it never does.

use serde_json::{Value, json};

use crate::support::{
    Server, files,
    people::{Who, id_of, with_agent},
};

/// Signed tokens as other pickers have them, each with the way it is wrong.
const VECTORS: &str = include_str!("embed_tokens.json");

fn token_of(session: &Value) -> Who {
    Who::Token(session["token"].as_str().expect("a token").to_owned())
}

#[tokio::test]
async fn v9_1_1_a_signed_token_opens_nothing_whatever_it_claims() {
    let server = Server::fresh();
    server.account("A");
    let vectors: Value = serde_json::from_str(VECTORS).unwrap();
    for vector in vectors.as_array().unwrap() {
        let token = vector["token"].as_str().unwrap();
        // Ours are looked up, never read: none can claim anything, the one with a good signature
        // no more than the others.
        for token in [
            token.to_owned(),
            format!("sem_{token}"),
            format!("sat_{token}"),
        ] {
            let who = Who::Token(token);
            for path in ["/api/v1/me", "/api/v1/embed/sessions/current"] {
                let reply = server.get(path).by(&who).send().await;
                assert_eq!(reply.status, 401, "{}: {path}", vector["id"]);
            }
            let claimed = server.post("/api/v1/embed/sessions/claim").by(&who);
            assert_eq!(claimed.send().await.status, 401, "{}", vector["id"]);
        }
    }
}

#[tokio::test]
async fn v9_2_1_a_replayed_token_opens_nothing() {
    let (server, host) = with_agent();
    let page = server.embeds(&host, &json!({})).await;
    let claim = server.post("/api/v1/embed/sessions/claim").by(&page);
    let fresh = token_of(&claim.send().await.expect(200).json());

    for (method, path) in [
        ("POST", "/api/v1/embed/sessions/claim"),
        ("GET", "/api/v1/embed/sessions/current"),
        ("GET", "/api/v1/assets"),
        ("POST", "/api/v1/assets"),
        ("POST", "/files/"),
    ] {
        let request = server.request(method, path).by(&page);
        let reply = request.header("tus-resumable", "1.0.0").send().await;
        assert_eq!(reply.status, 401, "{method} {path}");
    }
    server
        .get("/api/v1/assets")
        .by(&fresh)
        .send()
        .await
        .expect(200);
}

#[tokio::test]
async fn v9_2_2_a_token_is_not_widened() {
    let (server, host) = with_agent();
    let folder = server.folder(&host, "Campaigns").await;
    let narrow = json!({ "scopes": ["browse"], "folder_id": folder });
    let page = server.embeds(&host, &narrow).await;
    let wide = json!({ "origin": "https://evil.test", "scopes": ["upload"], "folder_id": null });

    let made = server.post("/api/v1/embed/sessions").by(&page).json(&wide);
    made.send().await.expect(403);
    let claim = server
        .post("/api/v1/embed/sessions/claim")
        .by(&page)
        .json(&wide);
    let claimed = claim.send().await.expect(200).json();

    assert_eq!(claimed["origin"], "https://desk.example.com");
    assert_eq!(claimed["scopes"], json!(["browse"]));
    assert_eq!(claimed["folder_id"], folder.as_str());
    let reader = server.token_for("Acme", "agent", &["read"]);
    let made = server
        .post("/api/v1/embed/sessions")
        .by(&reader)
        .json(&wide);
    made.send().await.expect(403);
}

#[tokio::test]
async fn v9_2_3_a_token_of_one_account_opens_nothing_of_another() {
    let server = Server::fresh();
    server.account("A");
    server.account("B");
    let (of_a, of_b) = (server.token("A", "agent"), server.token("B", "agent"));
    let page = server.embeds(&of_a, &json!({})).await;
    let theirs = id_of(&server.upload(&of_b, "b.jpg", &files::photo()).await);
    let folder = server.folder(&of_b, "Theirs").await;
    let unknown = "ast_01J8Z3V5T0M6W2Q4R8X9Y7B1CD";

    for (method, door) in [
        ("GET", ""),
        ("GET", "/content"),
        ("GET", "/renditions/thumb"),
        ("GET", "/placements"),
        ("POST", "/share"),
        ("POST", "/links"),
    ] {
        let ask = async |id: &str| {
            let request = server.request(method, &format!("/api/v1/assets/{id}{door}"));
            request.by(&page).send().await
        };
        let (foreign, nobodys) = (ask(&theirs).await, ask(unknown).await);
        assert_eq!(foreign.status, 404, "{method} {door}");
        assert_eq!(foreign.text().replace(&theirs, unknown), nobodys.text());
    }
    let into = json!({ "origin": "https://desk.example.com", "folder_id": folder });
    let made = server.post("/api/v1/embed/sessions").by(&of_a).json(&into);
    made.send().await.expect(404);
    let listed = server.reads(&page, "/api/v1/assets").await;
    assert_eq!(listed["items"], json!([]));
}

#[tokio::test]
async fn v9_2_4_a_token_ends_with_the_one_that_made_it() {
    let server = Server::fresh();
    server.account("Acme");
    let admin = server.token("Acme", "administrator");
    let body = json!({ "name": "Desk", "role": "agent" });
    let made = server.post("/api/v1/tokens").by(&admin).json(&body);
    let made = made.send().await.expect(201).json();
    let host = Who::Token(made["secret"].as_str().unwrap().to_owned());
    let page = server.embeds(&host, &json!({})).await;
    let note = files::note("a page", 200);
    let path = server.tus(&page).create("a.txt", note.len()).await;

    let revoke = server.delete(&format!("/api/v1/tokens/{}", id_of(&made)));
    revoke.by(&admin).send().await.expect(200);

    server
        .get("/api/v1/assets")
        .by(&page)
        .send()
        .await
        .expect(401);
    server
        .tus(&page)
        .patch(&path, 0, note)
        .send()
        .await
        .expect(401);
    server
        .post("/api/v1/embed/sessions/claim")
        .by(&page)
        .send()
        .await
        .expect(401);
}

#[tokio::test]
async fn v3_5_no_cookie_is_read_beside_a_token() {
    let (server, host) = with_agent();
    let anna = server.person("Acme", "anna@example.com", "administrator", false);
    let Who::Cookie(cookie) = anna.await else {
        unreachable!("people have cookies");
    };
    let narrow = server.embeds(&host, &json!({ "scopes": ["browse"] })).await;
    let ask = |who: &Who, path: &str| server.get(path).by(who).cookie(&cookie).send();

    // Neither adds to the other, and a token that is over is not made up for.
    ask(&narrow, "/api/v1/tokens").await.expect(403);
    ask(&Who::Token("sem_over".to_owned()), "/api/v1/assets")
        .await
        .expect(401);
}

#[tokio::test]
async fn v4_1_a_token_stands_in_no_address() {
    let (server, host) = with_agent();
    let made = server.embed_session(&host, &json!({})).await;
    let token = made["token"].as_str().unwrap();

    for path in [
        format!("/api/v1/assets?token={token}"),
        format!("/api/v1/me?access_token={token}"),
        format!("/api/v1/embed/sessions/current?token={token}"),
    ] {
        assert_eq!(server.get(&path).send().await.status, 401, "{path}");
    }
    assert!(!made["url"].as_str().unwrap().contains(token));
}
