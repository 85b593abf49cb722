//! Work for later is done once, tried again when it fails, and given up at last.

use std::time::Duration;

use crate::support::{fresh_library, jpeg};

const PREVIEWS: &str = "select id from renditions where preset = 'preview' and state = 'ready'";

#[tokio::test]
async fn a_picture_gets_its_preview_later() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    library.upload(&anna, "a.jpg", &jpeg(1)).await;
    library.upload(&anna, "same.jpg", &jpeg(1)).await;
    library.upload(&anna, "b.txt", b"words").await;

    let done = library.run_due_jobs().await.unwrap();

    assert_eq!(done, 2, "one preview, and the words of a note");
    assert_eq!(library.database.texts(PREVIEWS).await.len(), 1);
    assert_eq!(library.run_due_jobs().await.unwrap(), 0);
}

#[tokio::test]
async fn work_that_fails_is_tried_five_times_with_longer_and_longer_pauses() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    library.upload(&anna, "a.jpg", &jpeg(1)).await;
    library.lose_blobs().await;

    let mut tries = 0;
    for _ in 0..10 {
        tries += library.run_due_jobs().await.unwrap();
        assert_eq!(
            library.run_due_jobs().await.unwrap(),
            0,
            "not without a pause"
        );
        library.clock.advance(Duration::from_mins(30));
    }

    assert_eq!(tries, 5);
    let states = library.database.texts("select state from jobs").await;
    assert_eq!(states, ["failed"]);
    let errors = library.database.texts("select last_error from jobs").await;
    assert!(!errors[0].is_empty());
}

#[tokio::test]
async fn work_that_was_given_up_may_be_tried_anew_after_a_week() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    library.upload(&anna, "a.jpg", &jpeg(1)).await;
    library
        .database
        .execute("update jobs set state = 'failed', attempts = 5, run_at = run_at - 700000000")
        .await;
    library.upload(&anna, "same.jpg", &jpeg(1)).await;
    assert_eq!(library.run_due_jobs().await.unwrap(), 0);

    // The first look only writes down when rounds begin.
    library.start_workers().drain().await;
    library.clock.advance(Duration::from_hours(2));
    let workers = library.start_workers();
    let swept = async {
        while !library
            .database
            .texts("select id from jobs")
            .await
            .is_empty()
        {
            tokio::task::yield_now().await;
        }
    };
    let patience = Duration::from_secs(20);
    tokio::time::timeout(patience, swept).await.expect("swept");
    workers.drain().await;

    library.upload(&anna, "again.jpg", &jpeg(1)).await;
    assert_eq!(library.run_due_jobs().await.unwrap(), 1);
}

#[tokio::test]
async fn work_whose_worker_died_is_begun_again_when_its_lease_is_over() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    library.upload(&anna, "a.jpg", &jpeg(1)).await;
    library
        .database
        .execute("update jobs set state = 'running', attempts = 1, leased_until = run_at + 60000")
        .await;

    assert_eq!(library.run_due_jobs().await.unwrap(), 0);
    library.clock.advance(Duration::from_mins(2));
    assert_eq!(library.run_due_jobs().await.unwrap(), 1);
    assert_eq!(library.database.texts(PREVIEWS).await.len(), 1);
}

#[tokio::test]
async fn workers_hear_the_bell_and_stop_when_told() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let workers = library.start_workers();
    library.upload(&anna, "a.jpg", &jpeg(1)).await;

    let made = async {
        while library.database.texts(PREVIEWS).await.is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), made)
        .await
        .expect("made");
    tokio::time::timeout(Duration::from_secs(11), workers.drain())
        .await
        .expect("drained");
}
