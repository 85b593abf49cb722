//! Webhooks: places outside that are told of what happens, by the Standard Webhooks convention.
//!
//! The trail of events is the outbox: it is written in the transaction of each deed, and numbered
//! in the order of commits. `tell` makes deliveries of it, `send` tries each as a job.

mod deliveries;
mod lines;
mod patience;
mod send;
mod sign;
mod tell;

use std::time::Duration;

use model::{
    Cursor, EventKind, Limit, Page, PersonName, Problem, Right, Secret, Webhook, WebhookEvent,
    WebhookId, WebhookState,
};

use crate::{
    Actor, Library, Result, audit,
    db::{Tx, events, page, webhook_deliveries, webhooks},
};

pub(crate) use lines::Lines;

/// The most webhooks of an account: each is told of everything.
const MOST: u64 = 100;
/// How long messages are signed with the secret before, too.
const ROTATION: Duration = Duration::from_hours(24);

/// A webhook to be made.
#[derive(Clone, Debug)]
pub struct NewWebhook {
    pub name: PersonName,
    pub url: String,
    /// None at all means everything.
    pub events: Vec<WebhookEvent>,
}

/// What about a webhook changes; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct WebhookPatch {
    pub name: Option<PersonName>,
    pub url: Option<String>,
    pub events: Option<Vec<WebhookEvent>>,
    /// Switched on again, it is told of what happens from then on.
    pub enabled: Option<bool>,
}

impl Library {
    /// Makes a webhook; its secret is given back once and never again. For administrators.
    pub async fn create_webhook(
        &self,
        actor: &Actor,
        webhook: NewWebhook,
    ) -> Result<(Webhook, Secret)> {
        self.require(actor, Right::Administer).await?;
        let url = self.inner.egress.parse(&webhook.url)?;
        let (account, clock) = (actor.account_id, &*self.inner.clock);
        let secret = sign::new_secret(clock);
        let webhook = Webhook {
            id: clock.new_id(),
            name: webhook.name.to_string(),
            url: url.as_str().to_owned(),
            events: each_once(webhook.events),
            state: WebhookState::On,
            failing_since: None,
            created_at: clock.now(),
            created_by: actor.user_id(),
        };
        let mut tx = self.inner.db.write().await?;
        if webhooks::count(&mut tx, account).await?.unsigned_abs() >= MOST {
            let detail = format!("An account has at most {MOST} webhooks.");
            return Err(Problem::conflict(detail).at_most(MOST).into());
        }
        let last = events::last_seq(&mut tx, account).await?;
        webhooks::insert(&mut tx, account, &webhook, &secret, last).await?;
        audit::record(&mut tx, clock, actor, EventKind::WebhookCreated, webhook.id).await?;
        tx.commit().await?;
        Ok((webhook, secret))
    }

    /// The account's webhooks, newest first; for administrators.
    pub async fn list_webhooks(
        &self,
        actor: &Actor,
        cursor: Option<&Cursor>,
        limit: Limit,
    ) -> Result<Page<Webhook>> {
        self.require(actor, Right::Administer).await?;
        let before: Option<WebhookId> = page::decode(cursor)?;
        let mut tx = self.inner.db.read().await?;
        let rows = page::rows(limit);
        let webhooks = webhooks::list(&mut tx, actor.account_id, before, rows).await?;
        Ok(page::cut(webhooks, limit, |webhook| webhook.id))
    }

    /// One webhook; for administrators.
    pub async fn get_webhook(&self, actor: &Actor, id: WebhookId) -> Result<Webhook> {
        self.require(actor, Right::Administer).await?;
        let mut tx = self.inner.db.read().await?;
        get(&mut tx, actor, id).await
    }

    /// Changes a webhook; for administrators.
    pub async fn update_webhook(
        &self,
        actor: &Actor,
        id: WebhookId,
        patch: WebhookPatch,
    ) -> Result<Webhook> {
        self.require(actor, Right::Administer).await?;
        let url = patch.url.map(|url| self.inner.egress.parse(&url));
        let url = url.transpose()?;
        let (account, clock) = (actor.account_id, &*self.inner.clock);
        let mut tx = self.inner.db.write().await?;
        let before = lock(&mut tx, actor, id).await?;
        let mut webhook = before.clone();
        if let Some(name) = patch.name {
            webhook.name = name.to_string();
        }
        if let Some(url) = url {
            url.as_str().clone_into(&mut webhook.url);
        }
        if let Some(events) = patch.events {
            webhook.events = each_once(events);
        }
        match patch.enabled {
            Some(true) => webhook.state = WebhookState::On,
            Some(false) if before.state == WebhookState::On => webhook.state = WebhookState::Off,
            Some(false) | None => {}
        }
        let begins_anew = webhook.state != before.state && webhook.state == WebhookState::On;
        if begins_anew || webhook.url != before.url {
            webhook.failing_since = None;
        }
        if webhook != before {
            webhooks::update(&mut tx, account, &webhook).await?;
            if begins_anew {
                let last = events::last_seq(&mut tx, account).await?;
                webhooks::skip_to(&mut tx, account, id, last).await?;
            }
            audit::record(&mut tx, clock, actor, EventKind::WebhookChanged, id).await?;
        }
        tx.commit().await?;
        Ok(webhook)
    }

    /// Removes a webhook with the log of what it was told; for administrators.
    pub async fn delete_webhook(&self, actor: &Actor, id: WebhookId) -> Result<()> {
        self.require(actor, Right::Administer).await?;
        let (account, clock) = (actor.account_id, &*self.inner.clock);
        let mut tx = self.inner.db.write().await?;
        lock(&mut tx, actor, id).await?;
        audit::record(&mut tx, clock, actor, EventKind::WebhookDeleted, id).await?;
        webhook_deliveries::delete_of(&mut tx, account, id).await?;
        webhooks::delete(&mut tx, account, id).await?;
        tx.commit().await
    }

    /// Gives a webhook another secret, which is given back once; for a day its messages are signed
    /// with both. For administrators.
    pub async fn rotate_webhook_secret(
        &self,
        actor: &Actor,
        id: WebhookId,
    ) -> Result<(Webhook, Secret)> {
        self.require(actor, Right::Administer).await?;
        let (account, clock) = (actor.account_id, &*self.inner.clock);
        let secret = sign::new_secret(clock);
        let until = clock.now().after(ROTATION);
        let mut tx = self.inner.db.write().await?;
        let webhook = get(&mut tx, actor, id).await?;
        webhooks::rotate(&mut tx, account, id, &secret, until).await?;
        audit::record(&mut tx, clock, actor, EventKind::WebhookSecretRotated, id).await?;
        tx.commit().await?;
        Ok((webhook, secret))
    }
}

/// One webhook of the actor's account.
async fn get(tx: &mut Tx, actor: &Actor, id: WebhookId) -> Result<Webhook> {
    let webhook = webhooks::find(tx, actor.account_id, id).await?;
    webhook.ok_or_else(|| Problem::not_found().into())
}

/// The same, which nobody else changes before this transaction is over: it is taken before its
/// deliveries, so that nobody waits in a circle.
async fn lock(tx: &mut Tx, actor: &Actor, id: WebhookId) -> Result<Webhook> {
    webhooks::lock_receiver(tx, actor.account_id, id).await?;
    get(tx, actor, id).await
}

/// The same events without what was said before, in the order of the contract.
fn each_once(events: Vec<WebhookEvent>) -> Vec<WebhookEvent> {
    let all = WebhookEvent::ALL.into_iter();
    all.filter(|event| events.contains(event)).collect()
}
