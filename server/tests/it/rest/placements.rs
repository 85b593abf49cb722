//! `/placements`: the catalogue, verdicts, and what operators say for one account.

use serde_json::{Value, json};

use crate::support::{
    Server, files,
    people::{id_of, with_agent},
};

/// A placement that no catalogue has.
pub fn own_placement() -> Value {
    json!({
        "id": "email-newsletter",
        "channel": { "id": "email", "name": { "en": "Email" } },
        "name": { "en": "Newsletter", "pt-BR": "Boletim" },
        "rules": [{
            "limit": { "of": "bytes", "max": 200 },
            "unit": "bytes",
            "source": "https://example.com/rules",
            "checked_on": "2026-11-21",
            "confidence": "provider",
        }],
    })
}

fn find<'a>(page: &'a Value, key: &str, id: &str) -> Option<&'a Value> {
    let items = page["items"].as_array().unwrap();
    items.iter().find(|item| item[key] == id)
}

#[tokio::test]
async fn the_catalogue_tells_rules_with_unit_source_day_and_confidence() {
    let (server, agent) = with_agent();

    let page = server.reads(&agent, "/api/v1/placements?limit=200").await;

    assert_eq!(page["next_cursor"], json!(null));
    let icon = find(&page, "id", "push-web-icon").unwrap();
    assert_eq!(
        icon["name"],
        json!({ "en": "Web, icon", "pt-BR": "Web, ícone" })
    );
    for item in page["items"].as_array().unwrap() {
        for rule in item["rules"].as_array().unwrap() {
            for key in [
                "limit",
                "unit",
                "strength",
                "source",
                "checked_on",
                "confidence",
            ] {
                assert!(!rule[key].is_null(), "{item}");
            }
        }
    }
    let first = server.reads(&agent, "/api/v1/placements?limit=3").await;
    let next = first["next_cursor"].as_str().unwrap();
    let path = format!("/api/v1/placements?limit=1&cursor={next}");
    let second = server.reads(&agent, &path).await;
    assert_eq!(second["items"][0], page["items"][3]);
}

#[tokio::test]
async fn an_asset_is_judged_with_the_figures() {
    let (server, agent) = with_agent();
    let photo = files::photo();
    let id = id_of(&server.upload(&agent, "photo.jpg", &photo).await);

    let path = format!("/api/v1/assets/{id}/placements?limit=200");
    let page = server.reads(&agent, &path).await;

    let image = find(&page, "placement", "whatsapp-image").unwrap();
    assert_eq!(image["verdict"], "fits", "{image}");
    let video = find(&page, "placement", "whatsapp-video").unwrap();
    assert_eq!(video["verdict"], "refused");
    assert_eq!(video["broken"][0]["limit"]["of"], "types");
    assert_eq!(video["broken"][0]["found"]["type"], "image/jpeg");
}

#[tokio::test]
async fn an_operator_says_what_places_take_from_one_account() {
    let server = Server::fresh();
    server.account("Acme");
    server.account("Beta");
    let op = server
        .person("Acme", "op@example.com", "administrator", true)
        .await;
    let other = server
        .person("Beta", "ben@example.com", "agent", false)
        .await;
    let me = server.reads(&op, "/api/v1/me").await;
    let account = me["account"]["id"]
        .as_str()
        .unwrap_or_else(|| panic!("{me}"));
    let path = format!("/api/v1/accounts/{account}/placements");
    let set = async |body: &Value| server.post(&path).by(&op).json(body).send().await;

    let made = set(&own_placement()).await.expect(200).json();
    assert_eq!(made["is_own"], true);
    for (key, wrong) in [
        ("rules", json!([])),
        ("id", json!("Not A Slug")),
        ("account_id", json!(account)),
    ] {
        let mut body = own_placement();
        body[key] = wrong;
        set(&body).await.expect(422);
    }

    let note = files::note("a long letter", 300);
    let letter = server.upload(&op, "letter.txt", &note).await;
    let id = id_of(&letter);
    let verdicts = format!("/api/v1/assets/{id}/placements?limit=200");
    let page = server.reads(&op, &verdicts).await;
    let verdict = find(&page, "placement", "email-newsletter").unwrap();
    assert_eq!(verdict["verdict"], "refused");
    assert_eq!(verdict["broken"][0]["found"]["bytes"], letter["size"]);
    let theirs = server.reads(&other, "/api/v1/placements?limit=200").await;
    assert!(find(&theirs, "id", "email-newsletter").is_none());

    let one = format!("{path}/email-newsletter");
    server.delete(&one).by(&op).send().await.expect(204);
    server.delete(&one).by(&op).send().await.expect(404);
    let page = server.reads(&op, &verdicts).await;
    assert!(find(&page, "placement", "email-newsletter").is_none());
    let audit = server.reads(&op, "/api/v1/audit").await;
    assert!(find(&audit, "kind", "placement_removed").is_some());
    assert!(find(&audit, "kind", "placement_set").is_some());
}

#[tokio::test]
async fn a_picture_is_made_for_one_placement_and_for_several() {
    let (server, agent) = with_agent();
    let photo = server.upload(&agent, "photo.jpg", &files::photo()).await;
    let path = format!("/api/v1/assets/{}/placements", id_of(&photo));

    let one = server.post(&format!("{path}/push-web-image")).by(&agent);
    let one = one.send().await.expect(201).json();
    assert_eq!(one["verdict"]["verdict"], "fits");
    assert_eq!(one["asset"]["derived_from"]["placement"], "push-web-image");
    let last = one["steps"].as_array().unwrap().last().unwrap();
    assert_eq!(last["did"], "encoded");
    assert_eq!(last["size"], one["asset"]["size"]);

    let asked =
        json!({ "placements": ["push-android-icon", "whatsapp-audio"], "background": "#ff0000" });
    let many = server.post(&path).by(&agent).json(&asked).send().await;
    let many = many.expect(200).json();
    assert_eq!(many["items"][0]["fitted"]["verdict"]["verdict"], "fits");
    assert_eq!(many["items"][1]["problem"]["reason"], "cannot_fit");
    let wrong = json!({ "placements": ["push-android-icon"], "background": "red" });
    server
        .post(&path)
        .by(&agent)
        .json(&wrong)
        .send()
        .await
        .expect(422);
}
