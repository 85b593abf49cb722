//! What caches between are told, and the host that media may have for itself.

use super::with_photo;
use crate::support::{Place, files, people::id_of};

/// What a cache may keep for how long, in seconds, as it was told.
fn shared_age(told: &str) -> u64 {
    let age = |name: &str| {
        let mut parts = told.split(", ");
        parts.find_map(|part| part.strip_prefix(name)?.parse().ok())
    };
    let age = age("s-maxage=").or_else(|| age("max-age="));
    age.expect("an age")
}

#[tokio::test]
async fn caches_between_forget_what_is_shared_within_five_minutes_or_at_a_word() {
    let (server, agent, id) = with_photo().await;
    let shared = server.post(&format!("/api/v1/assets/{id}/share"));
    let asset = shared.by(&agent).send().await.expect(200).json();
    let url = asset["url"].as_str().unwrap();
    let (base, name) = url.rsplit_once('/').unwrap();
    let key = base.rsplit('/').next().unwrap();
    let fingerprint = &asset["sha256"].as_str().unwrap()[..12];

    for address in [
        url.to_owned(),
        format!("{base}/r/tile/{name}"),
        format!("{url}?v={fingerprint}"),
        format!("{url}?v=000000000000"),
    ] {
        let whole = server.get(&address).send().await.expect(200);
        let known = server.get(&address);
        let known = known.header("if-none-match", whole.header("etag"));
        for reply in [&whole, &known.send().await.expect(304)] {
            let told = reply.header("cache-control");
            assert!(told.starts_with("public, "), "{told}");
            assert!(shared_age(told) <= 300, "{told}");
            // By the same word as all of the asset, which says nothing that the address does not.
            assert_eq!(reply.header("surrogate-key"), key);
            assert_eq!(reply.header("cache-tag"), key);
        }
        let kept_for_good = whole.header("cache-control").contains("immutable");
        assert_eq!(kept_for_good, address.ends_with(fingerprint), "{address}");
    }

    let unshare = server.delete(&format!("/api/v1/assets/{id}/share"));
    unshare.by(&agent).send().await.expect(200);
    let gone = server.get(url).send().await.expect(404);
    assert_eq!(gone.header("cache-control"), "no-store");
    assert_eq!(gone.header("surrogate-key"), "");
}

#[tokio::test]
async fn v14_2_5_what_is_for_members_or_signed_is_kept_by_no_cache_between() {
    let (server, agent, id) = with_photo().await;
    let path = format!("/api/v1/assets/{id}");
    let asset = server.reads(&agent, &path).await;
    let fingerprint = &asset["sha256"].as_str().unwrap()[..12];
    let link = server.post(&format!("{path}/links")).by(&agent);
    let link = link.send().await.expect(200).json();
    let signed = link["url"].as_str().unwrap().to_owned();

    for address in [
        format!("{path}/content"),
        format!("{path}/content?v={fingerprint}"),
        format!("{path}/renditions/tile?v={fingerprint}"),
        signed,
    ] {
        let reply = server.get(&address).by(&agent).send().await.expect(200);
        let told = reply.header("cache-control");
        assert!(told.starts_with("private, "), "{address}: {told}");
        assert_eq!(reply.header("surrogate-key"), "", "{address}");
    }
}

#[tokio::test]
async fn v3_5_4_a_host_of_its_own_answers_with_media_and_nothing_else() {
    let server = Place::empty()
        .with(&[("SATCHEL_MEDIA_URL", "https://cdn.example.com")])
        .serve();
    server.account("Acme");
    let agent = server.token("Acme", "agent");
    let id = id_of(&server.upload(&agent, "photo.jpg", &files::photo()).await);
    let shared = server.post(&format!("/api/v1/assets/{id}/share"));
    let asset = shared.by(&agent).send().await.expect(200).json();
    let url = asset["url"].as_str().unwrap();
    let media = url.strip_prefix("https://cdn.example.com").unwrap();

    let there = async |path: &str| {
        let request = server.get(path).by(&agent);
        request
            .header("host", "cdn.example.com")
            .send()
            .await
            .status
    };
    assert_eq!(there(media).await, 200);
    for path in [
        "/",
        "/sign-in",
        "/healthz",
        "/openapi.json",
        "/api/v1/me",
        &format!("/api/v1/assets/{id}/content"),
        "/m",
        "/pkg/none.js",
        "/robots.txt",
    ] {
        assert_eq!(there(path).await, 404, "{path}");
    }
    let posted = server
        .post("/sign-in")
        .header("host", "CDN.example.com:443");
    posted.send().await.expect(404);
    // Elsewhere all is as it was, media too: a cache asks for it there.
    server.get(media).send().await.expect(200);
    server.get("/api/v1/me").by(&agent).send().await.expect(200);
}
