//! Opening a library: on an empty database, twice at once, beside another process, and too late.

use std::{fs, path::Path};

use library::{Config, Error, media::View};
use model::{Limit, ProblemCode, Secret};
use tempfile::TempDir;

use crate::support::{Ground, TestDatabase, code, fresh_library, jpeg, system, text};

#[tokio::test]
async fn two_processes_may_start_at_once_on_an_empty_database() {
    // Once in eighty times, they stood in each other's way.
    for _ in 0..20 {
        let ground = Ground::prepare().await;

        let (one, two) = tokio::join!(ground.open(), ground.open());

        one.unwrap().ready().await.unwrap();
        two.unwrap().ready().await.unwrap();
    }
}

#[tokio::test]
async fn a_database_from_the_future_is_refused() {
    let library = fresh_library().await;
    let ahead = "insert into _sqlx_migrations \
        select 9999, description, installed_on, success, checksum, execution_time \
        from _sqlx_migrations where version = 1";
    library.database.execute(ahead).await;

    let opened = library::Library::open(library.config.clone(), library.clock.clone()).await;

    let Err(Error::Config(told)) = opened else {
        panic!("an old program opened a newer database");
    };
    assert!(told.contains("9999"), "{told}");
}

#[tokio::test]
async fn the_command_line_works_beside_a_server() {
    let server = fresh_library().await;
    let command = server.reopen().await;
    let make = async |library: &library::Library, prefix: &str| {
        for number in 0..20 {
            let name = format!("{prefix} {number}").parse().unwrap();
            let limits = model::AccountLimits::default();
            let made = library.create_account(&system(), name, limits).await;
            made.expect("an account is made");
        }
    };

    tokio::join!(make(&server, "server"), make(&command, "command"));

    assert_eq!(
        server
            .list_accounts(&system(), None, Limit::default())
            .await
            .unwrap()
            .items
            .len(),
        40
    );
}

#[tokio::test]
async fn a_closed_library_is_not_ready() {
    let library = fresh_library().await;
    library.ready().await.unwrap();

    library.close().await;

    assert_eq!(code(library.ready().await), ProblemCode::Unavailable);
}

#[tokio::test]
async fn a_second_process_signs_with_the_same_key() {
    let library = fresh_library().await;
    let kept = "select value from settings where name = 'secret'";
    let before = library.database.texts(kept).await;

    library.reopen().await.ready().await.unwrap();

    assert_eq!(library.database.texts(kept).await, before);
    assert_eq!(before[0].len(), 43);
}

#[tokio::test]
async fn nobody_else_on_the_machine_reads_the_database() {
    use std::os::unix::fs::PermissionsExt as _;

    let library = fresh_library().await;
    library.account("Acme").await;
    let TestDatabase::Sqlite(path) = &library.database else {
        return;
    };

    for ending in ["", "-wal", "-shm"] {
        let file = format!("{}{ending}", path.display());
        let mode = fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{file}");
    }
}

#[tokio::test]
async fn an_address_of_no_database_is_refused() {
    let mut ground = Ground::prepare().await;
    ground.config.database_url = Secret::new("mysql://root:hunter2@localhost/media");

    let Err(error) = ground.open().await else {
        panic!("MySQL is not spoken here");
    };

    assert!(!error.to_string().contains("hunter2"));
}

#[tokio::test]
async fn what_runs_beside_a_server_leaves_an_older_schema_as_it_is() {
    let library = fresh_library().await;
    let open = async || {
        let (config, clock) = (library.config.clone(), library.clock.clone());
        library::Library::open_beside(config, clock).await
    };
    open().await.unwrap().close().await;
    let older = "delete from _sqlx_migrations \
        where version = (select max(version) from _sqlx_migrations)";
    library.database.execute(older).await;
    let steps = "select cast(version as text) from _sqlx_migrations order by version";
    let before = library.database.texts(steps).await;

    let Err(Error::Schema(told)) = open().await else {
        panic!("an older schema was taken as it is");
    };
    assert!(told.contains("satchel migrate"), "{told}");
    assert_eq!(library.database.texts(steps).await, before);
}

/// Copies a folder with all in it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(from, to).unwrap();
        }
    }
}

#[tokio::test]
async fn f12_a_backup_of_the_database_and_then_the_blobs_is_whole_elsewhere() {
    let library = fresh_library().await;
    let is_folder = library.config.storage_url.expose().starts_with("fs:");
    if !is_folder || !matches!(library.database, TestDatabase::Sqlite(_)) {
        return;
    }
    let ada = library.administrator("ada").await;
    let (photo, note) = (jpeg(1), text(1, 100));
    let kept = library.upload(&ada, "a.jpg", &photo).await;
    let purged = library.upload(&ada, "b.txt", &note).await;
    let folder = TempDir::with_prefix("satchel-backup-").unwrap();
    let (database, blobs) = (
        folder.path().join("satchel.db"),
        folder.path().join("blobs"),
    );

    let snapshot = format!("vacuum into '{}'", database.display());
    library.database.execute(snapshot.leak()).await;
    // Work goes on between the two, and whoever collects as well.
    library.trash_asset(&ada, purged.id).await.unwrap();
    library.purge_asset(&ada, purged.id).await.unwrap();
    library.collect_garbage().await.unwrap();
    library.upload(&ada, "late.txt", &text(2, 100)).await;
    copy(&library.config.data_dir.join("blobs"), &blobs);

    let config = Config {
        data_dir: folder.path().to_owned(),
        database_url: Secret::new(format!("sqlite://{}", database.display())),
        storage_url: Secret::new(format!("fs://{}", blobs.display())),
        ..library.config.clone()
    };
    let restored = library::Library::open(config, library.clock.clone())
        .await
        .unwrap();
    for (asset, bytes) in [(kept, photo), (purged, note)] {
        let media = restored.open_media(&ada, asset.id, View::Original).await;
        assert_eq!(crate::media::read(&restored, &media.unwrap()).await, bytes);
    }
    assert!(restored.fsck(true).await.unwrap().is_clean());
}
