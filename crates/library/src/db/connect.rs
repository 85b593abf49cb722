//! Opens the database that the address names.

use std::{
    fs::{File, OpenOptions},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    str::FromStr,
    time::Duration,
};

use model::Secret;
use sqlx::{
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::{Db, Pools, writer::Writer};
use crate::{Error, Result, disk::make_folder};

/// How long a request waits for a connection or a lock before it is told to come back.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);
/// As many look at once in `SQLite`; each holds its own page cache, so not more.
const SQLITE_READERS: u32 = 4;
/// What each of them keeps of the file at most, in KiB as `SQLite` writes it: a search among a
/// hundred thousand assets reads some megabytes of the word index.
const SQLITE_CACHE: &str = "-8000";
/// As many connections of one process to Postgres.
const POSTGRES_CONNECTIONS: u32 = 16;

/// What is acknowledged survives a power cut, though the server's own setting may be otherwise;
/// one that waits for more than its own disk is left as it is.
const DURABLE: &str = "\
    select set_config('synchronous_commit', 'on', false) \
     where current_setting('synchronous_commit') = 'off'";

/// Opens the database that the address names.
pub(crate) async fn connect(url: &Secret) -> Result<Db> {
    let url = url.expose();
    match url.split_once(':') {
        Some(("sqlite", _)) => connect_sqlite(url).await,
        Some(("postgres" | "postgresql", _)) => connect_postgres(url).await,
        _ => Err(Error::Config(
            "The database URL starts with `sqlite://` or `postgres://`.".to_owned(),
        )),
    }
}

async fn connect_sqlite(url: &str) -> Result<Db> {
    let options = SqliteConnectOptions::from_str(url)
        .map_err(|error| Error::Config(format!("The database URL cannot be read: {error}")))?
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
        .synchronous(SqliteSynchronous::Full);
    create_private(options.get_filename())?;
    // The write-ahead log is switched on by the writer, which comes first; after a long read
    // it shrinks again.
    let writing = options
        .clone()
        .journal_mode(SqliteJournalMode::Wal)
        .pragma("journal_size_limit", "16777216")
        .optimize_on_close(true, 400);
    let alone = hold_others_off(options.get_filename()).await?;
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        .acquire_timeout(PATIENCE)
        .idle_timeout(None)
        .max_lifetime(None)
        // It is a file, not a line that may be cut.
        .test_before_acquire(false)
        .connect_with(writing)
        .await?;
    drop(alone);
    let readers = SqlitePoolOptions::new()
        .max_connections(SQLITE_READERS)
        .acquire_timeout(PATIENCE)
        .connect_with(
            options
                .pragma("query_only", "on")
                .pragma("cache_size", SQLITE_CACHE),
        )
        .await?;
    Ok(Db::new(Pools::Sqlite {
        writer: Writer::new(writer),
        readers,
    }))
}

/// The file of an `SQLite` database.
pub(crate) fn file_of(url: &Secret) -> Option<PathBuf> {
    let url = url.expose();
    let options = SqliteConnectOptions::from_str(url).ok();
    options
        .filter(|_| url.starts_with("sqlite:"))
        .map(|options| options.get_filename().to_owned())
}

/// Makes the database file readable by nobody else; `SQLite` gives its logs the same rights.
fn create_private(path: &Path) -> Result<()> {
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        make_folder(folder)?;
    }
    OpenOptions::new()
        .create(true)
        .append(true)
        .mode(0o600)
        .open(path)?;
    Ok(())
}

/// Holds other processes off as long as the file lives: while the log is switched on, for which
/// `SQLite` does not wait, and while tables change. Postgres has a lock of its own for that.
pub(super) async fn hold_others_off(database: &Path) -> Result<File> {
    let mut path = database.as_os_str().to_owned();
    path.push(".lock");
    tokio::task::spawn_blocking(move || {
        let file = OpenOptions::new()
            .create(true)
            .append(true)
            .mode(0o600)
            .open(path)?;
        file.lock()?;
        Ok(file)
    })
    .await
    .map_err(|error| Error::Inconsistent(error.to_string()))?
}

async fn connect_postgres(url: &str) -> Result<Db> {
    // The driver's own message may repeat the address, and with it a password.
    let options = PgConnectOptions::from_str(url)
        .map_err(|_| Error::Config("The database URL cannot be read.".to_owned()))?
        .application_name("satchel");
    let pool = PgPoolOptions::new()
        .max_connections(POSTGRES_CONNECTIONS)
        .acquire_timeout(PATIENCE)
        // Not as an option of the connection, which poolers in between refuse.
        .after_connect(|connection, _| {
            Box::pin(async move { sqlx::query(DURABLE).execute(connection).await.map(drop) })
        })
        .connect_with(options)
        .await?;
    Ok(Db::new(Pools::Postgres(pool)))
}

#[cfg(test)]
mod tests {
    use super::{super::tx::fetch_one, *};

    #[tokio::test]
    async fn what_sqlite_acknowledges_is_on_disk_and_keeps_its_keys() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("satchel.db");
        let url = Secret::new(format!("sqlite://{}", path.display()));
        let db = connect(&url).await.unwrap();

        let mut tx = db.write().await.unwrap();
        for (pragma, expected) in [("synchronous", 2), ("foreign_keys", 1)] {
            let ask = format!("pragma {pragma}");
            let found: i64 =
                fetch_one!(tx, sqlx::query_scalar(sqlx::AssertSqlSafe(ask.clone()))).unwrap();
            assert_eq!(found, expected, "{pragma}");
        }
        let mode: String = fetch_one!(tx, sqlx::query_scalar("pragma journal_mode")).unwrap();
        assert_eq!(mode, "wal");
    }
}
