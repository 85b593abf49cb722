//! The log of what webhooks were told, and telling again.

use std::time::Duration;

use model::{
    AccountId, Cursor, EventId, Limit, Page, Problem, Right, Timestamp, Webhook, WebhookDelivery,
    WebhookDeliveryId, WebhookDeliveryState, WebhookEvent, WebhookId, WebhookState,
};
use serde_json::json;

use super::get;
use crate::{
    Actor, Library, Result,
    db::{Tx, page, webhook_deliveries},
    jobs::Job,
};

/// How long what is over stays in the log.
const KEPT: Duration = Duration::from_hours(30 * 24);
/// Lines that are forgotten in one go.
const FORGOTTEN: i64 = 1_000;

/// Something to be told.
pub(super) struct Message {
    pub id: EventId,
    pub event: WebhookEvent,
    /// The body, byte for byte.
    pub payload: String,
}

impl Library {
    /// What a webhook was told and is to be told, newest first; for administrators.
    pub async fn list_webhook_deliveries(
        &self,
        actor: &Actor,
        id: WebhookId,
        cursor: Option<&Cursor>,
        limit: Limit,
    ) -> Result<Page<WebhookDelivery>> {
        self.require(actor, Right::Administer).await?;
        let before: Option<WebhookDeliveryId> = page::decode(cursor)?;
        let (account, rows) = (actor.account_id, page::rows(limit));
        let mut tx = self.inner.db.read().await?;
        get(&mut tx, actor, id).await?;
        let listed = webhook_deliveries::list(&mut tx, account, id, before, rows).await?;
        Ok(page::cut(listed, limit, |delivery| delivery.id))
    }

    /// Sends a webhook a message that says nothing; for administrators.
    pub async fn test_webhook(&self, actor: &Actor, id: WebhookId) -> Result<WebhookDelivery> {
        self.require(actor, Right::Administer).await?;
        let clock = &*self.inner.clock;
        let (account, event) = (actor.account_id, WebhookEvent::WebhookTest);
        let data = json!({ "id": id, "actor": actor.who.to_string(), "account_id": account });
        let message = Message {
            id: clock.new_id(),
            event,
            payload: payload(event, clock.now(), &data),
        };
        let mut tx = self.inner.db.write().await?;
        require_on(&get(&mut tx, actor, id).await?)?;
        let delivery = self.add_delivery(&mut tx, account, id, message).await?;
        tx.commit().await?;
        Ok(delivery)
    }

    /// Tells a webhook once more what it was told, whatever came of it; for administrators.
    ///
    /// The message keeps its id, by which whoever has it already knows it again.
    pub async fn replay_webhook_delivery(
        &self,
        actor: &Actor,
        id: WebhookId,
        delivery: WebhookDeliveryId,
    ) -> Result<WebhookDelivery> {
        self.require(actor, Right::Administer).await?;
        let account = actor.account_id;
        let mut tx = self.inner.db.write().await?;
        let webhook = get(&mut tx, actor, id).await?;
        let told = webhook_deliveries::find(&mut tx, account, delivery).await?;
        let told = told.filter(|told| told.webhook_id == id);
        let told = told.ok_or_else(Problem::not_found)?;
        require_on(&webhook)?;
        let message = Message {
            id: told.message_id,
            event: told.event,
            payload: told.payload,
        };
        let delivery = self.add_delivery(&mut tx, account, id, message).await?;
        tx.commit().await?;
        Ok(delivery)
    }

    /// Writes down something to be told, and the job that does it.
    pub(super) async fn add_delivery(
        &self,
        tx: &mut Tx,
        account: AccountId,
        webhook_id: WebhookId,
        message: Message,
    ) -> Result<WebhookDelivery> {
        let clock = &*self.inner.clock;
        let now = clock.now();
        let delivery = WebhookDelivery {
            id: clock.new_id(),
            webhook_id,
            message_id: message.id,
            event: message.event,
            state: WebhookDeliveryState::Waiting,
            attempts: 0,
            payload: message.payload,
            response_status: None,
            response_body: None,
            error: None,
            duration_ms: None,
            created_at: now,
            tried_at: None,
            next_at: Some(now),
        };
        webhook_deliveries::insert(tx, account, &delivery).await?;
        self.enqueue_at(tx, &Job::send(account, delivery.id, now), now)
            .await?;
        Ok(delivery)
    }

    /// Forgets what has been over for long.
    pub(crate) async fn forget_webhook_deliveries(&self) -> Result<u64> {
        let moment = self.inner.clock.now().before(KEPT);
        let mut forgotten = 0;
        loop {
            let mut tx = self.inner.db.write().await?;
            let some = webhook_deliveries::delete_before(&mut tx, moment, FORGOTTEN).await?;
            tx.commit().await?;
            forgotten += some;
            if some < FORGOTTEN.unsigned_abs() {
                return Ok(forgotten);
            }
        }
    }
}

/// The body of a message, as the convention wants it.
pub(super) fn payload(event: WebhookEvent, at: Timestamp, data: &serde_json::Value) -> String {
    json!({ "type": event, "timestamp": at, "data": data }).to_string()
}

/// Refuses to tell a webhook that is told nothing.
fn require_on(webhook: &Webhook) -> Result<()> {
    if webhook.state == WebhookState::On {
        return Ok(());
    }
    Err(Problem::conflict("This webhook is switched off. Switch it on first.").into())
}
