//! The two databases we speak, behind one word each for looking and for changing.

pub(crate) mod accounts;
pub(crate) mod asset_list;
pub(crate) mod assets;
pub(crate) mod attempts;
pub(crate) mod blobs;
pub(crate) mod connect;
pub(crate) mod events;
pub(crate) mod folders;
pub(crate) mod idempotency;
pub(crate) mod jobs;
pub(crate) mod media;
pub(crate) mod migrate;
pub(crate) mod page;
pub(crate) mod renditions;
pub(crate) mod sessions;
pub(crate) mod settings;
pub(crate) mod shares;
pub(crate) mod tags;
pub(crate) mod text;
pub(crate) mod tokens;
pub(crate) mod tx;
pub(crate) mod uploads;
pub(crate) mod usage;
pub(crate) mod users;

use sqlx::{PgPool, SqlitePool};

pub(crate) use tx::{Dialect, Tx};

use crate::Result;

/// The database; cheap to clone.
#[derive(Clone)]
pub(crate) enum Db {
    Sqlite {
        /// One connection: `SQLite` lets one write at a time, so waiting happens here and in order.
        writer: SqlitePool,
        readers: SqlitePool,
    },
    Postgres(PgPool),
}

impl Db {
    /// A transaction that only looks; it sees one moment of the database in `SQLite`.
    pub async fn read(&self) -> Result<Tx> {
        Ok(match self {
            Self::Sqlite { readers, .. } => Tx::Sqlite(readers.begin().await?),
            Self::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// A transaction that changes things; nothing of it stays unless it is committed.
    pub async fn write(&self) -> Result<Tx> {
        Ok(match self {
            Self::Sqlite { writer, .. } => Tx::Sqlite(writer.begin_with("begin immediate").await?),
            Self::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// Which of the two it is.
    pub fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite { .. } => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<()> {
        let mut tx = self.read().await?;
        tx::execute!(&mut tx, sqlx::query("select 1"))?;
        Ok(())
    }

    /// Lets what is under way finish and closes all connections.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}
