//! Makes deliveries of what happened.

use model::WebhookEvent;
use serde_json::json;

use super::deliveries::{Message, payload};
use crate::{
    Library, Result,
    db::{
        events::{self, Happened},
        webhooks::{self, Behind},
    },
};

/// Events that are looked at in one go.
const SOME: i64 = 100;

impl Library {
    /// Makes deliveries of some of what a webhook has not been told; whether there was any.
    pub(crate) async fn tell_some(&self) -> Result<bool> {
        let mut tx = self.inner.db.read().await?;
        let behind = webhooks::find_behind(&mut tx).await?;
        drop(tx);
        let Some(behind) = behind else {
            return Ok(false);
        };
        let account = behind.account_id;
        let mut tx = self.inner.db.write().await?;
        let happened = events::list_happened(&mut tx, account, behind.told_event, SOME).await?;
        // What was forgotten before it was told is told no more.
        let told = happened.last().map_or(behind.last_event, |last| last.seq);
        if webhooks::move_on(&mut tx, &behind, told).await? {
            for message in messages(&behind, &happened) {
                self.add_delivery(&mut tx, account, behind.id, message)
                    .await?;
            }
            tx.commit().await?;
        }
        Ok(true)
    }
}

/// What a webhook is told of what happened.
fn messages(behind: &Behind, happened: &[Happened]) -> impl Iterator<Item = Message> {
    happened.iter().filter_map(|happened| {
        let event = WebhookEvent::of(happened.kind).filter(|event| behind.wants(*event))?;
        let data = json!({
            "id": happened.subject,
            "name": happened.subject_name,
            "kind": happened.kind,
            "actor": happened.actor,
            "account_id": behind.account_id,
        });
        Some(Message {
            id: happened.id,
            event,
            payload: payload(event, happened.at, &data),
        })
    })
}
