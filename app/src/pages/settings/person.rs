//! One person of the account: what they brought, what they may, and where they are signed in.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{ByteSize, Problem, Session, Token, User, UserId};

use super::meter::meter;
use super::people::{link, marks, roles};
use super::{button, page, quota_text, session_words, when};
use crate::api::Failure;
use crate::api::settings::{Person, get_person};
use crate::text::use_text;

/// One person of the account.
#[component]
pub fn PersonPage() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.with(|params| params.get("id").and_then(|id| id.parse().ok()));
    let found = Resource::new(id, |id: Option<UserId>| async move {
        match id {
            Some(id) => get_person(id).await,
            None => Err(Failure(Problem::not_found())),
        }
    });
    page(use_text().settings.people, found, |person: Person| {
        let words = &use_text().settings;
        let Person { user, .. } = &person;
        view! {
            <p>
                <a class="back" href="/settings/people">
                    {words.all_people}
                </a>
            </p>
            {head(user)}
            {person.link.clone().map(link)}
            {meter(words.brought, &person.meter)}
            {quota(user, person.everybody)}
            {(!person.is_own).then(|| role(user))}
            {(!person.is_own).then(|| access(user))}
            {sessions(user, &person.sessions, person.is_own)}
            {(!person.tokens.is_empty()).then(|| tokens(&person.tokens))}
        }
    })
}

fn head(user: &User) -> impl IntoView + use<> {
    let text = use_text();
    let off = user.disabled_at.is_some();
    view! {
        <section>
            <h2 class="name" dir="auto">
                {user.name.clone()}
            </h2>
            <p>
                {user.email.to_string()} ", " {text.role(user.role)} " " {marks(user)}
            </p>
            {off.then(|| view! { <p class="hint">{text.settings.is_disabled}</p> })}
        </section>
    }
}

/// What the person may bring.
fn quota(user: &User, everybody: Option<ByteSize>) -> impl IntoView + use<> {
    let text = use_text();
    let words = &text.settings;
    let own = user.quota.map(quota_text).unwrap_or_default();
    let hint = everybody.map_or(words.no_limit.to_owned(), |quota| text.size(quota));
    view! {
        <section>
            <form class="line" method="post" action="/settings/people/quota">
                <input type="hidden" name="id" value=user.id.to_string() />
                <label>
                    {words.may_bring}
                    <input
                        type="text"
                        name="quota"
                        value=own
                        autocomplete="off"
                        placeholder=words.as_everybody
                        aria-describedby="quota-hint"
                    />
                </label>
                <button type="submit">{text.general.save}</button>
            </form>
            <p class="hint" id="quota-hint">
                {text.may_bring_hint(&hint)}
            </p>
        </section>
    }
}

fn role(user: &User) -> impl IntoView + use<> {
    let words = &use_text().settings;
    view! {
        <section>
            <form class="line" method="post" action="/settings/people/role">
                <input type="hidden" name="id" value=user.id.to_string() />
                <label>{words.role} {roles(user.role)}</label>
                <button type="submit">{words.save_role}</button>
            </form>
        </section>
    }
}

/// Lets the person in again, or not any more.
fn access(user: &User) -> impl IntoView + use<> {
    let words = &use_text().settings;
    let id = user.id.to_string();
    let is_on = user.disabled_at.is_none();
    view! {
        <section>
            <h2>{words.deeds}</h2>
            <div class="deeds">
                {is_on.then(|| button("/settings/people/reset", &id, words.reset))}
                {if is_on {
                    button("/settings/people/disable", &id, words.disable)
                } else {
                    button("/settings/people/enable", &id, words.enable)
                }}
            </div>
        </section>
    }
}

/// Where the person is signed in.
fn sessions(user: &User, sessions: &[Session], is_own: bool) -> impl IntoView + use<> {
    let words = &use_text().settings;
    let id = user.id.to_string();
    let rows: Vec<_> = sessions
        .iter()
        .map(|session| view! { <li>{session_words(session)}</li> })
        .collect();
    let is_anywhere = !rows.is_empty();
    view! {
        <section>
            <h2>{words.sessions_of}</h2>
            {if is_anywhere {
                view! { <ul class="rows">{rows}</ul> }.into_any()
            } else {
                view! { <p class="hint">{words.no_sessions}</p> }.into_any()
            }}
            {(is_anywhere && !is_own)
                .then(|| button("/settings/people/sign-out", &id, words.sign_out_everywhere))}
        </section>
    }
}

/// What programs got from the person, and whether it still opens anything.
fn tokens(tokens: &[Token]) -> impl IntoView + use<> {
    let text = use_text();
    let words = &text.settings;
    let row = |token: &Token| {
        let end = token
            .revoked_at
            .map(|at| view! { ", " {words.revoked} " " {when::ago(at)} });
        view! {
            <li>
                <span class="what">
                    <strong dir="auto">{token.name.clone()}</strong>
                    <span>{text.role(token.role)} ", " {when::ago(token.created_at)} {end}</span>
                </span>
            </li>
        }
    };
    let rows: Vec<_> = tokens.iter().map(row).collect();
    view! {
        <section>
            <h2>{words.tokens_made}</h2>
            <p class="hint">{words.tokens_hint}</p>
            <ul class="rows">{rows}</ul>
        </section>
    }
}
