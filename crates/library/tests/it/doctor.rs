//! The doctor says what is wrong and what to do about it.

use std::{os::unix::fs::MetadataExt as _, path::Path, time::Duration};

use model::Secret;
use tempfile::TempDir;

use crate::support::{fresh_library, library_with};

#[tokio::test]
async fn a_healthy_installation_is_told_so() {
    let library = fresh_library().await;

    let checks = library.doctor().await;

    // Of a bucket there is a word about what cannot be seen.
    let names = checks.iter().map(|check| check.name);
    let names: Vec<_> = names.filter(|name| *name != "parts").collect();
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
        .filter(|check| !matches!(check.name, "space" | "decoder" | "parts"))
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

#[tokio::test]
async fn every_disk_that_is_written_to_is_looked_at() {
    // Memory is a disk of its own, where the machine offers it.
    let Ok(elsewhere) = TempDir::new_in("/dev/shm") else {
        return;
    };
    let storage = format!("fs://{}/blobs", elsewhere.path().display());
    let library = library_with(|config| config.storage_url = Secret::new(storage)).await;
    let disk = |path: &Path| std::fs::metadata(path).unwrap().dev();
    let disks = if disk(elsewhere.path()) == disk(&library.config.data_dir) {
        1
    } else {
        2
    };

    let checks = library.doctor().await;

    let space = checks.iter().filter(|check| check.name == "space");
    assert_eq!(space.count(), disks, "{checks:?}");
}
