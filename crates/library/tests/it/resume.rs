//! Uploads that break off go on where they were.

use std::time::Duration;

use bytes::Bytes;
use futures::{StreamExt as _, stream};
use library::{Config, Library};
use model::{ByteSize, ProblemCode};
use sha2::{Digest as _, Sha256};

use crate::support::{body, code, fresh_library, jpeg, piece_at, problem, text};

#[tokio::test]
async fn what_arrived_before_the_connection_broke_is_kept() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let note = text(1, 1_000);
    let upload = library.begin(&anna, "a.txt", note.len()).await;
    let broken = stream::iter([
        Ok(Bytes::copy_from_slice(&note[..600])),
        Err(std::io::ErrorKind::ConnectionReset.into()),
    ]);

    let appended = library
        .append_upload(&anna, upload.id, piece_at(0), broken)
        .await;

    assert_eq!(code(appended), ProblemCode::Malformed);
    let found = library.get_upload(&anna, upload.id).await.unwrap();
    assert_eq!(found.offset, ByteSize::bytes(600));
    let done = library
        .append(&anna, upload.id, 600, &note[600..])
        .await
        .unwrap();
    assert_eq!(done.asset.unwrap().sha256.0[..], Sha256::digest(&note)[..]);
}

#[tokio::test]
async fn what_arrived_before_the_request_was_dropped_is_kept() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let upload = library.begin(&anna, "a.txt", 1_000).await;
    let first = stream::iter([Ok(Bytes::from(text(1, 600)))]);
    let (asks, asked) = tokio::sync::oneshot::channel();
    let mut asks = Some(asks);
    let silent = first.chain(stream::poll_fn(move |_| {
        asks.take().map(|asks| asks.send(()));
        std::task::Poll::Pending
    }));

    tokio::select! {
        ended = library.append_upload(&anna, upload.id, piece_at(0), silent) => {
            panic!("it waits for more: {ended:?}");
        }
        // More is asked for only when what came was taken.
        told = asked => told.unwrap(),
    }

    let kept = async {
        while library
            .get_upload(&anna, upload.id)
            .await
            .unwrap()
            .offset
            .as_u64()
            != 600
        {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), kept)
        .await
        .expect("kept");
}

#[tokio::test]
async fn an_upload_goes_on_after_a_restart() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let photo = jpeg(3);
    let upload = library.begin(&anna, "cat.jpg", photo.len()).await;
    library
        .append(&anna, upload.id, 0, &photo[..700])
        .await
        .unwrap();
    library.close().await;

    let restarted: Library = library.reopen().await;
    let found = restarted.get_upload(&anna, upload.id).await.unwrap();
    let rest = body(&photo[700..]);
    let done = restarted
        .append_upload(&anna, upload.id, piece_at(700), rest)
        .await;

    assert_eq!(found.offset, ByteSize::bytes(700));
    assert_eq!(
        done.unwrap().asset.unwrap().sha256.0[..],
        Sha256::digest(&photo)[..]
    );
}

#[tokio::test]
async fn bytes_that_were_never_acknowledged_are_sent_again() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let note = text(5, 900);
    let upload = library.begin(&anna, "a.txt", note.len()).await;
    library
        .append(&anna, upload.id, 0, &note[..300])
        .await
        .unwrap();
    let staged = library
        .config
        .data_dir
        .join("staging")
        .join(upload.id.to_string());
    let mut more = std::fs::read(&staged).unwrap();
    more.extend_from_slice(b"what a crash left behind");
    std::fs::write(&staged, more).unwrap();

    let restarted = library.reopen().await;
    let found = restarted.get_upload(&anna, upload.id).await.unwrap();
    let rest = body(&note[300..]);
    let done = restarted
        .append_upload(&anna, upload.id, piece_at(300), rest)
        .await;

    assert_eq!(found.offset, ByteSize::bytes(300));
    assert_eq!(
        done.unwrap().asset.unwrap().sha256.0[..],
        Sha256::digest(&note)[..]
    );
}

#[tokio::test]
async fn bytes_that_a_power_cut_took_are_asked_for_again() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let upload = library.begin(&anna, "a.txt", 900).await;
    library
        .append(&anna, upload.id, 0, &text(5, 300))
        .await
        .unwrap();
    let staged = library
        .config
        .data_dir
        .join("staging")
        .join(upload.id.to_string());
    std::fs::OpenOptions::new()
        .write(true)
        .open(staged)
        .unwrap()
        .set_len(120)
        .unwrap();

    let found = library
        .reopen()
        .await
        .get_upload(&anna, upload.id)
        .await
        .unwrap();

    assert_eq!(found.offset, ByteSize::bytes(120));
}

#[tokio::test]
async fn an_upload_expires_a_day_after_its_last_byte() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let upload = library.begin(&anna, "a.txt", 900).await;
    library.clock.advance(Duration::from_hours(23));
    library.append(&anna, upload.id, 0, b"some").await.unwrap();
    library.clock.advance(Duration::from_hours(23));
    let before = library.get_upload(&anna, upload.id).await;
    library.clock.advance(Duration::from_hours(2));
    let after = library.get_upload(&anna, upload.id).await;

    let collected = library.collect_garbage().await.unwrap();

    assert_eq!(before.unwrap().offset, ByteSize::bytes(4));
    assert_eq!(code(after), ProblemCode::Gone);
    assert_eq!(collected.uploads, 1);
    assert_eq!(library.staged(), Vec::<String>::new());
    assert_eq!(library.usage(&anna).await.unwrap().reserved, ByteSize::ZERO);
}

#[tokio::test]
async fn a_newer_request_takes_over_from_one_that_is_silent() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let note = text(1, 1_000);
    let upload = library.begin(&anna, "a.txt", note.len()).await;
    let first = stream::iter([Ok(Bytes::copy_from_slice(&note[..600]))]);
    let (asks, asked) = tokio::sync::oneshot::channel();
    let mut asks = Some(asks);
    let silent = first.chain(stream::poll_fn(move |_| {
        asks.take().map(|asks| asks.send(()));
        std::task::Poll::Pending
    }));

    let older = library.append_upload(&anna, upload.id, piece_at(0), silent);
    let newer = async {
        asked.await.unwrap();
        let found = library.get_upload(&anna, upload.id).await.unwrap();
        assert_eq!(found.offset, ByteSize::bytes(600));
        library.append(&anna, upload.id, 600, &note[600..]).await
    };
    let (older, newer) = tokio::join!(older, newer);

    assert_eq!(code(older), ProblemCode::Conflict);
    let asset = newer.unwrap().asset.unwrap();
    assert_eq!(asset.sha256.0[..], Sha256::digest(&note)[..]);
}

#[tokio::test]
async fn v7_4_2_who_is_switched_off_in_the_middle_goes_on_for_less_than_a_minute() {
    let library = fresh_library().await;
    let (anna, ben) = (
        library.agent("anna").await,
        library.administrator("ben").await,
    );
    let note = text(1, 1_000);
    let upload = library.begin(&anna, "a.txt", note.len()).await;
    let pieces = stream::iter(0..10).then(|number| {
        let (library, anna, ben, note) = (&library, &anna, &ben, &note);
        async move {
            if number == 3 {
                let id = anna.user_id().unwrap();
                library.disable_user(ben, id).await.unwrap();
            }
            library.clock.advance(Duration::from_secs(10));
            Ok(Bytes::copy_from_slice(&note[number * 100..][..100]))
        }
    });

    let appended = library
        .append_upload(&anna, upload.id, piece_at(0), Box::pin(pieces))
        .await;

    assert_eq!(code(appended), ProblemCode::Unauthenticated);
    let found = library.get_upload(&anna, upload.id).await.unwrap();
    assert!(found.offset <= ByteSize::bytes(600), "{found:?}");
    let form = stream::iter(0..10).then(|_| async {
        library.clock.advance(Duration::from_secs(10));
        Ok(Bytes::from_static(b"words and words "))
    });
    let meta = crate::support::meta("b.txt");
    let taken = library
        .upload_asset(&anna, meta, None, Box::pin(form))
        .await;
    assert_eq!(code(taken), ProblemCode::Unauthenticated);
    assert!(library.staged().len() <= 1);
}

#[tokio::test]
async fn another_machine_says_that_the_bytes_are_not_there_instead_of_beginning_anew() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let note = text(7, 900);
    let upload = library.begin(&anna, "a.txt", note.len()).await;
    let folder = tempfile::tempdir().unwrap();
    let config = Config {
        data_dir: folder.path().to_owned(),
        ..library.config.clone()
    };
    let other = Library::open(config, library.clock.clone()).await.unwrap();

    // Before the first byte any machine will do.
    let early = other.get_upload(&anna, upload.id).await.unwrap();
    let first = library.append(&anna, upload.id, 0, &note[..300]).await;
    let asked = problem(other.get_upload(&anna, upload.id).await);
    let rest = body(&note[300..]);
    let sent = problem(
        other
            .append_upload(&anna, upload.id, piece_at(300), rest)
            .await,
    );
    let restarted = library.reopen().await;
    let rest = body(&note[300..]);
    let done = restarted
        .append_upload(&anna, upload.id, piece_at(300), rest)
        .await;

    assert_eq!(early.offset, ByteSize::ZERO);
    assert!(first.is_ok());
    for refused in [asked, sent] {
        assert_eq!(refused.code, ProblemCode::Unavailable);
        assert!(refused.retry_after.is_some());
        assert!(refused.detail.contains("another machine"), "{refused:?}");
    }
    assert!(done.unwrap().asset.is_some());
}
