//! Renditions: by preset only, in a format the reader takes.

use super::with_photo;
use crate::support::{
    PATIENCE, files,
    people::{id_of, with_agent},
};

#[tokio::test]
async fn the_format_is_what_the_reader_takes() {
    let (server, agent, id) = with_photo().await;

    for preset in ["thumb", "tile", "preview", "screen"] {
        for (accept, mime, magic) in [
            ("image/webp,*/*", "image/webp", &b"RIFF"[..]),
            ("*/*", "image/jpeg", &b"\xff\xd8\xff"[..]),
        ] {
            let path = format!("/api/v1/assets/{id}/renditions/{preset}");
            let request = server.get(&path).by(&agent).header("accept", accept);
            let reply = request.send().await.expect(200);
            assert_eq!(reply.header("content-type"), mime);
            assert_eq!(reply.header("vary"), "Accept");
            assert!(reply.body.starts_with(magic), "{preset} {mime}");
        }
    }
}

#[tokio::test]
async fn who_takes_avif_gets_webp_until_avif_is_made() {
    let (server, agent, id) = with_photo().await;
    let path = format!("/api/v1/assets/{id}/renditions/preview");
    let ask = |method: &str, accept: &str| {
        let request = server.request(method, &path).by(&agent);
        request.header("accept", accept)
    };
    let browser = "image/avif,image/webp,image/*,*/*;q=0.8";

    let first = ask("GET", browser).send().await.expect(200);
    let made = async {
        loop {
            let reply = ask("HEAD", browser).send().await.expect(200);
            if reply.header("content-type") == "image/avif" {
                return reply;
            }
            tokio::task::yield_now().await;
        }
    };
    let head = tokio::time::timeout(PATIENCE, made).await.expect("AVIF");
    let then = ask("GET", browser).send().await.expect(200);

    assert_eq!(first.header("content-type"), "image/webp");
    assert_eq!(then.header("content-type"), "image/avif");
    assert!(then.body.len() < first.body.len());
    assert_eq!(&then.body[4..12], b"ftypavif");
    assert_eq!(head.header("content-length"), then.body.len().to_string());
    for reply in [&first, &then, &head] {
        assert_eq!(reply.header("vary"), "Accept");
    }
    // Each form has a tag of its own, which is good for it alone.
    let (webp, avif) = (first.header("etag"), then.header("etag"));
    assert_eq!(head.header("etag"), avif);
    for (accept, tag, status) in [
        (browser, avif, 304),
        (browser, webp, 200),
        ("image/webp", webp, 304),
        ("image/webp", avif, 200),
    ] {
        let request = ask("GET", accept).header("if-none-match", tag);
        let reply = request.send().await.expect(status);
        assert_eq!(reply.header("vary"), "Accept");
    }
    let part = ask("GET", browser).header("range", "bytes=4-11");
    assert_eq!(
        part.header("if-range", avif).send().await.expect(206).body,
        &b"ftypavif"[..]
    );
    let jpeg = ask("GET", "*/*").send().await.expect(200);
    assert_eq!(jpeg.header("content-type"), "image/jpeg");
}

#[tokio::test]
async fn cs_6_only_presets_are_made() {
    let (server, agent, id) = with_photo().await;
    let path = format!("/api/v1/assets/{id}/renditions");

    for preset in ["huge", "320", "thumb.webp", "Thumb", "..%2fcontent"] {
        server
            .get(&format!("{path}/{preset}"))
            .by(&agent)
            .send()
            .await
            .expect(404);
    }
    let plain = server
        .get(&format!("{path}/thumb"))
        .by(&agent)
        .send()
        .await
        .expect(200);
    let before = server.files_in("blobs").len();
    for width in 1..50 {
        let asked = server
            .get(&format!("{path}/thumb?w={width}"))
            .by(&agent)
            .send()
            .await;
        assert_eq!(asked.expect(200).body, plain.body);
    }
    assert_eq!(server.files_in("blobs").len(), before);
}

#[tokio::test]
async fn what_cannot_be_seen_has_no_rendition() {
    let (server, agent) = with_agent();
    let id = id_of(
        &server
            .upload(&agent, "note.txt", &files::note("unseen", 100))
            .await,
    );

    let reply = server
        .get(&format!("/api/v1/assets/{id}/renditions/thumb"))
        .by(&agent)
        .send()
        .await;
    assert_eq!(reply.expect(404).code(), "not_found");
}

#[tokio::test]
async fn a_rendition_that_is_lost_while_the_server_runs_is_made_again() {
    let (server, agent, id) = with_photo().await;
    let path = format!("/api/v1/assets/{id}/renditions/tile");
    let ask = |method: &str| server.request(method, &path).by(&agent).send();
    // Made, but not read, so not held in memory.
    let told = ask("HEAD").await.expect(200);
    let stored = server.files_in("");
    let lost = stored.iter().filter(|file| {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        name.contains(".tile.")
    });
    let lost = lost.flat_map(std::fs::remove_file).count();

    let reply = ask("GET").await.expect(200);

    // In a store that is no folder, there was nothing to take away.
    assert!(lost == 1 || std::env::var("SATCHEL_TEST_BLOBS").is_ok());
    assert_eq!(told.header("content-length"), reply.body.len().to_string());
    assert!(reply.body.starts_with(b"\xff\xd8\xff"));
}
