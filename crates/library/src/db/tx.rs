//! A transaction on either database, and the macros that run one SQL text on both.

use sqlx::{Postgres, Sqlite, Transaction};

use crate::Result;

/// A transaction on one of the two databases we speak; dropped without [`Tx::commit`], it never was.
pub(crate) enum Tx {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// The databases we speak, for the few places where they truly differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

impl Tx {
    /// Makes everything done in it durable.
    pub async fn commit(self) -> Result<()> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }

    /// Which database it is on.
    pub fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite(_) => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
        }
    }
}

/// Runs a query that yields at most one row.
macro_rules! fetch_optional {
    ($tx:expr, $query:expr) => {
        match $tx {
            $crate::db::Tx::Sqlite(tx) => $query.fetch_optional(&mut **tx).await,
            $crate::db::Tx::Postgres(tx) => $query.fetch_optional(&mut **tx).await,
        }
    };
}

/// Runs a query that yields exactly one row.
macro_rules! fetch_one {
    ($tx:expr, $query:expr) => {
        match $tx {
            $crate::db::Tx::Sqlite(tx) => $query.fetch_one(&mut **tx).await,
            $crate::db::Tx::Postgres(tx) => $query.fetch_one(&mut **tx).await,
        }
    };
}

/// Runs a query and yields all its rows.
macro_rules! fetch_all {
    ($tx:expr, $query:expr) => {
        match $tx {
            $crate::db::Tx::Sqlite(tx) => $query.fetch_all(&mut **tx).await,
            $crate::db::Tx::Postgres(tx) => $query.fetch_all(&mut **tx).await,
        }
    };
}

/// Runs a statement and yields how many rows it touched.
macro_rules! execute {
    ($tx:expr, $query:expr) => {
        match $tx {
            $crate::db::Tx::Sqlite(tx) => $query
                .execute(&mut **tx)
                .await
                .map(|done| done.rows_affected()),
            $crate::db::Tx::Postgres(tx) => $query
                .execute(&mut **tx)
                .await
                .map(|done| done.rows_affected()),
        }
    };
}

pub(crate) use {execute, fetch_all, fetch_one, fetch_optional};
