//! The store that the operator chose: refused without the right secret, and good for large files.

use library::{Config, Library, media::View};
use model::Secret;

use crate::support::{Bucket, fresh_library, jpeg, library_with, meta, text};

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
