//! What can go wrong inside, and the one border where it becomes a [`Problem`].

use std::io;

use model::{Problem, ProblemCode};

/// What can go wrong inside.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Something the caller can act on.
    #[error(transparent)]
    Problem(#[from] Problem),
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] sqlx::Error),
    /// The schema could not be brought up to date.
    #[error("the schema could not be brought up to date")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] opendal::Error),
    /// A file on this machine failed.
    #[error("a file operation failed")]
    Io(#[from] io::Error),
    /// A setting is wrong.
    #[error("{0}")]
    Config(String),
    /// The schema is not this program's, and is not to be changed now.
    #[error("{0}")]
    Schema(String),
    /// What was made of an original is gone; it can be made again.
    #[error("what was made of an original is gone")]
    Lost,
    /// A state that must not be.
    #[error("inconsistent: {0}")]
    Inconsistent(String),
}

/// A result with this crate's error.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// Whether a unique value was taken already.
    pub(crate) fn is_unique_violation(&self) -> bool {
        match self {
            Self::Database(sqlx::Error::Database(error)) => error.is_unique_violation(),
            _ => false,
        }
    }

    /// Whether others kept a row for longer than we would wait.
    pub(crate) fn is_lock_timeout(&self) -> bool {
        match self {
            Self::Database(sqlx::Error::Database(error)) => {
                error.code().as_deref() == Some("55P03")
            }
            _ => false,
        }
    }

    /// Whether a text holds what Postgres cannot: the character NUL, plain or inside JSON.
    fn is_unwritable_text(&self) -> bool {
        match self {
            Self::Database(sqlx::Error::Database(error)) => {
                matches!(error.code().as_deref(), Some("22021" | "22P05"))
            }
            _ => false,
        }
    }

    /// Whether there is no room left, on the disk, in the database or in the store.
    fn is_full(&self) -> bool {
        match self {
            Self::Store(error) => has_disk_full(error),
            Self::Io(error) | Self::Database(sqlx::Error::Io(error)) => is_disk_full(error),
            Self::Database(sqlx::Error::Database(error)) => {
                // SQLITE_FULL; disk_full of Postgres.
                matches!(error.code().as_deref(), Some("13" | "53100"))
            }
            _ => false,
        }
    }

    /// Whether a disk could not write or read, though there is room.
    pub(crate) fn is_disk_failure(&self) -> bool {
        matches!(self, Self::Io(error) if error.raw_os_error() == Some(libc::EIO))
    }

    /// Whether the same may work in a moment.
    fn is_passing(&self) -> bool {
        match self {
            Self::Database(error) => is_database_down(error),
            Self::Store(error) => is_store_down(error),
            // A disk that is mounted no more, or a store that is read piece by piece.
            Self::Io(error) => {
                let of_store = error.get_ref().and_then(|inner| inner.downcast_ref());
                error.kind() == io::ErrorKind::NotConnected || of_store.is_some_and(is_store_down)
            }
            Self::Lost => true,
            _ => false,
        }
    }
}

fn is_disk_full(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded
    )
}

/// Looks for a full disk beneath a store's error, which has no kind for it.
fn has_disk_full(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.downcast_ref().is_some_and(is_disk_full) {
            return true;
        }
        cause = error.source();
    }
    false
}

/// Temporary, or still there after it was tried again.
fn is_store_down(error: &opendal::Error) -> bool {
    !error.is_permanent() || error.kind() == opendal::ErrorKind::RateLimited
}

fn is_database_down(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::WorkerCrashed
        | sqlx::Error::BeginFailed => true,
        sqlx::Error::Database(error) => is_busy(&error.code().unwrap_or_default()),
        _ => false,
    }
}

/// Codes that say "not now": busy and locked in `SQLite`; connection, resource, serialization,
/// lock and operator classes in Postgres.
fn is_busy(code: &str) -> bool {
    match code.parse::<u32>() {
        // The low byte is the primary code: 5 busy, 6 locked, 10 input or output, 14 cannot open.
        Ok(number) if code.len() < 5 => matches!(number & 0xff, 5 | 6 | 10 | 14),
        _ => ["08", "40", "53", "55P03", "57P"]
            .iter()
            .any(|class| code.starts_with(class)),
    }
}

impl From<Error> for Problem {
    /// Logs the cause once and tells outside only what a caller can act on.
    fn from(error: Error) -> Self {
        if let Error::Problem(problem) = error {
            return problem;
        }
        if error.is_unwritable_text() {
            return Self::malformed("A text here has a character that cannot be kept.");
        }
        let reference = new_reference();
        let cause = chain(&error);
        if error.is_full() {
            tracing::error!(%reference, cause, "no room left");
            return Self {
                reference: Some(reference),
                ..Self::new(
                    ProblemCode::StorageFull,
                    "The disk or the store is full. Nothing was saved; try again when there is room.",
                )
            };
        }
        if error.is_passing() {
            tracing::warn!(%reference, cause, "a dependency is down");
            return Self {
                reference: Some(reference),
                ..Self::unavailable("This cannot be done right now. Please try again in a moment.")
            };
        }
        tracing::error!(%reference, cause, "internal error");
        Self::internal(reference)
    }
}

/// The error and all that lies beneath it, on one line.
fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text.replace(['\r', '\n'], " ")
}

/// A short word by which people find the line in the log; it keeps nothing secret,
/// so it need not come from the clock's chance.
fn new_reference() -> String {
    hex::encode(getrandom::u32().unwrap_or_default().to_be_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code_of(error: Error) -> ProblemCode {
        Problem::from(error).code
    }

    #[test]
    fn a_full_disk_is_told_as_such() {
        let full = || io::Error::from(io::ErrorKind::StorageFull);
        let store = opendal::Error::new(opendal::ErrorKind::Unexpected, "write").set_source(full());

        assert_eq!(code_of(full().into()), ProblemCode::StorageFull);
        assert_eq!(code_of(store.into()), ProblemCode::StorageFull);
    }

    #[test]
    fn a_database_that_is_down_means_come_back() {
        let problem = Problem::from(Error::from(sqlx::Error::PoolTimedOut));

        assert_eq!(problem.code, ProblemCode::Unavailable);
        assert!(problem.retry_after.is_some());
    }

    #[test]
    fn a_store_that_is_down_means_come_back_however_it_is_read() {
        let down = || opendal::Error::new(opendal::ErrorKind::Unexpected, "send").set_temporary();
        let tried_again = down().set_persistent();
        let broken = opendal::Error::new(opendal::ErrorKind::Unsupported, "read");

        for error in [
            down().into(),
            tried_again.into(),
            Error::from(io::Error::from(down())),
            Error::from(io::Error::from(io::ErrorKind::NotConnected)),
        ] {
            assert_eq!(code_of(error), ProblemCode::Unavailable);
        }
        for error in [broken.into(), Error::from(io::Error::other("disk"))] {
            assert_eq!(code_of(error), ProblemCode::Internal);
        }
    }

    #[test]
    fn what_is_ours_to_mend_tells_nothing_but_a_reference() {
        let problem = Problem::from(Error::Inconsistent("table assets".to_owned()));

        assert_eq!(problem.code, ProblemCode::Internal);
        assert!(problem.reference.is_some());
        assert!(!problem.detail.contains("assets"));
    }

    #[test]
    fn busy_codes_of_both_databases_are_known() {
        for code in ["5", "517", "6", "08006", "40001", "53300", "55P03", "57P01"] {
            assert!(is_busy(code), "{code}");
        }
        for code in ["1", "19", "2067", "23505", "42601"] {
            assert!(!is_busy(code), "{code}");
        }
    }
}
