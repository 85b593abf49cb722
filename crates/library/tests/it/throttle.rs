//! Guessing is slow; being guessed at locks nobody out.

use std::time::Duration;

use model::{Problem, ProblemCode, Secret};

use crate::support::{PASSWORD, TestLibrary, at, fresh_library, problem};

const EMAIL: &str = "anna@example.com";

async fn guess(library: &TestLibrary, email: &str, ip: &str) -> Problem {
    let wrong = Secret::new("not the password");
    problem(library.sign_in(email, &wrong, &at(ip), None).await)
}

/// Which try, counted from one, was the first that had to wait.
async fn first_throttled(
    library: &TestLibrary,
    tries: impl Iterator<Item = (String, String)>,
) -> Option<usize> {
    for (index, (email, ip)) in tries.enumerate() {
        let problem = guess(library, &email, &ip).await;
        if problem.code == ProblemCode::TooManyRequests {
            assert!(problem.retry_after.is_some_and(|seconds| seconds > 0));
            return Some(index + 1);
        }
        assert_eq!(problem.code, ProblemCode::Unauthenticated);
    }
    None
}

#[tokio::test]
async fn v6_3_1_guessing_at_one_person_from_one_place_waits_from_the_sixth_try() {
    let library = fresh_library().await;
    library.agent("anna").await;

    let tries = (0..50).map(|_| (EMAIL.to_owned(), "203.0.113.5".to_owned()));

    assert_eq!(first_throttled(&library, tries).await, Some(6));
}

#[tokio::test]
async fn v6_3_1_guessing_at_one_person_from_ten_places_waits_from_the_tenth_try() {
    let library = fresh_library().await;
    library.agent("anna").await;

    let tries = (0..50).map(|n| (EMAIL.to_owned(), format!("203.0.113.{}", n % 10)));

    assert_eq!(first_throttled(&library, tries).await, Some(10));
}

#[tokio::test]
async fn v6_3_1_one_password_for_a_thousand_people_waits_from_the_tenth_try() {
    let library = fresh_library().await;

    let tries = (0..1000).map(|n| (format!("user{n}@example.com"), "203.0.113.5".to_owned()));

    assert_eq!(first_throttled(&library, tries).await, Some(10));
}

#[tokio::test]
async fn another_address_of_the_same_subscriber_does_not_help() {
    let library = fresh_library().await;

    let tries = (0..50).map(|n| (EMAIL.to_owned(), format!("2001:db8:1:2::{n:x}")));

    assert_eq!(first_throttled(&library, tries).await, Some(6));
}

#[tokio::test]
async fn tries_at_once_count_one_by_one() {
    let library = fresh_library().await;
    library.agent("anna").await;

    let guesses = (0..20).map(|_| guess(&library, EMAIL, "203.0.113.5"));
    let codes: Vec<ProblemCode> = futures::future::join_all(guesses)
        .await
        .into_iter()
        .map(|problem| problem.code)
        .collect();

    let passed = codes
        .iter()
        .filter(|code| **code == ProblemCode::Unauthenticated);
    assert_eq!(passed.count(), 5);
}

#[tokio::test]
async fn v6_1_1_who_is_guessed_at_still_gets_in_from_where_they_are_known() {
    let library = fresh_library().await;
    library.agent("anna").await;
    let (session, _) = library.signed_in(EMAIL).await;
    for n in 0..20 {
        guess(&library, EMAIL, &format!("203.0.113.{n}")).await;
    }
    let stranger = guess(&library, EMAIL, "198.51.100.1").await;
    assert_eq!(stranger.code, ProblemCode::TooManyRequests);

    // Her session lives, her place is known, and so is her browser wherever it is.
    let found = library
        .find_actor_by_session(&session, &at("192.0.2.7"))
        .await;
    assert!(found.unwrap().is_some());
    let password = Secret::new(PASSWORD);
    let here = library
        .sign_in(EMAIL, &password, &at("192.0.2.7"), None)
        .await;
    assert!(here.is_ok());
    let away = at("198.51.100.77");
    let away = library
        .sign_in(EMAIL, &password, &away, Some(&session))
        .await;
    assert!(away.is_ok());
}

#[tokio::test]
async fn waiting_as_long_as_told_helps() {
    let library = fresh_library().await;
    library.agent("anna").await;
    for _ in 0..5 {
        guess(&library, EMAIL, "203.0.113.5").await;
    }

    let told = guess(&library, EMAIL, "203.0.113.5")
        .await
        .retry_after
        .unwrap();
    library.clock.advance(Duration::from_secs(told));

    let password = Secret::new(PASSWORD);
    let signed_in = library
        .sign_in(EMAIL, &password, &at("203.0.113.5"), None)
        .await;
    assert!(signed_in.is_ok());
}

#[tokio::test]
async fn getting_in_forgives_the_tries_before() {
    let library = fresh_library().await;
    library.agent("anna").await;
    let password = Secret::new(PASSWORD);

    for _ in 0..4 {
        for _ in 0..4 {
            guess(&library, EMAIL, "203.0.113.5").await;
        }
        let here = at("203.0.113.5");
        library
            .sign_in(EMAIL, &password, &here, None)
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn throttling_outlives_a_restart() {
    let library = fresh_library().await;
    for _ in 0..5 {
        guess(&library, EMAIL, "203.0.113.5").await;
    }

    let restarted = library.reopen().await;

    let wrong = Secret::new("not the password");
    let tried = restarted
        .sign_in(EMAIL, &wrong, &at("203.0.113.5"), None)
        .await;
    assert_eq!(problem(tried).code, ProblemCode::TooManyRequests);
}
