//! What is not taken is refused with a code, and leaves nothing behind.

use futures::{StreamExt as _, stream};
use library::uploads::NewUpload;
use model::{ByteSize, FolderId, Kind, ProblemCode, UploadMetadata, id::Id as _};

use crate::support::{TestLibrary, code, fresh_library, jpeg, meta, piece_at, problem, text};

/// Nothing staged, stored or reserved.
async fn nothing_is_left(library: &TestLibrary, actor: &library::Actor) {
    assert_eq!(library.staged(), Vec::<String>::new());
    assert_eq!(library.stored().await, 0);
    let usage = library.usage(actor).await.unwrap();
    assert_eq!(
        (usage.used, usage.reserved),
        (ByteSize::ZERO, ByteSize::ZERO)
    );
}

#[tokio::test]
async fn bytes_that_are_not_kept_are_refused_by_form_and_in_pieces() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let cut = &jpeg(1)[..400];
    let cases: [(&str, &[u8], ProblemCode); 6] = [
        (
            "program.jpg",
            b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0",
            ProblemCode::UnsupportedKind,
        ),
        (
            "page.html",
            b"<!doctype html><script>alert(1)</script>",
            ProblemCode::UnsupportedKind,
        ),
        (
            "drawing.svg",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            ProblemCode::UnsupportedKind,
        ),
        ("zeros.pdf", &[0; 64], ProblemCode::UnsupportedKind),
        ("text.png", b"just words", ProblemCode::UnsupportedKind),
        ("cut.jpg", cut, ProblemCode::CorruptFile),
    ];
    for (name, bytes, expected) in cases {
        let by_form = library.try_upload(&anna, meta(name), bytes).await;
        assert_eq!(code(by_form), expected, "{name} by form");
        let upload = library.begin(&anna, name, bytes.len()).await;
        let in_pieces = library.append(&anna, upload.id, 0, bytes).await;
        assert_eq!(code(in_pieces), expected, "{name} in pieces");
    }
    nothing_is_left(&library, &anna).await;
}

#[tokio::test]
async fn an_empty_file_is_refused() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;

    let by_form = library.try_upload(&anna, meta("a.txt"), b"").await;
    let in_pieces = library.try_begin(&anna, "a.txt", 0).await;

    assert_eq!(code(by_form), ProblemCode::EmptyFile);
    assert_eq!(code(in_pieces), ProblemCode::EmptyFile);
    nothing_is_left(&library, &anna).await;
}

#[tokio::test]
async fn a_size_that_is_announced_is_refused_before_any_byte() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;

    let photo = problem(library.try_begin(&anna, "photo.jpg", 7_200_000).await);
    let film = code(library.try_begin(&anna, "film.mp4", 200_000_000).await);

    assert_eq!(
        (photo.code, photo.kind),
        (ProblemCode::TooLarge, Some(Kind::Image))
    );
    assert_eq!(photo.detail, "photo.jpg is 7.2 MB; images may be 5 MB.");
    assert_eq!(film, ProblemCode::TooLarge);
    nothing_is_left(&library, &anna).await;
}

#[tokio::test]
async fn a_picture_that_never_ends_stops_at_its_limit() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let taken = std::sync::Arc::new(std::sync::atomic::AtomicU64::new(0));
    let endless = |start: Vec<u8>| {
        let taken = taken.clone();
        taken.store(0, std::sync::atomic::Ordering::SeqCst);
        let rest = stream::repeat_with(|| vec![0_u8; 64 * 1024]);
        stream::iter([start]).chain(rest).map(move |piece| {
            taken.fetch_add(piece.len() as u64, std::sync::atomic::Ordering::SeqCst);
            Ok(bytes::Bytes::from(piece))
        })
    };
    let over = |limit: u64| limit..=limit + 2 * 64 * 1024;

    let by_form = library
        .upload_asset(&anna, meta("a.mp4"), None, endless(jpeg(1)))
        .await;
    assert_eq!(code(by_form), ProblemCode::TooLarge);
    assert!(over(5_000_000).contains(&taken.load(std::sync::atomic::Ordering::SeqCst)));

    // The smaller of what the beginning and the name allow.
    let cases: [(&str, &[u8], u64); 3] = [
        ("a.mp4", b"ID3\x04\0\0\0\0\0\0", 16_000_000),
        ("a.vcf", b"BEGIN:VCARD\r\n", 1_000_000),
        ("a.jpg", b"%PDF-1.7", 5_000_000),
    ];
    for (name, start, limit) in cases {
        let sent = endless(start.to_vec());
        let refused = library.upload_asset(&anna, meta(name), None, sent).await;
        assert_eq!(code(refused), ProblemCode::TooLarge, "{name}");
        let taken = taken.load(std::sync::atomic::Ordering::SeqCst);
        assert!(over(limit).contains(&taken), "{name}: {taken}");
    }

    let new = NewUpload {
        metadata: meta("a.bin"),
        ..NewUpload::default()
    };
    let upload = library.create_upload(&anna, new).await.unwrap();
    let in_pieces = library
        .append_upload(&anna, upload.id, piece_at(0), endless(vec![1; 16]))
        .await;
    assert_eq!(code(in_pieces), ProblemCode::TooLarge);
    assert!(over(100_000_000).contains(&taken.load(std::sync::atomic::Ordering::SeqCst)));
    nothing_is_left(&library, &anna).await;
}

#[tokio::test]
async fn a_folder_of_another_account_is_not_there() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let eve = library.stranger("eve").await;
    let hers = library
        .create_folder(&eve, None, "Hers".parse().unwrap())
        .await
        .unwrap();

    for folder in [hers.id, FolderId::from_parts(1, 1)] {
        let into = UploadMetadata {
            folder_id: Some(folder),
            ..meta("a.txt")
        };
        let by_form = library.try_upload(&anna, into.clone(), &text(1, 10)).await;
        assert_eq!(code(by_form), ProblemCode::NotFound);
        let new = NewUpload {
            length: Some(ByteSize::bytes(10)),
            metadata: into,
            is_partial: false,
        };
        let in_pieces = library.create_upload(&anna, new).await;
        assert_eq!(code(in_pieces), ProblemCode::NotFound);
    }
    nothing_is_left(&library, &anna).await;
}

#[tokio::test]
async fn where_the_library_is_off_nothing_is_taken() {
    let library = fresh_library().await;
    let mut anna = library.agent("anna").await;
    anna.library_enabled = false;

    let refused = library.try_upload(&anna, meta("a.txt"), b"words").await;

    assert_eq!(code(refused), ProblemCode::NotFound);
}
