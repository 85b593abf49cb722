//! `Upload-Concat` joins parts that came side by side.

use bytes::Bytes;

use crate::support::{
    Tus, files,
    people::with_agent,
    tus::{location, metadata},
};

async fn part(tus: &Tus<'_>, bytes: Bytes) -> String {
    let reply = tus
        .request("POST", "/files/")
        .header("upload-length", &bytes.len().to_string())
        .header("upload-concat", "partial")
        .send()
        .await
        .expect(201);
    let path = location(&reply);
    let done = tus.patch(&path, 0, bytes).send().await.expect(204);
    assert!(done.header("satchel-asset-id").is_empty());
    path
}

#[tokio::test]
async fn parts_become_one_asset() {
    let (server, agent) = with_agent();
    let tus = server.tus(&agent);
    let note = files::note("parts", 6_000);
    let first = part(&tus, note.slice(..2_500)).await;
    let second = part(&tus, note.slice(2_500..)).await;
    // One by its whole address, one by its path.
    let second = &second[second.find("/files/").unwrap()..];
    let how = format!("final;{first} {second}");

    let reply = tus
        .request("POST", "/files/")
        .header("upload-concat", &how)
        .header("upload-metadata", &metadata(&[("filename", "joined.txt")]))
        .send()
        .await
        .expect(201);

    let id = reply.header("satchel-asset-id");
    let asset = server.reads(&agent, &format!("/api/v1/assets/{id}")).await;
    assert_eq!(asset["sha256"], files::sha256(&note));
    assert_eq!(asset["name"], "joined.txt");
    let path = location(&reply);
    let head = tus.request("HEAD", &path).send().await.expect(200);
    assert_eq!(head.header("upload-concat"), how);
    assert_eq!(head.header("upload-length"), note.len().to_string());
    tus.patch(&path, note.len(), "more")
        .send()
        .await
        .expect(403);
}

#[tokio::test]
async fn a_part_says_that_it_is_one() {
    let (server, agent) = with_agent();
    let tus = server.tus(&agent);
    let path = part(&tus, files::note("a part", 100)).await;

    let head = tus.request("HEAD", &path).send().await.expect(200);
    assert_eq!(head.header("upload-concat"), "partial");
    let assets = server.reads(&agent, "/api/v1/assets").await;
    assert!(assets["items"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn parts_that_are_not_there_or_not_whole_are_not_joined() {
    let (server, agent) = with_agent();
    let tus = server.tus(&agent);
    let begun = tus
        .request("POST", "/files/")
        .header("upload-length", "100")
        .header("upload-concat", "partial")
        .send()
        .await;
    let begun = format!("final;{}", location(&begun));
    let cases = [
        ("final;/files/upl_01J8Z3V5T0M6W2Q4R8X9Y7B1CD", 404),
        ("final;", 400),
        ("sometimes", 400),
    ];

    for (how, status) in cases {
        let request = tus.request("POST", "/files/").header("upload-concat", how);
        request.send().await.expect(status);
    }
    let reply = tus
        .request("POST", "/files/")
        .header("upload-concat", &begun)
        .send()
        .await;
    assert!((400..500).contains(&reply.status), "{}", reply.status);
}
