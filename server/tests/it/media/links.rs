//! Signed links: good for a while, for whoever has them, for one thing.

use serde_json::{Value, json};

use super::with_photo;
use crate::support::{Place, Server, files, people::Who};

/// A link to a photo, as it was wished.
async fn link(server: &Server, who: &Who, id: &str, wish: &Value) -> String {
    let asked = server.post(&format!("/api/v1/assets/{id}/links")).by(who);
    let link = asked.json(wish).send().await.expect(200).json();
    assert!(link["expires_at"].is_string(), "{link}");
    link["url"].as_str().expect("an address").to_owned()
}

#[tokio::test]
async fn a_signed_link_opens_without_signing_in() {
    let (server, agent, id) = with_photo().await;
    let url = link(&server, &agent, &id, &json!({ "lifetime": 60 })).await;

    let reply = server.get(&url).send().await.expect(200);
    assert_eq!(reply.body, files::photo());
    assert_eq!(reply.header("content-type"), "image/jpeg");
    assert!(reply.header("content-disposition").starts_with("inline"));
    assert_eq!(reply.header("cross-origin-resource-policy"), "cross-origin");
    let part = server.get(&url).header("range", "bytes=0-9");
    assert_eq!(part.send().await.expect(206).body.len(), 10);
    let head = server.head(&url).send().await.expect(200);
    assert_eq!(head.header("content-length"), reply.body.len().to_string());
    let known = server
        .get(&url)
        .header("if-none-match", reply.header("etag"));
    known.send().await.expect(304);
}

#[tokio::test]
async fn a_link_opens_what_was_wished() {
    let (server, agent, id) = with_photo().await;

    let thumb = json!({ "preset": "thumb" });
    let thumb = link(&server, &agent, &id, &thumb).await;
    let picture = server.get(&thumb).header("accept", "image/webp");
    let picture = picture.send().await.expect(200);
    assert_eq!(picture.header("content-type"), "image/webp");
    assert_eq!(picture.header("vary"), "Accept");

    let saved = json!({ "download": true });
    let saved = link(&server, &agent, &id, &saved).await;
    let saved = server.get(&saved).send().await.expect(200);
    let disposition = saved.header("content-disposition");
    assert_eq!(disposition, "attachment; filename=\"astronaut.jpg\"");
}

#[tokio::test]
async fn no_cache_keeps_a_link_beyond_its_end() {
    let (server, agent, id) = with_photo().await;

    for (lifetime, most) in [(60, 60), (3_600, 300)] {
        let url = link(&server, &agent, &id, &json!({ "lifetime": lifetime })).await;
        let reply = server.get(&url).send().await.expect(200);
        let caching = reply.header("cache-control");
        let kept = caching
            .strip_prefix("private, max-age=")
            .and_then(|rest| rest.strip_suffix(", must-revalidate"));
        let kept: u32 = kept.expect(caching).parse().expect("seconds");
        assert!(kept <= most, "{caching}");
    }
}

#[tokio::test]
async fn a_link_that_was_changed_opens_nothing() {
    let (server, agent, id) = with_photo().await;
    let other = server
        .upload(&agent, "coffee.jpg", &files::sample("coffee.jpg"))
        .await;
    let other = other["id"].as_str().unwrap();
    let url = link(&server, &agent, &id, &json!({})).await;
    let (path, query) = url.split_once('?').unwrap();
    let folder = path.rsplit_once('/').unwrap().0;
    let absent = server.get("/m/none/none.jpg").send().await.expect(404);

    let tampered = [
        url.replacen("expires=1", "expires=2", 1),
        url.replace(&id, other),
        format!("{url}x"),
        // Another type, another way to show it, another name, another size.
        format!("{url}&type=text/html"),
        format!("{url}&response-content-disposition=inline"),
        format!("{url}&download"),
        format!("{folder}/page.html?{query}"),
        format!("{folder}/r/thumb/astronaut.jpg?{query}"),
        format!("{path}?expires=1&signature="),
        path.to_owned(),
        format!("{}/api/v1/assets/{id}/content?{query}", server.url),
    ];
    for link in tampered {
        let reply = server.get(&link).send().await;
        if link.contains("/api/") {
            assert_eq!(reply.status, 401, "{link}");
        } else {
            assert_eq!(reply.expect(404).body, absent.body, "{link}");
        }
    }
}

#[tokio::test]
async fn a_link_that_saves_is_not_made_one_that_shows() {
    let (server, agent, id) = with_photo().await;
    let url = link(&server, &agent, &id, &json!({ "download": true })).await;

    assert!(url.contains("download=1&"), "{url}");
    let shown = url.replace("download=1&", "");
    server.get(&shown).send().await.expect(404);
}

#[tokio::test]
async fn a_link_leads_to_the_host_of_media() {
    let place = Place::empty().with(&[("SATCHEL_MEDIA_URL", "http://cdn.example.test")]);
    let server = place.serve();
    server.account("Acme");
    let agent = server.token("Acme", "agent");
    let photo = server.upload(&agent, "a.jpg", &files::photo()).await;
    let id = photo["id"].as_str().unwrap();

    let url = link(&server, &agent, id, &json!({})).await;
    let path = url.strip_prefix("http://cdn.example.test");
    let path = path.expect("an address on the host of media");
    let there = server.get(path).header("host", "cdn.example.test");
    assert_eq!(there.send().await.expect(200).body, files::photo());
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
