//! The two databases we speak, behind one word each for looking and for changing.

pub(crate) mod accounts;
pub(crate) mod asset_list;
pub(crate) mod asset_marks;
pub(crate) mod asset_states;
pub(crate) mod asset_uses;
pub(crate) mod assets;
pub(crate) mod attempts;
pub(crate) mod batch_items;
pub(crate) mod batch_refusals;
pub(crate) mod batch_targets;
pub(crate) mod batches;
pub(crate) mod blobs;
pub(crate) mod connect;
pub(crate) mod derivations;
pub(crate) mod embed_sessions;
pub(crate) mod events;
pub(crate) mod fence;
pub(crate) mod folder_list;
pub(crate) mod folder_trash;
pub(crate) mod folder_tree;
pub(crate) mod folders;
pub(crate) mod gone_marks;
pub(crate) mod idempotency;
pub(crate) mod invitations;
pub(crate) mod jobs;
pub(crate) mod many;
pub(crate) mod media;
pub(crate) mod migrate;
pub(crate) mod names;
pub(crate) mod page;
pub(crate) mod placements;
#[cfg(test)]
mod plans;
pub(crate) mod previews;
pub(crate) mod renditions;
pub(crate) mod repair;
pub(crate) mod search;
pub(crate) mod sessions;
pub(crate) mod settings;
pub(crate) mod shares;
pub(crate) mod tags;
pub(crate) mod teams;
pub(crate) mod text;
pub(crate) mod texts;
pub(crate) mod tokens;
pub(crate) mod tx;
pub(crate) mod uploads;
pub(crate) mod usage;
pub(crate) mod used_in;
pub(crate) mod users;
pub(crate) mod versions;
pub(crate) mod webhook_deliveries;
pub(crate) mod webhooks;
mod writer;
pub(crate) mod zips;

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use sqlx::{ConnectOptions as _, Connection as _, PgPool, SqlitePool};

pub(crate) use tx::{Dialect, Tx};
use tx::{On, SqliteTx};
use writer::Writer;

use crate::Result;

/// Begins a look that sees one moment however many questions it asks, as every look at `SQLite`
/// does: what is recorded and what is counted would otherwise differ by what came in between.
const LOOK: &str = "begin isolation level repeatable read read only";

/// The database; cheap to clone.
#[derive(Clone)]
pub(crate) struct Db {
    pools: Pools,
    /// How often who may call was changed by this process.
    callers: Arc<AtomicU64>,
}

/// Connections to the database that was chosen.
#[derive(Clone)]
enum Pools {
    Sqlite {
        /// `SQLite` lets one write at a time, so waiting happens here and in order.
        writer: Writer,
        readers: SqlitePool,
    },
    Postgres(PgPool),
}

impl Db {
    fn new(pools: Pools) -> Self {
        Self {
            pools,
            callers: Arc::default(),
        }
    }

    /// A transaction that only looks; it sees one moment of the database.
    pub async fn read(&self) -> Result<Tx> {
        let on = match &self.pools {
            Pools::Sqlite { readers, .. } => On::Sqlite(SqliteTx::Look(readers.begin().await?)),
            Pools::Postgres(pool) => On::Postgres(pool.begin_with(LOOK).await?),
        };
        Ok(Tx::new(on, &self.callers))
    }

    /// A transaction that changes things; nothing of it stays unless it is committed.
    pub async fn write(&self) -> Result<Tx> {
        let on = match &self.pools {
            Pools::Sqlite { writer, .. } => On::Sqlite(SqliteTx::Turn(writer.begin().await?)),
            Pools::Postgres(pool) => On::Postgres(pool.begin().await?),
        };
        Ok(Tx::new(on, &self.callers))
    }

    /// How often who may call was changed by this process.
    pub fn caller_changes(&self) -> u64 {
        self.callers.load(Ordering::SeqCst)
    }

    /// Which of the two it is.
    pub fn dialect(&self) -> Dialect {
        match self.pools {
            Pools::Sqlite { .. } => Dialect::Sqlite,
            Pools::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Whether the database answers; `SQLite`, whether its file can be opened and read.
    pub async fn ping(&self) -> Result<()> {
        const PING: &str = "select 1 from settings limit 1";
        let mut tx = self.read().await?;
        tx::execute!(&mut tx, sqlx::query(PING))?;
        if let Pools::Sqlite { readers, .. } = &self.pools {
            // Connections that are open go on with a file that is gone or another.
            let mut fresh = readers.connect_options().connect().await?;
            sqlx::query(PING).execute(&mut fresh).await?;
            fresh.close().await?;
        }
        Ok(())
    }

    /// Lets what is under way finish and closes all connections.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}
