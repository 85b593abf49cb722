//! The same bytes are kept once in an account, and never across accounts.

use futures::future::join_all;
use model::ByteSize;

use crate::support::{fresh_library, jpeg, text};

#[tokio::test]
async fn the_same_bytes_twice_are_two_assets_and_one_blob() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let photo = jpeg(1);

    let first = library.upload(&anna, "a.jpg", &photo).await;
    let second = library.upload(&anna, "b.jpg", &photo).await;

    assert_ne!(first.id, second.id);
    let usage = library.usage(&anna).await.unwrap();
    assert_eq!(usage.used, ByteSize::bytes(photo.len() as u64));
    assert_eq!(usage.kinds[0].count, 2);
    assert_eq!(
        library.database.texts("select id from blobs").await.len(),
        1
    );
    assert_eq!(library.staged(), Vec::<String>::new());
}

#[tokio::test]
async fn other_accounts_have_blobs_of_their_own() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let eve = library.stranger("eve").await;
    let note = text(1, 100);

    let hers = library.upload(&anna, "a.txt", &note).await;
    library.upload(&eve, "a.txt", &note).await;

    assert_eq!(
        library.database.texts("select id from blobs").await.len(),
        2
    );
    assert_eq!(
        library.usage(&eve).await.unwrap().used,
        ByteSize::bytes(100)
    );
    assert!(library.get_asset(&eve, hers.id).await.is_err());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_bytes_at_once_are_kept_once() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let note = text(1, 5_000);

    let assets = join_all((0..20).map(|_| library.upload(&anna, "a.txt", &note))).await;

    assert_eq!(assets.len(), 20);
    assert_eq!(
        library.usage(&anna).await.unwrap().used,
        ByteSize::bytes(5_000)
    );
    assert_eq!(library.stored().await, 1);
    assert!(library.fsck(true).await.unwrap().is_clean());
}

#[tokio::test]
async fn a_row_is_no_proof_that_the_bytes_are_there() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let note = text(1, 100);
    library.upload(&anna, "a.txt", &note).await;
    library.lose_blobs().await;
    let lost = library.fsck(false).await.unwrap();

    library.upload(&anna, "again.txt", &note).await;

    assert_eq!(lost.missing.len(), 1);
    assert!(library.fsck(true).await.unwrap().is_clean());
}
