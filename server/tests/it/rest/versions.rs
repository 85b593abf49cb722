//! `/assets/{id}/versions`: replaced over HTTP, once for one key, and served as before.

use bytes::Bytes;

use crate::support::{
    Part, files, multipart,
    people::{id_of, with_agent},
};

/// Another photo than the one that is uploaded first.
fn other() -> Bytes {
    files::sample("chelsea.jpg")
}

#[tokio::test]
async fn a_file_is_replaced_and_brought_back() {
    let (server, agent) = with_agent();
    let photo = server.upload(&agent, "photo.jpg", &files::photo()).await;
    let path = format!("/api/v1/assets/{}", id_of(&photo));
    let versions = format!("{path}/versions");
    let send = |bytes: Bytes, query: &str| {
        let request = server.post(&format!("{versions}{query}")).by(&agent);
        let form = multipart(&[Part::File("other.jpg", &bytes)]);
        request.typed(form).send()
    };

    let replaced = send(other(), "?if_version=1").await.expect(201).json();
    let stale = send(other(), "?if_version=1").await.expect(409).json();
    let words = send("words".into(), "").await.expect(415).json();
    let history = server
        .get(&versions)
        .by(&agent)
        .send()
        .await
        .expect(200)
        .json();
    let first = server.get(&format!("{versions}/1/content")).by(&agent);
    let first = first.send().await.expect(200);
    let thumb = server
        .get(&format!("{versions}/1/renditions/thumb"))
        .by(&agent);
    let thumb = thumb.send().await.expect(200);
    let back = server.post(&format!("{versions}/1/revert")).by(&agent);
    let back = back.send().await.expect(200).json();

    assert_eq!(
        (&replaced["id"], &replaced["version"]),
        (&photo["id"], &2.into())
    );
    assert_eq!(replaced["sha256"], files::sha256(&other()));
    assert_eq!(stale["reason"], "changed_meanwhile");
    assert_eq!(words["reason"], "other_kind");
    let numbers: Vec<_> = history["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["number"].clone())
        .collect();
    assert_eq!(numbers, [2, 1]);
    assert_eq!(first.body, files::photo());
    assert_eq!(
        first.header("cache-control"),
        "private, max-age=31536000, immutable"
    );
    assert!(thumb.header("content-type").starts_with("image/"));
    assert_eq!(
        (&back["version"], &back["sha256"]),
        (&3.into(), &photo["sha256"])
    );
    let none = server.get(&format!("{versions}/9/content")).by(&agent);
    none.send().await.expect(404);
    let odd = server.get(&format!("{versions}/x/content")).by(&agent);
    odd.send().await.expect(404);
}

#[tokio::test]
async fn a_public_address_shows_what_came_last() {
    let (server, agent) = with_agent();
    let photo = server.upload(&agent, "photo.jpg", &files::photo()).await;
    let path = format!("/api/v1/assets/{}", id_of(&photo));
    let shared = server.post(&format!("{path}/share")).by(&agent);
    let shared = shared.send().await.expect(200).json();
    let url = shared["url"].as_str().unwrap().to_owned();
    let public = url
        .split_once("/m/")
        .map(|(_, rest)| format!("/m/{rest}"))
        .unwrap();
    let before = server.get(&public).send().await.expect(200);

    let request = server.post(&format!("{path}/versions")).by(&agent);
    let form = multipart(&[Part::File("other.jpg", &other())]);
    request.typed(form).send().await.expect(201);

    let after = server.get(&public).send().await.expect(200);
    assert_ne!(before.body, after.body);
    assert_ne!(before.header("etag"), after.header("etag"));
    let asked = server
        .get(&public)
        .header("if-none-match", before.header("etag"));
    assert_eq!(asked.send().await.expect(200).body, after.body);
}
