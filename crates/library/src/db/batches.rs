//! Table `batches`.

use model::{AccountId, Batch, BatchId, BatchState, Timestamp};

use super::tx::{Tx, execute, fetch_one, fetch_optional};
use crate::Result;

/// A deed on very many assets, as it is kept.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct BatchRow {
    pub id: BatchId,
    pub account_id: AccountId,
    pub actor: String,
    pub action: String,
    pub selection: String,
    pub state: BatchState,
    pub total: i64,
    pub done: i64,
    pub changed: i64,
    pub refused: i64,
    pub position: String,
    pub created_at: Timestamp,
    pub finished_at: Option<Timestamp>,
    pub is_kept: bool,
    pub undone_at: Option<Timestamp>,
    pub undoes: Option<BatchId>,
    /// Why it failed, as JSON.
    pub problem: Option<String>,
}

impl From<BatchRow> for Batch {
    fn from(row: BatchRow) -> Self {
        Self {
            id: row.id,
            state: row.state,
            // Files may have come since it began.
            total: row.total.max(row.done).unsigned_abs(),
            done: row.done.unsigned_abs(),
            changed: row.changed.unsigned_abs(),
            refused: row.refused.unsigned_abs(),
            created_at: row.created_at,
            finished_at: row.finished_at,
            undoable: false,
            stoppable: false,
            undoes: row.undoes,
            problem: row
                .problem
                .and_then(|json| serde_json::from_str(&json).ok()),
        }
    }
}

/// Adds a batch.
pub(crate) async fn insert(tx: &mut Tx, batch: &BatchRow) -> Result<()> {
    const INSERT: &str = "\
        insert into batches (id, account_id, actor, action, selection, state, total, done, \
            changed, refused, position, created_at, finished_at, is_kept, undoes) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    execute!(
        tx,
        sqlx::query(INSERT)
            .bind(batch.id)
            .bind(batch.account_id)
            .bind(&batch.actor)
            .bind(&batch.action)
            .bind(&batch.selection)
            .bind(batch.state)
            .bind(batch.total)
            .bind(batch.done)
            .bind(batch.changed)
            .bind(batch.refused)
            .bind(&batch.position)
            .bind(batch.created_at)
            .bind(batch.finished_at)
            .bind(batch.is_kept)
            .bind(batch.undoes)
    )?;
    Ok(())
}

/// Writes down which assets a batch is about, and how many there are.
pub(crate) async fn aim(tx: &mut Tx, batch: &BatchRow) -> Result<()> {
    const AIM: &str = "update batches set selection = $2, total = $3 where id = $1";
    execute!(
        tx,
        sqlx::query(AIM)
            .bind(batch.id)
            .bind(&batch.selection)
            .bind(batch.total)
    )?;
    Ok(())
}

/// A batch of an account.
pub(crate) async fn find(tx: &mut Tx, account: AccountId, id: BatchId) -> Result<Option<BatchRow>> {
    const FIND: &str = "select * from batches where account_id = $1 and id = $2";
    Ok(fetch_optional!(
        tx,
        sqlx::query_as(FIND).bind(account).bind(id)
    )?)
}

/// A batch under way that nobody stops or goes on with before this transaction is over.
pub(crate) async fn lock_running(tx: &mut Tx, id: BatchId) -> Result<Option<BatchRow>> {
    const LOCK: &str = "\
        update batches set total = total where id = $1 and state = 'running' returning *";
    Ok(fetch_optional!(tx, sqlx::query_as(LOCK).bind(id))?)
}

/// Whether a batch about these assets is under way.
pub(crate) async fn is_running(tx: &mut Tx, account: AccountId, selection: &str) -> Result<bool> {
    const RUNNING: &str = "\
        select exists (select 1 from batches \
                        where account_id = $1 and state = 'running' and selection = $2)";
    Ok(fetch_one!(
        tx,
        sqlx::query_scalar(RUNNING).bind(account).bind(selection)
    )?)
}

/// Writes down how far a batch has come.
pub(crate) async fn advance(tx: &mut Tx, batch: &BatchRow) -> Result<()> {
    const ADVANCE: &str = "\
        update batches set done = $2, changed = $3, refused = $4, position = $5 where id = $1";
    execute!(
        tx,
        sqlx::query(ADVANCE)
            .bind(batch.id)
            .bind(batch.done)
            .bind(batch.changed)
            .bind(batch.refused)
            .bind(&batch.position)
    )?;
    Ok(())
}

/// Ends a batch that is under way; says whether it was.
pub(crate) async fn end(
    tx: &mut Tx,
    id: BatchId,
    state: BatchState,
    now: Timestamp,
) -> Result<bool> {
    const END: &str = "\
        update batches set state = $2, finished_at = $3 where id = $1 and state = 'running'";
    Ok(execute!(tx, sqlx::query(END).bind(id).bind(state).bind(now))? == 1)
}

/// Ends a batch that is under way and cannot go on, and writes down why.
pub(crate) async fn fail(tx: &mut Tx, id: BatchId, problem: &str, now: Timestamp) -> Result<()> {
    const FAIL: &str = "\
        update batches set state = 'failed', finished_at = $3, problem = $2 \
         where id = $1 and state = 'running'";
    execute!(tx, sqlx::query(FAIL).bind(id).bind(problem).bind(now))?;
    Ok(())
}

/// Takes the only undoing of a batch; says whether nobody had.
pub(crate) async fn take_undo(tx: &mut Tx, id: BatchId, now: Timestamp) -> Result<bool> {
    const TAKE: &str = "update batches set undone_at = $2 where id = $1 and undone_at is null";
    Ok(execute!(tx, sqlx::query(TAKE).bind(id).bind(now))? == 1)
}

/// Forgets batches that ended before a moment.
pub(crate) async fn forget(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    const FORGET: &str = "delete from batches where finished_at < $1";
    Ok(execute!(tx, sqlx::query(FORGET).bind(before))?)
}
