//! `/assets/batch` and `/trash`: many at once, and gone for good.

use serde_json::{Value, json};

use crate::support::{
    Reply, Server, files,
    people::{Who, id_of, with_agent},
};

async fn note(server: &Server, who: &Who, words: &str) -> String {
    id_of(&server.upload(who, "a.txt", &files::note(words, 50)).await)
}

async fn batch(server: &Server, who: &Who, body: Value) -> Reply {
    let request = server.post("/api/v1/assets/batch").by(who);
    request.json(&body).send().await
}

#[tokio::test]
async fn every_asset_of_a_batch_is_answered() {
    let (server, agent) = with_agent();
    server.account("Beta");
    let stranger = server.token("Beta", "administrator");
    let ours = note(&server, &agent, "ours").await;
    let theirs = note(&server, &stranger, "theirs").await;
    let nobodys = "ast_01J8Z3V5T0M6W2Q4R8X9Y7B1CD";

    let body = json!({ "action": "trash", "ids": [theirs, ours, nobodys] });
    let answer = batch(&server, &agent, body).await.expect(200).json();

    let items = answer["items"].as_array().unwrap();
    assert_eq!(items[1]["outcome"], "changed");
    assert_eq!(items[1]["after"]["state"], "trashed");
    assert_eq!(items[0]["problem"], items[2]["problem"]);
    assert_eq!(items[0]["problem"]["code"], "not_found");
    let kept = server
        .reads(&stranger, &format!("/api/v1/assets/{theirs}"))
        .await;
    assert_eq!(kept["state"], "active");
}

#[tokio::test]
async fn a_batch_takes_all_that_a_filter_shows() {
    let (server, agent) = with_agent();
    let summer = server.folder(&agent, "Summer").await;
    for words in ["one", "two"] {
        note(&server, &agent, words).await;
    }

    let body = json!({ "action": "move", "folder_id": summer, "filter": { "kind": "document" } });
    let answer = batch(&server, &agent, body).await.expect(200).json();
    let tags = json!({ "action": "tag", "tags": ["sea"], "filter": { "folder_id": summer } });
    let tagged = batch(&server, &agent, tags).await.expect(200).json();

    for answer in [answer, tagged] {
        assert_eq!(answer["items"].as_array().unwrap().len(), 2);
    }
    let folder = server
        .reads(&agent, &format!("/api/v1/folders/{summer}"))
        .await;
    assert_eq!(folder["asset_count"], 2);
}

#[tokio::test]
async fn a_batch_is_undone_by_what_its_answer_names() {
    let (server, agent) = with_agent();
    let id = note(&server, &agent, "one").await;
    let body = json!({ "action": "trash", "filter": {} });

    let answer = batch(&server, &agent, body.clone()).await.expect(200);
    let undo = answer.json()["undo"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/batches/{undo}");
    let before = server.reads(&agent, &path).await;
    let undone = server.post(&format!("{path}/undo")).by(&agent).send().await;
    let undone = undone.expect(200).json();
    let again = server.post(&format!("{path}/undo")).by(&agent).send().await;

    assert_eq!(
        (&before["undoable"], &before["changed"]),
        (&json!(true), &json!(1))
    );
    assert_eq!(
        (&undone["undoes"], &undone["changed"]),
        (&json!(undo), &json!(1))
    );
    assert_eq!(again.expect(409).json()["reason"], "not_undoable");
    let back = server.reads(&agent, &format!("/api/v1/assets/{id}")).await;
    assert_eq!(back["state"], "active");
}

#[tokio::test]
async fn a_batch_tells_what_became_of_its_assets() {
    let (server, agent) = with_agent();
    let id = note(&server, &agent, "one").await;
    let nobodys = "ast_01J8Z3V5T0M6W2Q4R8X9Y7B1CD";
    let body = json!({ "action": "archive", "ids": [id, nobodys] });
    let answer = batch(&server, &agent, body).await.expect(200);
    let done = answer.json()["undo"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/batches/{done}/items");

    let first = server.reads(&agent, &format!("{path}?limit=1")).await;
    let cursor = first["next_cursor"].as_str().unwrap();
    let rest = format!("{path}?limit=1&cursor={cursor}");
    let rest = server.reads(&agent, &rest).await;
    let refused = format!("{path}?outcome=refused");
    let refused = server.reads(&agent, &refused).await;

    let ids = [&first, &rest].map(|page| page["items"][0]["id"].clone());
    assert!(ids.contains(&json!(id)) && ids.contains(&json!(nobodys)));
    assert!(rest["next_cursor"].is_null());
    assert_eq!(refused["items"].as_array().unwrap().len(), 1);
    assert_eq!(refused["items"][0]["problem"]["code"], "not_found");
}

#[tokio::test]
async fn a_batch_that_leaves_something_open_is_refused() {
    let (server, agent) = with_agent();
    let id = note(&server, &agent, "one").await;

    for body in [
        json!({ "action": "trash" }),
        json!({ "action": "explode", "ids": [id] }),
        json!({ "action": "trash", "ids": [] }),
        json!({ "action": "trash", "ids": ["nonsense"] }),
        json!({ "action": "trash", "filter": { "foldr_id": "x" } }),
        json!({ "action": "trash", "ids": [id], "account_id": "acc_x" }),
        json!({ "action": "tag", "ids": [id], "tags": ["x".repeat(300)] }),
        json!({ "action": "assign", "ids": [id], "tags": ["sea"] }),
        json!({ "action": "assign", "ids": [id], "teams": ["Press"] }),
        json!({ "action": "assign", "ids": [id], "teams": ["tea_01J8Z3V5T0M6W2Q4R8X9Y7B1CD"] }),
    ] {
        assert_eq!(
            batch(&server, &agent, body.clone()).await.status,
            422,
            "{body}"
        );
    }
    let kept = server.reads(&agent, &format!("/api/v1/assets/{id}")).await;
    assert_eq!(kept["state"], "active");
}

#[tokio::test]
async fn the_trash_is_emptied_by_administrators() {
    let (server, agent) = with_agent();
    let admin = server.token("Acme", "administrator");
    let summer = server.folder(&agent, "Summer").await;
    let (one, two) = (
        note(&server, &agent, "one").await,
        note(&server, &agent, "two").await,
    );
    let body = json!({ "action": "trash", "ids": [one, two] });
    batch(&server, &agent, body).await.expect(200);
    let path = format!("/api/v1/folders/{summer}");
    server.delete(&path).by(&admin).send().await.expect(200);

    for path in ["/api/v1/trash".to_owned(), format!("/api/v1/trash/{one}")] {
        server.delete(&path).by(&agent).send().await.expect(403);
    }
    for id in [&one, &summer] {
        let path = format!("/api/v1/trash/{id}");
        server.delete(&path).by(&admin).send().await.expect(200);
        server.delete(&path).by(&admin).send().await.expect(404);
    }
    let emptied = server.delete("/api/v1/trash").by(&admin).send().await;
    let emptied = emptied.expect(200).json();

    assert_eq!(emptied["items"][0]["id"], two.as_str());
    let usage = server.reads(&admin, "/api/v1/usage").await;
    assert_eq!(usage["used"], 0);
}
