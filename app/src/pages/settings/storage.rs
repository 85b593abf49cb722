//! What the library holds, who brought it, and what would free most.

use leptos::prelude::*;
use model::{Fullness, KindUsage, Meter, Usage, UserUsage};

use super::meter::meter;
use super::page;
use super::review::review;
use crate::api::settings::{Review, review_storage};
use crate::components::Notice;
use crate::text::use_text;

/// What the library holds, who brought it, and what would free most.
#[component]
pub fn StoragePage() -> impl IntoView {
    let found = Resource::new(|| (), move |()| review_storage());
    page(use_text().settings.storage, found, |found: Review| {
        let words = &use_text().settings;
        let usage = &found.usage;
        let account = Meter {
            used: usage.used,
            reserved: usage.reserved,
            quota: usage.quota,
        };
        view! {
            {warning(&account)}
            {found.warned.then(seen)}
            {meter(words.in_total, &account)}
            {usage.own.as_ref().map(|own| meter(words.own, own))}
            {kinds(usage)}
            {people(&usage.users)}
            {review(&found)}
        }
    })
}

fn kinds(usage: &Usage) -> impl IntoView + use<> {
    let text = use_text();
    let words = &text.settings;
    let rows: Vec<_> = usage.kinds.iter().map(row).collect();
    let total = usage.kinds.iter().map(|kind| kind.count).sum();
    view! {
        <section class="wide" tabindex="0" aria-label=words.used>
            <table>
                <caption>{words.used}</caption>
                <thead>
                    <tr>
                        <th scope="col">{words.kind}</th>
                        <th scope="col">{words.files}</th>
                        <th scope="col">{words.size}</th>
                        <th scope="col">{words.archived}</th>
                        <th scope="col">{words.in_trash}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
                <tfoot>
                    <tr>
                        <th scope="row">{words.in_total}</th>
                        <td>{text.number(total)}</td>
                        <td>{text.size(usage.used)}</td>
                        <td>{text.size(usage.archive)}</td>
                        <td>{text.size(usage.trash)}</td>
                    </tr>
                </tfoot>
            </table>
        </section>
    }
}

fn row(kind: &KindUsage) -> impl IntoView + use<> {
    let text = use_text();
    view! {
        <tr>
            <th scope="row">{text.kind(kind.kind)}</th>
            <td>{text.number(kind.count)}</td>
            <td>{text.size(kind.size)}</td>
            <td>{text.size(kind.archive)}</td>
            <td>{text.size(kind.trash)}</td>
        </tr>
    }
}

/// Says, before anything else, that the room is nearly used up.
fn warning(account: &Meter) -> Option<impl IntoView + use<>> {
    let words = &use_text().settings;
    let said = match account.fullness() {
        Fullness::Fine => return None,
        Fullness::High => words.high,
        Fullness::Critical => words.critical,
    };
    Some(view! { <Notice text=said /> })
}

/// Takes the warning out of the library page.
fn seen() -> impl IntoView {
    view! {
        <form method="post" action="/settings/storage/seen">
            <button type="submit">{use_text().settings.seen}</button>
        </form>
    }
}

fn people(users: &[UserUsage]) -> Option<impl IntoView + use<>> {
    let text = use_text();
    let words = &text.settings;
    let rows: Vec<_> = users
        .iter()
        .map(|user| {
            let quota = user.quota.map(|quota| text.size(quota));
            view! {
                <tr>
                    <th scope="row" dir="auto">
                        <a href=format!("/settings/people/{}", user.user_id)>{user.name.clone()}</a>
                    </th>
                    <td>{text.size(user.used)}</td>
                    <td>{quota.unwrap_or_else(|| words.no_limit.to_owned())}</td>
                </tr>
            }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section>
                <table>
                    <caption>{words.by_person}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{words.name}</th>
                            <th scope="col">{words.used}</th>
                            <th scope="col">{words.of_quota}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </section>
        }
    })
}
