//! The people of the account, and who is invited.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{Cursor, Invitation, Role, User, UserId};

use super::when::exact;
use super::{button, further, page};
use crate::api::settings::{People, list_people};
use crate::text::use_text;

/// The people of the account.
#[component]
pub fn PeoplePage() -> impl IntoView {
    let params = use_query_map();
    let cursor = move || params.with(|params| params.get("cursor").map(Cursor));
    let found = Resource::new(cursor, list_people);
    page(use_text().settings.people, found, |people: People| {
        let next = people.page.next_cursor.clone();
        view! {
            {people.link.map(link)}
            {invite()}
            {invitations(&people.invitations)}
            {list(&people.page.items, people.own)}
            {next.map(|cursor| further("/settings/people?", &cursor))}
        }
    })
}

/// A link that was made just now.
pub fn link(link: String) -> impl IntoView {
    let words = &use_text().settings;
    view! {
        <section class="link">
            <label>
                {words.link} <input type="text" readonly=true value=link autocomplete="off" />
            </label>
            <p class="hint">{words.link_made}</p>
        </section>
    }
}

fn invite() -> impl IntoView {
    let text = use_text();
    view! {
        <section>
            <h2>{text.settings.invite}</h2>
            <form class="line" method="post" action="/settings/people/invite">
                <label>
                    {text.entry().email}
                    <input type="email" name="email" required=true autocomplete="off" />
                </label>
                <label>{text.settings.role} {roles(Role::Agent)}</label>
                <button type="submit" class="primary">
                    {text.settings.invite_now}
                </button>
            </form>
        </section>
    }
}

/// A choice of roles.
pub fn roles(chosen: Role) -> impl IntoView {
    let text = use_text();
    let options = [Role::Agent, Role::Administrator].map(|role| {
        view! {
            <option value=role.as_str() selected={role == chosen}>
                {text.role(role)}
            </option>
        }
    });
    view! { <select name="role">{options.into_iter().collect_view()}</select> }
}

fn invitations(invitations: &[Invitation]) -> Option<impl IntoView + use<>> {
    let text = use_text();
    let words = &text.settings;
    let rows: Vec<_> = invitations
        .iter()
        .map(|invited| {
            view! {
                <li>
                    <span class="what">
                        <strong>{invited.email.to_string()}</strong>
                        <span>
                            {text.role(invited.role)} " · " {words.invited_until} " "
                            {exact(invited.expires_at)}
                        </span>
                        {invited
                            .refused_at
                            .map(|_| view! { <span>{words.not_accepted}</span> })}
                    </span>
                    {button("/settings/people/withdraw", &invited.id.to_string(), words.withdraw)}
                </li>
            }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section>
                <h2>{words.invitations}</h2>
                <ul class="rows">{rows}</ul>
            </section>
        }
    })
}

fn list(users: &[User], own: Option<UserId>) -> impl IntoView + use<> {
    let words = &use_text().settings;
    let rows: Vec<_> = users.iter().map(|user| person(user, own)).collect();
    view! {
        <section>
            <h2>{words.people}</h2>
            <ul class="rows">{rows}</ul>
        </section>
    }
}

fn person(user: &User, own: Option<UserId>) -> impl IntoView + use<> {
    let text = use_text();
    let is_own = own == Some(user.id);
    view! {
        <li>
            <span class="what">
                <a href=format!("/settings/people/{}", user.id)>
                    <strong dir="auto">{user.name.clone()}</strong>
                </a>
                <span>{user.email.to_string()} " · " {text.role(user.role)}</span>
            </span>
            {is_own.then(|| view! { <span class="mark">{text.settings.you}</span> })}
            {marks(user)}
        </li>
    }
}

/// What is special about a person.
pub fn marks(user: &User) -> impl IntoView + use<> {
    let words = &use_text().settings;
    let marks = [
        user.operator.then_some(words.operator),
        user.disabled_at.map(|_| words.disabled),
    ];
    marks
        .into_iter()
        .flatten()
        .map(|mark| view! { <span class="mark">{mark}</span> })
        .collect_view()
}
