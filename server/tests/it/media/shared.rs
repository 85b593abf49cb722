//! Shared media: open to everybody while somebody wants it so.

use super::with_photo;
use crate::support::{Server, files, people::Who};

async fn share(server: &Server, who: &Who, id: &str) -> String {
    let shared = server
        .post(&format!("/api/v1/assets/{id}/share"))
        .by(who)
        .send()
        .await;
    let url = shared.expect(200).json()["url"]
        .as_str()
        .expect("an address")
        .to_owned();
    assert!(url.starts_with(&server.url), "{url}");
    url
}

#[tokio::test]
async fn everybody_sees_what_is_shared() {
    let (server, agent, id) = with_photo().await;
    let url = share(&server, &agent, &id).await;

    let reply = server
        .get(&url)
        .header("origin", "https://shop.example")
        .send()
        .await
        .expect(200);
    assert_eq!(reply.header("content-type"), "image/jpeg");
    assert_eq!(
        reply.header("cache-control"),
        "public, max-age=300, must-revalidate"
    );
    assert_eq!(reply.header("access-control-allow-origin"), "");
    assert_eq!(reply.header("vary"), "");
    assert_eq!(reply.header("access-control-allow-credentials"), "");
    assert_eq!(reply.header("cross-origin-resource-policy"), "cross-origin");
    assert_eq!(
        reply.header("content-security-policy"),
        "sandbox; default-src 'none'"
    );
    let part = server
        .get(&url)
        .header("range", "bytes=0-9")
        .send()
        .await
        .expect(206);
    assert_eq!(part.body.len(), 10);
    let known = server
        .get(&url)
        .header("if-none-match", reply.header("etag"))
        .send()
        .await;
    known.expect(304);
    let head = server.head(&url).send().await.expect(200);
    assert_eq!(head.header("content-length"), reply.body.len().to_string());
}

#[tokio::test]
async fn renditions_of_what_is_shared_are_shared() {
    let (server, agent, id) = with_photo().await;
    let url = share(&server, &agent, &id).await;
    let (base, name) = url.rsplit_once('/').unwrap();

    for (preset, status) in [("thumb", 200), ("preview", 200), ("huge", 404)] {
        let path = format!("{base}/r/{preset}/{name}");
        let reply = server
            .get(&path)
            .header("accept", "image/webp")
            .send()
            .await
            .expect(status);
        if status == 200 {
            assert_eq!(reply.header("vary"), "Accept");
            assert!(reply.body.starts_with(b"RIFF"));
        }
    }
}

#[tokio::test]
async fn nobody_sees_what_is_no_longer_shared() {
    let (server, agent, id) = with_photo().await;
    let path = format!("/api/v1/assets/{id}");
    let first = share(&server, &agent, &id).await;
    assert_eq!(share(&server, &agent, &id).await, first);
    server
        .delete(&format!("{path}/share"))
        .by(&agent)
        .send()
        .await
        .expect(200);
    server.get(&first).send().await.expect(404);

    let second = share(&server, &agent, &id).await;
    assert_ne!(second, first);
    server.delete(&path).by(&agent).send().await.expect(200);
    server.get(&second).send().await.expect(404);
}

#[tokio::test]
async fn a_key_cannot_be_guessed() {
    let (server, agent, id) = with_photo().await;
    let url = share(&server, &agent, &id).await;
    let key = url.rsplit('/').nth(1).unwrap().to_owned();
    assert!(key.len() >= 22, "{key}");

    for guess in [&key[1..], "AAAAAAAAAAAAAAAAAAAAAA", "..", "%00", &id] {
        let reply = server
            .get(&format!("/m/{guess}/astronaut.jpg"))
            .send()
            .await;
        assert_eq!(reply.status, 404, "{guess}");
    }
}

#[tokio::test]
async fn v14_2_8_a_shared_photo_does_not_tell_where_it_was_taken() {
    let (server, agent, _) = with_photo().await;
    let located = files::sample("located.jpg");
    assert!(located.windows(4).any(|bytes| bytes == b"Exif"));
    let asset = server.upload(&agent, "located.jpg", &located).await;
    let url = share(&server, &agent, asset["id"].as_str().unwrap()).await;

    let public = server.get(&url).send().await.expect(200);
    let has_place = public.body.windows(6).any(|bytes| bytes == b"Exif\0\0")
        && public.body.windows(2).any(|bytes| bytes == [0x88, 0x25]);
    assert!(!has_place);
}
