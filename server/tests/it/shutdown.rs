//! The end in good order.

use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use futures::{StreamExt, stream};

use crate::support::{files, people::with_agent};

#[test]
fn f8_a_server_that_is_told_to_stop_stops_well() {
    for signal in ["-TERM", "-INT"] {
        let (mut server, _) = with_agent();
        let (status, took) = server.stop(signal);

        assert!(status.success(), "{status}");
        assert!(took < Duration::from_secs(10), "{took:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn f8_bytes_of_an_upload_under_way_are_kept() {
    let (mut server, agent) = with_agent();
    let note = files::note("shutdown", 400_000);
    let tus = server.tus(&agent);
    let path = tus.create("note.txt", note.len()).await;
    let (first, rest) = (note.slice(..200_000), note.clone());
    // A client that sends half and then holds the line.
    let slow = stream::once(async move { Ok::<Bytes, std::io::Error>(first) })
        .chain(stream::once(std::future::pending()));
    let sending = tus.patch(&path, 0, "").body(Body::from_stream(slow));
    let sending = tokio::spawn(sending.try_send());
    while server
        .files_in("data/staging")
        .iter()
        .all(|file| std::fs::metadata(file).map_or(true, |found| found.len() < 100_000))
    {
        tokio::task::yield_now().await;
    }
    let path = path[path.find("/files/").unwrap()..].to_owned();

    let (status, took) = tokio::task::block_in_place(|| server.stop("-TERM"));
    assert!(
        status.success() && took < Duration::from_secs(10),
        "{status} {took:?}"
    );
    sending.abort();
    server.restart();

    let tus = server.tus(&agent);
    let offset = tus.offset(&path).await;
    assert!(offset >= 100_000, "{offset}");
    let done = tus
        .patch(&path, offset, rest.slice(offset..))
        .send()
        .await
        .expect(204);
    let id = done.header("satchel-asset-id");
    let asset = server.reads(&agent, &format!("/api/v1/assets/{id}")).await;
    assert_eq!(asset["sha256"], files::sha256(&note));
}
