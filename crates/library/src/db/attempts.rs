//! Table `sign_in_attempts`.

use model::{Sha256, Timestamp};

use super::tx::{Dialect, Tx, execute, fetch_optional};
use crate::Result;

/// Lets one try at a time be counted and written, so that tries at once cannot pass together.
pub(crate) async fn lock(tx: &mut Tx) -> Result<()> {
    match tx.dialect() {
        // There is one writer anyway.
        Dialect::Sqlite => {}
        Dialect::Postgres => {
            execute!(tx, sqlx::query("select pg_advisory_xact_lock(735462)"))?;
        }
    }
    Ok(())
}

/// Notes a try.
pub(crate) async fn insert(
    tx: &mut Tx,
    email: Sha256,
    network: &str,
    now: Timestamp,
) -> Result<()> {
    const INSERT: &str =
        "insert into sign_in_attempts (email_digest, network, at) values ($1, $2, $3)";
    execute!(tx, sqlx::query(INSERT).bind(email).bind(network).bind(now))?;
    Ok(())
}

/// When the n-th last try was, of a person from a network, if it was after `since`.
pub(crate) async fn nth_last(
    tx: &mut Tx,
    email: Sha256,
    network: &str,
    since: Timestamp,
    n: i64,
) -> Result<Option<Timestamp>> {
    const FIND: &str = "\
        select at from sign_in_attempts where email_digest = $1 and network = $2 and at > $3 \
        order by at desc limit 1 offset $4";
    Ok(fetch_optional!(
        tx,
        sqlx::query_scalar(FIND)
            .bind(email)
            .bind(network)
            .bind(since)
            .bind(n - 1)
    )?)
}

/// When the n-th last try was, of a person from anywhere, if it was after `since`.
pub(crate) async fn nth_last_of_email(
    tx: &mut Tx,
    email: Sha256,
    since: Timestamp,
    n: i64,
) -> Result<Option<Timestamp>> {
    const FIND: &str = "\
        select at from sign_in_attempts where email_digest = $1 and at > $2 \
        order by at desc limit 1 offset $3";
    Ok(fetch_optional!(
        tx,
        sqlx::query_scalar(FIND).bind(email).bind(since).bind(n - 1)
    )?)
}

/// When the n-th last try was, of anybody from a network, if it was after `since`.
pub(crate) async fn nth_last_of_network(
    tx: &mut Tx,
    network: &str,
    since: Timestamp,
    n: i64,
) -> Result<Option<Timestamp>> {
    const FIND: &str = "\
        select at from sign_in_attempts where network = $1 and at > $2 \
        order by at desc limit 1 offset $3";
    Ok(fetch_optional!(
        tx,
        sqlx::query_scalar(FIND)
            .bind(network)
            .bind(since)
            .bind(n - 1)
    )?)
}

/// Forgets the tries of a person from a network, who got in.
pub(crate) async fn forgive(tx: &mut Tx, email: Sha256, network: &str) -> Result<()> {
    const FORGIVE: &str = "delete from sign_in_attempts where email_digest = $1 and network = $2";
    execute!(tx, sqlx::query(FORGIVE).bind(email).bind(network))?;
    Ok(())
}

/// Forgets tries that no longer count.
pub(crate) async fn delete_before(tx: &mut Tx, moment: Timestamp) -> Result<u64> {
    const DELETE: &str = "delete from sign_in_attempts where at <= $1";
    Ok(execute!(tx, sqlx::query(DELETE).bind(moment))?)
}
