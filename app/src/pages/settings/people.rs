//! The people of the account: invited, given a role, let back in, switched off.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{Cursor, Invitation, Role, User, UserId};

use super::{button, page, session_words};
use crate::api::settings::{People, list_people, list_sessions_of};
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
            {next.map(|cursor| super::audit::further("/settings/people?", &cursor))}
            <Sessions />
        }
    })
}

/// A link that was made just now.
fn link(link: String) -> impl IntoView {
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
                    {text.entry.email}
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

fn roles(chosen: Role) -> impl IntoView {
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
            let until = format!("{} {}", words.invited_until, text.day(invited.expires_at));
            view! {
                <li>
                    <span class="what">
                        <strong>{invited.email.to_string()}</strong>
                        <span>{text.role(invited.role)} ", " {until}</span>
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
    let words = &text.settings;
    let is_own = own == Some(user.id);
    let marks = [
        user.operator.then_some(words.operator),
        user.disabled_at.map(|_| words.disabled),
    ];
    let marks: Vec<_> = marks
        .into_iter()
        .flatten()
        .map(|mark| view! { <span class="mark">{mark}</span> })
        .collect();
    view! {
        <li>
            <span class="what">
                <strong dir="auto">{user.name.clone()}</strong>
                <span>{user.email.to_string()} ", " {text.role(user.role)}</span>
            </span>
            {marks}
            {(!is_own).then(|| deeds(user))}
        </li>
    }
}

/// What an administrator may do about a colleague.
fn deeds(user: &User) -> impl IntoView + use<> {
    let words = &use_text().settings;
    let id = user.id.to_string();
    let is_on = user.disabled_at.is_none();
    let switch = if is_on {
        button("/settings/people/disable", &id, words.disable).into_any()
    } else {
        button("/settings/people/enable", &id, words.enable).into_any()
    };
    view! {
        <div class="deeds">
            <form method="post" action="/settings/people/role">
                <input type="hidden" name="id" value=id.clone() />
                <label>
                    <span class="hidden">{words.role}</span>
                    {roles(user.role)}
                </label>
                <button type="submit">{words.save_role}</button>
            </form>
            {is_on.then(|| button("/settings/people/reset", &id, words.reset))}
            <a class="button" href=format!("/settings/people?sessions={id}")>
                {words.sessions_of}
            </a>
            {switch}
        </div>
    }
}

/// The sessions of the person the address names.
#[component]
fn Sessions() -> impl IntoView {
    let words = &use_text().settings;
    let params = use_query_map();
    let asked = move || {
        params.with(|params| {
            params
                .get("sessions")
                .and_then(|id| id.parse::<UserId>().ok())
        })
    };
    let found = Resource::new(asked, |asked| async move {
        match asked {
            Some(id) => list_sessions_of(id).await.ok().map(|list| (id, list)),
            None => None,
        }
    });
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                found
                    .await
                    .map(|(id, sessions)| {
                        let rows: Vec<_> = sessions
                            .iter()
                            .map(|session| view! { <li>{session_words(session)}</li> })
                            .collect();
                        view! {
                            <section>
                                <h2>{words.sessions_of}</h2>
                                <ul class="rows">{rows}</ul>
                                {button(
                                    "/settings/people/sign-out",
                                    &id.to_string(),
                                    words.sign_out_everywhere,
                                )}
                            </section>
                        }
                    })
            })}
        </Suspense>
    }
}
