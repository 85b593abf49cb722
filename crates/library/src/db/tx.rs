//! A transaction on either database, and the macros that run one SQL text on both.

use std::{
    ops::{Deref, DerefMut},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use sqlx::{Postgres, Sqlite, SqliteConnection, Transaction};

use super::writer::Turn;
use crate::Result;

/// A transaction on one of the two databases we speak; dropped without [`Tx::commit`], it never was.
pub(crate) struct Tx {
    pub on: On,
    /// Counts the changes to who may call, for whoever remembers callers.
    callers: Arc<AtomicU64>,
    changes_callers: bool,
}

/// The transaction of the one database or the other.
pub(crate) enum On {
    Sqlite(SqliteTx),
    Postgres(Transaction<'static, Postgres>),
}

/// A look at `SQLite`, or a turn at its writer.
pub(crate) enum SqliteTx {
    Look(Transaction<'static, Sqlite>),
    Turn(Turn),
}

/// The databases we speak, for the few places where they truly differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

impl Tx {
    pub(super) fn new(on: On, callers: &Arc<AtomicU64>) -> Self {
        Self {
            on,
            callers: Arc::clone(callers),
            changes_callers: false,
        }
    }

    /// Makes everything done in it durable.
    pub async fn commit(self) -> Result<()> {
        let done = match self.on {
            On::Sqlite(SqliteTx::Look(tx)) => tx.commit().await.map_err(Into::into),
            On::Sqlite(SqliteTx::Turn(turn)) => turn.commit().await,
            On::Postgres(tx) => tx.commit().await.map_err(Into::into),
        };
        if self.changes_callers {
            // Also when nobody knows whether it was done.
            self.callers.fetch_add(1, Ordering::SeqCst);
        }
        done
    }

    /// Notes that what is remembered of callers is no longer true after this.
    pub fn changes_callers(&mut self) {
        self.changes_callers = true;
    }

    /// Which database it is on.
    pub fn dialect(&self) -> Dialect {
        match self.on {
            On::Sqlite(_) => Dialect::Sqlite,
            On::Postgres(_) => Dialect::Postgres,
        }
    }
}

impl Deref for SqliteTx {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        match self {
            Self::Look(tx) => tx,
            Self::Turn(turn) => turn,
        }
    }
}

impl DerefMut for SqliteTx {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        match self {
            Self::Look(tx) => tx,
            Self::Turn(turn) => turn,
        }
    }
}

/// Runs a query that yields at most one row.
macro_rules! fetch_optional {
    ($tx:expr, $query:expr) => {
        match &mut ($tx).on {
            $crate::db::tx::On::Sqlite(tx) => $query.fetch_optional(&mut **tx).await,
            $crate::db::tx::On::Postgres(tx) => $query.fetch_optional(&mut **tx).await,
        }
    };
}

/// Runs a query that yields exactly one row.
macro_rules! fetch_one {
    ($tx:expr, $query:expr) => {
        match &mut ($tx).on {
            $crate::db::tx::On::Sqlite(tx) => $query.fetch_one(&mut **tx).await,
            $crate::db::tx::On::Postgres(tx) => $query.fetch_one(&mut **tx).await,
        }
    };
}

/// Runs a query and yields all its rows.
macro_rules! fetch_all {
    ($tx:expr, $query:expr) => {
        match &mut ($tx).on {
            $crate::db::tx::On::Sqlite(tx) => $query.fetch_all(&mut **tx).await,
            $crate::db::tx::On::Postgres(tx) => $query.fetch_all(&mut **tx).await,
        }
    };
}

/// Runs a statement and yields how many rows it touched.
macro_rules! execute {
    ($tx:expr, $query:expr) => {
        match &mut ($tx).on {
            $crate::db::tx::On::Sqlite(tx) => $query
                .execute(&mut **tx)
                .await
                .map(|done| done.rows_affected()),
            $crate::db::tx::On::Postgres(tx) => $query
                .execute(&mut **tx)
                .await
                .map(|done| done.rows_affected()),
        }
    };
}

pub(crate) use {execute, fetch_all, fetch_one, fetch_optional};
