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

#[tokio::test]
async fn a_folder_is_renamed_colored_and_moved_and_the_second_to_rename_is_told() {
    let (server, agent) = with_agent();
    let summer = server.folder(&agent, "Sumer").await;
    let trips = server.folder(&agent, "Trips").await;
    let change = async |id: &str, body: serde_json::Value| {
        let request = server.patch(&format!("/api/v1/folders/{id}")).by(&agent);
        request.json(&body).send().await
    };

    let body = json!({ "name": "Summer", "color": "teal", "parent_id": trips, "version": 1 });
    let changed = change(&summer, body).await.expect(200).json();
    let late = change(&summer, json!({ "name": "Winter", "version": 1 })).await;

    assert_eq!(changed["path"], json!(["Trips"]));
    assert_eq!(
        (&changed["color"], &changed["version"]),
        (&json!("teal"), &json!(2))
    );
    assert_eq!(late.expect(409).code(), "conflict");
    let into_itself = change(&trips, json!({ "parent_id": summer })).await;
    assert_eq!(into_itself.status, 422);
    for body in [
        json!({ "color": "mauve" }),
        json!({ "depth": 3 }),
        json!({ "name": "" }),
    ] {
        assert_eq!(change(&summer, body.clone()).await.status, 422, "{body}");
    }
}

#[tokio::test]
async fn the_tree_is_read_a_level_at_a_time() {
    let (server, agent) = with_agent();
    let trips = server.folder(&agent, "Trips").await;
    server.folder(&agent, "Other").await;
    for name in ["Day 10", "Day 9"] {
        let body = json!({ "name": name, "parent_id": trips });
        let made = server.post("/api/v1/folders").by(&agent).json(&body);
        made.send().await.expect(201);
    }
    let names = async |query: &str| {
        let list = server
            .reads(&agent, &format!("/api/v1/folders?{query}"))
            .await;
        let items = list["items"].as_array().unwrap().clone();
        items.iter().map(|f| f["name"].clone()).collect::<Vec<_>>()
    };

    assert_eq!(names("parent_id=top").await, ["Other", "Trips"]);
    assert_eq!(
        names(&format!("parent_id={trips}")).await,
        ["Day 9", "Day 10"]
    );
    assert_eq!(names("q=day+1").await, ["Day 10"]);
    let unknown = "/api/v1/folders?parent_id=fld_01J8Z3V5T0M6W2Q4R8X9Y7B1CD";
    server.get(unknown).by(&agent).send().await.expect(404);
    let nonsense = "/api/v1/folders?parent_id=nonsense";
    server.get(nonsense).by(&agent).send().await.expect(400);
}

#[tokio::test]
async fn a_deleted_folder_takes_its_files_along_and_brings_them_back() {
    let (server, agent) = with_agent();
    let admin = server.token("Acme", "administrator");
    let summer = server.folder(&agent, "Summer").await;
    let note = crate::support::files::note("words", 50);
    let parts = [
        crate::support::Part::Field("folder_id", &summer),
        crate::support::Part::File("a.txt", &note),
    ];
    let asset = server.upload_with(&agent, &parts).await.expect(201).json();
    let path = format!("/api/v1/folders/{summer}");
    let asset = format!("/api/v1/assets/{}", asset["id"].as_str().unwrap());

    let told = server.reads(&agent, &format!("{path}/contents")).await;
    server.delete(&path).by(&agent).send().await.expect(403);
    let gone = server.delete(&path).by(&admin).send().await.expect(200);

    let used = json!({ "places": 0, "latest": [] });
    let expected = json!({ "folders": 0, "assets": 1, "shared": 0, "used_in": used });
    assert_eq!(told, expected);
    assert!(gone.json()["folder"]["purge_at"].is_string());
    assert_eq!(server.reads(&agent, &asset).await["state"], "trashed");
    let trash = server.reads(&agent, "/api/v1/folders?trashed=true").await;
    assert_eq!(trash["items"][0]["name"], "Summer");
    let restore = server.post(&format!("{path}/restore")).by(&agent);
    restore.send().await.expect(200);
    let back = server.reads(&agent, &asset).await;
    assert_eq!(
        (&back["state"], &back["folder_id"]),
        (&json!("active"), &json!(summer))
    );
}
