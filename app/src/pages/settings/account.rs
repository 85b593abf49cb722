//! One account: what it holds, what it may, and what each of its people may. For operators.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::{Account, AccountId, ByteSize, Cursor, Kind, Problem, User};

use super::meter::meter;
use super::own_placements::own_placements;
use super::people::marks;
use super::{further, page, quota_text};
use crate::api::Failure;
use crate::api::settings::{AccountSeat, get_account};
use crate::text::{Word, use_text};

/// One account.
#[component]
pub fn AccountPage() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let asked = move || {
        let id = params.with(|params| params.get("id").and_then(|id| id.parse().ok()));
        (id, query.with(|query| query.get("cursor").map(Cursor)))
    };
    let found = Resource::new(asked, |(id, cursor): (Option<AccountId>, _)| async move {
        match id {
            Some(id) => get_account(id, cursor).await,
            None => Err(Failure(Problem::not_found())),
        }
    });
    page(use_text().settings.accounts, found, |seat: AccountSeat| {
        let words = &use_text().settings;
        let AccountSeat {
            account,
            people,
            placements,
            ..
        } = &seat;
        let more = format!("/operator/accounts/{}?", account.id);
        let next = people.next_cursor.clone();
        view! {
            <p>
                <a class="back" href="/operator/accounts">
                    {words.all_accounts}
                </a>
            </p>
            <h2 class="name" dir="auto">
                {account.name.clone()}
            </h2>
            {meter(words.in_total, &seat.meter)}
            {limits(account)}
            {own_placements(account, placements)}
            {list(account, &people.items)}
            {next.map(|cursor| further(&more, &cursor))}
        }
    })
}

fn limits(account: &Account) -> impl IntoView + use<> {
    let text = use_text();
    let words = &text.settings;
    let limits = &account.limits;
    let largest = Kind::ALL.map(|kind| {
        let label = format!("{}: {}", words.largest_of, text.kind(kind));
        let name = format!("max_{kind}");
        field(label, name, quota_text(limits.max_size.of(kind)))
    });
    let size = |size: Option<ByteSize>| size.map(quota_text).unwrap_or_default();
    let action = format!("/operator/accounts/{}", account.id);
    view! {
        <section>
            <h2>{words.limits}</h2>
            <form class="fields" method="post" action=action>
                {field(words.of_quota.to_owned(), "quota".to_owned(), size(limits.quota))}
                {field(
                    words.user_quota.to_owned(),
                    "user_quota".to_owned(),
                    size(limits.user_quota),
                )}
                <p class="hint">{words.quota_hint}</p>
                {largest.into_iter().collect_view()}
                {number(words.folder_images, "folder_images", limits.folder_images)}
                {number(words.retention_days, "retention_days", limits.retention_days)}
                {number(words.audit_days, "audit_days", limits.audit_days)}
                {number(words.max_assets, "max_assets", limits.max_assets)}
                <label class="check">
                    <input type="checkbox" name="library" checked=account.library_enabled />
                    {words.library_on}
                </label>
                <button type="submit" class="primary">
                    {text.general.save}
                </button>
            </form>
        </section>
    }
}

fn field(label: String, name: String, value: String) -> impl IntoView {
    view! {
        <label>
            {label} <input type="text" name=name value=value autocomplete="off" />
        </label>
    }
}

fn number(label: Word, name: &'static str, value: u32) -> impl IntoView {
    view! {
        <label>
            {label}
            <input
                type="text"
                inputmode="numeric"
                name=name
                value=value.to_string()
                required=true
                autocomplete="off"
            />
        </label>
    }
}

fn list(account: &Account, users: &[User]) -> impl IntoView + use<> {
    let words = &use_text().settings;
    let rows: Vec<_> = users.iter().map(|user| person(account, user)).collect();
    let is_empty = rows.is_empty();
    view! {
        <section>
            <h2>{words.people}</h2>
            {if is_empty {
                view! { <p class="hint">{words.no_people}</p> }.into_any()
            } else {
                view! { <ul class="rows">{rows}</ul> }.into_any()
            }}
        </section>
    }
}

/// A person, and a figure of their own.
fn person(account: &Account, user: &User) -> impl IntoView + use<> {
    let text = use_text();
    let words = &text.settings;
    let own = user.quota.map(quota_text).unwrap_or_default();
    let action = format!("/operator/accounts/{}/quota", account.id);
    let label = format!("{}: {}", words.may_bring, user.name);
    view! {
        <li>
            <span class="what">
                <strong dir="auto">{user.name.clone()}</strong>
                <span>{user.email.to_string()} ", " {text.role(user.role)}</span>
            </span>
            {marks(user)}
            <form class="line" method="post" action=action>
                <input type="hidden" name="id" value=user.id.to_string() />
                <input
                    class="short"
                    type="text"
                    name="quota"
                    value=own
                    placeholder=words.as_everybody
                    autocomplete="off"
                    aria-label=label
                />
                <button type="submit">{text.general.save}</button>
            </form>
        </li>
    }
}
