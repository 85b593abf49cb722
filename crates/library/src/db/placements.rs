//! Table `placements`: what operators say that places in messages take from an account.

use model::{AccountId, Placement, Slug, Timestamp};

use super::tx::{Tx, execute, fetch_all, fetch_one};
use crate::{Error, Result};

/// An account's own placements, by id.
pub(crate) async fn list(tx: &mut Tx, account: AccountId) -> Result<Vec<Placement>> {
    const LIST: &str = "select body from placements where account_id = $1 order by id";
    let bodies: Vec<String> = fetch_all!(tx, sqlx::query_scalar(LIST).bind(account))?;
    let read = |body: String| {
        let placement = serde_json::from_str(&body);
        placement.map_err(|error| Error::Inconsistent(format!("a placement of {account}: {error}")))
    };
    bodies.into_iter().map(read).collect()
}

/// How many placements of its own an account has, but for one.
pub(crate) async fn count_others(tx: &mut Tx, account: AccountId, id: &Slug) -> Result<i64> {
    const COUNT: &str = "select count(*) from placements where account_id = $1 and id <> $2";
    Ok(fetch_one!(
        tx,
        sqlx::query_scalar(COUNT).bind(account).bind(id)
    )?)
}

/// Writes a placement, in place of the one of the same id.
pub(crate) async fn put(
    tx: &mut Tx,
    account: AccountId,
    placement: &Placement,
    now: Timestamp,
) -> Result<()> {
    const PUT: &str = "\
        insert into placements (account_id, id, body, updated_at) values ($1, $2, $3, $4) \
        on conflict (account_id, id) do update \
           set body = excluded.body, updated_at = excluded.updated_at";
    let body = serde_json::to_string(placement)
        .map_err(|error| Error::Inconsistent(format!("placement {}: {error}", placement.id)))?;
    execute!(
        tx,
        sqlx::query(PUT)
            .bind(account)
            .bind(&placement.id)
            .bind(body)
            .bind(now)
    )?;
    Ok(())
}

/// Removes a placement; says whether there was one.
pub(crate) async fn delete(tx: &mut Tx, account: AccountId, id: &Slug) -> Result<bool> {
    const DELETE: &str = "delete from placements where account_id = $1 and id = $2";
    Ok(execute!(tx, sqlx::query(DELETE).bind(account).bind(id))? == 1)
}
