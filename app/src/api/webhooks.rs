//! Doors to webhooks.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{Cursor, Page, Webhook, WebhookDelivery, WebhookId};
use serde::{Deserialize, Serialize};

use super::Failure;

/// The cookie that carries a new secret to the page that shows it, for a minute.
pub const SECRET_COOKIE: &str = "satchel-secret";

/// One webhook, and what it was told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhookSeat {
    pub webhook: Webhook,
    pub deliveries: Page<WebhookDelivery>,
    /// A secret that was made just now.
    pub secret: Option<String>,
}

/// A page of the account's webhooks, newest first.
#[server(prefix = "/rpc", endpoint = "list_webhooks", input = Json)]
pub async fn list_webhooks(cursor: Option<Cursor>) -> Result<Page<Webhook>, Failure> {
    use super::context::{actor, library};
    use model::Limit;

    let (library, actor) = (library(), actor()?);
    let page = library.list_webhooks(&actor, cursor.as_ref(), Limit::default());
    Ok(page.await?)
}

/// One webhook, with a page of what it was told.
#[server(prefix = "/rpc", endpoint = "get_webhook", input = Json)]
pub async fn get_webhook(id: WebhookId, cursor: Option<Cursor>) -> Result<WebhookSeat, Failure> {
    use super::context::{actor, cookie, library};
    use model::Limit;

    let (library, actor, secret) = (library(), actor()?, cookie(SECRET_COOKIE));
    let told = library.list_webhook_deliveries(&actor, id, cursor.as_ref(), Limit::default());
    Ok(WebhookSeat {
        deliveries: told.await?,
        webhook: library.get_webhook(&actor, id).await?,
        secret,
    })
}
