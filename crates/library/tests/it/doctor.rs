//! The doctor says what is wrong and what to do about it.

use std::time::Duration;

use crate::support::{fresh_library, library_with};

#[tokio::test]
async fn a_healthy_installation_is_told_so() {
    let library = fresh_library().await;

    let checks = library.doctor().await;

    let names: Vec<_> = checks.iter().map(|check| check.name).collect();
    assert_eq!(
        names,
        [
            "database",
            "store",
            "space",
            "clock",
            "decoder",
            "films",
            "documents",
            "public_url"
        ]
    );
    for check in checks
        .iter()
        .filter(|check| !matches!(check.name, "space" | "decoder"))
    {
        assert!(check.ok, "{check:?}");
        assert_eq!(check.advice, None);
    }
    assert_eq!(library.stored().await, 0);
}

#[tokio::test]
async fn an_address_without_a_certificate_and_a_clock_that_went_back_are_noticed() {
    let library =
        library_with(|config| config.public_url = "http://media.example.com".to_owned()).await;
    library.agent("anna").await;
    library
        .database
        .execute("update events set at = at + 7200000")
        .await;
    library.clock.advance(Duration::from_secs(1));

    let checks = library.doctor().await;

    for name in ["public_url", "clock"] {
        let check = checks.iter().find(|check| check.name == name).unwrap();
        assert!(!check.ok && check.advice.is_some(), "{check:?}");
    }
}
