//! One try to tell a webhook something.

use std::time::Duration;

use model::{
    AccountId, EventKind, Timestamp, WebhookDelivery, WebhookDeliveryId, WebhookDeliveryState,
    WebhookId, WebhookState,
};
use reqwest::{Method, Response, StatusCode, header::CONTENT_TYPE};
use tokio::time::Instant;

use super::{
    lines::{Line, PUT_OFF},
    patience, sign,
};
use crate::{
    Actor, Library, Result, audit,
    db::{
        Tx, webhook_deliveries,
        webhooks::{self, Receiver},
    },
    egress,
    jobs::Job,
};

/// The pauses after each try that failed, as Standard Webhooks proposes: ten tries in three days.
const PAUSES: [Duration; 9] = [
    Duration::from_secs(5),
    Duration::from_mins(5),
    Duration::from_mins(30),
    Duration::from_hours(2),
    Duration::from_hours(5),
    Duration::from_hours(10),
    Duration::from_hours(14),
    Duration::from_hours(20),
    Duration::from_hours(24),
];
/// A webhook where nothing arrived for so long is given up once something was tried to the end.
const GIVEN_UP: Duration = Duration::from_hours(3 * 24);
/// How long a webhook rests at least after a try that failed, so that one that never answers, and
/// to which thousands are to be sent, takes a line of its own and not everybody's.
const REST: Duration = Duration::from_secs(5);
/// How long it rests at most, unless it asks for more: so long it may take to find out that it is
/// back.
const LONGEST_REST: Duration = Duration::from_mins(5);
/// How many messages are put off at once.
const TOGETHER: i64 = 500;
/// How much of an answer is kept.
const KEPT: usize = 1_024;

/// What came of a try.
struct Tried {
    status: Option<StatusCode>,
    body: Option<String>,
    error: Option<String>,
    duration: Duration,
    /// How long the place asks to be left alone, where it is busy.
    asked: Option<Duration>,
}

impl Tried {
    fn has_arrived(&self) -> bool {
        self.status.is_some_and(|status| status.is_success())
    }

    fn is_gone(&self) -> bool {
        self.status == Some(StatusCode::GONE)
    }
}

impl Library {
    /// Tries a delivery once, and says when to try it again.
    pub(crate) async fn send_webhook(
        &self,
        account: AccountId,
        id: WebhookDeliveryId,
    ) -> Result<()> {
        let Some((delivery, receiver, line)) = self.take_up(account, id).await? else {
            return Ok(());
        };
        // What was waited for here is not the place's fault.
        let begun = self.inner.clock.now();
        let tried = self.post(&delivery, &receiver).await?;
        line.close(begun, self.inner.clock.now());
        self.note(account, delivery, tried).await
    }

    /// What is to be sent now; nothing where it is over, or where the webhook rests or is slow and
    /// has enough to do.
    async fn take_up(
        &self,
        account: AccountId,
        id: WebhookDeliveryId,
    ) -> Result<Option<(WebhookDelivery, Receiver, Line)>> {
        let now = self.inner.clock.now();
        let mut tx = self.inner.db.write().await?;
        let delivery = webhook_deliveries::find(&mut tx, account, id).await?;
        let waits = |delivery: &WebhookDelivery| delivery.state == WebhookDeliveryState::Waiting;
        let Some(mut delivery) = delivery.filter(waits) else {
            return Ok(None);
        };
        let webhook = delivery.webhook_id;
        let Some(receiver) = webhooks::lock_receiver(&mut tx, account, webhook).await? else {
            return Ok(None);
        };
        if receiver.state != WebhookState::On {
            delivery.state = WebhookDeliveryState::Failed;
            delivery.error = Some("The webhook was switched off before.".to_owned());
            delivery.next_at = None;
            webhook_deliveries::update(&mut tx, account, &delivery).await?;
            tx.commit().await?;
            return Ok(None);
        }
        let resting = receiver.failing_since.and(receiver.resting_until);
        let resting = resting.filter(|until| now < *until);
        let line = match resting {
            Some(_) => None,
            None => self.inner.lines.open(webhook, now),
        };
        let Some(line) = line else {
            let until = resting.unwrap_or(now.after(PUT_OFF));
            self.put_off_all(&mut tx, account, webhook, (now, until))
                .await?;
            self.put_off(&mut tx, account, delivery, until).await?;
            tx.commit().await?;
            return Ok(None);
        };
        if let Some(since) = receiver.failing_since {
            // One at a time finds out whether it is back.
            let until = Some(now.after(egress::DEADLINE));
            webhooks::rest(&mut tx, account, webhook, Some(since), until).await?;
        }
        tx.commit().await?;
        Ok(Some((delivery, receiver, line)))
    }

    async fn put_off(
        &self,
        tx: &mut Tx,
        account: AccountId,
        mut delivery: WebhookDelivery,
        until: Timestamp,
    ) -> Result<()> {
        delivery.next_at = Some(until);
        webhook_deliveries::update(tx, account, &delivery).await?;
        let job = Job::send(account, delivery.id, until);
        self.enqueue_at(tx, &job, until).await
    }

    /// Puts off what else a webhook that rests or is slow is to be told by now, so that thousands of
    /// messages need not come one by one to find that out, before those of others.
    async fn put_off_all(
        &self,
        tx: &mut Tx,
        account: AccountId,
        webhook: WebhookId,
        (now, until): (Timestamp, Timestamp),
    ) -> Result<()> {
        let due = webhook_deliveries::put_off(tx, account, webhook, (now, until), TOGETHER);
        let moved = due.await?.into_iter().map(|(id, at)| {
            let later = Job::send(account, id, until);
            (Job::send(account, id, at), later)
        });
        let moved: Vec<_> = moved.collect();
        self.put_off_jobs(tx, &moved, until).await
    }

    async fn post(&self, delivery: &WebhookDelivery, receiver: &Receiver) -> Result<Tried> {
        let now = self.inner.clock.now();
        let failed = |error: String, duration| Tried {
            status: None,
            body: None,
            error: Some(error),
            duration,
            asked: None,
        };
        // What the operator allows may be less than when it was made.
        let to = match self.inner.egress.parse(&receiver.url) {
            Ok(to) => to,
            Err(refused) => return Ok(failed(refused.to_string(), Duration::ZERO)),
        };
        let (id, seconds) = (delivery.message_id, sign::seconds(now));
        let secrets = receiver.secrets(now);
        let signature = sign::header(&secrets, id, &seconds, &delivery.payload)?;
        let request = self.inner.egress.request(Method::POST, &to).await?;
        let request = request
            .header(CONTENT_TYPE, "application/json")
            .header("webhook-id", id.to_string())
            .header("webhook-timestamp", seconds)
            .header("webhook-signature", signature)
            .body(delivery.payload.clone());
        let start = Instant::now();
        Ok(match request.send().await {
            Ok(response) => answered(response, start, now).await,
            Err(error) => failed(egress::reason(&error), start.elapsed()),
        })
    }

    /// Writes down what came of a try, and what follows from it.
    async fn note(
        &self,
        account: AccountId,
        mut delivery: WebhookDelivery,
        tried: Tried,
    ) -> Result<()> {
        let now = self.inner.clock.now();
        let pause = PAUSES.get(delivery.attempts as usize).copied();
        let asked = tried.asked.unwrap_or_default();
        let next_at = pause.map(|pause| now.after(pause.max(asked)));
        let next_at = next_at.filter(|_| !tried.has_arrived() && !tried.is_gone());
        delivery.attempts = delivery.attempts.saturating_add(1);
        delivery.state = match next_at {
            Some(_) => WebhookDeliveryState::Waiting,
            None if tried.has_arrived() => WebhookDeliveryState::Delivered,
            None => WebhookDeliveryState::Failed,
        };
        delivery.response_status = tried.status.map(|status| status.as_u16());
        delivery.response_body.clone_from(&tried.body);
        delivery.error.clone_from(&tried.error);
        delivery.duration_ms = u64::try_from(tried.duration.as_millis()).ok();
        delivery.tried_at = Some(now);
        delivery.next_at = next_at;
        let mut tx = self.inner.db.write().await?;
        let webhook = delivery.webhook_id;
        let Some(receiver) = webhooks::lock_receiver(&mut tx, account, webhook).await? else {
            return Ok(());
        };
        webhook_deliveries::update(&mut tx, account, &delivery).await?;
        if let Some(next_at) = next_at {
            let job = Job::send(account, delivery.id, next_at);
            self.enqueue_at(&mut tx, &job, next_at).await?;
        }
        self.conclude_for(&mut tx, account, &receiver, &tried, &delivery)
            .await?;
        tx.commit().await
    }

    /// What a try says of the webhook itself.
    async fn conclude_for(
        &self,
        tx: &mut Tx,
        account: AccountId,
        receiver: &Receiver,
        tried: &Tried,
        delivery: &WebhookDelivery,
    ) -> Result<()> {
        let id = receiver.id;
        if tried.has_arrived() {
            if receiver.failing_since.is_some() {
                webhooks::rest(tx, account, id, None, None).await?;
            }
            return Ok(());
        }
        let now = delivery.tried_at.unwrap_or_default();
        let since = receiver.failing_since.unwrap_or(now);
        let rest = (now.since(since) / 10).clamp(REST, LONGEST_REST);
        let rest = rest.max(tried.asked.unwrap_or_default());
        webhooks::rest(tx, account, id, Some(since), Some(now.after(rest))).await?;
        let is_over = delivery.state == WebhookDeliveryState::Failed;
        let end = if tried.is_gone() {
            WebhookState::Gone
        } else if is_over && now.since(since) >= GIVEN_UP {
            WebhookState::GivenUp
        } else {
            return Ok(());
        };
        if webhooks::end(tx, account, id, end).await? {
            let (clock, system) = (&*self.inner.clock, Actor::system(account));
            let kind = (account, EventKind::WebhookSwitchedOff);
            audit::record_with(tx, clock, &system, kind, id, end).await?;
        }
        Ok(())
    }
}

/// What an answer says; its body is read to a cap, and what is wrong with that says nothing.
async fn answered(mut response: Response, start: Instant, now: Timestamp) -> Tried {
    let status = response.status();
    let asked = patience::asked(status, response.headers(), now);
    let read = egress::read_some(&mut response, KEPT).await;
    let body = read.map(|read| String::from_utf8_lossy(&read).replace('\0', "\u{fffd}"));
    let error = (!status.is_success()).then(|| format!("It answered {}.", status.as_u16()));
    Tried {
        status: Some(status),
        body: body.ok().filter(|body| !body.is_empty()),
        error,
        duration: start.elapsed(),
        asked,
    }
}
