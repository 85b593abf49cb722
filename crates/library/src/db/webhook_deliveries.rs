//! Table `webhook_deliveries`.

use model::{
    AccountId, EventId, Timestamp, WebhookDelivery, WebhookDeliveryId, WebhookDeliveryState,
    WebhookEvent, WebhookId, id::Id as _,
};
use sqlx::AssertSqlSafe;

use super::{
    many::places,
    tx::{Tx, execute, fetch_all, fetch_optional},
};
use crate::Result;

#[derive(sqlx::FromRow)]
struct DeliveryRow {
    id: WebhookDeliveryId,
    webhook_id: WebhookId,
    message_id: EventId,
    event: WebhookEvent,
    payload: String,
    state: WebhookDeliveryState,
    attempts: i64,
    response_status: Option<i64>,
    response_body: Option<String>,
    error: Option<String>,
    duration_ms: Option<i64>,
    created_at: Timestamp,
    tried_at: Option<Timestamp>,
    next_at: Option<Timestamp>,
}

impl From<DeliveryRow> for WebhookDelivery {
    fn from(row: DeliveryRow) -> Self {
        Self {
            id: row.id,
            webhook_id: row.webhook_id,
            message_id: row.message_id,
            event: row.event,
            state: row.state,
            attempts: u32::try_from(row.attempts).unwrap_or(u32::MAX),
            payload: row.payload,
            response_status: row
                .response_status
                .and_then(|code| u16::try_from(code).ok()),
            response_body: row.response_body,
            error: row.error,
            duration_ms: row.duration_ms.and_then(|ms| u64::try_from(ms).ok()),
            created_at: row.created_at,
            tried_at: row.tried_at,
            next_at: row.next_at,
        }
    }
}

/// Adds a delivery that nobody has tried yet.
pub(crate) async fn insert(
    tx: &mut Tx,
    account: AccountId,
    delivery: &WebhookDelivery,
) -> Result<()> {
    const INSERT: &str = "\
        insert into webhook_deliveries \
            (id, account_id, webhook_id, message_id, event, payload, state, attempts, created_at, \
             next_at) \
        values ($1, $2, $3, $4, $5, $6, 'waiting', 0, $7, $7)";
    execute!(
        tx,
        sqlx::query(INSERT)
            .bind(delivery.id)
            .bind(account)
            .bind(delivery.webhook_id)
            .bind(delivery.message_id)
            .bind(delivery.event)
            .bind(&delivery.payload)
            .bind(delivery.created_at)
    )?;
    Ok(())
}

/// One delivery of an account.
pub(crate) async fn find(
    tx: &mut Tx,
    account: AccountId,
    id: WebhookDeliveryId,
) -> Result<Option<WebhookDelivery>> {
    const FIND: &str = "\
        select id, webhook_id, message_id, event, payload, state, attempts, response_status, \
               response_body, error, duration_ms, created_at, tried_at, next_at \
          from webhook_deliveries where id = $1 and account_id = $2";
    let row: Option<DeliveryRow> =
        fetch_optional!(tx, sqlx::query_as(FIND).bind(id).bind(account))?;
    Ok(row.map(WebhookDelivery::from))
}

/// The deliveries of a webhook made before one, newest first.
pub(crate) async fn list(
    tx: &mut Tx,
    account: AccountId,
    webhook: WebhookId,
    before: Option<WebhookDeliveryId>,
    rows: i64,
) -> Result<Vec<WebhookDelivery>> {
    const LIST: &str = "\
        select id, webhook_id, message_id, event, payload, state, attempts, response_status, \
               response_body, error, duration_ms, created_at, tried_at, next_at \
          from webhook_deliveries \
         where account_id = $1 and webhook_id = $2 and id < $3 order by id desc limit $4";
    let before = before.unwrap_or_else(|| WebhookDeliveryId::from_parts(u64::MAX, u128::MAX));
    let rows: Vec<DeliveryRow> = fetch_all!(
        tx,
        sqlx::query_as(LIST)
            .bind(account)
            .bind(webhook)
            .bind(before)
            .bind(rows)
    )?;
    Ok(rows.into_iter().map(WebhookDelivery::from).collect())
}

/// Writes down how far a delivery has come.
pub(crate) async fn update(
    tx: &mut Tx,
    account: AccountId,
    delivery: &WebhookDelivery,
) -> Result<()> {
    const UPDATE: &str = "\
        update webhook_deliveries \
           set state = $3, attempts = $4, response_status = $5, response_body = $6, error = $7, \
               duration_ms = $8, tried_at = $9, next_at = $10 \
         where id = $1 and account_id = $2";
    let duration = delivery.duration_ms.map(u64::cast_signed);
    execute!(
        tx,
        sqlx::query(UPDATE)
            .bind(delivery.id)
            .bind(account)
            .bind(delivery.state)
            .bind(i64::from(delivery.attempts))
            .bind(delivery.response_status.map(i64::from))
            .bind(&delivery.response_body)
            .bind(&delivery.error)
            .bind(duration)
            .bind(delivery.tried_at)
            .bind(delivery.next_at)
    )?;
    Ok(())
}

/// Puts off what a webhook is to be told by now, the first so many; which, and when it was to be.
pub(crate) async fn put_off(
    tx: &mut Tx,
    account: AccountId,
    webhook: WebhookId,
    (now, until): (Timestamp, Timestamp),
    rows: i64,
) -> Result<Vec<(WebhookDeliveryId, Timestamp)>> {
    const FIND: &str = "\
        select id, next_at from webhook_deliveries \
         where account_id = $1 and webhook_id = $2 and state = 'waiting' and next_at <= $3 \
         order by next_at, id limit $4";
    let due: Vec<(WebhookDeliveryId, Timestamp)> = fetch_all!(
        tx,
        sqlx::query_as(FIND)
            .bind(account)
            .bind(webhook)
            .bind(now)
            .bind(rows)
    )?;
    if due.is_empty() {
        return Ok(due);
    }
    let put_off = format!(
        "update webhook_deliveries set next_at = $1 where account_id = $2 and id in ({})",
        places(3, due.len())
    );
    execute!(tx, {
        let query = sqlx::query(AssertSqlSafe(put_off.clone()));
        let query = query.bind(until).bind(account);
        due.iter().fold(query, |query, (id, _)| query.bind(*id))
    })?;
    Ok(due)
}

/// Forgets all deliveries of a webhook.
pub(crate) async fn delete_of(tx: &mut Tx, account: AccountId, webhook: WebhookId) -> Result<()> {
    const DELETE: &str = "\
        delete from webhook_deliveries where account_id = $1 and webhook_id = $2";
    execute!(tx, sqlx::query(DELETE).bind(account).bind(webhook))?;
    Ok(())
}

/// Forgets the oldest deliveries that were over before a moment, in any account.
pub(crate) async fn delete_before(tx: &mut Tx, moment: Timestamp, rows: i64) -> Result<u64> {
    const DELETE: &str = "\
        delete from webhook_deliveries where id in ( \
               select id from webhook_deliveries \
                where state <> 'waiting' and id < $1 order by id limit $2)";
    let milliseconds = u64::try_from(moment.as_millis()).unwrap_or_default();
    let before = WebhookDeliveryId::from_parts(milliseconds, 0);
    Ok(execute!(tx, sqlx::query(DELETE).bind(before).bind(rows))?)
}
