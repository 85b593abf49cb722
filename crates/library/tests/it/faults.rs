//! Whatever breaks, nothing that was acknowledged is lost and nothing half-done stays.

use std::{os::unix::fs::symlink, time::Duration};

use library::{media::View, uploads::NewUpload};
use model::{ByteSize, ProblemCode};

use crate::support::{TestDatabase, TestLibrary, code, fresh_library, jpeg, meta, text};

/// From now on no asset can be written down, until [`mend`].
async fn break_assets(library: &TestLibrary) {
    match library.database {
        TestDatabase::Sqlite(_) => {
            let sql = "create trigger broken before insert on assets \
                       begin select raise(abort, 'broken for a test'); end";
            library.database.execute(sql).await
        }
        TestDatabase::Postgres { .. } => {
            let sql = "alter table assets add constraint broken check (version < 0) not valid";
            library.database.execute(sql).await
        }
    };
}

async fn mend(library: &TestLibrary) {
    match library.database {
        TestDatabase::Sqlite(_) => library.database.execute("drop trigger broken").await,
        TestDatabase::Postgres { .. } => {
            library
                .database
                .execute("alter table assets drop constraint broken")
                .await
        }
    };
}

#[tokio::test]
async fn a_transaction_that_fails_leaves_nothing_of_a_form_upload() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    break_assets(&library).await;

    let failed = library
        .try_upload(&anna, meta("a.txt"), &text(1, 100))
        .await;

    assert_eq!(code(failed), ProblemCode::Internal);
    assert_eq!((library.stored().await, library.staged().len()), (0, 0));
    assert_eq!(library.usage(&anna).await.unwrap().used, ByteSize::ZERO);
    mend(&library).await;
    library.upload(&anna, "a.txt", &text(1, 100)).await;
    assert!(library.fsck(true).await.unwrap().is_clean());
}

#[tokio::test]
async fn an_upload_whose_last_step_fails_is_finished_by_asking_again() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let note = text(1, 100);
    let upload = library.begin(&anna, "a.txt", 100).await;
    break_assets(&library).await;
    let failed = library.append(&anna, upload.id, 0, &note).await;
    let between = library.get_upload(&anna, upload.id).await.unwrap();
    mend(&library).await;

    let done = library.append(&anna, upload.id, 100, b"").await.unwrap();

    assert_eq!(code(failed), ProblemCode::Internal);
    assert_eq!(between.offset, ByteSize::bytes(100));
    let asset = done.asset.expect("an asset at last");
    let media = library
        .open_media(&anna, asset.id, View::Original)
        .await
        .unwrap();
    assert_eq!(crate::media::read(&library, &media).await, note);
    assert!(library.fsck(true).await.unwrap().is_clean());
    assert_eq!(library.stored().await, 1);
}

#[tokio::test]
async fn parts_stay_until_what_they_are_joined_to_is_an_asset() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let note = text(1, 100);
    let mut parts = Vec::new();
    for piece in note.chunks(50) {
        let new = NewUpload {
            length: Some(ByteSize::bytes(50)),
            is_partial: true,
            ..NewUpload::default()
        };
        let part = library.create_upload(&anna, new).await.unwrap();
        library.append(&anna, part.id, 0, piece).await.unwrap();
        parts.push(part.id);
    }
    let join = || library.concat_uploads(&anna, parts.clone(), meta("a.txt"));
    break_assets(&library).await;
    let failed = join().await;
    mend(&library).await;

    assert_eq!(code(failed), ProblemCode::Internal);
    for part in &parts {
        let part = library.get_upload(&anna, *part).await.unwrap();
        assert_eq!(part.offset, ByteSize::bytes(50));
    }
    assert_eq!((library.stored().await, library.staged().len()), (0, 2));
    let usage = library.usage(&anna).await.unwrap();
    assert_eq!(usage.reserved, ByteSize::bytes(100));

    let done = join().await.unwrap();

    let asset = done.asset.expect("an asset at last");
    let found = library.get_upload(&anna, done.upload.id).await.unwrap();
    assert_eq!(found.asset_id, Some(asset.id));
    let usage = library.usage(&anna).await.unwrap();
    assert_eq!((usage.used.as_u64(), usage.reserved.as_u64()), (100, 0));
    assert!(library.staged().is_empty());
    assert!(library.fsck(true).await.unwrap().is_clean());
}

#[tokio::test]
async fn parts_of_what_is_refused_for_good_are_given_up() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let broken = &jpeg(1)[..400];
    let new = NewUpload {
        length: Some(ByteSize::bytes(400)),
        is_partial: true,
        ..NewUpload::default()
    };
    let part = library.create_upload(&anna, new).await.unwrap();
    library.append(&anna, part.id, 0, broken).await.unwrap();

    let joined = library.concat_uploads(&anna, vec![part.id], meta("a.jpg"));

    assert_eq!(code(joined.await), ProblemCode::CorruptFile);
    let gone = library.get_upload(&anna, part.id).await;
    assert_eq!(code(gone), ProblemCode::Gone);
    assert_eq!(library.usage(&anna).await.unwrap().reserved, ByteSize::ZERO);
    assert!(library.staged().is_empty());
}

#[tokio::test]
async fn a_full_disk_is_told_and_the_upload_goes_on_when_there_is_room() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let note = text(1, 100_000);
    let upload = library.begin(&anna, "a.txt", note.len()).await;
    // A file that the kernel says the disk is full of, whatever is written to it.
    let staged = library
        .config
        .data_dir
        .join("staging")
        .join(upload.id.to_string());
    symlink("/dev/full", &staged).unwrap();

    let full = library.append(&anna, upload.id, 0, &note).await;
    std::fs::remove_file(&staged).unwrap();
    let found = library.get_upload(&anna, upload.id).await.unwrap();
    let done = library.append(&anna, upload.id, 0, &note).await.unwrap();

    assert_eq!(code(full), ProblemCode::StorageFull);
    assert_eq!(found.offset, ByteSize::ZERO);
    assert_eq!(done.asset.unwrap().size, ByteSize::bytes(100_000));
}

#[tokio::test]
async fn a_store_that_cannot_be_written_keeps_the_upload() {
    let library = fresh_library().await;
    if !library.config.storage_url.expose().starts_with("fs:") {
        return;
    }
    let anna = library.agent("anna").await;
    let note = text(1, 100);
    let upload = library.begin(&anna, "a.txt", 100).await;
    // Something else lies where the account's folder would be made.
    let blobs = library
        .config
        .data_dir
        .join("blobs")
        .join(anna.account_id.to_string());
    std::fs::write(&blobs, "in the way").unwrap();
    let failed = library.append(&anna, upload.id, 0, &note).await;
    std::fs::remove_file(&blobs).unwrap();

    let done = library.append(&anna, upload.id, 100, b"").await.unwrap();

    assert!(failed.is_err());
    assert!(done.asset.is_some());
    assert!(library.fsck(true).await.unwrap().is_clean());
}

#[tokio::test]
async fn f5_an_upload_waits_while_another_process_writes() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let note = text(1, 100);
    let occupied = library.database.occupy().await;
    let mut upload = Box::pin(library.try_upload(&anna, meta("a.txt"), &note));

    // Its bytes are safe, and no row may point at them yet.
    while library.stored().await == 0 {
        assert!(futures::poll!(&mut upload).is_pending());
        tokio::task::yield_now().await;
    }
    assert!(futures::poll!(&mut upload).is_pending());
    occupied.leave().await;

    upload.await.unwrap();
    assert!(library.fsck(true).await.unwrap().is_clean());
}

#[tokio::test]
async fn files_that_a_crash_left_in_staging_go_and_others_stay() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let staging = library.config.data_dir.join("staging");
    let upload = library.begin(&anna, "a.txt", 100).await;
    library.append(&anna, upload.id, 0, b"half").await.unwrap();
    let stray = "upl_01ARZ3NDEKTSV4RRFFQ69G5FAV";
    std::fs::write(staging.join(stray), "left behind").unwrap();
    let young = library.collect_garbage().await.unwrap();
    for name in library.staged() {
        let file = std::fs::OpenOptions::new()
            .write(true)
            .open(staging.join(name))
            .unwrap();
        let modified = file.metadata().unwrap().modified().unwrap();
        file.set_modified(modified - Duration::from_hours(2))
            .unwrap();
    }

    let old = library.collect_garbage().await.unwrap();

    assert_eq!((young.uploads, old.uploads), (0, 1));
    assert_eq!(library.staged(), [upload.id.to_string()]);
}

#[tokio::test]
async fn blobs_are_nobody_elses_business() {
    use std::os::unix::fs::PermissionsExt as _;
    let library = fresh_library().await;
    if !library.config.storage_url.expose().starts_with("fs:") {
        return;
    }
    let anna = library.agent("anna").await;
    library.upload(&anna, "a.jpg", &jpeg(1)).await;
    let mut folders = vec![
        library.config.data_dir.join("blobs"),
        library.config.data_dir.join("staging"),
    ];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        let mode = std::fs::metadata(&folder).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700, "{}", folder.display());
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            files += 1;
            let mode = std::fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{}", path.display());
        }
    }
    assert_eq!(files, 2);
}
