//! Table `events`.

use model::{AccountId, AuditLine, EventId, EventKind, Timestamp, id::Id as _};
use sqlx::AssertSqlSafe;

use super::{
    many::places,
    tx::{Tx, execute, fetch_all},
};
use crate::Result;

/// Something that happened, as it is kept.
#[derive(sqlx::FromRow)]
pub(crate) struct EventRow {
    pub id: EventId,
    pub account_id: Option<AccountId>,
    pub at: Timestamp,
    pub kind: EventKind,
    pub actor: String,
    pub subject: Option<String>,
    pub ip: Option<String>,
}

impl From<EventRow> for AuditLine {
    fn from(row: EventRow) -> Self {
        Self {
            id: row.id,
            at: row.at,
            kind: row.kind,
            actor: row.actor,
            subject: row.subject,
            ip: row.ip,
        }
    }
}

/// Adds an event.
pub(crate) async fn insert(tx: &mut Tx, event: &EventRow) -> Result<()> {
    const INSERT: &str = "\
        insert into events (id, account_id, at, kind, actor, subject, ip) \
        values ($1, $2, $3, $4, $5, $6, $7)";
    execute!(
        tx,
        sqlx::query(INSERT)
            .bind(event.id)
            .bind(event.account_id)
            .bind(event.at)
            .bind(event.kind)
            .bind(&event.actor)
            .bind(&event.subject)
            .bind(&event.ip)
    )?;
    Ok(())
}

/// Adds events of one moment.
pub(crate) async fn insert_many(tx: &mut Tx, events: &[EventRow]) -> Result<()> {
    const COLUMNS: usize = 7;
    if events.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = (0..events.len())
        .map(|row| format!("({})", places(1 + row * COLUMNS, COLUMNS)))
        .collect();
    let insert = format!(
        "insert into events (id, account_id, at, kind, actor, subject, ip) values {}",
        rows.join(", ")
    );
    execute!(tx, {
        let query = sqlx::query(AssertSqlSafe(insert.clone()));
        events.iter().fold(query, |query, event| {
            query
                .bind(event.id)
                .bind(event.account_id)
                .bind(event.at)
                .bind(event.kind)
                .bind(&event.actor)
                .bind(&event.subject)
                .bind(&event.ip)
        })
    })?;
    Ok(())
}

/// Events of an account before one of them, newest first.
pub(crate) async fn list(
    tx: &mut Tx,
    account: AccountId,
    before: Option<EventId>,
    rows: i64,
) -> Result<Vec<AuditLine>> {
    const LIST: &str = "\
        select * from events where account_id = $1 and id < $2 order by id desc limit $3";
    let before = before.unwrap_or_else(|| EventId::from_parts(u64::MAX, u128::MAX));
    let rows: Vec<EventRow> = fetch_all!(
        tx,
        sqlx::query_as(LIST).bind(account).bind(before).bind(rows)
    )?;
    Ok(rows.into_iter().map(AuditLine::from).collect())
}

/// When something last happened.
pub(crate) async fn latest(tx: &mut Tx) -> Result<Option<Timestamp>> {
    const LATEST: &str =
        "select max(at) from (select at from events order by id desc limit 100) as latest";
    Ok(super::tx::fetch_one!(tx, sqlx::query_scalar(LATEST))?)
}
