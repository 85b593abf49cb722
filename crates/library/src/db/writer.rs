//! `SQLite`'s one writer. Transactions that come at the same time share a commit, and with it the
//! wait for the disk.
//!
//! Whoever is done lets the next in line go on within the same transaction of the database, and
//! queues up again to commit it; nobody is told "yes" before the commit they share. What one of
//! them takes back is undone by a savepoint of its own.

use std::{
    io,
    ops::{Deref, DerefMut},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use sqlx::{Sqlite, SqliteConnection, SqlitePool, error::Error as SqlError, pool::PoolConnection};
use tokio::{
    runtime::Handle,
    sync::{Mutex, OwnedMutexGuard, oneshot},
    time::timeout,
};

use super::connect::PATIENCE;
use crate::{Error, Result};

/// The one who writes; cheap to clone.
#[derive(Clone)]
pub(crate) struct Writer {
    pool: SqlitePool,
    line: Arc<Mutex<Batch>>,
    /// How many stand in line.
    waiting: Arc<AtomicUsize>,
}

/// Transactions that share a commit.
#[derive(Default)]
struct Batch {
    /// Set while a transaction of the database is open.
    connection: Option<PoolConnection<Sqlite>>,
    /// What a turn that ended without a commit leaves to be undone.
    undo: Undo,
    /// Who waits to hear how the commit went.
    members: Vec<oneshot::Sender<Result<(), Failed>>>,
}

/// How to undo a turn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Undo {
    #[default]
    Nothing,
    /// Others of the batch stay.
    ToSavepoint,
    /// Nobody else is in the batch.
    All,
}

/// A commit that failed, told to everybody who shared it.
#[derive(Clone, Debug)]
struct Failed {
    kind: io::ErrorKind,
    text: String,
}

/// A transaction's turn at the writer.
pub(crate) struct Turn {
    batch: OwnedMutexGuard<Batch>,
    waiting: Arc<AtomicUsize>,
    is_over: bool,
}

/// One who stands in line, counted while it does.
struct InLine<'a>(&'a AtomicUsize);

impl Writer {
    /// A writer that works on the one connection of a pool.
    pub fn new(pool: SqlitePool) -> Self {
        Self {
            pool,
            line: Arc::default(),
            waiting: Arc::default(),
        }
    }

    /// The pool of its connection.
    pub fn pool(&self) -> &SqlitePool {
        &self.pool
    }

    /// Waits for its turn and begins a transaction.
    pub async fn begin(&self) -> Result<Turn> {
        let in_line = InLine::stand(&self.waiting);
        let line = Arc::clone(&self.line).lock_owned();
        let batch = timeout(PATIENCE, line)
            .await
            .map_err(|_| SqlError::PoolTimedOut)?;
        drop(in_line);
        // From here on, whoever goes away in the middle leaves nothing open.
        let mut turn = Turn {
            batch,
            waiting: Arc::clone(&self.waiting),
            is_over: false,
        };
        turn.batch.settle().await;
        turn.batch.open(&self.pool).await?;
        Ok(turn)
    }

    /// Lets what is under way finish and closes the connection.
    pub async fn close(&self) {
        let mut batch = self.line.lock().await;
        batch.settle().await;
        if !batch.members.is_empty() {
            batch.commit().await;
        }
        self.pool.close().await;
    }
}

impl Turn {
    /// Makes everything done in it durable, together with what others do at the same time.
    pub async fn commit(self) -> Result<()> {
        // Goes on when whoever waits for the answer does not.
        let committed = tokio::spawn(self.commit_with_others()).await;
        committed.map_err(|error| Error::Inconsistent(error.to_string()))?
    }

    /// Lets those in line go first, then commits what nobody else has committed yet.
    async fn commit_with_others(mut self) -> Result<()> {
        if self.batch.undo == Undo::ToSavepoint {
            self.batch.run("release turn").await?;
        }
        self.batch.undo = Undo::Nothing;
        self.is_over = true;
        let (tell, mut told) = oneshot::channel();
        self.batch.members.push(tell);
        if self.waiting.load(Ordering::SeqCst) > 0 {
            let line = Arc::clone(OwnedMutexGuard::mutex(&self.batch));
            drop(self);
            let mut batch = line.lock_owned().await;
            if let Ok(done) = told.try_recv() {
                return done.map_err(Error::from);
            }
            batch.settle().await;
            batch.commit().await;
        } else {
            self.batch.commit().await;
        }
        let done = told.await.unwrap_or_else(|_| Err(Failed::lost()));
        done.map_err(Error::from)
    }
}

impl Batch {
    /// Undoes what a turn without a commit has left.
    async fn settle(&mut self) {
        let undone = match self.undo {
            Undo::Nothing => return,
            Undo::ToSavepoint => self.run("rollback to turn; release turn").await,
            Undo::All => Err(SqlError::RowNotFound),
        };
        self.undo = Undo::Nothing;
        if let Err(error) = undone {
            // Either nobody shares it, or the database has already taken all of it back.
            self.fail(&error).await;
        }
    }

    /// Begins a transaction, or goes on within the one that is open.
    async fn open(&mut self, pool: &SqlitePool) -> Result<(), SqlError> {
        if self.connection.is_some() {
            self.undo = Undo::ToSavepoint;
            return self.run("savepoint turn").await;
        }
        self.connection = Some(pool.acquire().await?);
        self.undo = Undo::All;
        let begun = self.run("begin immediate").await;
        if begun.is_err() {
            self.settle().await;
        }
        begun
    }

    /// Commits and tells everybody who shares it.
    async fn commit(&mut self) {
        if self.connection.is_none() {
            return;
        }
        match self.run("commit").await {
            Ok(()) => self.end(&Ok(())),
            Err(error) => self.fail(&error).await,
        }
    }

    /// Takes everything back and tells everybody who shares it.
    async fn fail(&mut self, error: &SqlError) {
        if self.connection.is_some() {
            // The database may have taken it back by itself.
            let _ = self.run("rollback").await;
        }
        self.end(&Err(Failed::from(error)));
    }

    fn end(&mut self, outcome: &Result<(), Failed>) {
        self.connection = None;
        for member in self.members.drain(..) {
            let _ = member.send(outcome.clone());
        }
    }

    async fn run(&mut self, statements: &'static str) -> Result<(), SqlError> {
        let Some(connection) = &mut self.connection else {
            return Err(SqlError::WorkerCrashed);
        };
        sqlx::raw_sql(statements).execute(&mut **connection).await?;
        Ok(())
    }
}

impl Drop for Turn {
    /// A turn without a commit is undone by whoever comes next, or right away if nobody does.
    fn drop(&mut self) {
        if self.is_over {
            return;
        }
        let line = Arc::clone(OwnedMutexGuard::mutex(&self.batch));
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(async move { line.lock().await.settle().await });
        }
    }
}

impl Deref for Turn {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        let connection = self.batch.connection.as_deref();
        connection.expect("a connection is open during a turn")
    }
}

impl DerefMut for Turn {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        let connection = self.batch.connection.as_deref_mut();
        connection.expect("a connection is open during a turn")
    }
}

impl<'a> InLine<'a> {
    fn stand(waiting: &'a AtomicUsize) -> Self {
        waiting.fetch_add(1, Ordering::SeqCst);
        Self(waiting)
    }
}

impl Drop for InLine<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Failed {
    fn lost() -> Self {
        Self::from(&SqlError::WorkerCrashed)
    }
}

impl From<&SqlError> for Failed {
    fn from(error: &SqlError) -> Self {
        // SQLITE_FULL: everybody is told that there is no room.
        let is_full =
            matches!(error, SqlError::Database(error) if error.code().as_deref() == Some("13"));
        Self {
            kind: if is_full {
                io::ErrorKind::StorageFull
            } else {
                io::ErrorKind::Other
            },
            text: error.to_string(),
        }
    }
}

impl From<Failed> for Error {
    fn from(failed: Failed) -> Self {
        SqlError::Io(io::Error::new(failed.kind, failed.text)).into()
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions};

    use super::*;

    async fn pool(folder: &Path) -> SqlitePool {
        let options = SqliteConnectOptions::new()
            .filename(folder.join("notes.db"))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal);
        let pool = SqlitePoolOptions::new().max_connections(1);
        pool.connect_with(options).await.unwrap()
    }

    async fn writer(folder: &Path) -> Writer {
        let writer = Writer::new(pool(folder).await);
        let mut turn = writer.begin().await.unwrap();
        let table = sqlx::query("create table notes (word text primary key)");
        table.execute(&mut *turn).await.unwrap();
        turn.commit().await.unwrap();
        writer
    }

    async fn note(turn: &mut Turn, word: &str) -> Result<(), SqlError> {
        let insert = sqlx::query("insert into notes (word) values ($1)").bind(word);
        insert.execute(&mut **turn).await.map(drop)
    }

    /// What lies in the database for others to see.
    async fn notes(folder: &Path) -> Vec<String> {
        let words = sqlx::query_scalar("select word from notes order by word");
        words.fetch_all(&pool(folder).await).await.unwrap()
    }

    #[tokio::test]
    async fn what_one_takes_back_leaves_what_others_did_in_the_same_batch() {
        let folder = tempfile::tempdir().unwrap();
        let writer = writer(folder.path()).await;
        let first = async {
            let mut turn = writer.begin().await?;
            note(&mut turn, "first").await?;
            tokio::task::yield_now().await;
            turn.commit().await
        };
        let taken_back = async {
            let mut turn = writer.begin().await?;
            note(&mut turn, "taken back").await?;
            drop(turn);
            Ok(())
        };
        let refused = async {
            let mut turn = writer.begin().await?;
            assert!(note(&mut turn, "first").await.is_err(), "it is seen");
            note(&mut turn, "second").await?;
            turn.commit().await
        };
        let last = async {
            let mut turn = writer.begin().await?;
            note(&mut turn, "third").await?;
            turn.commit().await
        };

        let done: Result<_> = tokio::try_join!(first, taken_back, refused, last);

        done.unwrap();
        assert_eq!(notes(folder.path()).await, ["first", "second", "third"]);
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn whatever_is_acknowledged_is_there() {
        const CLIENTS: usize = 16;
        let folder = tempfile::tempdir().unwrap();
        let writer = writer(folder.path()).await;
        let client = |client: usize| {
            let writer = writer.clone();
            tokio::spawn(async move {
                let mut acknowledged = Vec::new();
                for round in 0..20 {
                    let word = format!("{client:02} {round:02}");
                    let mut turn = writer.begin().await.unwrap();
                    note(&mut turn, &word).await.unwrap();
                    if (client + round).is_multiple_of(3) {
                        drop(turn);
                    } else {
                        turn.commit().await.unwrap();
                        acknowledged.push(word);
                    }
                }
                acknowledged
            })
        };
        let clients: Vec<_> = (0..CLIENTS).map(client).collect();
        let mut acknowledged = Vec::new();
        for client in clients {
            acknowledged.extend(client.await.unwrap());
        }

        acknowledged.sort_unstable();
        assert_eq!(notes(folder.path()).await, acknowledged);
        writer.close().await;
    }

    #[tokio::test]
    async fn who_goes_away_in_the_middle_keeps_nobody_from_writing() {
        let folder = tempfile::tempdir().unwrap();
        let writer = writer(folder.path()).await;
        let mut turn = writer.begin().await.unwrap();
        note(&mut turn, "gone").await.unwrap();
        drop(turn);
        for steps in 1..8 {
            let mut begun = Box::pin(writer.begin());
            for _ in 0..steps {
                if futures::poll!(&mut begun).is_ready() {
                    break;
                }
                tokio::task::yield_now().await;
            }
        }

        let other = Writer::new(pool(folder.path()).await);
        let mut turn = other.begin().await.unwrap();
        note(&mut turn, "here").await.unwrap();
        turn.commit().await.unwrap();

        assert_eq!(notes(folder.path()).await, ["here"]);
    }
}
