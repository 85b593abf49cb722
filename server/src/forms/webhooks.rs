//! What administrators change about webhooks, as plain forms.

use axum::{
    Router, extract::State as Extract, http::HeaderValue, response::Response, routing::post,
};
use library::{
    Actor, Library,
    webhooks::{NewWebhook, WebhookPatch},
};
use model::{Problem, Secret, Webhook, WebhookDeliveryId, WebhookEvent, WebhookId};
use serde::Deserialize;

use super::{
    answer::{Fields, back_with, done, see_other},
    settings::About,
};
use crate::{identify::SignedIn, state::State};

const WEBHOOKS: &str = "/settings/webhooks";

/// The forms of webhooks.
pub fn routes() -> Router<State> {
    Router::new()
        .route("/settings/webhooks/create", post(create))
        .route("/settings/webhooks/change", post(change))
        .route("/settings/webhooks/rotate", post(rotate))
        .route("/settings/webhooks/test", post(test))
        .route("/settings/webhooks/enable", post(enable))
        .route("/settings/webhooks/disable", post(disable))
        .route("/settings/webhooks/replay", post(replay))
        .route("/settings/webhooks/delete", post(delete))
}

/// Something a webhook was told.
#[derive(Deserialize)]
struct Replay {
    id: String,
    delivery: String,
}

/// The page of one webhook; an id that makes no sense leads to all.
fn page_of(id: &str) -> String {
    match id.parse::<WebhookId>() {
        Ok(id) => format!("{WEBHOOKS}/{id}"),
        Err(_) => WEBHOOKS.to_owned(),
    }
}

/// Each box that is ticked is a field of its own.
async fn create(
    Extract(state): Extract<State>,
    SignedIn(actor): SignedIn,
    Fields(form): Fields<Vec<(String, String)>>,
) -> Response {
    let made = async {
        let new = NewWebhook {
            name: field(&form, "name").parse()?,
            url: field(&form, "url").to_owned(),
            events: chosen(&form)?,
        };
        Ok(state.library.create_webhook(&actor, new).await?)
    };
    show_secret(&state, WEBHOOKS, made.await)
}

/// All that the form says holds from then on, also that no box is ticked.
async fn change(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Fields(form): Fields<Vec<(String, String)>>,
) -> Response {
    let id = field(&form, "id");
    let work = async {
        let patch = WebhookPatch {
            name: Some(field(&form, "name").parse()?),
            url: Some(field(&form, "url").to_owned()),
            events: Some(chosen(&form)?),
            enabled: None,
        };
        let id = id.parse().map_err(|_| Problem::not_found())?;
        library.update_webhook(&actor, id, patch).await?;
        Ok(())
    };
    done(&page_of(id), work.await)
}

fn field<'a>(form: &'a [(String, String)], name: &str) -> &'a str {
    let found = form.iter().find(|(key, _)| key == name);
    found.map_or("", |(_, value)| value.as_str())
}

fn chosen(form: &[(String, String)]) -> Result<Vec<WebhookEvent>, Problem> {
    let unknown = |_| Problem::invalid("event", "This is not an event of webhooks.");
    let ticked = form.iter().filter(|(name, _)| name == "event");
    ticked
        .map(|(_, word)| word.parse().map_err(unknown))
        .collect()
}

async fn rotate(
    Extract(state): Extract<State>,
    SignedIn(actor): SignedIn,
    Fields(form): Fields<About>,
) -> Response {
    let made = async {
        let rotated = state.library.rotate_webhook_secret(&actor, form.id()?);
        Ok(rotated.await?)
    };
    show_secret(&state, WEBHOOKS, made.await)
}

/// Leads to the page that shows a secret once; no address and no log ever has it.
fn show_secret(state: &State, page: &str, made: Result<(Webhook, Secret), Problem>) -> Response {
    match made {
        Ok((webhook, secret)) => {
            let page = format!("{WEBHOOKS}/{}", webhook.id);
            let cookie = secret_cookie(&page, &secret, state.links.is_https());
            see_other(&page, cookie)
        }
        Err(problem) => back_with(page, &problem),
    }
}

/// For the page of its webhook alone: on that of another it would pass for the secret of that one.
fn secret_cookie(page: &str, secret: &Secret, https: bool) -> Option<HeaderValue> {
    let name = app::api::webhooks::SECRET_COOKIE;
    let secret = secret.expose();
    let secure = if https { "; Secure" } else { "" };
    let text =
        format!("{name}={secret}; Path={page}; Max-Age=60; HttpOnly; SameSite=Strict{secure}");
    let mut header = HeaderValue::from_str(&text).ok()?;
    header.set_sensitive(true);
    Some(header)
}

async fn test(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Fields(form): Fields<About>,
) -> Response {
    let work = async {
        let id: WebhookId = form.id()?;
        library.test_webhook(&actor, id).await?;
        Ok(id)
    };
    back(work.await)
}

async fn enable(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Fields(form): Fields<About>,
) -> Response {
    let on = WebhookPatch {
        enabled: Some(true),
        ..WebhookPatch::default()
    };
    back(switch(&library, &actor, &form, on).await)
}

async fn disable(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Fields(form): Fields<About>,
) -> Response {
    let off = WebhookPatch {
        enabled: Some(false),
        ..WebhookPatch::default()
    };
    back(switch(&library, &actor, &form, off).await)
}

async fn switch(
    library: &Library,
    actor: &Actor,
    form: &About,
    patch: WebhookPatch,
) -> Result<WebhookId, Problem> {
    let changed = library.update_webhook(actor, form.id()?, patch);
    Ok(changed.await?.id)
}

/// Leads back to a webhook, or says to all of them what went wrong.
fn back(outcome: Result<WebhookId, Problem>) -> Response {
    match outcome {
        Ok(id) => done(&format!("{WEBHOOKS}/{id}"), Ok(())),
        Err(problem) => back_with(WEBHOOKS, &problem),
    }
}

async fn replay(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Fields(form): Fields<Replay>,
) -> Response {
    let work = async {
        let id: WebhookId = form.id.parse().map_err(|_| Problem::not_found())?;
        let delivery: WebhookDeliveryId =
            form.delivery.parse().map_err(|_| Problem::not_found())?;
        library
            .replay_webhook_delivery(&actor, id, delivery)
            .await?;
        Ok(())
    };
    done(&page_of(&form.id), work.await)
}

async fn delete(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Fields(form): Fields<About>,
) -> Response {
    let work = async {
        let id: WebhookId = form.id()?;
        Ok(library.delete_webhook(&actor, id).await?)
    };
    done(WEBHOOKS, work.await)
}
