//! A check finds what is broken, and only that.

use std::time::Duration;

use crate::support::{fresh_library, jpeg, text};

#[tokio::test]
async fn a_library_at_work_is_clean() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    library.upload(&anna, "a.jpg", &jpeg(1)).await;
    library.upload(&anna, "b.txt", &text(1, 100)).await;
    library.run_due_jobs().await.unwrap();
    library.clock.advance(Duration::from_hours(48));

    let report = library.fsck(true).await.unwrap();

    assert!(report.is_clean(), "{report:?}");
    assert_eq!(report.blobs_checked, 2);
}

#[tokio::test]
async fn missing_bytes_are_found() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    library.upload(&anna, "a.txt", &text(1, 100)).await;
    let path = library.originals().await.remove(0);
    library.lose_blobs().await;

    let report = library.fsck(false).await.unwrap();

    assert_eq!(report.missing, [path]);
}

#[tokio::test]
async fn changed_bytes_are_found_by_size_and_by_digest() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    library.upload(&anna, "a.txt", &text(1, 100)).await;
    let path = library.originals().await.remove(0);

    library.store().write(&path, text(2, 100)).await.unwrap();
    let shallow = library.fsck(false).await.unwrap();
    let deep = library.fsck(true).await.unwrap();
    library.store().write(&path, text(2, 99)).await.unwrap();
    let shorter = library.fsck(false).await.unwrap();

    assert!(shallow.is_clean());
    assert_eq!(deep.mismatched.len(), 1);
    assert_eq!(shorter.mismatched.len(), 1);
}

#[tokio::test]
async fn bytes_without_a_row_are_found_and_collected_once_they_are_old() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    library.upload(&anna, "a.txt", &text(1, 100)).await;
    let path = library.originals().await.remove(0);
    // As if a crash had come between the bytes and their row.
    let (account, _) = path.split_once('/').unwrap();
    let (_, blob) = path.rsplit_once('/').unwrap();
    let blob = blob.strip_suffix(".original").unwrap();
    let orphan = format!("{account}/ZZ/{}ZZ.original", &blob[..blob.len() - 2]);
    library.store().write(&orphan, "lost").await.unwrap();

    let young = library.fsck(false).await.unwrap();
    library.clock.advance(Duration::from_hours(26));
    let old = library.fsck(false).await.unwrap();
    let collected = library.collect_garbage().await.unwrap();

    assert!(young.is_clean());
    assert_eq!(old.orphaned, [orphan]);
    assert_eq!(collected.blobs, 1);
    assert!(library.fsck(true).await.unwrap().is_clean());
    assert_eq!(library.stored().await, 1);
}

#[tokio::test]
async fn a_wrong_meter_is_found() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    library.upload(&anna, "a.txt", &text(1, 100)).await;
    library
        .database
        .execute("update account_usage set used = used + 1")
        .await;

    let report = library.fsck(false).await.unwrap();

    assert_eq!(
        (report.quota[0].recorded, report.quota[0].counted),
        (101, 100)
    );
    assert_eq!(report.quota[0].account_id, anna.account_id);
}

#[tokio::test]
async fn a_check_among_uploads_finds_nothing() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let uploads = async {
        for seed in 0..40 {
            let asset = library.upload(&anna, "a.txt", &text(seed, 100)).await;
            library.trash_asset(&anna, asset.id).await.unwrap();
        }
    };
    let checks = async {
        for _ in 0..20 {
            let report = library.fsck(true).await.unwrap();
            assert!(report.is_clean(), "{report:?}");
        }
    };

    tokio::join!(uploads, checks);
}

#[tokio::test]
async fn what_is_held_for_nobody_is_found_and_put_right() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    library.upload(&anna, "a.txt", &text(1, 100)).await;
    library.begin(&anna, "b.txt", 50).await;
    assert!(library.fsck(true).await.unwrap().is_clean());
    for leak in [
        "update account_usage set used = used + 1, reserved = reserved + 7",
        "update user_usage set used = used + 2, reserved = reserved + 8",
        "update usage_totals set assets = assets + 3, size = size + 4",
    ] {
        library.database.execute(leak).await;
    }

    let wrong = library.fsck(false).await.unwrap();
    let held: Vec<_> = wrong
        .totals
        .iter()
        .filter(|wrong| wrong.what.starts_with("bytes held for uploads"))
        .map(|wrong| (wrong.recorded, wrong.counted))
        .collect();
    assert_eq!(held, [(57, 50), (58, 50)]);
    let repaired = library.repair_meters().await.unwrap();
    assert_eq!(repaired.len(), wrong.quota.len() + wrong.totals.len());

    assert!(library.fsck(true).await.unwrap().is_clean());
    let meter = library.meter(&anna).await.unwrap();
    assert_eq!((meter.used.as_u64(), meter.reserved.as_u64()), (100, 50));
    assert_eq!(library.repair_meters().await.unwrap(), []);
}

#[tokio::test]
async fn what_is_not_ours_is_told_and_is_nobodys_fault() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    library.upload(&anna, "a.txt", &text(1, 100)).await;
    library
        .store()
        .write("notes/todo.txt", "mine")
        .await
        .unwrap();

    let report = library.fsck(true).await.unwrap();

    assert_eq!(report.foreign, ["notes/todo.txt"]);
    assert!(report.is_clean(), "{report:?}");
}
