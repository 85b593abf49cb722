//! `/webhooks`: places outside that are told of what happens; for administrators.

use axum::{extract::State as Extract, http::StatusCode};
use library::{
    Library,
    webhooks::{NewWebhook, WebhookPatch},
};
use model::{
    Page, PersonName, Problem, Secret, Webhook, WebhookDelivery, WebhookDeliveryId, WebhookEvent,
    WebhookId,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Answer, Private, Secretive,
    extract::{Asked, Id, Said, Words},
    page::ListPage,
};
use crate::{failure::Result, identify::SignedIn};

/// A webhook to be made.
#[derive(Deserialize, ToSchema)]
#[schema(examples(json!({ "name": "Billing", "url": "https://hooks.example.com/satchel", "events": ["asset.created"] })))]
#[serde(deny_unknown_fields)]
pub struct CreateWebhook {
    name: PersonName,
    /// An `https` address of at most 2 000 characters, open to all.
    url: String,
    /// What it is told of; everything when empty or absent.
    #[serde(default)]
    events: Vec<WebhookEvent>,
}

/// What about a webhook changes; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[schema(examples(json!({ "enabled": false })))]
#[serde(deny_unknown_fields)]
pub struct UpdateWebhook {
    name: Option<PersonName>,
    /// An `https` address of at most 2 000 characters, open to all.
    url: Option<String>,
    /// What it is told of; everything when empty.
    events: Option<Vec<WebhookEvent>>,
    /// Whether it is told of anything; switched on again, of what happens from then on.
    enabled: Option<bool>,
}

/// A webhook with its new secret.
#[derive(Serialize, ToSchema)]
pub struct SecretWebhook {
    #[serde(flatten)]
    webhook: Webhook,
    /// What its messages are signed with; shown once and never again.
    secret: Secret,
}

/// Lists the account's webhooks, newest first.
#[utoipa::path(get, path = "/webhooks", tag = "webhooks", params(ListPage),
    responses((status = 200, body = Page<Webhook>)))]
pub async fn list_webhooks(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Asked(page): Asked<ListPage>,
) -> Answer<Page<Webhook>> {
    let (cursor, limit) = page.read()?;
    let page = library.list_webhooks(&actor, cursor.as_ref(), limit);
    Ok(Private(page.await?))
}

/// Makes a webhook, which is told of what happens from now on; its secret is in this answer alone.
///
/// An account has at most 100.
#[utoipa::path(post, path = "/webhooks", tag = "webhooks", request_body = CreateWebhook,
    responses((status = 201, body = SecretWebhook)))]
pub async fn create_webhook(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Said(webhook): Said<CreateWebhook>,
) -> Result<(StatusCode, Secretive<SecretWebhook>)> {
    let webhook = NewWebhook {
        name: webhook.name,
        url: webhook.url,
        events: webhook.events,
    };
    let (webhook, secret) = library.create_webhook(&actor, webhook).await?;
    let made = SecretWebhook { webhook, secret };
    Ok((StatusCode::CREATED, Secretive(made)))
}

/// Tells of one webhook.
#[utoipa::path(get, path = "/webhooks/{id}", tag = "webhooks", params(("id" = WebhookId, Path)),
    responses((status = 200, body = Webhook)))]
pub async fn get_webhook(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<WebhookId>,
) -> Answer<Webhook> {
    Ok(Private(library.get_webhook(&actor, id).await?))
}

/// Changes a webhook, or switches it off or on.
#[utoipa::path(patch, path = "/webhooks/{id}", tag = "webhooks",
    params(("id" = WebhookId, Path)), request_body = UpdateWebhook,
    responses((status = 200, body = Webhook)))]
pub async fn update_webhook(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<WebhookId>,
    Said(patch): Said<UpdateWebhook>,
) -> Answer<Webhook> {
    let patch = WebhookPatch {
        name: patch.name,
        url: patch.url,
        events: patch.events,
        enabled: patch.enabled,
    };
    let webhook = library.update_webhook(&actor, id, patch);
    Ok(Private(webhook.await?))
}

/// Removes a webhook and the log of what it was told.
#[utoipa::path(delete, path = "/webhooks/{id}", tag = "webhooks",
    params(("id" = WebhookId, Path)), responses((status = 204)))]
pub async fn delete_webhook(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<WebhookId>,
) -> Result<StatusCode> {
    library.delete_webhook(&actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives a webhook another secret, in this answer alone; for a day its messages are signed with
/// both.
#[utoipa::path(post, path = "/webhooks/{id}/rotate-secret", tag = "webhooks",
    params(("id" = WebhookId, Path)), responses((status = 200, body = SecretWebhook)))]
pub async fn rotate_webhook_secret(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<WebhookId>,
) -> Result<Secretive<SecretWebhook>> {
    let (webhook, secret) = library.rotate_webhook_secret(&actor, id).await?;
    Ok(Secretive(SecretWebhook { webhook, secret }))
}

/// Sends a webhook a message of the type `webhook.test`; the log tells what came of it.
#[utoipa::path(post, path = "/webhooks/{id}/test", tag = "webhooks",
    params(("id" = WebhookId, Path)), responses((status = 201, body = WebhookDelivery)))]
pub async fn test_webhook(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<WebhookId>,
) -> Result<(StatusCode, Private<WebhookDelivery>)> {
    let delivery = library.test_webhook(&actor, id).await?;
    Ok((StatusCode::CREATED, Private(delivery)))
}

/// Lists what a webhook was told and is to be told, newest first.
///
/// What is over stays for 30 days.
#[utoipa::path(get, path = "/webhooks/{id}/deliveries", tag = "webhooks",
    params(("id" = WebhookId, Path), ListPage),
    responses((status = 200, body = Page<WebhookDelivery>)))]
pub async fn list_webhook_deliveries(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<WebhookId>,
    Asked(page): Asked<ListPage>,
) -> Answer<Page<WebhookDelivery>> {
    let (cursor, limit) = page.read()?;
    let page = library.list_webhook_deliveries(&actor, id, cursor.as_ref(), limit);
    Ok(Private(page.await?))
}

/// Tells a webhook once more what it was told, under the same `webhook-id`.
#[utoipa::path(post, path = "/webhooks/{id}/deliveries/{delivery}/replay", tag = "webhooks",
    params(("id" = WebhookId, Path), ("delivery" = WebhookDeliveryId, Path)),
    responses((status = 201, body = WebhookDelivery)))]
pub async fn replay_webhook_delivery(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Words((id, delivery)): Words<(String, String)>,
) -> Result<(StatusCode, Private<WebhookDelivery>)> {
    let id = id.parse().map_err(|_| Problem::not_found())?;
    let delivery = delivery.parse().map_err(|_| Problem::not_found())?;
    let again = library.replay_webhook_delivery(&actor, id, delivery);
    Ok((StatusCode::CREATED, Private(again.await?)))
}
