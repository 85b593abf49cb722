//! Table `idempotency_keys`.

use model::{AccountId, Sha256, Timestamp};

use super::tx::{Tx, execute, fetch_optional};
use crate::Result;

/// Whose key it is.
#[derive(Clone, Debug)]
pub(crate) struct KeyOf {
    pub account_id: AccountId,
    pub actor: String,
    pub key: String,
}

/// A request that carried a key, and its answer where there is one.
#[derive(sqlx::FromRow)]
pub(crate) struct Kept {
    pub request_digest: Sha256,
    pub status: Option<i64>,
    pub body: Option<Vec<u8>>,
    pub created_at: Timestamp,
}

/// Notes a request under way; says whether its key was free.
pub(crate) async fn insert(
    tx: &mut Tx,
    of: &KeyOf,
    request: Sha256,
    now: Timestamp,
) -> Result<bool> {
    const INSERT: &str = "\
        insert into idempotency_keys (account_id, actor, key, request_digest, created_at) \
        values ($1, $2, $3, $4, $5) on conflict (account_id, actor, key) do nothing";
    let added = execute!(
        tx,
        sqlx::query(INSERT)
            .bind(of.account_id)
            .bind(&of.actor)
            .bind(&of.key)
            .bind(request)
            .bind(now)
    )?;
    Ok(added == 1)
}

/// What is kept under a key.
pub(crate) async fn find(tx: &mut Tx, of: &KeyOf) -> Result<Option<Kept>> {
    const FIND: &str = "\
        select request_digest, status, body, created_at from idempotency_keys \
        where account_id = $1 and actor = $2 and key = $3";
    Ok(fetch_optional!(
        tx,
        sqlx::query_as(FIND)
            .bind(of.account_id)
            .bind(&of.actor)
            .bind(&of.key)
    )?)
}

/// Keeps the answer.
pub(crate) async fn finish(tx: &mut Tx, of: &KeyOf, status: u16, body: &[u8]) -> Result<()> {
    const FINISH: &str = "\
        update idempotency_keys set status = $4, body = $5 \
        where account_id = $1 and actor = $2 and key = $3";
    execute!(
        tx,
        sqlx::query(FINISH)
            .bind(of.account_id)
            .bind(&of.actor)
            .bind(&of.key)
            .bind(i64::from(status))
            .bind(body)
    )?;
    Ok(())
}

/// Frees a key.
pub(crate) async fn delete(tx: &mut Tx, of: &KeyOf) -> Result<()> {
    const DELETE: &str =
        "delete from idempotency_keys where account_id = $1 and actor = $2 and key = $3";
    execute!(
        tx,
        sqlx::query(DELETE)
            .bind(of.account_id)
            .bind(&of.actor)
            .bind(&of.key)
    )?;
    Ok(())
}

/// Frees keys that are old.
pub(crate) async fn delete_before(tx: &mut Tx, moment: Timestamp) -> Result<u64> {
    const DELETE: &str = "delete from idempotency_keys where created_at <= $1";
    Ok(execute!(tx, sqlx::query(DELETE).bind(moment))?)
}
