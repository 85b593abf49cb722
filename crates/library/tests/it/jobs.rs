//! Work for later is done once, tried again when it fails, and given up at last.

use std::time::Duration;

use library::{Config, Library};

use crate::support::{TestLibrary, fresh_library, installed, jpeg};

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
async fn two_processes_at_one_table_do_each_job_once() {
    const PICTURES: u8 = 12;
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let other = library.reopen().await;
    for seed in 0..PICTURES {
        library.upload(&anna, "a.jpg", &jpeg(seed)).await;
    }

    let (one, two) = tokio::join!(library.run_due_jobs(), other.run_due_jobs());

    assert_eq!(one.unwrap() + two.unwrap(), usize::from(PICTURES));
    let made = library.database.texts(PREVIEWS).await;
    assert_eq!(made.len(), usize::from(PICTURES));
    let left = library.database.texts("select state from jobs").await;
    assert!(left.is_empty(), "{left:?}");
}

#[tokio::test]
async fn what_a_dead_process_was_at_is_done_by_another_when_its_lease_is_over() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    library.upload(&anna, "a.jpg", &jpeg(1)).await;
    library.upload(&anna, "b.jpg", &jpeg(2)).await;
    let dead = stuck(&library).await;
    let work = tokio::spawn(async move { dead.run_due_jobs().await });
    library.sees_jobs(&["running", "waiting"]).await;

    assert_eq!(
        library.run_due_jobs().await.unwrap(),
        1,
        "the one nobody has"
    );
    library.sees_jobs(&["running"]).await;
    work.abort();
    assert!(work.await.unwrap_err().is_cancelled());
    library.clock.advance(Duration::from_secs(55));
    assert_eq!(library.run_due_jobs().await.unwrap(), 0, "still its own");
    library.clock.advance(Duration::from_secs(5));
    assert_eq!(library.run_due_jobs().await.unwrap(), 1);

    assert_eq!(library.database.texts(PREVIEWS).await.len(), 2);
    library.sees_jobs(&[]).await;
}

/// Another process at the same installation, whose decoder never answers.
async fn stuck(library: &TestLibrary) -> Library {
    let config = Config {
        decoder_program: Some(installed("yes").expect("a program that hears nothing")),
        ..library.config.clone()
    };
    let opened = Library::open(config, library.clock.clone()).await;
    opened.expect("the library opens again")
}

impl TestLibrary {
    /// Waits until the jobs are in these states.
    async fn sees_jobs(&self, states: &[&str]) {
        let seen = async {
            let ask = "select state from jobs order by state";
            while self.database.texts(ask).await != states {
                tokio::task::yield_now().await;
            }
        };
        let seen = tokio::time::timeout(Duration::from_secs(20), seen).await;
        seen.unwrap_or_else(|_| panic!("jobs are not {states:?}"));
    }
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
