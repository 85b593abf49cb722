//! One webhook: how it does, what it was told, telling again, and telling of something else.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::{
    Cursor, Problem, Webhook, WebhookDelivery, WebhookDeliveryState, WebhookId, WebhookState,
};

use super::{button, further, page, webhooks, when};
use crate::api::Failure;
use crate::api::webhooks::{WebhookSeat, get_webhook};
use crate::text::use_text;

/// One webhook.
#[component]
pub fn WebhookPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let id = move || params.with(|params| params.get("id").and_then(|id| id.parse().ok()));
    let cursor = move || query.with(|query| query.get("cursor").map(Cursor));
    let asked = move || (id(), cursor());
    let found = Resource::new(asked, |(id, cursor): (Option<WebhookId>, _)| async move {
        match id {
            Some(id) => get_webhook(id, cursor).await,
            None => Err(Failure(Problem::not_found())),
        }
    });
    page(use_text().webhooks.title, found, |seat: WebhookSeat| {
        let WebhookSeat {
            webhook,
            deliveries,
            secret,
        } = seat;
        let more = format!("/settings/webhooks/{}?", webhook.id);
        view! {
            <p>
                <a class="back" href="/settings/webhooks">
                    {use_text().webhooks.all}
                </a>
            </p>
            {head(&webhook)}
            {secret.map(fresh)}
            {deeds(&webhook)}
            {told(&webhook, &deliveries.items)}
            {deliveries.next_cursor.as_ref().map(|cursor| further(&more, cursor))}
            {change(&webhook)}
            {remove(&webhook)}
        }
    })
}

fn head(webhook: &Webhook) -> impl IntoView + use<> {
    let text = use_text();
    let words = &text.webhooks;
    let events: Vec<_> = webhook.events.iter().map(|event| event.as_str()).collect();
    let events = match events.as_slice() {
        [] => words.everything.to_owned(),
        events => events.join(", "),
    };
    let failing = webhook
        .failing_since
        .map(|since| view! { <p>{words.failing} ", " {when::ago(since)} "."</p> });
    view! {
        <section>
            <h2 dir="auto">{webhook.name.clone()}</h2>
            <p class="what">
                <span>{webhook.url.clone()}</span>
                <span>{words.events} ": " {events}</span>
            </p>
            <p>{text.webhook_state(webhook.state)}</p>
            {failing}
        </section>
    }
}

/// A secret that was made just now.
fn fresh(secret: String) -> impl IntoView {
    let words = &use_text().webhooks;
    view! {
        <section class="link">
            <label>
                {words.secret} <input type="text" readonly=true value=secret autocomplete="off" />
            </label>
            <p class="hint">{words.secret_made}</p>
        </section>
    }
}

fn deeds(webhook: &Webhook) -> impl IntoView + use<> {
    let words = &use_text().webhooks;
    let id = webhook.id.to_string();
    let is_on = webhook.state == WebhookState::On;
    view! {
        <section>
            <div class="deeds">
                {is_on.then(|| button("/settings/webhooks/test", &id, words.test))}
                {button("/settings/webhooks/rotate", &id, words.rotate)}
                {if is_on {
                    button("/settings/webhooks/disable", &id, words.switch_off)
                } else {
                    button("/settings/webhooks/enable", &id, words.switch_on)
                }}
            </div>
            <p class="hint">{words.rotate_hint}</p>
        </section>
    }
}

fn told(webhook: &Webhook, deliveries: &[WebhookDelivery]) -> impl IntoView + use<> {
    let words = &use_text().webhooks;
    let is_on = webhook.state == WebhookState::On;
    let rows: Vec<_> = deliveries.iter().map(|told| row(told, is_on)).collect();
    let shown = if rows.is_empty() {
        view! { <p class="hint">{words.nothing_told}</p> }.into_any()
    } else {
        view! { <ul class="rows">{rows}</ul> }.into_any()
    };
    view! {
        <section>
            <h2>{words.told}</h2>
            {shown}
        </section>
    }
}

fn row(told: &WebhookDelivery, is_on: bool) -> impl IntoView + use<> {
    let text = use_text();
    let words = &text.webhooks;
    let is_over = told.state != WebhookDeliveryState::Waiting;
    let answer = match told.response_status {
        Some(status) => format!("{} {status}", words.answer),
        None if told.attempts > 0 => words.no_answer.to_owned(),
        None => String::new(),
    };
    let again = (is_on && is_over).then(|| again(told));
    view! {
        <li>
            <span class="what">
                <code>{told.event.as_str()}</code>
                <span>
                    {when::ago(told.created_at)} " · " {text.tries(told.attempts)} " " {answer}
                </span>
            </span>
            <span class="mark">{text.webhook_delivery_state(told.state)}</span>
            {again}
        </li>
    }
}

fn again(told: &WebhookDelivery) -> impl IntoView + use<> {
    view! {
        <form method="post" action="/settings/webhooks/replay">
            <input type="hidden" name="id" value=told.webhook_id.to_string() />
            <input type="hidden" name="delivery" value=told.id.to_string() />
            <button type="submit">{use_text().webhooks.replay}</button>
        </form>
    }
}

/// What is said of it, to be said otherwise.
fn change(webhook: &Webhook) -> impl IntoView + use<> {
    let text = use_text();
    let fields = webhooks::fields(Some(webhook));
    let id = webhook.id.to_string();
    view! {
        <section>
            <details>
                <summary>{text.webhooks.change}</summary>
                <form class="column" method="post" action="/settings/webhooks/change">
                    <input type="hidden" name="id" value=id />
                    {fields} <button type="submit" class="primary">
                        {text.general.save}
                    </button>
                </form>
            </details>
        </section>
    }
}

/// Asks once more before it goes.
fn remove(webhook: &Webhook) -> impl IntoView + use<> {
    let words = &use_text().webhooks;
    let id = webhook.id.to_string();
    view! {
        <section>
            <details>
                <summary>{words.delete}</summary>
                <p>{words.delete_asks}</p>
                {button("/settings/webhooks/delete", &id, words.delete_now)}
            </details>
        </section>
    }
}
