//! `POST /assets`: a file and what is said about it, in any order, all or nothing.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use axum::body::Body;
use futures::{StreamExt as _, stream};
use serde_json::json;

use crate::support::{
    Part, Place, chunked, files, multipart,
    people::{id_of, with_agent},
};

#[tokio::test]
async fn a_photo_becomes_an_asset() {
    let (server, agent) = with_agent();
    let reply = server
        .upload_with(&agent, &[Part::File("astronaut.jpg", &files::photo())])
        .await;

    let reply = reply.expect(201);
    let asset = reply.json();
    assert_eq!(asset["name"], "astronaut.jpg");
    assert_eq!(asset["kind"], "image");
    assert_eq!(asset["mime"], "image/jpeg");
    assert_eq!(asset["size"], files::photo().len());
    assert_eq!(asset["sha256"], files::sha256(&files::photo()));
    assert_eq!(
        (&asset["width"], &asset["height"]),
        (&json!(512), &json!(512))
    );
    assert_eq!(asset["state"], "active");
    assert_eq!(asset["source"], "upload");
    assert_eq!(asset["version"], 1);
    let location = reply.header("location");
    assert_eq!(server.reads(&agent, location).await["id"], asset["id"]);
}

#[tokio::test]
async fn fields_may_come_before_or_after_the_file() {
    let (server, agent) = with_agent();
    let folder = server.folder(&agent, "Summer").await;
    let fields = [
        Part::Field("folder_id", &folder),
        Part::Field("tags", "sea, sun"),
        Part::Field("tags", "sand"),
        Part::Field("name", "Beach.txt"),
        Part::Field("alt_text", "A beach."),
    ];
    for (index, file_first) in [true, false].into_iter().enumerate() {
        let note = files::note(&format!("order {index}"), 200);
        let mut parts: Vec<Part<'_>> = fields.iter().map(copy).collect();
        let place = if file_first { 0 } else { parts.len() };
        parts.insert(place, Part::File("x.txt", &note));

        let asset = server.upload_with(&agent, &parts).await.expect(201).json();
        assert_eq!(asset["folder_id"], folder);
        assert_eq!(asset["tags"], json!(["sand", "sea", "sun"]));
        assert_eq!(asset["name"], "Beach.txt");
        assert_eq!(asset["alt_text"], "A beach.");
    }
}

fn copy<'a>(part: &Part<'a>) -> Part<'a> {
    match part {
        Part::Field(name, value) => Part::Field(name, value),
        Part::File(name, bytes) => Part::File(name, bytes),
    }
}

#[tokio::test]
async fn a_field_that_is_wrong_leaves_nothing_wherever_it_stands() {
    let (server, agent) = with_agent();
    server.account("Other");
    let other = server.token("Other", "agent");
    let theirs = server.folder(&other, "Theirs").await;
    let note = files::note("nothing left", 300);
    let long = "x".repeat(3_000);
    let wrong = [
        (Part::Field("folder_id", &theirs), 404),
        (
            Part::Field("folder_id", "fld_01J8Z3V5T0M6W2Q4R8X9Y7B1CD"),
            404,
        ),
        (Part::Field("folder_id", "nonsense"), 404),
        (Part::Field("name", "a/b.txt"), 422),
        (Part::Field("alt_text", &long), 422),
    ];

    for (field, status) in &wrong {
        let before = [copy(field), Part::File("x.txt", &note)];
        let after = [Part::File("x.txt", &note), copy(field)];
        server.upload_with(&agent, &before).await.expect(*status);
        server.upload_with(&agent, &after).await.expect(*status);
    }
    let listed = server.reads(&agent, "/api/v1/assets").await;
    assert_eq!(listed["items"], json!([]));
    let usage = server.reads(&agent, "/api/v1/usage").await;
    assert_eq!((&usage["used"], &usage["reserved"]), (&json!(0), &json!(0)));
    assert!(server.files_in("data/staging").is_empty());
}

#[tokio::test]
async fn a_form_without_a_file_is_malformed() {
    let (server, agent) = with_agent();

    for parts in [&[][..], &[Part::Field("name", "x")], &[Part::File("", b"")]] {
        assert_eq!(
            server.upload_with(&agent, parts).await.expect(400).code(),
            "malformed"
        );
    }
    let two = [
        Part::File("a.txt", b"one file"),
        Part::File("b.txt", b"another file"),
    ];
    server.upload_with(&agent, &two).await.expect(400);
    let post = server.post("/api/v1/assets").by(&agent);
    post.json(&json!({})).send().await.expect(415);
}

#[tokio::test]
async fn a_file_is_taken_whatever_way_its_name_is_said() {
    let (server, agent) = with_agent();
    for (said, name) in [
        ("; filename*=UTF-8''%C3%A9t%C3%A9.txt", "été.txt"),
        (
            "; filename*=UTF-8''%C3%A9t%C3%A9.txt; filename=\"ete.txt\"",
            "été.txt",
        ),
        ("; filename=\"ete.txt\"", "ete.txt"),
        ("", "untitled.txt"),
    ] {
        let note = files::note(said, 100);
        let head = format!("--x\r\nContent-Disposition: form-data; name=\"file\"{said}\r\n\r\n");
        let body = [head.as_bytes(), &note, b"\r\n--x--\r\n"];
        let form = (
            "multipart/form-data; boundary=x".to_owned(),
            body.concat().into(),
        );
        let request = server.post("/api/v1/assets").by(&agent).typed(form);
        let asset = request.send().await.expect(201).json();
        assert_eq!(asset["name"], name, "{said}");
    }
}

#[tokio::test]
async fn a_form_that_breaks_off_leaves_nothing() {
    let (server, agent) = with_agent();
    let (kind, body) = multipart(&[Part::File("x.txt", &files::note("cut", 5_000))]);

    let request = server.post("/api/v1/assets").by(&agent);
    let cut = request
        .header("content-type", &kind)
        .body(body.slice(..body.len() / 2));
    cut.send().await.expect(400);
    assert!(server.files_in("data/staging").is_empty());
}

#[tokio::test]
async fn cs_1_the_kind_is_told_by_content_and_never_by_name() {
    let (server, agent) = with_agent();
    let cases: [(&str, &[u8]); 4] = [
        ("cat.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'></svg>"),
        ("page.html", b"<!doctype html><script>alert(1)</script>"),
        ("shell.php", b"<?php system($_GET['c']); ?>"),
        (
            "program.exe",
            b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff",
        ),
    ];

    for (name, bytes) in cases {
        let reply = server.upload_with(&agent, &[Part::File(name, bytes)]).await;
        assert!(
            matches!(reply.status, 415 | 422),
            "{name}: {}",
            reply.status
        );
        assert!(!reply.json()["detail"].as_str().unwrap().is_empty());
    }
    let reply = server
        .upload_with(&agent, &[Part::File("empty.txt", b"")])
        .await;
    assert_eq!(reply.expect(422).code(), "empty_file");
}

#[tokio::test]
async fn a_file_over_its_limit_is_refused_with_rule_and_figure() {
    let (server, agent) = with_agent();
    server
        .place
        .run(&["account", "set", "Acme", "--max-size", "document=10KB"]);
    let fits = server
        .upload_with(&agent, &[Part::File("a.txt", &[b'a'; 10_000])])
        .await;
    fits.expect(201);

    let reply = server
        .upload_with(&agent, &[Part::File("a.txt", &[b'a'; 10_001])])
        .await;
    let problem = reply.expect(413).json();
    assert_eq!(problem["code"], "too_large");
    assert_eq!(problem["limit"], 10_000);
    assert_eq!(problem["kind"], "document");
}

#[tokio::test]
async fn the_quota_is_never_passed() {
    let (server, agent) = with_agent();
    server
        .place
        .run(&["account", "set", "Acme", "--quota", "10KB"]);
    let first = files::note("first", 5_900);
    server.upload(&agent, "a.txt", &first).await;

    let second = files::note("second", 5_900);
    let reply = server
        .upload_with(&agent, &[Part::File("b.txt", &second)])
        .await;
    assert_eq!(reply.expect(507).code(), "quota_exceeded");
    let again = server.upload(&agent, "copy.txt", &first).await;
    assert_eq!(again["sha256"], files::sha256(&first));
    let usage = server.reads(&agent, "/api/v1/usage").await;
    assert_eq!(usage["used"], first.len());
    assert_eq!(usage["reserved"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn v5_2_4_many_at_once_do_not_pass_the_quota() {
    let (server, agent) = with_agent();
    server
        .place
        .run(&["account", "set", "Acme", "--quota", "100KB"]);
    let notes: Vec<_> = (0..30)
        .map(|n| files::note(&format!("crowd {n}"), 9_900))
        .collect();

    let sent = notes.iter().enumerate().map(async |(n, note)| {
        let name = format!("{n}.txt");
        if n % 2 == 0 {
            return server
                .upload_with(&agent, &[Part::File(&name, note)])
                .await
                .status;
        }
        let begun = server.tus(&agent).request("POST", "/files/");
        let begun = begun
            .header("upload-length", &note.len().to_string())
            .header("content-type", "application/offset+octet-stream")
            .body(note.clone());
        begun.send().await.status
    });
    let statuses = futures::future::join_all(sent).await;

    let taken = statuses.iter().filter(|status| **status == 201).count();
    assert_eq!(taken, 10, "{statuses:?}");
    assert!(
        statuses.iter().all(|status| matches!(status, 201 | 507)),
        "{statuses:?}"
    );
    let usage = server.reads(&agent, "/api/v1/usage").await;
    assert!(usage["used"].as_u64().unwrap() <= 100_000);
    assert_eq!(usage["reserved"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn large_forms_at_once_are_refused_before_their_bytes_come() {
    let (server, agent) = with_agent();
    server
        .place
        .run(&["account", "set", "Acme", "--quota", "40MB"]);

    let sent = (0..6).map(async |n| {
        let note = files::note(&format!("a large crowd {n}"), 19_000_000);
        let (kind, body) = multipart(&[Part::File("large.txt", &note)]);
        let taken = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&taken);
        let length = body.len().to_string();
        let pieces = stream::iter(0..body.len().div_ceil(1_000_000)).map(move |piece| {
            count.fetch_add(1, Ordering::Relaxed);
            let end = body.len().min((piece + 1) * 1_000_000);
            Ok::<_, std::io::Error>(body.slice(piece * 1_000_000..end))
        });
        let request = server.post("/api/v1/assets").by(&agent);
        let request = request
            .header("content-type", &kind)
            .header("content-length", &length)
            .body(Body::from_stream(pieces));
        let reply = request.send().await;
        (reply.status, taken.load(Ordering::Relaxed))
    });
    let replies = futures::future::join_all(sent).await;

    let taken = replies.iter().filter(|(status, _)| *status == 201).count();
    assert_eq!(taken, 2, "{replies:?}");
    for (status, pieces) in replies.iter().filter(|(status, _)| *status != 201) {
        assert_eq!(*status, 507);
        assert!(*pieces < 19, "{replies:?}");
    }
    let usage = server.reads(&agent, "/api/v1/usage").await;
    assert_eq!(usage["reserved"], 0);
    server.place.run(&["fsck", "--json"]);
}

#[tokio::test]
async fn a_body_of_unknown_length_is_taken_while_it_fits() {
    let (server, agent) = with_agent();
    let note = files::note("chunks", 50_000);
    let (kind, body) = multipart(&[Part::File("x.txt", &note)]);
    let pieces = body
        .chunks(7_001)
        .map(|piece| body.slice_ref(piece))
        .collect();

    let request = server
        .post("/api/v1/assets")
        .by(&agent)
        .header("content-type", &kind);
    let asset = request
        .body(chunked(pieces))
        .send()
        .await
        .expect(201)
        .json();
    assert_eq!(asset["sha256"], files::sha256(&note));
}

#[tokio::test]
async fn hostile_names_become_names_or_are_refused() {
    let (server, agent) = with_agent();
    for (index, name) in [
        "../../etc/passwd.txt",
        "..\\..\\x.txt",
        "a\u{202e}txt.exe.txt",
        ".htaccess.txt",
        "CON.txt",
        "صورة ☀ 写真.txt",
        "a;b=c.txt",
        &format!("{}.txt", "ü".repeat(400)),
    ]
    .into_iter()
    .enumerate()
    {
        let note = files::note(&format!("name {index}"), 100);
        let reply = server.upload_with(&agent, &[Part::File(name, &note)]).await;
        assert!(
            matches!(reply.status, 201 | 400 | 422),
            "{name}: {}",
            reply.status
        );
        if reply.status == 201 {
            let stored = reply.json()["name"].as_str().unwrap().to_owned();
            assert!(!stored.contains(['/', '\\', '\u{202e}']), "{stored}");
            assert!(stored.chars().count() <= 255);
        }
    }
    assert!(!server.place.folder().join("etc").exists());
}

#[tokio::test]
async fn relative_paths_make_folders_and_never_leave_the_library() {
    let (server, agent) = with_agent();
    let note = files::note("path", 100);
    let parts = [
        Part::File("beach.txt", &note),
        Part::Field("relative_path", "../../Summer/2026/beach.txt"),
    ];

    let asset = server.upload_with(&agent, &parts).await.expect(201).json();
    let year = asset["folder_id"].as_str().unwrap();
    let year = server
        .reads(&agent, &format!("/api/v1/folders/{year}"))
        .await;
    assert_eq!(year["name"], "2026");
    let folders = server.reads(&agent, "/api/v1/folders").await;
    assert_eq!(folders["items"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_library_that_is_switched_off_takes_nothing() {
    let server = Place::empty().serve();
    server.account("Acme");
    let agent = server.token("Acme", "agent");
    let id = id_of(
        &server
            .upload(&agent, "a.txt", &files::note("off", 100))
            .await,
    );
    server
        .place
        .run(&["account", "set", "Acme", "--library", "off"]);

    let reply = server
        .upload_with(&agent, &[Part::File("b.txt", b"some text")])
        .await;
    assert_eq!(reply.status, 404, "{}", reply.text());
    let reply = server
        .get(&format!("/api/v1/assets/{id}"))
        .by(&agent)
        .send()
        .await;
    assert_eq!(reply.status, 404, "{}", reply.text());
}
