//! Table `search_spreads`: names that were changed, on their way into the documents of their assets.

use model::{AccountId, AssetId};
use sqlx::{AssertSqlSafe, FromRow};

use crate::{
    Error, Result,
    db::{
        Dialect,
        many::places,
        tx::{Tx, execute, fetch_all, fetch_optional},
    },
};

/// The name of a tag, a team or a folder, and the last of its assets that has its words.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub(crate) struct Spread {
    #[sqlx(rename = "ref")]
    pub id: String,
    pub account_id: AccountId,
    after_time: i64,
    after_id: String,
}

/// An asset that has a name, and when it was added.
pub(crate) type Holder = (AssetId, i64);

/// Lets a name go into the documents of all its assets, from the first on.
pub(super) async fn begin(tx: &mut Tx, account: AccountId, id: &str) -> Result<()> {
    const BEGIN: &str = "\
        insert into search_spreads (ref, account_id, after_time, after_id) values ($1, $2, -1, '') \
        on conflict (ref) do update set after_time = -1, after_id = ''";
    execute!(tx, sqlx::query(BEGIN).bind(id).bind(account))?;
    Ok(())
}

/// This name, or any, where it is on its way; kept from others until this transaction is over.
pub(crate) async fn find_spread(tx: &mut Tx, id: Option<String>) -> Result<Option<Spread>> {
    const LOCK: &str = "\
        update search_spreads set after_id = after_id \
         where ref = coalesce($1, (select ref from search_spreads order by ref limit 1)) \
        returning ref, account_id, after_time, after_id";
    Ok(fetch_optional!(tx, sqlx::query_as(LOCK).bind(id.clone()))?)
}

/// Whether any name is on its way; looking is cheaper than taking it.
pub(crate) async fn is_any_on_its_way(tx: &mut Tx) -> Result<bool> {
    const FIND: &str = "select ref from search_spreads limit 1";
    let found: Option<String> = fetch_optional!(tx, sqlx::query_scalar(FIND))?;
    Ok(found.is_some())
}

/// The next assets that have a name, in the order they were added.
pub(crate) async fn list_holders(tx: &mut Tx, spread: &Spread, rows: usize) -> Result<Vec<Holder>> {
    const TAGGED: &str = "\
        select asset_id, created_at from asset_tags \
         where tag_id = $1 and (created_at, asset_id) > ($2, $3) \
         order by created_at, asset_id limit $4";
    const ASSIGNED: &str = "\
        select asset_id, created_at from asset_teams \
         where team_id = $1 and (created_at, asset_id) > ($2, $3) \
         order by created_at, asset_id limit $4";
    const HELD: &str = "\
        select id, created_at from assets \
         where folder_id = $1 and (created_at, id) > ($2, $3) \
         order by created_at, id limit $4";
    let list = match spread.id.split('_').next() {
        Some("tag") => TAGGED,
        Some("tea") => ASSIGNED,
        Some("fld") => HELD,
        _ => return Err(Error::Inconsistent(format!("{} has no name", spread.id))),
    };
    Ok(fetch_all!(
        tx,
        sqlx::query_as(list)
            .bind(&spread.id)
            .bind(spread.after_time)
            .bind(&spread.after_id)
            .bind(i64::try_from(rows).unwrap_or(i64::MAX))
    )?)
}

/// Notes how far a name has come.
pub(crate) async fn advance(tx: &mut Tx, spread: &Spread, (id, time): Holder) -> Result<()> {
    const ADVANCE: &str = "\
        update search_spreads set after_time = $2, after_id = $3 where ref = $1";
    execute!(
        tx,
        sqlx::query(ADVANCE)
            .bind(&spread.id)
            .bind(time)
            .bind(id.to_string())
    )?;
    Ok(())
}

/// Notes that a name is in all documents, or in none.
pub(crate) async fn end(tx: &mut Tx, id: &str) -> Result<()> {
    const END: &str = "delete from search_spreads where ref = $1";
    execute!(tx, sqlx::query(END).bind(id))?;
    Ok(())
}

/// Writes the documents of some assets anew.
pub(crate) async fn index_again(tx: &mut Tx, assets: &[AssetId]) -> Result<()> {
    let these = places(1, assets.len());
    let statements = match tx.dialect() {
        Dialect::Sqlite => vec![
            format!(
                "delete from search_index where rowid in \
                 (select number from search_documents where asset_id in ({these}))"
            ),
            format!(
                "insert into search_index (rowid, name, alt, refs, content) \
                 select number, name, alt, refs, content from search_rows \
                  where asset_id in ({these})"
            ),
        ],
        Dialect::Postgres => vec![
            // Who waits for one of these while we wait for one of theirs goes first.
            "set local lock_timeout = '300ms'".to_owned(),
            // What others change meanwhile is seen by the statement after the one that waits.
            format!("update search_documents set number = number where asset_id in ({these})"),
            format!(
                "update search_documents set vector = search_rows.vector from search_rows \
                  where search_rows.asset_id = search_documents.asset_id \
                    and search_documents.asset_id in ({these})"
            ),
        ],
    };
    for statement in statements {
        execute!(tx, {
            let query = sqlx::query(AssertSqlSafe(statement.clone()));
            let ids = assets.iter().filter(|_| statement.contains('$'));
            ids.fold(query, |query, id| query.bind(*id))
        })?;
    }
    Ok(())
}
