//! Table `settings`: a few words this installation keeps about itself.

use super::tx::{Tx, execute, fetch_optional};
use crate::Result;

/// The key with which this installation signs.
pub(crate) const SECRET: &str = "secret";
/// That names from before there were sort keys and a search have theirs.
pub(crate) const NAMES: &str = "names";
/// The digest of the current set-up token.
pub(crate) const SETUP: &str = "setup_token";

/// What is kept under a name.
pub(crate) async fn find(tx: &mut Tx, name: &str) -> Result<Option<String>> {
    const FIND: &str = "select value from settings where name = $1";
    Ok(fetch_optional!(tx, sqlx::query_scalar(FIND).bind(name))?)
}

/// Keeps a value unless there is one already.
pub(crate) async fn insert_if_absent(tx: &mut Tx, name: &str, value: &str) -> Result<()> {
    const INSERT: &str =
        "insert into settings (name, value) values ($1, $2) on conflict (name) do nothing";
    execute!(tx, sqlx::query(INSERT).bind(name).bind(value))?;
    Ok(())
}

/// Keeps a value in place of the one before.
pub(crate) async fn set(tx: &mut Tx, name: &str, value: &str) -> Result<()> {
    const SET: &str = "insert into settings (name, value) values ($1, $2) \
                       on conflict (name) do update set value = excluded.value";
    execute!(tx, sqlx::query(SET).bind(name).bind(value))?;
    Ok(())
}

/// Forgets a name if it still holds this value; says whether it did.
pub(crate) async fn take(tx: &mut Tx, name: &str, value: &str) -> Result<bool> {
    const TAKE: &str = "delete from settings where name = $1 and value = $2";
    Ok(execute!(tx, sqlx::query(TAKE).bind(name).bind(value))? == 1)
}
