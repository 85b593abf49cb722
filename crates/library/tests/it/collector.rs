//! The collector takes what nothing points at, after a grace period, and nothing else.

use std::{
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    time::Duration,
};

use futures::future::join_all;
use library::{Actor, media::View};
use model::{AssetId, ByteSize};

use crate::support::{TestLibrary, fresh_library, jpeg, text};

/// An upload that no database knows.
const UPLOAD: &str = "upl_01J8Z3V5T0M6W2Q4R8X9Y7B1CD";

const GRACE: Duration = Duration::from_hours(26);

async fn purge(library: &TestLibrary, administrator: &Actor, id: AssetId) {
    library.trash_asset(administrator, id).await.unwrap();
    library.purge_asset(administrator, id).await.unwrap();
}

#[tokio::test]
async fn purged_bytes_go_after_the_grace_period_with_all_that_was_made_of_them() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let asset = library.upload(&ada, "a.jpg", &jpeg(1)).await;
    library.share_asset(&ada, asset.id).await.unwrap();
    library.run_due_jobs().await.unwrap();
    purge(&library, &ada, asset.id).await;

    let at_once = library.collect_garbage().await.unwrap();
    library.clock.advance(GRACE);
    let later = library.collect_garbage().await.unwrap();

    assert_eq!((at_once.blobs, later.blobs), (0, 1));
    assert_eq!(later.bytes, asset.size.as_u64());
    let left = library
        .store()
        .list_with("/")
        .recursive(true)
        .await
        .unwrap();
    let left: Vec<_> = left
        .iter()
        .filter(|entry| entry.metadata().is_file())
        .collect();
    assert!(left.is_empty(), "{left:?}");
    assert!(
        library
            .database
            .texts("select id from blobs")
            .await
            .is_empty()
    );
}

#[tokio::test]
async fn bytes_that_something_else_holds_stay() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let note = text(1, 100);
    let first = library.upload(&ada, "a.txt", &note).await;
    let second = library.upload(&ada, "b.txt", &note).await;
    purge(&library, &ada, first.id).await;
    library.clock.advance(GRACE);

    let collected = library.collect_garbage().await.unwrap();

    assert_eq!(collected.blobs, 0);
    let media = library
        .open_media(&ada, second.id, View::Original)
        .await
        .unwrap();
    assert_eq!(crate::media::read(&library, &media).await, note);
    assert_eq!(
        library.usage(&ada).await.unwrap().used,
        ByteSize::bytes(100)
    );
}

#[tokio::test]
async fn bytes_that_come_back_within_the_grace_period_are_counted_again() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let note = text(1, 100);
    let first = library.upload(&ada, "a.txt", &note).await;
    purge(&library, &ada, first.id).await;
    let between = library.usage(&ada).await.unwrap().used;

    library.upload(&ada, "b.txt", &note).await;
    library.clock.advance(GRACE);
    library.collect_garbage().await.unwrap();

    assert_eq!(between, ByteSize::ZERO);
    assert_eq!(
        library.usage(&ada).await.unwrap().used,
        ByteSize::bytes(100)
    );
    assert!(library.fsck(true).await.unwrap().is_clean());
}

#[tokio::test]
async fn a_staged_file_that_another_process_works_on_stays() {
    let library = fresh_library().await;
    let path = library.config.data_dir.join("staging").join(UPLOAD);
    let file = std::fs::File::create(&path).unwrap();
    let long_ago = std::time::SystemTime::UNIX_EPOCH + Duration::from_hours(24 * 365);
    file.set_modified(long_ago).unwrap();
    file.try_lock().expect("nobody has it");

    library.collect_garbage().await.unwrap();
    assert!(path.exists());

    drop(file);
    let collected = library.collect_garbage().await.unwrap();
    assert_eq!(collected.uploads, 1);
    assert!(!path.exists());
}

#[tokio::test]
async fn bytes_that_are_doomed_are_never_revived() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let note = text(1, 100);
    let first = library.upload(&ada, "a.txt", &note).await;
    purge(&library, &ada, first.id).await;
    library
        .database
        .execute("update blobs set state = 'deleting'")
        .await;

    library.upload(&ada, "b.txt", &note).await;
    let collected = library.collect_garbage().await.unwrap();

    assert_eq!(collected.blobs, 1);
    assert_eq!(library.stored().await, 1);
    assert!(library.fsck(true).await.unwrap().is_clean());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f11_no_upload_loses_its_bytes_to_a_collection_at_the_same_time() {
    const CLIENTS: u64 = 6;
    const ROUNDS: u64 = 40;
    let library = fresh_library().await;
    let people = [
        library.administrator("ada").await,
        library.stranger("eve").await,
    ];
    let (done, kept) = (AtomicBool::new(false), AtomicU64::new(0));

    let client = |client: u64| {
        let (library, people, kept) = (&library, &people, &kept);
        async move {
            let actor = &people[usize::try_from(client % 2).unwrap()];
            for round in 0..ROUNDS {
                // Few different notes, so that everybody is at the same bytes all the time.
                let note = text((client * 7 + round * 3) % 5, 200);
                let asset = library.upload(actor, "a.txt", &note).await;
                let media = library
                    .open_media(actor, asset.id, View::Original)
                    .await
                    .unwrap();
                assert_eq!(crate::media::read(library, &media).await, note);
                if (client + round).is_multiple_of(4) {
                    kept.fetch_add(1, Ordering::SeqCst);
                } else {
                    purge(library, actor, asset.id).await;
                }
            }
        }
    };
    let collecting = async {
        let mut cycles = 0;
        while !done.load(Ordering::SeqCst) {
            library.collect_garbage_after(Duration::ZERO).await.unwrap();
            cycles += 1;
            tokio::task::yield_now().await;
        }
        cycles
    };
    let uploading = async {
        join_all((0..CLIENTS).map(client)).await;
        done.store(true, Ordering::SeqCst);
    };
    let (cycles, ()) = tokio::join!(collecting, uploading);

    assert!(cycles > 5, "{cycles} collections");
    library.collect_garbage_after(Duration::ZERO).await.unwrap();
    assert!(library.fsck(true).await.unwrap().is_clean());
    let left = library.database.texts("select id from assets").await.len();
    assert_eq!(left as u64, kept.load(Ordering::SeqCst));
    assert!(library.staged().is_empty());
}
