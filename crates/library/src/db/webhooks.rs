//! Table `webhooks`.

use model::{
    AccountId, Secret, Timestamp, UserId, Webhook, WebhookEvent, WebhookId, WebhookState,
    id::Id as _,
};

use super::tx::{Dialect, Tx, execute, fetch_all, fetch_one, fetch_optional};
use crate::{Error, Result};

#[derive(sqlx::FromRow)]
struct WebhookRow {
    id: WebhookId,
    name: String,
    url: String,
    events: String,
    state: WebhookState,
    failing_since: Option<Timestamp>,
    created_at: Timestamp,
    created_by: Option<UserId>,
}

impl TryFrom<WebhookRow> for Webhook {
    type Error = Error;

    fn try_from(row: WebhookRow) -> Result<Self> {
        Ok(Self {
            events: parse_events(&row.events)?,
            id: row.id,
            name: row.name,
            url: row.url,
            state: row.state,
            failing_since: row.failing_since,
            created_at: row.created_at,
            created_by: row.created_by,
        })
    }
}

/// What is needed to send to a webhook.
#[derive(sqlx::FromRow)]
pub(crate) struct Receiver {
    pub id: WebhookId,
    pub url: String,
    pub state: WebhookState,
    secret: String,
    previous_secret: Option<String>,
    previous_until: Option<Timestamp>,
    pub failing_since: Option<Timestamp>,
    pub resting_until: Option<Timestamp>,
}

impl Receiver {
    /// The secrets that are good at a moment, the newest first.
    pub fn secrets(&self, now: Timestamp) -> Vec<Secret> {
        let is_good = self.previous_until.is_some_and(|until| now < until);
        let previous = self.previous_secret.as_ref().filter(|_| is_good);
        let secrets = [Some(&self.secret), previous];
        secrets.into_iter().flatten().map(Secret::new).collect()
    }
}

/// A webhook that has not been told of all that happened.
#[derive(sqlx::FromRow)]
pub(crate) struct Behind {
    pub id: WebhookId,
    pub account_id: AccountId,
    events: String,
    /// The last event it was told of, by its number.
    pub told_event: i64,
    /// The last event there is.
    pub last_event: i64,
}

impl Behind {
    /// Whether it wants to be told of an event.
    pub fn wants(&self, event: WebhookEvent) -> bool {
        self.events.is_empty() || self.events.split(' ').any(|word| word == event.as_str())
    }
}

fn parse_events(text: &str) -> Result<Vec<WebhookEvent>> {
    let words = text.split_whitespace().map(|word| {
        word.parse()
            .map_err(|_| Error::Inconsistent(format!("webhooks.events holds `{word}`")))
    });
    words.collect()
}

fn write_events(events: &[WebhookEvent]) -> String {
    let words: Vec<&str> = events.iter().map(|event| event.as_str()).collect();
    words.join(" ")
}

/// Adds a webhook, which is told of what happens from now on.
pub(crate) async fn insert(
    tx: &mut Tx,
    account: AccountId,
    webhook: &Webhook,
    secret: &Secret,
    told_event: i64,
) -> Result<()> {
    const INSERT: &str = "\
        insert into webhooks \
            (id, account_id, name, url, events, state, secret, told_event, created_at, created_by) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    execute!(
        tx,
        sqlx::query(INSERT)
            .bind(webhook.id)
            .bind(account)
            .bind(&webhook.name)
            .bind(&webhook.url)
            .bind(write_events(&webhook.events))
            .bind(webhook.state)
            .bind(secret.expose())
            .bind(told_event)
            .bind(webhook.created_at)
            .bind(webhook.created_by)
    )?;
    Ok(())
}

/// How many webhooks an account has.
pub(crate) async fn count(tx: &mut Tx, account: AccountId) -> Result<i64> {
    const COUNT: &str = "select count(*) from webhooks where account_id = $1";
    Ok(fetch_one!(tx, sqlx::query_scalar(COUNT).bind(account))?)
}

/// One webhook of an account.
pub(crate) async fn find(
    tx: &mut Tx,
    account: AccountId,
    id: WebhookId,
) -> Result<Option<Webhook>> {
    const FIND: &str = "\
        select id, name, url, events, state, failing_since, created_at, created_by \
          from webhooks where id = $1 and account_id = $2";
    let row: Option<WebhookRow> = fetch_optional!(tx, sqlx::query_as(FIND).bind(id).bind(account))?;
    row.map(Webhook::try_from).transpose()
}

/// The webhooks of an account made before one, newest first.
pub(crate) async fn list(
    tx: &mut Tx,
    account: AccountId,
    before: Option<WebhookId>,
    rows: i64,
) -> Result<Vec<Webhook>> {
    const LIST: &str = "\
        select id, name, url, events, state, failing_since, created_at, created_by \
          from webhooks where account_id = $1 and id < $2 order by id desc limit $3";
    let before = before.unwrap_or_else(|| WebhookId::from_parts(u64::MAX, u128::MAX));
    let rows: Vec<WebhookRow> = fetch_all!(
        tx,
        sqlx::query_as(LIST).bind(account).bind(before).bind(rows)
    )?;
    rows.into_iter().map(Webhook::try_from).collect()
}

/// Writes down what a webhook is like from now on.
pub(crate) async fn update(tx: &mut Tx, account: AccountId, webhook: &Webhook) -> Result<()> {
    const UPDATE: &str = "\
        update webhooks set name = $3, url = $4, events = $5, state = $6, failing_since = $7, \
               resting_until = null \
         where id = $1 and account_id = $2";
    execute!(
        tx,
        sqlx::query(UPDATE)
            .bind(webhook.id)
            .bind(account)
            .bind(&webhook.name)
            .bind(&webhook.url)
            .bind(write_events(&webhook.events))
            .bind(webhook.state)
            .bind(webhook.failing_since)
    )?;
    Ok(())
}

/// Leaves out what has happened up to an event.
pub(crate) async fn skip_to(
    tx: &mut Tx,
    account: AccountId,
    id: WebhookId,
    told_event: i64,
) -> Result<()> {
    const SKIP: &str = "update webhooks set told_event = $3 where id = $1 and account_id = $2";
    execute!(
        tx,
        sqlx::query(SKIP).bind(id).bind(account).bind(told_event)
    )?;
    Ok(())
}

/// Gives a webhook another secret; the one it had is good until a moment, beside it.
pub(crate) async fn rotate(
    tx: &mut Tx,
    account: AccountId,
    id: WebhookId,
    secret: &Secret,
    until: Timestamp,
) -> Result<()> {
    const ROTATE: &str = "\
        update webhooks set previous_secret = secret, previous_until = $4, secret = $3 \
         where id = $1 and account_id = $2";
    execute!(
        tx,
        sqlx::query(ROTATE)
            .bind(id)
            .bind(account)
            .bind(secret.expose())
            .bind(until)
    )?;
    Ok(())
}

/// Removes a webhook; its deliveries go first.
pub(crate) async fn delete(tx: &mut Tx, account: AccountId, id: WebhookId) -> Result<()> {
    const DELETE: &str = "delete from webhooks where id = $1 and account_id = $2";
    execute!(tx, sqlx::query(DELETE).bind(id).bind(account))?;
    Ok(())
}

/// What is needed to send to a webhook; nobody else changes it before this transaction is over.
pub(crate) async fn lock_receiver(
    tx: &mut Tx,
    account: AccountId,
    id: WebhookId,
) -> Result<Option<Receiver>> {
    const FIND: &str = "\
        select id, url, state, secret, previous_secret, previous_until, failing_since, \
               resting_until \
          from webhooks where id = $1 and account_id = $2";
    const FIND_AND_LOCK: &str = "\
        select id, url, state, secret, previous_secret, previous_until, failing_since, \
               resting_until \
          from webhooks where id = $1 and account_id = $2 for update";
    let find = match tx.dialect() {
        Dialect::Sqlite => FIND,
        Dialect::Postgres => FIND_AND_LOCK,
    };
    Ok(fetch_optional!(
        tx,
        sqlx::query_as(find).bind(id).bind(account)
    )?)
}

/// Lets a webhook rest until a moment, while nothing has arrived since another.
pub(crate) async fn rest(
    tx: &mut Tx,
    account: AccountId,
    id: WebhookId,
    failing_since: Option<Timestamp>,
    resting_until: Option<Timestamp>,
) -> Result<()> {
    const REST: &str = "\
        update webhooks set failing_since = $3, resting_until = $4 \
         where id = $1 and account_id = $2";
    execute!(
        tx,
        sqlx::query(REST)
            .bind(id)
            .bind(account)
            .bind(failing_since)
            .bind(resting_until)
    )?;
    Ok(())
}

/// Tells a webhook nothing more, unless somebody switched it off already.
pub(crate) async fn end(
    tx: &mut Tx,
    account: AccountId,
    id: WebhookId,
    state: WebhookState,
) -> Result<bool> {
    const END: &str = "\
        update webhooks set state = $3 where id = $1 and account_id = $2 and state = 'on'";
    let ended = execute!(tx, sqlx::query(END).bind(id).bind(account).bind(state))?;
    Ok(ended == 1)
}

/// The webhook that is furthest behind what happened, in any account.
pub(crate) async fn find_behind(tx: &mut Tx) -> Result<Option<Behind>> {
    const FIND: &str = "\
        select webhooks.id, webhooks.account_id, webhooks.events, webhooks.told_event, \
               account_usage.last_event \
          from webhooks join account_usage on account_usage.account_id = webhooks.account_id \
         where webhooks.state = 'on' and webhooks.told_event < account_usage.last_event \
         order by webhooks.told_event - account_usage.last_event limit 1";
    Ok(fetch_optional!(tx, sqlx::query_as(FIND))?)
}

/// Notes how far a webhook was told, unless another process did; says whether it is ours to tell.
pub(crate) async fn move_on(tx: &mut Tx, behind: &Behind, told_event: i64) -> Result<bool> {
    const MOVE: &str = "\
        update webhooks set told_event = $3 \
         where id = $1 and told_event = $2 and state = 'on'";
    let moved = execute!(
        tx,
        sqlx::query(MOVE)
            .bind(behind.id)
            .bind(behind.told_event)
            .bind(told_event)
    )?;
    Ok(moved == 1)
}
