//! All accounts and what they may: for operators.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{Account, ByteSize, Cursor, Kind, Page};

use super::page;
use crate::api::settings::list_accounts;
use crate::text::{Word, use_text};

/// All accounts and what they may.
#[component]
pub fn AccountsPage() -> impl IntoView {
    let params = use_query_map();
    let cursor = move || params.with(|params| params.get("cursor").map(Cursor));
    let found = Resource::new(cursor, list_accounts);
    page(
        use_text().settings.accounts,
        found,
        |page: Page<Account>| {
            let forms: Vec<_> = page.items.iter().map(account).collect();
            let next = page.next_cursor.clone();
            view! {
                {new_account()}
                {forms}
                {next.map(|cursor| super::audit::further("/operator/accounts?", &cursor))}
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

fn account(account: &Account) -> impl IntoView + use<> {
    let text = use_text();
    let words = &text.settings;
    let limits = &account.limits;
    let largest = Kind::ALL.map(|kind| {
        let label = format!("{}: {}", words.largest_of, text.kind(kind));
        let name = format!("max_{kind}");
        text_field(label, name, exact(limits.max_size.of(kind)))
    });
    let size = |size: Option<ByteSize>| size.map(exact).unwrap_or_default();
    let action = format!("/operator/accounts/{}", account.id);
    view! {
        <details class="account">
            <summary>
                <strong dir="auto">{account.name.clone()}</strong>
                <span>
                    {limits.quota.map_or(words.no_limit.to_owned(), |quota| text.size(quota))}
                </span>
            </summary>
            <form class="fields" method="post" action=action>
                {text_field(words.of_quota.to_owned(), "quota".to_owned(), size(limits.quota))}
                {text_field(
                    words.user_quota.to_owned(),
                    "user_quota".to_owned(),
                    size(limits.user_quota),
                )}
                <p class="hint">{words.quota_hint}</p>
                {largest.into_iter().collect_view()}
                {number(words.folder_images, "folder_images", limits.folder_images)}
                {number(words.retention_days, "retention_days", limits.retention_days)}
                {number(words.audit_days, "audit_days", limits.audit_days)}
                <label class="check">
                    <input type="checkbox" name="library" checked=account.library_enabled />
                    {words.library_on}
                </label>
                <button type="submit" class="primary">
                    {text.general.save}
                </button>
            </form>
        </details>
    }
}

fn text_field(label: String, name: String, value: String) -> impl IntoView {
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
            <input type="text" inputmode="numeric" name=name value=value.to_string() required=true />
        </label>
    }
}

/// A size that reads back as itself.
fn exact(size: ByteSize) -> String {
    let bytes = size.as_u64();
    let units = [
        (1_000_000_000_000, "TB"),
        (1_000_000_000, "GB"),
        (1_000_000, "MB"),
        (1_000, "KB"),
    ];
    let unit = units
        .into_iter()
        .find(|(unit, _)| bytes > 0 && bytes % unit == 0);
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
            assert_eq!(exact(size).parse(), Ok(size), "{}", exact(size));
        }
    }
}
