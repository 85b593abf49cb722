//! `/assets/{id}/usages` and `/usages/scan`: where files are used outside, over HTTP.

use serde_json::{Value, json};

use crate::support::{
    files,
    people::{id_of, with_agent},
};

#[tokio::test]
async fn a_place_is_recorded_listed_and_removed() {
    let (server, agent) = with_agent();
    let photo = id_of(&server.upload(&agent, "photo.jpg", &files::photo()).await);
    let path = format!("/api/v1/assets/{photo}/usages");
    let place = json!({
        "kind": "campaign", "reference": "summer", "title": "Summer sale",
        "url": "https://crm.example/campaigns/7",
    });
    let record = || server.post(&path).by(&agent).json(&place).send();

    let usage = record().await.expect(201).json();
    let again = record().await.expect(200).json();

    assert_eq!(usage["id"], again["id"]);
    assert_eq!(usage["known_by"], "api");
    assert_eq!(usage["asset_id"], photo.as_str());
    assert_eq!(usage["url"], "https://crm.example/campaigns/7");
    let listed = server.reads(&agent, &path).await;
    assert_eq!(listed, json!({ "items": [again], "next_cursor": null }));

    let one = format!("{path}/{}", id_of(&usage));
    server.delete(&one).by(&agent).send().await.expect(204);
    server.delete(&one).by(&agent).send().await.expect(404);
    assert_eq!(server.reads(&agent, &path).await["items"], json!([]));
}

#[tokio::test]
async fn pasted_html_says_what_a_place_uses() {
    let (server, agent) = with_agent();
    let photo = server.upload(&agent, "photo.jpg", &files::photo()).await;
    let photo = id_of(&photo);
    let shared = server.post(&format!("/api/v1/assets/{photo}/share"));
    let shared = shared.by(&agent).send().await.expect(200).json();
    let url = shared["url"].as_str().unwrap();
    let scan = async |html: &str| -> Value {
        let said = json!({ "kind": "template", "reference": "welcome", "html": html });
        let reply = server.post("/api/v1/usages/scan").by(&agent).json(&said);
        reply.send().await.expect(200).json()
    };

    let first = scan(&format!("<p>Hello <img src=\"{url}\"></p>")).await;
    assert_eq!(
        first,
        json!({ "added": [photo], "kept": [], "removed": [] })
    );
    let path = format!("/api/v1/assets/{photo}/usages");
    let usages = server.reads(&agent, &path).await;
    assert_eq!(usages["items"][0]["known_by"], "scan");
    assert_eq!(usages["items"][0]["title"], "welcome");
    let gone = scan("").await;
    assert_eq!(gone, json!({ "added": [], "kept": [], "removed": [photo] }));
}

#[tokio::test]
async fn a_place_that_makes_no_sense_is_refused() {
    let (server, agent) = with_agent();
    let photo = id_of(&server.upload(&agent, "photo.jpg", &files::photo()).await);
    let path = format!("/api/v1/assets/{photo}/usages");
    let long = "x".repeat(201);

    for place in [
        json!({ "kind": "page" }),
        json!({ "kind": "page", "reference": "" }),
        json!({ "kind": "page", "reference": long }),
        json!({ "kind": "page", "reference": "a\u{0}b" }),
        json!({ "kind": "poster", "reference": "x" }),
        json!({ "kind": "page", "reference": "x", "title": "a\nb" }),
        json!({ "kind": "page", "reference": "x", "url": "javascript:alert(1)" }),
        json!({ "kind": "page", "reference": "x", "url": "https://a@b.example" }),
        json!({ "kind": "page", "reference": "x", "known_by": "picker" }),
        json!({ "kind": "page", "reference": "x", "created_by": "usr_x" }),
    ] {
        let reply = server.post(&path).by(&agent).json(&place).send().await;
        assert_eq!(reply.status, 422, "{place}: {}", reply.text());
    }
    assert_eq!(server.reads(&agent, &path).await["items"], json!([]));
}

#[tokio::test]
async fn places_of_many_files_are_counted_before_they_go() {
    let (server, agent) = with_agent();
    let photo = id_of(&server.upload(&agent, "photo.jpg", &files::photo()).await);
    let note = files::note("a page", 200);
    let note = id_of(&server.upload(&agent, "note.txt", &note).await);
    for (id, reference) in [(&photo, "summer"), (&photo, "winter"), (&note, "summer")] {
        let place = json!({ "kind": "campaign", "reference": reference });
        let record = server.post(&format!("/api/v1/assets/{id}/usages"));
        record.by(&agent).json(&place).send().await.expect(201);
    }
    let count = |among: Value| {
        let asked = server.post("/api/v1/usages/count").by(&agent);
        asked.json(&among).send()
    };

    let both = count(json!({ "ids": [photo, note] })).await.expect(200);
    assert_eq!(both.json()["places"], 2, "summer uses both, and is one");
    let documents = json!({ "filter": { "kind": "document" } });
    let documents = count(documents).await.expect(200).json();
    assert_eq!(documents, json!({ "places": 1, "latest": ["summer"] }));
    let nobodys = json!({ "ids": ["ast_01J8Z3V5T0M6W2Q4R8X9Y7B1CD"] });
    let nobodys = count(nobodys).await.expect(200).json();
    assert_eq!(nobodys, json!({ "places": 0, "latest": [] }));
    for unclear in [json!({}), json!({ "ids": [photo], "filter": {} })] {
        count(unclear).await.expect(422);
    }
}
