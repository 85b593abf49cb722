//! The store that the operator chose: refused without the right secret, and good for large files.

use std::{fs, path::Path};

use futures::future::join_all;
use library::{Config, Error, Library, media::View};
use model::{ProblemCode, Secret};

use crate::support::{Bucket, Fault, Flaky, code, fresh_library, jpeg, library_with, meta, text};

#[tokio::test]
async fn a_store_that_does_not_know_us_is_not_ready() {
    let library = fresh_library().await;
    let url = library.config.storage_url.expose();
    if !url.starts_with("s3:") {
        return;
    }
    let wrong = format!("{url}&access_key_id=somebody&secret_access_key=wrong-and-hushed");
    let config = Config {
        storage_url: Secret::new(wrong),
        ..library.config.clone()
    };

    let other = Library::open(config, library.clock.clone()).await.unwrap();
    let ready = other.ready().await;
    let checks = other.doctor().await;

    let told = format!("{ready:?} {checks:?}");
    assert!(ready.is_err());
    assert!(
        checks
            .iter()
            .any(|check| check.name == "store" && !check.ok),
        "{told}"
    );
    assert!(!told.contains("hushed"), "{told}");
}

#[tokio::test]
async fn memory_is_a_store_while_it_lasts() {
    let library = library_with(|config| {
        config.storage_url = Secret::new("memory:");
    })
    .await;
    let anna = library.agent("anna").await;

    let asset = library.upload(&anna, "a.jpg", &jpeg(1)).await;

    let media = library
        .open_media(&anna, asset.id, View::Original)
        .await
        .unwrap();
    assert_eq!(crate::media::read(&library, &media).await, jpeg(1));
    library.run_due_jobs().await.unwrap();
    assert!(library.fsck(true).await.unwrap().is_clean());
}

#[tokio::test]
async fn a_store_that_is_not_built_in_is_told_at_once() {
    let library = fresh_library().await;
    let config = Config {
        storage_url: Secret::new("nowhere://bucket?password=hushed"),
        ..library.config.clone()
    };

    let opened = Library::open(config, library.clock.clone()).await;

    let error = opened.err().expect("no such store").to_string();
    assert!(
        error.contains("nowhere") && !error.contains("hushed"),
        "{error}"
    );
}

#[tokio::test]
async fn a_large_file_goes_through_whole() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let book = text(1, 30_000_000);
    let (first, second) = book.split_at(17_000_001);
    let upload = library.begin(&anna, "book.txt", book.len()).await;
    library.append(&anna, upload.id, 0, first).await.unwrap();

    let done = library
        .append(&anna, upload.id, first.len(), second)
        .await
        .unwrap();

    let asset = done.asset.unwrap();
    let media = library
        .open_media(&anna, asset.id, View::Original)
        .await
        .unwrap();
    assert!(crate::media::read(&library, &media).await == book);
    assert!(library.fsck(true).await.unwrap().is_clean());
}

#[tokio::test]
async fn parts_of_a_file_that_does_not_become_whole_are_taken_away() {
    let bucket = Bucket::open().await;
    let library = library_with(|config| config.storage_url = Secret::new(bucket.url())).await;
    let anna = library.agent("anna").await;

    let sent = library
        .try_upload(&anna, meta("book.txt"), &text(1, 9_000_000))
        .await;

    assert!(sent.is_err());
    let heard = bucket.heard();
    let parts = heard.iter().filter(|asked| asked.starts_with("PUT "));
    assert_eq!(parts.count(), 2, "{heard:?}");
    assert_eq!(heard.last().unwrap(), "DELETE uploadId=one", "{heard:?}");
    let checks = library.doctor().await;
    let parts = checks.iter().find(|check| check.name == "parts").unwrap();
    assert!(parts.ok && parts.advice.is_some(), "{parts:?}");
}

/// Whether nothing lies where a disk was mounted.
fn is_bare(folder: &Path) -> bool {
    fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none())
}

#[tokio::test]
async fn nothing_is_acknowledged_while_the_disk_of_the_store_is_gone() {
    let library = fresh_library().await;
    if !library.config.storage_url.expose().starts_with("fs:") {
        return;
    }
    let anna = library.agent("anna").await;
    library.upload(&anna, "a.txt", &text(1, 100)).await;
    let [store, aside] = ["blobs", "aside"].map(|name| library.config.data_dir.join(name));

    // Where the disk was mounted there is no folder below it, or an empty one.
    for leaves_a_folder in [false, true] {
        fs::rename(&store, &aside).unwrap();
        if leaves_a_folder {
            fs::create_dir(&store).unwrap();
        }
        for seed in 2..6 {
            let note = text(seed, 100);
            let refused = library.try_upload(&anna, meta("b.txt"), &note).await;
            assert_eq!(code(refused), ProblemCode::Unavailable);
        }
        assert!(is_bare(&store) && library.staged().is_empty());
        if leaves_a_folder {
            fs::remove_dir(&store).unwrap();
        }
        fs::rename(&aside, &store).unwrap();
    }

    library.upload(&anna, "b.txt", &text(2, 100)).await;
    assert!(library.fsck(true).await.unwrap().is_clean());
}

#[tokio::test]
async fn a_store_whose_disk_is_missing_at_the_start_is_not_begun_anew() {
    let library = fresh_library().await;
    if !library.config.storage_url.expose().starts_with("fs:") {
        return;
    }
    let anna = library.agent("anna").await;
    library.upload(&anna, "a.txt", &text(1, 100)).await;
    let [store, aside] = ["blobs", "aside"].map(|name| library.config.data_dir.join(name));
    fs::rename(&store, &aside).unwrap();

    let opened = Library::open(library.config.clone(), library.clock.clone()).await;

    let Err(Error::Config(told)) = opened else {
        panic!("files would go where nobody finds them");
    };
    assert!(told.contains("blobs/.new"), "{told}");
    assert!(is_bare(&store));
    fs::rename(&aside, &store).unwrap();
    library.reopen().await.ready().await.unwrap();
}

#[tokio::test]
async fn f6_a_bucket_that_fails_on_the_way_loses_nothing_and_has_nothing_twice() {
    let bucket = Flaky::open([Fault::Busy, Fault::Cut, Fault::Unsaid]).await;
    let library = library_with(|config| config.storage_url = Secret::new(bucket.url())).await;
    let anna = library.agent("anna").await;
    let notes = [1, 2, 3].map(|seed| text(seed, 100));

    join_all(
        notes
            .iter()
            .map(|note| library.upload(&anna, "a.txt", note)),
    )
    .await;

    assert!(bucket.is_spent());
    let rows = library.database.texts("select id from blobs").await;
    let kept = bucket.kept();
    assert_eq!((rows.len(), kept.len()), (3, 3), "{kept:?}");
    for row in rows {
        assert!(kept.keys().any(|path| path.contains(&row)), "{row}");
    }
    assert!(
        notes
            .iter()
            .all(|note| kept.values().any(|kept| kept == note))
    );
}
