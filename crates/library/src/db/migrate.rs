//! Brings the schema up to date, and refuses a database that is ahead of this program.

use sqlx::{
    Acquire,
    migrate::{Migrate, Migrator},
};

use super::{Db, Pools, connect, tx::fetch_one};
use crate::{Error, Result};

static SQLITE: Migrator = sqlx::migrate!("../../migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("../../migrations/postgres");

/// What is to be done about a schema that is older than this program.
const BEHIND: &str = "start the server, or run `satchel migrate`, which brings it up to date";

/// Whether the schema is this program's, or there is none; refuses that of another release, and
/// changes nothing.
pub(crate) async fn is_current(db: &Db) -> Result<bool> {
    let known = match &db.pools {
        Pools::Sqlite { .. } => latest(&SQLITE),
        Pools::Postgres(_) => latest(&POSTGRES),
    };
    match find_step(db).await? {
        None => Ok(false),
        Some(step) if step < known => Err(Error::Schema(format!(
            "the database is at step {step}, this program wants {known}: {BEHIND}"
        ))),
        Some(step) if step > known => Err(ahead(step, known)),
        Some(_) => Ok(true),
    }
}

/// The step a database is at, where it is at any.
async fn find_step(db: &Db) -> Result<Option<i64>> {
    const FIND: &str = "select max(version) from _sqlx_migrations where success = true";
    let mut tx = db.read().await?;
    match fetch_one!(tx, sqlx::query_scalar(FIND)) {
        Ok(step) => Ok(step),
        // There is no table of steps.
        Err(sqlx::Error::Database(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn latest(migrator: &Migrator) -> i64 {
    migrator.iter().map(|step| step.version).max().unwrap_or(0)
}

fn ahead(step: i64, known: i64) -> Error {
    Error::Config(format!(
        "The database is at step {step} and this program knows only {known}: \
         run the version that wrote it, or a newer one."
    ))
}

/// Brings the schema up to date.
pub(crate) async fn migrate(db: &Db) -> Result<()> {
    match &db.pools {
        Pools::Sqlite { writer, .. } => {
            let pool = writer.pool();
            let _alone = connect::hold_others_off(pool.connect_options().get_filename()).await?;
            run(&SQLITE, pool).await
        }
        Pools::Postgres(pool) => run(&POSTGRES, pool).await,
    }
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
    let known = self::latest(migrator);
    if latest > known {
        return Err(ahead(latest, known));
    }
    for step in migrator.iter().filter(|step| step.version > latest) {
        tracing::info!(step = step.version, name = %step.description, "changing the schema");
    }
    migrator.run_direct(None, &mut *connection, false).await?;
    connection.unlock().await?;
    Ok(())
}
