//! Table `events`.

use model::{
    AccountId, AuditFilter, AuditLine, EventId, EventKind, LiveEvent, Timestamp, id::Id as _,
};
use sqlx::{AssertSqlSafe, query::QueryAs};

use super::{
    many::places,
    tx::{Tx, execute, fetch_all, fetch_one, fetch_optional},
};
use crate::Result;

/// Something that happened, as it is kept.
pub(crate) struct EventRow {
    pub id: EventId,
    pub account_id: Option<AccountId>,
    pub at: Timestamp,
    pub kind: EventKind,
    pub actor: String,
    pub subject: Option<String>,
    pub ip: Option<String>,
    /// A little more about it.
    pub detail: Option<String>,
}

#[derive(sqlx::FromRow)]
struct LineRow {
    id: EventId,
    at: Timestamp,
    kind: EventKind,
    actor: String,
    actor_name: Option<String>,
    subject: Option<String>,
    subject_name: Option<String>,
    ip: Option<String>,
    detail: Option<String>,
}

impl From<LineRow> for AuditLine {
    fn from(row: LineRow) -> Self {
        Self {
            id: row.id,
            at: row.at,
            kind: row.kind,
            actor: row.actor,
            actor_name: row.actor_name,
            subject: row.subject,
            subject_name: row.subject_name,
            detail: row.detail,
            ip: row.ip,
        }
    }
}

#[derive(sqlx::FromRow)]
struct LiveRow {
    seq: i64,
    at: Timestamp,
    kind: EventKind,
    actor: String,
    subject: Option<String>,
}

impl From<LiveRow> for LiveEvent {
    fn from(row: LiveRow) -> Self {
        Self {
            seq: row.seq,
            at: row.at,
            kind: row.kind,
            actor: row.actor,
            subject: row.subject,
        }
    }
}

/// Adds an event; its number among the account's comes when the transaction is over.
pub(crate) async fn insert(tx: &mut Tx, event: &EventRow) -> Result<()> {
    insert_many(tx, std::slice::from_ref(event)).await
}

/// Adds events of one moment about things of one noun, each with what that is called now: to be
/// asked before it goes.
pub(crate) async fn insert_many(tx: &mut Tx, events: &[EventRow]) -> Result<()> {
    const COLUMNS: usize = 8;
    let Some(first) = events.first() else {
        return Ok(());
    };
    let rows: Vec<_> = (0..events.len())
        .map(|row| format!("({})", places(1 + row * COLUMNS, COLUMNS)))
        .collect();
    let insert = format!(
        "insert into events (id, account_id, at, kind, actor, subject, ip, detail, subject_name) \
         select column1, column2, column3, column4, column5, column6, column7, column8, {} \
           from (values {}) as happened",
        name_query(first.subject.as_deref()),
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
                .bind(&event.detail)
        })
    })?;
    Ok(())
}

/// Whether something of this id ever was the account's, as far as the trail goes back.
pub(crate) async fn is_known(tx: &mut Tx, account: AccountId, subject: &str) -> Result<bool> {
    const FIND: &str = "\
        select count(*) from (select 1 from events \
         where account_id = $1 and subject = $2 and kind <> 'access_denied' limit 1) as known";
    let found: i64 = fetch_one!(tx, sqlx::query_scalar(FIND).bind(account).bind(subject))?;
    Ok(found > 0)
}

/// What the subject of a row of values is called, by the noun that its id begins with.
fn name_query(subject: Option<&str>) -> &'static str {
    let noun = subject.and_then(|id| id.split_once('_'));
    match noun.map(|(noun, _)| noun) {
        Some("ast") => "(select name from assets where id = column6 and account_id = column2)",
        Some("fld") => "(select name from folders where id = column6 and account_id = column2)",
        Some("tag") => "(select name from tags where id = column6 and account_id = column2)",
        Some("tea") => "(select name from teams where id = column6 and account_id = column2)",
        Some("usr") => "(select name from users where id = column6 and account_id = column2)",
        Some("emb") => {
            "(select origin from embed_sessions where id = column6 and account_id = column2)"
        }
        Some("tok") => "(select name from tokens where id = column6 and account_id = column2)",
        Some("inv") => {
            "(select email from invitations where id = column6 and account_id = column2)"
        }
        Some("whk") => "(select name from webhooks where id = column6 and account_id = column2)",
        Some("acc") => "(select name from accounts where id = column6)",
        _ => "cast(null as text)",
    }
}

/// Events of an account that a filter shows, before one of them, newest first.
pub(crate) async fn list(
    tx: &mut Tx,
    account: AccountId,
    filter: &AuditFilter,
    before: Option<EventId>,
    rows: i64,
) -> Result<Vec<AuditLine>> {
    let (list, words) = list_query(filter);
    let below = [before, filter.before.map(first_at)];
    let below = below.into_iter().flatten().min();
    let below = below.unwrap_or_else(|| EventId::from_parts(u64::MAX, u128::MAX));
    let from = first_at(filter.after.unwrap_or_default());
    let rows: Vec<LineRow> = fetch_all!(tx, {
        let query = sqlx::query_as(AssertSqlSafe(list.clone()))
            .bind(account)
            .bind(below)
            .bind(from)
            .bind(rows);
        words.iter().fold(query, QueryAs::bind)
    })?;
    Ok(rows.into_iter().map(AuditLine::from).collect())
}

/// The query of a filter, and the words it is asked with after account, bounds and limit.
fn list_query(filter: &AuditFilter) -> (String, Vec<String>) {
    let asked = [
        ("actor", filter.actor.clone()),
        ("subject", filter.subject.clone()),
        ("kind", filter.kind.map(|kind| kind.to_string())),
    ];
    let mut conditions = String::new();
    let mut words = Vec::new();
    for (column, word) in asked {
        if let Some(word) = word {
            words.push(word);
            conditions = format!("{conditions} and events.{column} = ${}", words.len() + 4);
        }
    }
    let list = format!(
        "select events.id, events.at, events.kind, events.actor, events.subject, events.ip, \
                events.detail, coalesce(users.name, tokens.name, embed_sessions.host_user, \
                                        embed_sessions.origin) as actor_name, \
                coalesce(events.subject_name, \
                    (select name from assets where id = events.subject and account_id = $1), \
                    (select name from folders where id = events.subject and account_id = $1), \
                    (select name from tags where id = events.subject and account_id = $1), \
                    (select name from teams where id = events.subject and account_id = $1), \
                    (select name from users where id = events.subject and account_id = $1), \
                    (select name from tokens where id = events.subject and account_id = $1), \
                    (select email from invitations where id = events.subject and account_id = $1), \
                    (select name from webhooks where id = events.subject and account_id = $1), \
                    (select name from accounts where id = events.subject and id = $1) \
                ) as subject_name \
           from events left join users on users.id = events.actor \
                       left join tokens on tokens.id = events.actor \
                       left join embed_sessions on embed_sessions.id = events.actor \
          where events.account_id = $1 and events.id < $2 and events.id >= $3{conditions} \
          order by events.id desc limit $4"
    );
    (list, words)
}

/// The first id there can be at a moment: ids sort by the time they were made.
fn first_at(moment: Timestamp) -> EventId {
    EventId::from_parts(u64::try_from(moment.as_millis()).unwrap_or_default(), 0)
}

/// The number of an account's last event.
pub(crate) async fn last_seq(tx: &mut Tx, account: AccountId) -> Result<i64> {
    const LAST: &str = "select last_event from account_usage where account_id = $1";
    let last: Option<i64> = fetch_optional!(tx, sqlx::query_scalar(LAST).bind(account))?;
    Ok(last.unwrap_or_default())
}

/// Events of an account after a number, in their order.
pub(crate) async fn list_after(
    tx: &mut Tx,
    account: AccountId,
    seq: i64,
    rows: i64,
) -> Result<Vec<LiveEvent>> {
    const LIST: &str = "\
        select seq, at, kind, actor, subject from events \
         where account_id = $1 and seq > $2 order by seq limit $3";
    let rows: Vec<LiveRow> =
        fetch_all!(tx, sqlx::query_as(LIST).bind(account).bind(seq).bind(rows))?;
    Ok(rows.into_iter().map(LiveEvent::from).collect())
}

/// Something that happened, as webhooks are told.
#[derive(sqlx::FromRow)]
pub(crate) struct Happened {
    pub seq: i64,
    pub id: EventId,
    pub at: Timestamp,
    pub kind: EventKind,
    pub actor: String,
    pub subject: Option<String>,
    pub subject_name: Option<String>,
}

/// What happened in an account after a number, in its order and with its names.
pub(crate) async fn list_happened(
    tx: &mut Tx,
    account: AccountId,
    seq: i64,
    rows: i64,
) -> Result<Vec<Happened>> {
    const LIST: &str = "\
        select seq, id, at, kind, actor, subject, subject_name from events \
         where account_id = $1 and seq > $2 order by seq limit $3";
    Ok(fetch_all!(
        tx,
        sqlx::query_as(LIST).bind(account).bind(seq).bind(rows)
    )?)
}

/// Forgets the oldest events of an account, or of none, before a moment; how many there were.
pub(crate) async fn delete_before(
    tx: &mut Tx,
    account: Option<AccountId>,
    moment: Timestamp,
    rows: i64,
) -> Result<u64> {
    const DELETE: &str = "\
        delete from events where id in ( \
               select id from events where account_id = $3 and id < $1 order by id limit $2)";
    const DELETE_OF_NOBODY: &str = "\
        delete from events where id in ( \
               select id from events where account_id is null and id < $1 order by id limit $2)";
    let before = first_at(moment);
    Ok(match account {
        Some(account) => execute!(
            tx,
            sqlx::query(DELETE).bind(before).bind(rows).bind(account)
        )?,
        None => execute!(tx, sqlx::query(DELETE_OF_NOBODY).bind(before).bind(rows))?,
    })
}

/// When something last happened.
pub(crate) async fn latest(tx: &mut Tx) -> Result<Option<Timestamp>> {
    const LATEST: &str =
        "select max(at) from (select at from events order by id desc limit 100) as latest";
    Ok(fetch_one!(tx, sqlx::query_scalar(LATEST))?)
}
