//! Bodies without end are stopped at every door, and memory stays flat.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use axum::body::Body;
use bytes::Bytes;
use futures::{StreamExt as _, TryStreamExt as _, stream};

use super::{with_operator, write_doors};
use crate::support::{Server, chunked, people::Who};

/// Ten gigabytes, made as they are asked for; counts what was taken.
fn endless(taken: &Arc<AtomicU64>) -> Body {
    const PIECE: usize = 64 << 10;
    let piece = Bytes::from(vec![b'a'; PIECE]);
    let taken = Arc::clone(taken);
    let pieces = (10_u64 << 30) / PIECE as u64;
    Body::from_stream(stream::iter((0..pieces).map(move |_| {
        taken.fetch_add(PIECE as u64, Ordering::Relaxed);
        Ok::<_, std::io::Error>(piece.clone())
    })))
}

fn kind_for(path: &str) -> &'static str {
    match path {
        _ if path.starts_with("/files/") => "application/offset+octet-stream",
        "/api/v1/assets" | "/upload" => "multipart/form-data; boundary=x",
        _ if path.starts_with("/api/") => "application/json",
        _ => "application/x-www-form-urlencoded",
    }
}

#[tokio::test]
async fn cve_axum_core_ten_gigabytes_are_stopped_at_every_door() {
    let (server, operator) = with_operator().await;
    for (method, path) in write_doors() {
        // Doors that end the session are tried by somebody else.
        let who = if path.contains("sign-out") || path.ends_with("/sessions") {
            Who::Nobody
        } else {
            operator.clone()
        };
        let taken = Arc::new(AtomicU64::new(0));
        let request = server
            .request(method, &path)
            .by(&who)
            .header("tus-resumable", "1.0.0")
            .header("upload-offset", "0")
            .header("upload-defer-length", "1")
            .header("content-type", kind_for(&path))
            .body(endless(&taken));
        let sent = tokio::time::timeout(Duration::from_secs(30), request.try_send()).await;
        let reply = sent.unwrap_or_else(|_| panic!("{method} {path} goes on and on"));

        if let Ok(reply) = reply {
            assert!(
                (200..500).contains(&reply.status),
                "{method} {path}: {}",
                reply.status
            );
        }
        let taken = taken.load(Ordering::Relaxed);
        assert!(taken < 130_000_000, "{method} {path} took {taken} bytes");
    }
    assert!(memory_of(&server) < 512 << 20);
    server.get("/healthz").send().await.expect(200);
}

#[tokio::test]
async fn v5_2_1_a_file_one_byte_too_long_is_stopped_on_the_way() {
    let (server, operator) = with_operator().await;
    server.place.run(&[
        "account",
        "set",
        "Acme",
        "--max-size",
        "document=100KB",
        "--max-size",
        "image=100KB",
        "--max-size",
        "video=100KB",
        "--max-size",
        "audio=100KB",
    ]);
    let head = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n";
    let taken = Arc::new(AtomicU64::new(0));
    let counted = Arc::clone(&taken);
    let piece = Bytes::from(vec![b'a'; 8 << 10]);
    let pieces = stream::iter((0..100_000).map(move |index| {
        counted.fetch_add(8 << 10, Ordering::Relaxed);
        Ok::<_, std::io::Error>(match index {
            0 => Bytes::from_static(head.as_bytes()),
            _ => piece.clone(),
        })
    }));

    let request = server.post("/api/v1/assets").by(&operator);
    let request = request.header("content-type", "multipart/form-data; boundary=x");
    if let Ok(reply) = request.body(Body::from_stream(pieces)).try_send().await {
        assert_eq!(reply.status, 413, "{}", reply.text());
    }
    // What lies in socket buffers counts as taken, too.
    assert!(taken.load(Ordering::Relaxed) < 20_000_000);
    assert!(server.files_in("data/staging").is_empty());
}

#[tokio::test]
async fn whoever_sends_a_little_too_much_hears_why() {
    let (server, operator) = with_operator().await;
    server
        .place
        .run(&["account", "set", "Acme", "--max-size", "image=100KB"]);
    let head = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\n";
    let mut form = [head.as_bytes(), b"\xff\xd8\xff\xe0"].concat();
    form.resize(1_100_000, b'a');
    let json = format!("{{\"name\": \"{}\"}}", "a".repeat(2_000_000));
    for (path, kind, body, code) in [
        (
            "/api/v1/assets",
            "multipart/form-data; boundary=x",
            form,
            "too_large",
        ),
        (
            "/api/v1/folders",
            "application/json",
            json.into(),
            "body_too_large",
        ),
    ] {
        for announced in [true, false] {
            let request = server.post(path).by(&operator);
            let request = request.header("content-type", kind);
            let pieces = body.chunks(8 << 10).map(Bytes::copy_from_slice).collect();
            let request = if announced {
                request.body(body.clone())
            } else {
                request.body(chunked(pieces))
            };
            let reply = request.send().await.expect(413);
            assert_eq!(reply.code(), code, "{path}, announced: {announced}");
        }
    }
}

#[tokio::test]
async fn a_large_body_that_is_announced_is_refused_unread() {
    let (server, operator) = with_operator().await;
    let request = format!(
        "POST /api/v1/folders HTTP/1.1\r\nHost: x\r\nCookie: {}\r\nContent-Type: application/json\r\n\
         Content-Length: 2000000\r\n\r\n{{",
        match &operator {
            Who::Cookie(cookie) => cookie,
            _ => unreachable!("people have cookies"),
        }
    );

    let patience = Duration::from_secs(20);
    let (answer, closed) = crate::support::exchange(&server, request.as_bytes(), patience).await;
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    assert!(closed);
}

/// Bytes of memory the server holds.
fn memory_of(server: &Server) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.pid()));
    let status = status.expect("a process");
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .expect("its memory");
    let kilobytes: u64 = line
        .trim()
        .trim_end_matches(" kB")
        .parse()
        .expect("a number");
    kilobytes * 1_024
}

#[tokio::test]
async fn v5_2_1_a_form_that_announces_too_much_is_refused_before_its_bytes_are_taken() {
    let (server, operator) = with_operator().await;
    let head = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\n";
    let taken = Arc::new(AtomicU64::new(0));
    let parts = stream::iter([Ok::<_, std::io::Error>(Bytes::from(head))]);
    let body = parts.chain(
        endless(&taken)
            .into_data_stream()
            .map_err(std::io::Error::other),
    );
    let request = server
        .post("/api/v1/assets")
        .by(&operator)
        .header("content-type", "multipart/form-data; boundary=x")
        .header(
            "content-length",
            &((10_u64 << 30) + head.len() as u64).to_string(),
        )
        .body(Body::from_stream(body));

    if let Ok(reply) = request.try_send().await {
        assert_eq!(reply.status, 413);
        assert_eq!(reply.code(), "too_large");
    }
    // What the sockets of both sides hold is on its way before anybody can refuse it.
    assert!(taken.load(Ordering::Relaxed) < 20_000_000);
}
