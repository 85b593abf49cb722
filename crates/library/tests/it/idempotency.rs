//! A request with a key is done once, however often it comes.

use std::time::Duration;

use library::idempotent::Idempotent;
use model::ProblemCode;

use crate::support::{code, fresh_library};

#[tokio::test]
async fn the_second_time_gives_the_first_answer() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;

    let first = library
        .begin_idempotent(&anna, "k-1", b"POST /folders {}")
        .await;
    assert_eq!(first.unwrap(), Idempotent::Fresh);
    library
        .finish_idempotent(&anna, "k-1", 201, b"{\"id\":\"fld_1\"}")
        .await
        .unwrap();

    let again = library
        .begin_idempotent(&anna, "k-1", b"POST /folders {}")
        .await;
    let answer = Idempotent::Replay {
        status: 201,
        body: b"{\"id\":\"fld_1\"}".to_vec(),
    };
    assert_eq!(again.unwrap(), answer);
}

#[tokio::test]
async fn a_key_belongs_to_one_request_of_one_person() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let ben = library.agent("ben").await;
    library
        .begin_idempotent(&anna, "k-1", b"one")
        .await
        .unwrap();

    let other = library.begin_idempotent(&anna, "k-1", b"two").await;
    assert_eq!(code(other), ProblemCode::Conflict);
    let of_ben = library.begin_idempotent(&ben, "k-1", b"two").await;
    assert_eq!(of_ben.unwrap(), Idempotent::Fresh);
}

#[tokio::test]
async fn of_two_at_once_one_is_done() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;

    let (one, two) = tokio::join!(
        library.begin_idempotent(&anna, "k-1", b"one"),
        library.begin_idempotent(&anna, "k-1", b"one")
    );

    assert!(one.is_ok() ^ two.is_ok());
}

#[tokio::test]
async fn what_was_not_done_may_be_tried_again() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    library
        .begin_idempotent(&anna, "k-1", b"one")
        .await
        .unwrap();
    library.abandon_idempotent(&anna, "k-1").await.unwrap();
    let again = library.begin_idempotent(&anna, "k-1", b"one").await;
    assert_eq!(again.unwrap(), Idempotent::Fresh);

    // Nobody ended this one: its process died.
    let soon = library.begin_idempotent(&anna, "k-1", b"one").await;
    assert_eq!(code(soon), ProblemCode::Conflict);
    library.clock.advance(Duration::from_hours(1));
    let later = library.begin_idempotent(&anna, "k-1", b"one").await;
    assert_eq!(later.unwrap(), Idempotent::Fresh);
}

#[tokio::test]
async fn after_a_day_a_key_is_forgotten() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    library
        .begin_idempotent(&anna, "k-1", b"one")
        .await
        .unwrap();
    library
        .finish_idempotent(&anna, "k-1", 204, b"")
        .await
        .unwrap();

    library.clock.advance(Duration::from_secs(24 * 3600 + 1));

    let again = library.begin_idempotent(&anna, "k-1", b"two").await;
    assert_eq!(again.unwrap(), Idempotent::Fresh);
}

#[tokio::test]
async fn a_key_is_visible_text_of_some_length() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;

    for key in ["", "a b", "ä", "a\r\n", &"x".repeat(256)] {
        let tried = library.begin_idempotent(&anna, key, b"one").await;
        assert_eq!(code(tried), ProblemCode::Malformed, "{key:?}");
    }
}
