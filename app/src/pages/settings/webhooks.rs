//! The account's webhooks: which programs are told of what happens.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{Cursor, Page, Webhook, WebhookEvent};

use super::page;
use crate::api::webhooks::list_webhooks;
use crate::text::use_text;

/// The account's webhooks.
#[component]
pub fn WebhooksPage() -> impl IntoView {
    let params = use_query_map();
    let cursor = move || params.with(|params| params.get("cursor").map(Cursor));
    let found = Resource::new(cursor, list_webhooks);
    page(
        use_text().webhooks.title,
        found,
        |webhooks: Page<Webhook>| {
            let next = webhooks.next_cursor.clone();
            view! {
                <p class="hint">{use_text().webhooks.about}</p>
                {list(&webhooks.items)}
                {next.map(|cursor| super::further("/settings/webhooks?", &cursor))}
                {create()}
            }
        },
    )
}

fn list(webhooks: &[Webhook]) -> AnyView {
    if webhooks.is_empty() {
        return view! { <p>{use_text().webhooks.none}</p> }.into_any();
    }
    let rows: Vec<_> = webhooks.iter().map(row).collect();
    view! { <ul class="rows">{rows}</ul> }.into_any()
}

fn row(webhook: &Webhook) -> impl IntoView + use<> {
    let text = use_text();
    let failing = webhook
        .failing_since
        .map(|_| view! { <span class="mark">{text.webhooks.failing}</span> });
    view! {
        <li>
            <span class="what">
                <a href=format!("/settings/webhooks/{}", webhook.id)>
                    <strong dir="auto">{webhook.name.clone()}</strong>
                </a>
                <span>{webhook.url.clone()}</span>
            </span>
            {failing}
            <span class="mark">{text.webhook_state(webhook.state)}</span>
        </li>
    }
}

fn create() -> impl IntoView {
    let words = &use_text().webhooks;
    view! {
        <section>
            <h2>{words.new}</h2>
            <form class="column" method="post" action="/settings/webhooks/create">
                {fields(None)} <button type="submit" class="primary">
                    {words.make}
                </button>
            </form>
        </section>
    }
}

/// What is said of a webhook, as one says it already.
pub(super) fn fields(webhook: Option<&Webhook>) -> impl IntoView + use<> {
    let text = use_text();
    let words = &text.webhooks;
    let name = webhook.map(|webhook| webhook.name.clone());
    let url = webhook.map(|webhook| webhook.url.clone());
    let told = webhook.map(|webhook| webhook.events.clone());
    let told = told.unwrap_or_default();
    let events = WebhookEvent::ALL.into_iter();
    let boxes: Vec<_> = events
        // Tests are sent to every webhook; a program may have one that is told of nothing else.
        .filter(|event| *event != WebhookEvent::WebhookTest || told.contains(event))
        .map(|event| {
            view! {
                <label class="check">
                    <input
                        type="checkbox"
                        name="event"
                        value=event.as_str()
                        checked=told.contains(&event)
                    />
                    <code>{event.as_str()}</code>
                </label>
            }
        })
        .collect();
    view! {
        <label>
            {text.settings.name}
            <input
                type="text"
                name="name"
                value=name
                required=true
                maxlength="100"
                autocomplete="off"
            />
        </label>
        <label>
            {words.address}
            <input
                type="url"
                name="url"
                value=url
                required=true
                maxlength="2000"
                placeholder="https://"
                autocomplete="off"
                aria-describedby="address-hint"
            />
        </label>
        <p class="hint" id="address-hint">
            {words.address_hint}
        </p>
        <fieldset class="boxes" aria-describedby="events-hint">
            <legend>{words.events}</legend>
            {boxes}
        </fieldset>
        <p class="hint" id="events-hint">
            {words.events_hint}
        </p>
    }
}
