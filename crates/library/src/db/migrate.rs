//! Brings the schema up to date, and refuses a database that is ahead of this program.

use sqlx::{
    Acquire,
    migrate::{Migrate, Migrator},
};

use super::{Db, Pools, connect};
use crate::{Error, Result};

static SQLITE: Migrator = sqlx::migrate!("../../migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("../../migrations/postgres");

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
