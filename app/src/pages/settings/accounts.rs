//! All accounts, for operators.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{Account, Cursor, Page};

use super::{further, page};
use crate::api::settings::list_accounts;
use crate::text::use_text;

/// All accounts.
#[component]
pub fn AccountsPage() -> impl IntoView {
    let params = use_query_map();
    let cursor = move || params.with(|params| params.get("cursor").map(Cursor));
    let found = Resource::new(cursor, list_accounts);
    page(
        use_text().settings.accounts,
        found,
        |page: Page<Account>| {
            let rows: Vec<_> = page.items.iter().map(row).collect();
            let next = page.next_cursor.clone();
            view! {
                {new_account()}
                <section>
                    <ul class="rows">{rows}</ul>
                </section>
                {next.map(|cursor| further("/operator/accounts?", &cursor))}
            }
        },
    )
}

fn new_account() -> impl IntoView {
    let text = use_text();
    view! {
        <section>
            <h2>{text.settings.new_account}</h2>
            <form class="line" method="post" action="/operator/accounts">
                <label>
                    {text.settings.account_name}
                    <input type="text" name="name" required=true autocomplete="off" />
                </label>
                <button type="submit" class="primary">
                    {text.general.create}
                </button>
            </form>
        </section>
    }
}

fn row(account: &Account) -> impl IntoView + use<> {
    let text = use_text();
    let words = &text.settings;
    let quota = account.limits.quota;
    let quota = quota.map_or(words.no_limit.to_owned(), |quota| text.size(quota));
    let off =
        (!account.library_enabled).then(|| view! { <span class="mark">{words.library_off}</span> });
    view! {
        <li>
            <span class="what">
                <a href=format!("/operator/accounts/{}", account.id)>
                    <strong dir="auto">{account.name.clone()}</strong>
                </a>
                <span>{words.of_quota} ": " {quota}</span>
            </span>
            {off}
        </li>
    }
}
