//! `/embed/sessions`: a page of another program is let in, over HTTP.

use serde_json::{Value, json};

use crate::support::{
    Part, Server, files,
    people::{Who, id_of, with_agent},
    tus::{location, metadata},
};

#[tokio::test]
async fn a_session_is_made_claimed_told_listed_and_ended() {
    let (server, host) = with_agent();
    let admin = server.token("Acme", "administrator");
    let made = server
        .embed_session(&host, &json!({ "user": "agent-17" }))
        .await;
    let spent = Who::Token(made["token"].as_str().unwrap().to_owned());
    let claim = |who| server.post("/api/v1/embed/sessions/claim").by(who).send();

    let claimed = claim(&spent).await.expect(200);
    let again = claim(&spent).await;

    assert_eq!(claimed.header("cache-control"), "no-store");
    let claimed = claimed.json();
    let token = claimed["token"].as_str().unwrap();
    let page = Who::Token(token.to_owned());
    let url = format!("/embed/picker?session={}", id_of(&made));
    assert!(made["url"].as_str().unwrap().ends_with(&url), "{made}");
    assert!(!made["url"].as_str().unwrap().contains(token));
    assert_eq!(again.status, 401);
    let without = |mut told: Value| {
        told.as_object_mut().unwrap().remove("token");
        told
    };
    assert_eq!(without(claimed.clone()), without(made.clone()));
    let current = server
        .get("/api/v1/embed/sessions/current")
        .header("accept-language", "pt-BR")
        .by(&page);
    let current = current.send().await.expect(200).json();
    assert_eq!(
        (&current["account"], &current["locale"]),
        (&json!("Acme"), &json!("pt-BR"))
    );
    assert_eq!(current["user"], "agent-17");
    assert_eq!(current["token"], Value::Null);

    let listed = server.reads(&admin, "/api/v1/embed/sessions").await;
    assert_eq!(listed["items"][0]["id"], made["id"]);
    assert!(!listed.to_string().contains(token));
    let path = format!("/api/v1/embed/sessions/{}", id_of(&made));
    server.delete(&path).by(&host).send().await.expect(204);
    server
        .get("/api/v1/assets")
        .by(&page)
        .send()
        .await
        .expect(401);
}

#[tokio::test]
async fn what_is_left_out_is_narrow_and_short() {
    let (server, host) = with_agent();
    let asked = json!({ "origin": "HTTPS://Desk.Example.com:443" });
    let request = server.post("/api/v1/embed/sessions").by(&host).json(&asked);

    let made = request.send().await.expect(201).json();

    assert_eq!(made["origin"], "https://desk.example.com");
    assert_eq!(made["scopes"], json!(["browse"]));
    assert_eq!(made["kinds"], json!([]));
    assert_eq!(made["folder_id"], Value::Null);
    assert_eq!(made["max_operations"], Value::Null);
}

#[tokio::test]
async fn a_session_that_makes_no_sense_is_refused() {
    let (server, host) = with_agent();
    let ask = async |change: Value| {
        let mut asked = json!({ "origin": "https://desk.example.com" });
        for (name, value) in change.as_object().unwrap() {
            asked[name] = value.clone();
        }
        let request = server.post("/api/v1/embed/sessions").by(&host).json(&asked);
        request.send().await.status
    };

    for change in [
        json!({ "origin": null }),
        json!({ "origin": "null" }),
        json!({ "origin": "*" }),
        json!({ "origin": "https://*.example.com" }),
        json!({ "origin": "http://desk.example.com" }),
        json!({ "origin": "https://desk.example.com/inbox" }),
        json!({ "origin": "https://desk.example.com; script-src *" }),
        json!({ "scopes": [] }),
        json!({ "scopes": ["purge"] }),
        json!({ "kinds": ["poster"] }),
        json!({ "max_operations": 0 }),
        json!({ "expires_in": 0 }),
        json!({ "expires_in": 3_601 }),
        json!({ "expires_in": "never" }),
        json!({ "used_in": "ticket-7" }),
        json!({ "used_in": { "kind": "ticket", "reference": "7" } }),
        json!({ "used_in": { "kind": "message" } }),
        json!({ "used_in": { "kind": "message", "reference": "7", "url": "javascript:alert(1)" } }),
        json!({ "user": "a\nb" }),
        json!({ "user": "x".repeat(201) }),
        json!({ "account_id": "acc_01J8Z3V5T0M6W2Q4R8X9Y7B1CD" }),
    ] {
        assert_eq!(ask(change.clone()).await, 422, "{change}");
    }
}

#[tokio::test]
async fn a_page_brings_crops_shares_and_says_where_it_uses_it() {
    let (server, host) = with_agent();
    let folder = server.folder(&host, "Campaigns").await;
    let place = json!({ "kind": "message", "reference": "ticket-7", "title": "About your order" });
    let narrow = json!({ "folder_id": folder, "used_in": place });
    let page = server.embeds(&host, &narrow).await;
    let photo = server
        .upload(&page, "photo.jpg", &files::sample("sideways.jpg"))
        .await;
    let path = format!("/api/v1/assets/{}", id_of(&photo));
    let post = |door: &str, body: Value| {
        let request = server.post(&format!("{path}/{door}"));
        request.by(&page).json(&body).send()
    };

    assert_eq!(photo["folder_id"], folder.as_str());
    let region = json!({ "x": 0, "y": 0, "width": 20, "height": 10 });
    let copy = json!({ "edit": { "region": region }, "as": "copy" });
    let copy = post("crop", copy).await.expect(201).json();
    assert_eq!(copy["folder_id"], folder.as_str());
    let version = json!({ "edit": { "region": region }, "as": "version" });
    post("crop", version).await.expect(403);
    post("placements/push-web-image", json!({}))
        .await
        .expect(201);
    let shared = post("share", json!({})).await.expect(200).json();
    assert!(shared["url"].is_string());
    let usage = json!({ "kind": "message", "reference": "ticket-7", "title": "Not this" });
    let usage = post("usages", usage).await.expect(201).json();
    assert_eq!(usage["known_by"], "picker");
    assert_eq!(usage["title"], "About your order");
    let elsewhere = json!({ "kind": "message", "reference": "ticket-8" });
    let refused = post("usages", elsewhere).await.expect(403).json();
    assert_eq!(refused["code"], "forbidden");
    let listed = server.reads(&page, "/api/v1/assets").await;
    assert_eq!(listed["items"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn a_page_goes_on_with_uploads_of_its_own() {
    let (server, host) = with_agent();
    let folder = server.folder(&host, "Campaigns").await;
    let elsewhere = server.folder(&host, "Elsewhere").await;
    let page = server.embeds(&host, &json!({ "folder_id": folder })).await;
    let other = server.embeds(&host, &json!({})).await;
    let note = files::note("a page", 200);
    let begin = |pairs: Vec<(&'static str, String)>| {
        let pairs: Vec<_> = pairs
            .iter()
            .map(|(key, value)| (*key, value.as_str()))
            .collect();
        let request = server.tus(&page).request("POST", "/files/");
        request
            .header("upload-length", &note.len().to_string())
            .header("upload-metadata", &metadata(&pairs))
            .send()
    };

    begin(vec![("folder_id", elsewhere)]).await.expect(404);
    let begun = begin(vec![("filename", "a.txt".to_owned())])
        .await
        .expect(201);
    let path = location(&begun);
    for stranger in [&host, &other] {
        for method in ["HEAD", "DELETE"] {
            let reply = server.tus(stranger).request(method, &path).send().await;
            assert_eq!(reply.status, 404, "{method}");
        }
        server
            .tus(stranger)
            .patch(&path, 0, note.clone())
            .send()
            .await
            .expect(404);
    }
    assert_eq!(server.tus(&page).offset(&path).await, 0);
    let done = server.tus(&page).patch(&path, 0, note.clone()).send().await;

    let id = done.expect(204).header("satchel-asset-id").to_owned();
    let asset = server.reads(&page, &format!("/api/v1/assets/{id}")).await;
    assert_eq!(asset["folder_id"], folder.as_str());
}

#[tokio::test]
async fn a_session_that_is_used_up_says_so() {
    let (server, host) = with_agent();
    let once = json!({ "max_operations": 1, "kinds": ["document"] });
    let page = server.embeds(&host, &once).await;
    let bring = async |about: &str| {
        let note = files::note(about, 50);
        server
            .upload_with(&page, &[Part::File("a.txt", &note)])
            .await
    };

    bring("one").await.expect(201);
    let refused = bring("two").await.expect(403);

    assert_eq!(refused.code(), "operations_spent");
    assert_eq!(refused.json()["most"], 1);
    server
        .get("/api/v1/assets")
        .by(&page)
        .send()
        .await
        .expect(200);
}

#[tokio::test]
async fn pages_and_their_server_functions_are_for_people() {
    let server = Server::fresh();
    server.account("Acme");
    let host = server.token("Acme", "administrator");
    let page = server.embeds(&host, &json!({})).await;

    for (method, path) in [
        ("POST", "/rpc/list_assets"),
        ("POST", "/rpc/anything"),
        ("POST", "/upload"),
        ("POST", "/settings/people/invite"),
        ("GET", "/"),
    ] {
        let reply = server.request(method, path).by(&page).send().await;
        assert_eq!(reply.status, 403, "{method} {path}: {}", reply.text());
        assert_eq!(reply.code(), "forbidden");
    }
}
