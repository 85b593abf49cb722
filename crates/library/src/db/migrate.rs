//! Brings the schema up to date, and refuses a database that is ahead of this program.

use std::{
    fs::{File, OpenOptions},
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
};

use sqlx::{
    Acquire,
    migrate::{Migrate, Migrator},
};

use super::{Db, Pools};
use crate::{Error, Result};

static SQLITE: Migrator = sqlx::migrate!("../../migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("../../migrations/postgres");

/// Brings the schema up to date.
pub(crate) async fn migrate(db: &Db) -> Result<()> {
    match &db.pools {
        Pools::Sqlite { writer, .. } => {
            let pool = writer.pool();
            let _lock = lock(pool.connect_options().get_filename()).await?;
            run(&SQLITE, pool).await
        }
        Pools::Postgres(pool) => run(&POSTGRES, pool).await,
    }
}

/// Holds other processes off while tables change; Postgres has a lock of its own for that.
async fn lock(database: &Path) -> Result<File> {
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

async fn run<'a, A>(migrator: &Migrator, database: A) -> Result<()>
where
    A: Acquire<'a>,
    <A::Connection as std::ops::Deref>::Target: Migrate,
{
    let mut connection = database.acquire().await?;
    let table = migrator.table_name.as_ref();
    // Even the table of steps is made by one process at a time.
    connection.lock().await?;
    connection.ensure_migrations_table(table).await?;
    let applied = connection.list_applied_migrations(table).await?;
    let latest = applied.iter().map(|done| done.version).max().unwrap_or(0);
    let known = migrator.iter().map(|step| step.version).max().unwrap_or(0);
    if latest > known {
        return Err(Error::Config(format!(
            "The database is at step {latest} and this program knows only {known}: \
             run the version that wrote it, or a newer one."
        )));
    }
    for step in migrator.iter().filter(|step| step.version > latest) {
        tracing::info!(step = step.version, name = %step.description, "changing the schema");
    }
    migrator.run_direct(None, &mut *connection, false).await?;
    connection.unlock().await?;
    Ok(())
}
