//! The settings: a column of pages at the left, the one on show beside it.
//!
//! Everything is read here and changed by plain forms, so it works before and without a script.

mod account;
mod accounts;
mod audit;
mod browser_name;
mod gone;
mod leaving;
mod meter;
mod own_placements;
mod people;
mod person;
mod placements;
mod profile;
mod review;
mod storage;
mod tags;
mod teams;
mod webhook;
mod webhooks;
mod when;

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::{Outlet, Redirect};
use leptos_router::hooks::{use_location, use_query_map};
use model::{ByteSize, Cursor, Session};

use super::missing::Missing;
use super::told::Told;
use crate::api::Failure;
use crate::api::settings::{Seat, get_seat};
use crate::components::Notice;
use crate::query::encode;
use crate::text::{Word, use_text};

pub use account::AccountPage;
pub use accounts::AccountsPage;
pub use audit::AuditPage;
pub use leaving::LeavingPage;
pub use people::PeoplePage;
pub use person::PersonPage;
pub use placements::PlacementsPage;
pub use profile::ProfilePage;
pub use storage::StoragePage;
pub use tags::TagsPage;
pub use teams::TeamsPage;
pub use webhook::WebhookPage;
pub use webhooks::WebhooksPage;

/// The frame around every page of the settings.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let text = use_text();
    let seat = Resource::new(|| (), move |()| get_seat());
    view! {
        <Suspense fallback=move || view! { <p class="waiting">{text.general.loading}</p> }>
            {move || Suspend::new(async move {
                match seat.await {
                    Ok(seat) => frame(seat),
                    Err(failure) if failure.needs_sign_in() => {
                        view! { <Redirect path="/sign-in?next=%2Fsettings%2Fprofile" /> }
                            .into_any()
                    }
                    Err(failure) => refused(&failure),
                }
            })}
        </Suspense>
    }
    .into_any()
}

fn frame(seat: Seat) -> AnyView {
    let text = use_text();
    let words = &text.settings;
    let pages = [
        ("/settings/profile", words.profile, true),
        ("/settings/storage", words.storage, seat.library),
        ("/settings/tags", words.tags, seat.library),
        (
            "/settings/placements",
            text.placements().title,
            seat.library,
        ),
        ("/settings/people", words.people, seat.administers),
        (
            "/settings/teams",
            words.teams,
            seat.library && seat.administers,
        ),
        (
            "/settings/webhooks",
            text.webhooks.title,
            seat.library && seat.administers,
        ),
        ("/settings/audit", words.audit, seat.administers),
        ("/operator/accounts", words.accounts, seat.operates),
    ];
    let links: Vec<_> = pages
        .into_iter()
        .filter(|(_, _, shown)| *shown)
        .map(|(path, name, _)| view! { <li>{link(path, name)}</li> })
        .collect();
    provide_context(seat.clone());
    view! {
        <div class="settings">
            <nav aria-label=text.browse.settings>
                {seat.library.then(|| view! { <a class="back" href="/">{words.back}</a> })}
                <ul>{links}</ul>
                <p class="who">
                    <span dir="auto">{seat.name}</span>
                    <span dir="auto">{seat.account}</span>
                </p>
            </nav>
            <main>
                <Told />
                <Done />
                <Outlet />
            </main>
        </div>
    }
    .into_any()
}

fn link(path: &'static str, name: Word) -> impl IntoView {
    let location = use_location().pathname;
    view! {
        <a
            href=path
            aria-current=move || location.with(|at| at.starts_with(path)).then_some("page")
        >
            {name}
        </a>
    }
}

/// Says that a form did what it should.
#[component]
fn Done() -> impl IntoView {
    let text = use_text();
    let params = use_query_map();
    move || {
        let is_done = params.with(|params| params.get_str("done").is_some());
        is_done.then(|| view! { <p class="done" role="status">{text.settings.done}</p> })
    }
}

/// A page of the settings: its title, and what it shows once that is known.
fn page<T, V>(
    title: Word,
    found: Resource<Result<T, Failure>>,
    show: impl Fn(T) -> V + Copy + Send + Sync + 'static,
) -> AnyView
where
    T: Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let text = use_text();
    view! {
        <Title text=title />
        <h1>{title}</h1>
        <Suspense fallback=move || view! { <p>{text.general.loading}</p> }>
            {move || Suspend::new(async move {
                match found.await {
                    Ok(found) => show(found).into_any(),
                    Err(failure) => refused(&failure),
                }
            })}
        </Suspense>
    }
    .into_any()
}

fn refused(failure: &Failure) -> AnyView {
    let text = use_text();
    match failure.0.status {
        404 => view! { <Missing /> }.into_any(),
        _ => view! { <Notice text=text.problem(&failure.0) /> }.into_any(),
    }
}

/// A button that sends one id along.
fn button(action: &'static str, id: &str, label: Word) -> impl IntoView + use<> {
    let id = id.to_owned();
    view! {
        <form method="post" action=action>
            <input type="hidden" name="id" value=id />
            <button type="submit">{label}</button>
        </form>
    }
}

/// What a session is recognized by.
fn session_words(session: &Session) -> impl IntoView + use<> {
    let text = use_text();
    let words = &text.settings;
    let browser = session.user_agent.clone();
    let name = browser.as_deref().map(browser_name::browser_name);
    let name = name.unwrap_or_else(|| words.unknown_browser.to_owned());
    let ip = session.ip.clone().map(|ip| format!(", {ip}"));
    view! {
        <span class="what">
            <strong title=browser>{name}</strong>
            <span>{words.last_seen} " " {when::ago(session.last_seen_at)} {ip}</span>
        </span>
    }
}

/// A link to the next page of a list.
fn further(address: &str, cursor: &Cursor) -> impl IntoView + use<> {
    let mut address = format!("{address}cursor=");
    encode(&cursor.0, &mut address);
    view! {
        <p>
            <a class="button" href=address>
                {use_text().settings.next}
            </a>
        </p>
    }
}

/// A size as a field has it: one that reads back as itself.
fn quota_text(size: ByteSize) -> String {
    let bytes = size.as_u64();
    let units = [
        (1_000_000_000_000, "TB"),
        (1_000_000_000, "GB"),
        (1_000_000, "MB"),
        (1_000, "KB"),
    ];
    let unit = units
        .into_iter()
        .find(|(unit, _)| bytes > 0 && bytes.is_multiple_of(*unit));
    unit.map_or_else(
        || bytes.to_string(),
        |(unit, name)| format!("{}{name}", bytes / unit),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_reads_back_as_itself() {
        for bytes in [0, 1, 999, 1_000, 1_234_567, 5_000_000, 2_000_000_000] {
            let size = ByteSize::bytes(bytes);
            assert_eq!(quota_text(size).parse(), Ok(size), "{}", quota_text(size));
        }
    }
}
