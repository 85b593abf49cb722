//! Signed links: good for a while, for whoever has them, for one thing.

use serde_json::json;

use super::with_photo;
use crate::support::files;

#[tokio::test]
async fn a_signed_link_opens_without_signing_in() {
    let (server, agent, id) = with_photo().await;
    let asked = server
        .post(&format!("/api/v1/assets/{id}/links"))
        .by(&agent);
    let link = asked
        .json(&json!({ "lifetime": 60 }))
        .send()
        .await
        .expect(200)
        .json();
    let url = link["url"].as_str().unwrap();

    assert!(link["expires_at"].is_string());
    assert_eq!(
        server.get(url).send().await.expect(200).body,
        files::photo()
    );
    server
        .get(&format!("{url}&download"))
        .send()
        .await
        .expect(200);
}

#[tokio::test]
async fn a_link_that_was_changed_opens_nothing() {
    let (server, agent, id) = with_photo().await;
    let other = server
        .upload(&agent, "coffee.jpg", &files::sample("coffee.jpg"))
        .await;
    let other = other["id"].as_str().unwrap();
    let asked = server
        .post(&format!("/api/v1/assets/{id}/links"))
        .by(&agent)
        .send()
        .await;
    let link = asked.expect(200).json();
    let url = link["url"].as_str().unwrap().to_owned();
    let (_, query) = url.split_once('?').unwrap();

    let longer = url.replacen("expires=1", "expires=2", 1);
    let tampered = [
        longer,
        url.replace(&id, other),
        format!("{url}x"),
        format!("{}/api/v1/assets/{id}/renditions/thumb?{query}", server.url),
        format!(
            "{}/api/v1/assets/{id}/content?expires=1&signature=",
            server.url
        ),
    ];
    for link in tampered {
        let reply = server.get(&link).send().await;
        assert!(
            matches!(reply.status, 401 | 403 | 404),
            "{} {link}",
            reply.status
        );
    }
}

#[tokio::test]
async fn a_link_lives_no_longer_than_a_week() {
    let (server, agent, id) = with_photo().await;
    let path = format!("/api/v1/assets/{id}/links");

    for (lifetime, status) in [(0, 422), (604_801, 422), (604_800, 200)] {
        let body = json!({ "lifetime": lifetime });
        server
            .post(&path)
            .by(&agent)
            .json(&body)
            .send()
            .await
            .expect(status);
    }
}

#[tokio::test]
async fn a_link_ends_when_its_asset_goes_to_the_trash() {
    let (server, agent, id) = with_photo().await;
    let path = format!("/api/v1/assets/{id}");
    let link = server
        .post(&format!("{path}/links"))
        .by(&agent)
        .send()
        .await
        .expect(200)
        .json();
    server.delete(&path).by(&agent).send().await.expect(200);

    let reply = server.get(link["url"].as_str().unwrap()).send().await;
    assert!(matches!(reply.status, 403 | 404), "{}", reply.status);
}
