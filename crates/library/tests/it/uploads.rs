//! Uploads become assets.

use library::uploads::{Checksum, NewUpload, Piece};
use model::{ByteSize, Kind, ProblemCode, UploadMetadata};
use sha2::{Digest as _, Sha256};

use crate::support::{body, code, fresh_library, jpeg, meta, piece_at, text};

#[tokio::test]
async fn a_photo_sent_by_form_is_an_asset_with_everything_known_of_it() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let photo = jpeg(1);

    let asset = library.upload(&anna, "Cat.jpg", &photo).await;

    assert_eq!((asset.name.as_str(), asset.kind), ("Cat.jpg", Kind::Image));
    assert_eq!(asset.mime.as_str(), "image/jpeg");
    assert_eq!(asset.size, ByteSize::bytes(photo.len() as u64));
    assert_eq!(asset.sha256.0[..], Sha256::digest(&photo)[..]);
    assert_eq!((asset.width, asset.height), (Some(64), Some(48)));
    assert!(asset.has_renditions && asset.placeholder.is_some() && asset.color.is_some());
    assert_eq!(asset.created_by_name.as_deref(), Some("anna"));
    assert_eq!(library.get_asset(&anna, asset.id).await.unwrap(), asset);
}

#[tokio::test]
async fn a_photo_sent_in_pieces_becomes_the_same_asset() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let photo = jpeg(2);
    let upload = library.begin(&anna, "cat.jpg", photo.len()).await;
    let (first, second) = photo.split_at(500);

    let half = library.append(&anna, upload.id, 0, first).await.unwrap();
    let whole = library.append(&anna, upload.id, 500, second).await.unwrap();

    assert!(half.asset.is_none());
    assert_eq!(half.upload.offset, ByteSize::bytes(500));
    let asset = whole.asset.expect("the last byte makes it an asset");
    assert_eq!(asset.sha256.0[..], Sha256::digest(&photo)[..]);
    assert_eq!(whole.upload.asset_id, Some(asset.id));
    let found = library.get_upload(&anna, upload.id).await.unwrap();
    assert_eq!(
        (found.asset_id, found.offset),
        (Some(asset.id), whole.upload.offset)
    );
}

#[tokio::test]
async fn asking_again_for_a_finished_upload_gives_the_same_asset() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let note = text(1, 300);
    let upload = library.begin(&anna, "a.txt", note.len()).await;
    let first = library.append(&anna, upload.id, 0, &note).await.unwrap();

    let again = library.append(&anna, upload.id, 300, b"").await.unwrap();
    let more = library.append(&anna, upload.id, 300, b"more").await;
    let lie = library.append(&anna, upload.id, 10, b"").await;

    assert_eq!(again.asset.unwrap().id, first.asset.unwrap().id);
    assert_eq!(code(more), ProblemCode::Conflict);
    assert_eq!(code(lie), ProblemCode::OffsetMismatch);
}

#[tokio::test]
async fn an_offset_that_lies_changes_nothing() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let upload = library.begin(&anna, "a.txt", 300).await;
    library
        .append(&anna, upload.id, 0, &text(1, 100))
        .await
        .unwrap();

    for offset in [0, 99, 101, 300, 301] {
        let lied = library.append(&anna, upload.id, offset, b"x").await;
        assert_eq!(code(lied), ProblemCode::OffsetMismatch, "{offset}");
    }
    let found = library.get_upload(&anna, upload.id).await.unwrap();
    assert_eq!(found.offset, ByteSize::bytes(100));
}

#[tokio::test]
async fn more_bytes_than_announced_are_not_kept() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let upload = library.begin(&anna, "a.txt", 300).await;

    let more = library.append(&anna, upload.id, 0, &text(1, 301)).await;

    assert_eq!(code(more), ProblemCode::BodyTooLarge);
    let found = library.get_upload(&anna, upload.id).await.unwrap();
    assert_eq!(found.offset, ByteSize::ZERO);
}

#[tokio::test]
async fn the_length_may_come_with_the_last_piece() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let note = text(7, 400);
    let new = NewUpload {
        metadata: meta("late.txt"),
        ..NewUpload::default()
    };
    let upload = library.create_upload(&anna, new).await.unwrap();
    library
        .append(&anna, upload.id, 0, &note[..100])
        .await
        .unwrap();

    let last = Piece {
        length: Some(ByteSize::bytes(400)),
        ..piece_at(100)
    };
    let done = library
        .append_upload(&anna, upload.id, last, body(&note[100..]))
        .await;

    assert_eq!(done.unwrap().asset.unwrap().size, ByteSize::bytes(400));
}

#[tokio::test]
async fn a_piece_that_does_not_match_its_checksum_is_dropped_whole() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let note = text(3, 50_000);
    let upload = library.begin(&anna, "a.txt", note.len()).await;
    let digest: [u8; 32] = Sha256::digest(&note).into();
    let with = |checksum| Piece {
        checksum: Some(checksum),
        ..piece_at(0)
    };

    let wrong = with(Checksum::Sha256([7; 32]));
    let wrong = library
        .append_upload(&anna, upload.id, wrong, body(&note))
        .await;
    let found = library.get_upload(&anna, upload.id).await.unwrap();
    let right = with(Checksum::Sha256(digest));
    let right = library
        .append_upload(&anna, upload.id, right, body(&note))
        .await;

    assert_eq!(code(wrong), ProblemCode::ChecksumMismatch);
    assert_eq!(found.offset, ByteSize::ZERO);
    assert_eq!(right.unwrap().asset.unwrap().sha256.0, digest);
}

#[tokio::test]
async fn parts_are_joined_in_the_order_told() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let photo = jpeg(9);
    let mut parts = Vec::new();
    for piece in photo.chunks(photo.len().div_ceil(3)).rev() {
        let new = NewUpload {
            length: Some(ByteSize::bytes(piece.len() as u64)),
            metadata: UploadMetadata::default(),
            is_partial: true,
        };
        let part = library.create_upload(&anna, new).await.unwrap();
        library.append(&anna, part.id, 0, piece).await.unwrap();
        parts.insert(0, part.id);
    }

    let whole = library
        .concat_uploads(&anna, parts.clone(), meta("cat.jpg"))
        .await
        .unwrap();

    assert_eq!(
        whole.asset.unwrap().sha256.0[..],
        Sha256::digest(&photo)[..]
    );
    let usage = library.usage(&anna).await.unwrap();
    assert_eq!(
        (usage.used.as_u64(), usage.reserved.as_u64()),
        (photo.len() as u64, 0)
    );
    assert_eq!(
        code(library.get_upload(&anna, parts[0]).await),
        ProblemCode::Gone
    );
}

#[tokio::test]
async fn an_unfinished_part_is_not_joined() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let new = NewUpload {
        length: Some(ByteSize::bytes(10)),
        is_partial: true,
        ..NewUpload::default()
    };
    let part = library.create_upload(&anna, new).await.unwrap();
    library.append(&anna, part.id, 0, b"half").await.unwrap();

    let joined = library
        .concat_uploads(&anna, vec![part.id], meta("a.txt"))
        .await;

    assert_eq!(code(joined), ProblemCode::Conflict);
    let found = library.get_upload(&anna, part.id).await.unwrap();
    assert_eq!(found.offset, ByteSize::bytes(4));
}

#[tokio::test]
async fn a_terminated_upload_is_gone_and_frees_what_it_held() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let upload = library.begin(&anna, "a.txt", 1_000).await;
    library.append(&anna, upload.id, 0, b"some").await.unwrap();

    library.terminate_upload(&anna, upload.id).await.unwrap();

    assert_eq!(
        code(library.get_upload(&anna, upload.id).await),
        ProblemCode::Gone
    );
    assert_eq!(
        code(library.append(&anna, upload.id, 4, b"x").await),
        ProblemCode::Gone
    );
    assert_eq!(library.usage(&anna).await.unwrap().reserved, ByteSize::ZERO);
    assert_eq!(library.staged(), Vec::<String>::new());
}

#[tokio::test]
async fn nobody_else_goes_on_with_an_upload() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let ben = library.agent("ben").await;
    let eve = library.stranger("eve").await;
    let upload = library.begin(&anna, "a.txt", 10).await;

    for other in [&ben, &eve] {
        assert_eq!(
            code(library.get_upload(other, upload.id).await),
            ProblemCode::NotFound
        );
        let appended = library.append(other, upload.id, 0, b"x").await;
        assert_eq!(code(appended), ProblemCode::NotFound);
        let terminated = library.terminate_upload(other, upload.id).await;
        assert_eq!(code(terminated), ProblemCode::NotFound);
    }
}
