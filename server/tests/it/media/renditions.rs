//! Renditions: by preset only, in a format the reader takes.

use super::with_photo;
use crate::support::{
    files,
    people::{id_of, with_agent},
};

#[tokio::test]
async fn the_format_is_what_the_reader_takes() {
    let (server, agent, id) = with_photo().await;

    for preset in ["thumb", "preview"] {
        for (accept, mime, magic) in [
            ("image/avif,image/webp,*/*", "image/webp", &b"RIFF"[..]),
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
async fn only_presets_are_made() {
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
