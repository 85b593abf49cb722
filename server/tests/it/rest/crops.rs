//! `/assets/{id}/crop`: pictures cropped over HTTP, once for one key.

use serde_json::json;

use crate::support::{
    files,
    people::{id_of, with_agent},
};

#[tokio::test]
async fn a_picture_is_cropped_once_however_often_it_is_asked() {
    let (server, agent) = with_agent();
    let photo = server.upload(&agent, "photo.jpg", &files::photo()).await;
    let path = format!("/api/v1/assets/{}/crop", id_of(&photo));
    let region = json!({ "x": 0, "y": 0, "width": 20, "height": 10 });
    let asked = json!({ "edit": { "region": region }, "as": "copy", "name": "small.jpg" });
    let crop = || {
        let request = server.post(&path).by(&agent).json(&asked);
        request.header("idempotency-key", "crop-once").send()
    };

    let copy = crop().await.expect(201).json();
    let again = crop().await.expect(201).json();

    assert_eq!(copy, again);
    assert_eq!(copy["name"], "small.jpg");
    assert_eq!((&copy["width"], &copy["height"]), (&json!(20), &json!(10)));
    let from = &copy["derived_from"];
    assert_eq!(
        (&from["asset_id"], &from["version"]),
        (&photo["id"], &json!(1))
    );
    assert_eq!(from["edit"]["region"], region);
    assert_eq!(from["is_outdated"], false);
    let source = server.get(&format!("/api/v1/assets/{}/source", id_of(&copy)));
    let source = source.by(&agent).send().await.expect(200);
    assert_eq!(source.body, files::photo());
}

#[tokio::test]
async fn what_makes_no_crop_is_refused_with_the_figure() {
    let (server, agent) = with_agent();
    let photo = server.upload(&agent, "photo.jpg", &files::photo()).await;
    let path = format!("/api/v1/assets/{}/crop", id_of(&photo));
    let region =
        |x: i64, width: i64| json!({ "region": { "x": x, "y": 0, "width": width, "height": 1 } });

    for (edit, status, figure) in [
        (region(0, 0), 422, "0 × 1"),
        (region(90_000, 7), 422, "90007"),
        (region(-3, 7), 422, "-3"),
        (json!({ "straighten": 451 }), 422, "451"),
    ] {
        let request = server.post(&path).by(&agent);
        let reply = request
            .json(&json!({ "edit": edit, "as": "version" }))
            .send()
            .await;
        let problem = reply.expect(status).json();
        assert!(
            problem["detail"].as_str().unwrap().contains(figure),
            "{problem}"
        );
    }
    let stale = json!({ "edit": {}, "as": "version", "if_version": 7 });
    let reply = server.post(&path).by(&agent).json(&stale).send().await;
    assert_eq!(reply.expect(409).json()["reason"], "changed_meanwhile");
}
