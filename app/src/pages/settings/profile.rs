//! The own name, language and look, what one brought, the password and the browsers one is signed
//! in with.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::{Language, Session, SessionId, Theme};

use super::meter::meter;
use super::{button, page, session_words};
use crate::api::me::{Me, SaveProfile, get_me};
use crate::api::settings::{get_usage, list_own_sessions};
use crate::text::use_text;

/// The own password and the browsers one is signed in with.
#[component]
pub fn ProfilePage() -> impl IntoView {
    let found = Resource::new(|| (), move |()| list_own_sessions());
    page(use_text().settings.profile, found, |(sessions, own)| {
        view! {
            <Own />
            <Brought />
            {password()}
            {list(&sessions, own)}
            <p>
                <a href="/docs/api">{use_text().settings.programs}</a>
            </p>
        }
    })
}

/// The own name, language and look.
#[component]
fn Own() -> impl IntoView {
    let found = Resource::new(|| (), move |()| get_me());
    view! {
        <Suspense>
            {move || Suspend::new(async move { found.await.ok().map(|me| own(&me)) })}
        </Suspense>
    }
}

/// What one brought oneself; nothing where the library is switched off.
#[component]
fn Brought() -> impl IntoView {
    let title = use_text().settings.own;
    let found = Resource::new(|| (), move |()| get_usage());
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let usage = found.await.ok();
                usage.and_then(|usage| usage.own).map(|own| meter(title, &own))
            })}
        </Suspense>
    }
}

fn own(me: &Me) -> impl IntoView + use<> {
    let text = use_text();
    let words = &text.settings;
    let chosen = me.language;
    let languages = Language::ALL.map(|language| {
        view! {
            <option value=language.as_str() selected={chosen == Some(language)}>
                {language.own_name()}
            </option>
        }
    });
    let theme = me.theme;
    let looks = [
        (Theme::System, "system", words.system),
        (Theme::Light, "light", words.light),
        (Theme::Dark, "dark", words.dark),
    ];
    let looks = looks.map(|(look, value, name)| {
        view! {
            <option value=value selected={look == theme}>
                {name}
            </option>
        }
    });
    view! {
        <section>
            <form class="column" method="post" action=SaveProfile::url()>
                <label>
                    {text.entry().your_name}
                    <input
                        type="text"
                        name="name"
                        required=true
                        autocomplete="name"
                        value=me.name.clone()
                    />
                </label>
                <label>
                    {words.language}
                    <select name="language">
                        <option value="" selected={chosen.is_none()}>
                            {words.as_browser}
                        </option>
                        {languages.into_iter().collect_view()}
                    </select>
                </label>
                <label>
                    {words.look} <select name="theme">{looks.into_iter().collect_view()}</select>
                </label>
                <button type="submit" class="primary">
                    {text.general.save}
                </button>
            </form>
        </section>
    }
}

fn password() -> impl IntoView {
    let words = &use_text().settings;
    view! {
        <section>
            <h2>{words.change_password}</h2>
            <form class="column" method="post" action="/settings/profile/password">
                <label>
                    {words.old_password}
                    <input
                        type="password"
                        name="old_password"
                        required=true
                        autocomplete="current-password"
                    />
                </label>
                <label>
                    {words.new_password}
                    <input
                        type="password"
                        name="new_password"
                        required=true
                        autocomplete="new-password"
                    />
                </label>
                <p class="hint">{words.new_password_hint}</p>
                <button type="submit" class="primary">
                    {words.change_password}
                </button>
            </form>
        </section>
    }
}

fn list(sessions: &[Session], own: Option<SessionId>) -> impl IntoView + use<> {
    let words = &use_text().settings;
    let rows: Vec<_> = sessions
        .iter()
        .map(|session| {
            let is_own = own == Some(session.id);
            let id = session.id.to_string();
            view! {
                <li>
                    {session_words(session)}
                    {is_own.then(|| view! { <span class="mark">{words.this_one}</span> })}
                    {(!is_own).then(|| button("/settings/profile/session", &id, words.end))}
                </li>
            }
        })
        .collect();
    view! {
        <section>
            <h2>{words.sessions}</h2>
            <ul class="rows">{rows}</ul>
            <form method="post" action="/settings/profile/sign-out-everywhere">
                <button type="submit">{words.sign_out_everywhere}</button>
            </form>
        </section>
    }
}
