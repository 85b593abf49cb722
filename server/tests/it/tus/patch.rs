//! `PATCH` adds bytes; what is acknowledged is kept.

use bytes::Bytes;
use tokio::{io::AsyncWriteExt as _, net::TcpStream};

use crate::support::{
    PATIENCE, Server, chunked, files,
    people::{Who, with_agent},
};

#[tokio::test]
async fn pieces_become_one_file() {
    let (server, agent) = with_agent();
    let tus = server.tus(&agent);
    let note = files::note("pieces", 9_000);
    let path = tus.create("note.txt", note.len()).await;

    for start in (0..note.len()).step_by(4_000) {
        let end = (start + 4_000).min(note.len());
        let reply = tus
            .patch(&path, start, note.slice(start..end))
            .send()
            .await
            .expect(204);
        assert_eq!(reply.header("upload-offset"), end.to_string());
    }

    let asset = &server.reads(&agent, "/api/v1/assets").await["items"][0];
    assert_eq!(asset["sha256"], files::sha256(&note));
    assert_eq!(asset["name"], "note.txt");
}

#[tokio::test]
async fn an_offset_that_lies_is_a_conflict() {
    let (server, agent) = with_agent();
    let tus = server.tus(&agent);
    let path = tus.create("note.txt", 1_000).await;

    for offset in [1, 999, 1_000, 5_000] {
        let reply = tus.patch(&path, offset, "abc").send().await.expect(409);
        assert_eq!(reply.code(), "offset_mismatch");
    }
    assert_eq!(tus.offset(&path).await, 0);
}

#[tokio::test]
async fn a_second_finish_makes_no_second_asset() {
    let (server, agent) = with_agent();
    let tus = server.tus(&agent);
    let note = files::note("twice", 700);
    let path = tus.create("note.txt", note.len()).await;
    tus.patch(&path, 0, note.clone()).send().await.expect(204);

    let again = tus.patch(&path, 0, note.clone()).send().await;
    assert_eq!(again.status, 409);
    tus.patch(&path, note.len(), Bytes::new()).send().await;
    let assets = server.reads(&agent, "/api/v1/assets").await;
    assert_eq!(assets["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn more_bytes_than_were_said_are_refused() {
    let (server, agent) = with_agent();
    let tus = server.tus(&agent);
    let path = tus.create("note.txt", 10).await;

    let reply = tus
        .patch(&path, 0, files::note("too long", 100))
        .send()
        .await;
    assert!((400..500).contains(&reply.status), "{}", reply.status);
    let pieces = vec![
        Bytes::from_static(b"12345678"),
        Bytes::from_static(b"90ABCDEF"),
    ];
    let reply = tus.patch(&path, 0, "").body(chunked(pieces)).send().await;
    assert!((400..500).contains(&reply.status), "{}", reply.status);
    assert!(tus.offset(&path).await <= 10);
}

#[tokio::test]
async fn bytes_must_be_called_what_they_are() {
    let (server, agent) = with_agent();
    let tus = server.tus(&agent);
    let path = tus.create("note.txt", 10).await;

    for kind in ["application/json", "application/octet-stream"] {
        tus.request("PATCH", &path)
            .header("content-type", kind)
            .header("upload-offset", "0")
            .body("abc")
            .send()
            .await
            .expect(415);
    }
    for offset in [None, Some("-1"), Some("x")] {
        let request = tus
            .request("PATCH", &path)
            .header("content-type", "application/offset+octet-stream");
        let request = match offset {
            Some(offset) => request.header("upload-offset", offset),
            None => request,
        };
        request.body("abc").send().await.expect(400);
    }
    assert_eq!(tus.offset(&path).await, 0);
}

#[tokio::test]
async fn a_client_that_cannot_say_patch_says_it_in_a_post() {
    let (server, agent) = with_agent();
    let tus = server.tus(&agent);
    let note = files::note("override", 600);
    let path = tus.create("note.txt", note.len()).await;

    let reply = tus
        .request("POST", &path)
        .header("x-http-method-override", "PATCH")
        .header("content-type", "application/offset+octet-stream")
        .header("upload-offset", "0")
        .body(note)
        .send()
        .await;
    assert!(!reply.expect(204).header("satchel-asset-id").is_empty());
}

#[tokio::test]
async fn bytes_before_a_broken_connection_are_kept() {
    let (server, agent) = with_agent();
    let tus = server.tus(&agent);
    let note = files::note("broken", 300_000);
    let path = tus.create("note.txt", note.len()).await;

    let half = note.slice(..150_000);
    let broken = body_that_breaks(&server, half.clone());
    let sent = tus.patch(&path, 0, "").body(broken).try_send().await;
    assert!(sent.is_err() || sent.is_ok_and(|reply| reply.status >= 400));

    let deadline = std::time::Instant::now() + PATIENCE;
    let offset = loop {
        let offset = tus.offset(&path).await;
        if offset > 0 || std::time::Instant::now() > deadline {
            break offset;
        }
        tokio::task::yield_now().await;
    };
    assert!(offset > 0 && offset <= half.len(), "{offset}");
    let done = tus
        .patch(&path, offset, note.slice(offset..))
        .send()
        .await
        .expect(204);
    let id = done.header("satchel-asset-id");
    let asset = server.reads(&agent, &format!("/api/v1/assets/{id}")).await;
    assert_eq!(asset["sha256"], files::sha256(&note));
}

/// A body that sends some bytes and, when the server keeps some of them, an error, at which the
/// client hangs up.
fn body_that_breaks(server: &Server, bytes: Bytes) -> axum::body::Body {
    use futures::{StreamExt, stream};

    let staging = server.place.folder().join("data/staging");
    let sent = stream::once(async move { Ok(bytes) });
    let broken = stream::once(async move {
        while files::under(&staging)
            .iter()
            .all(|file| std::fs::metadata(file).map_or(true, |found| found.len() == 0))
        {
            tokio::task::yield_now().await;
        }
        Err(std::io::Error::other("the network broke"))
    });
    axum::body::Body::from_stream(sent.chain(broken))
}

#[tokio::test]
async fn an_upload_goes_on_after_the_server_was_killed() {
    let (mut server, agent) = with_agent();
    let note = files::note("killed", 8_000);
    let path = {
        let tus = server.tus(&agent);
        let path = tus.create("note.txt", note.len()).await;
        tus.patch(&path, 0, note.slice(..5_000))
            .send()
            .await
            .expect(204);
        path[path.find("/files/").unwrap()..].to_owned()
    };

    server.restart();

    let tus = server.tus(&agent);
    assert_eq!(tus.offset(&path).await, 5_000);
    let done = tus
        .patch(&path, 5_000, note.slice(5_000..))
        .send()
        .await
        .expect(204);
    let id = done.header("satchel-asset-id");
    let asset = server.reads(&agent, &format!("/api/v1/assets/{id}")).await;
    assert_eq!(asset["sha256"], files::sha256(&note));
}

#[tokio::test]
async fn what_is_refused_at_the_end_leaves_nothing() {
    let (server, agent) = with_agent();
    let tus = server.tus(&agent);
    let lie = Bytes::from_static(b"<svg xmlns='http://www.w3.org/2000/svg'/>");
    let path = tus.create("cat.jpg", lie.len()).await;

    let reply = tus.patch(&path, 0, lie).send().await;
    assert!(matches!(reply.status, 415 | 422), "{}", reply.status);
    assert!(server.files_in("data/staging").is_empty());
    let usage = server.reads(&agent, "/api/v1/usage").await;
    assert_eq!(
        (usage["used"].as_u64(), usage["reserved"].as_u64()),
        (Some(0), Some(0))
    );
}

#[tokio::test]
async fn a_connection_whose_other_end_is_gone_holds_nothing_up() {
    let (server, agent) = with_agent();
    let tus = server.tus(&agent);
    let note = files::note("half open", 600_000);
    let path = tus.create("note.txt", note.len()).await;
    let old = half_open(&server, &agent, &path, &note).await;
    while server
        .files_in("data/staging")
        .iter()
        .all(|file| std::fs::metadata(file).map_or(true, |found| found.len() < 200_000))
    {
        tokio::task::yield_now().await;
    }

    let head = tus.request("HEAD", &path).try_send();
    let head = tokio::time::timeout(PATIENCE / 4, head).await;
    let head = head.expect("it is not held up").unwrap().expect(200);
    let offset: usize = head.header("upload-offset").parse().unwrap();
    assert!(offset >= 200_000, "{offset}");
    let rest = note.slice(offset..);
    tus.patch(&path, offset, rest).send().await.expect(204);

    let asset = &server.reads(&agent, "/api/v1/assets").await["items"][0];
    assert_eq!(asset["sha256"], files::sha256(&note));
    drop(old);
}

/// A request that never ends: its head and the first half of its bytes, then silence.
async fn half_open(server: &Server, who: &Who, path: &str, bytes: &[u8]) -> TcpStream {
    let Who::Token(token) = who else {
        unreachable!("agents have tokens");
    };
    let path = path.trim_start_matches(&server.url);
    let head = format!(
        "PATCH {path} HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {token}\r\n\
         tus-resumable: 1.0.0\r\nupload-offset: 0\r\ncontent-length: {}\r\n\
         content-type: application/offset+octet-stream\r\n\r\n",
        server.authority(),
        bytes.len(),
    );
    let mut stream = TcpStream::connect(server.authority()).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(&bytes[..bytes.len() / 2]).await.unwrap();
    stream
}
