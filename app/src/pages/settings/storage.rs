//! What the library holds, who brought it, and what would free most.

use leptos::prelude::*;
use model::{ByteSize, Fullness, KindUsage, Meter, Usage, UserUsage};

use super::page;
use crate::api::settings::get_usage;
use crate::text::{Word, use_text};

/// What the library holds, who brought it, and what would free most.
#[component]
pub fn StoragePage() -> impl IntoView {
    let found = Resource::new(|| (), move |()| get_usage());
    page(use_text().settings.storage, found, |usage: Usage| {
        let words = &use_text().settings;
        let account = Meter {
            used: usage.used,
            reserved: usage.reserved,
            quota: usage.quota,
        };
        view! {
            {meter(words.in_total, &account)}
            {usage.own.as_ref().map(|own| meter(words.own, own))}
            {kinds(&usage)}
            {review(usage.trash)}
            {people(&usage.users)}
        }
    })
}

fn meter(title: Word, meter: &Meter) -> impl IntoView {
    let text = use_text();
    let used = text.size(meter.used);
    let words = match meter.quota {
        Some(quota) => text.used_of(&used, &text.size(quota)),
        None => text.used(&used),
    };
    let fullness = meter.fullness();
    let bar = meter.quota.map(|quota| {
        let percent = share(meter.used, quota);
        view! {
            <div
                class="meter"
                class:amber=(fullness == Fullness::High)
                class:red=(fullness == Fullness::Critical)
                role="meter"
                aria-label=title
                aria-valuemin="0"
                aria-valuemax="100"
                aria-valuenow=percent
            >
                <span style=format!("width:{percent}%")></span>
            </div>
        }
    });
    view! {
        <section>
            <h2>{title}</h2>
            <p>{words}</p>
            {bar}
        </section>
    }
}

/// A part of a whole in percent.
fn share(part: ByteSize, whole: ByteSize) -> u64 {
    let whole = u128::from(whole.as_u64().max(1));
    let percent = u128::from(part.as_u64()) * 100 / whole;
    u64::try_from(percent).unwrap_or(100).min(100)
}

fn kinds(usage: &Usage) -> impl IntoView + use<> {
    let text = use_text();
    let words = &text.settings;
    let rows: Vec<_> = usage.kinds.iter().map(|kind| row(kind)).collect();
    let total = usage.kinds.iter().map(|kind| kind.count).sum();
    view! {
        <section>
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

/// Where to look for what may go.
fn review(trash: ByteSize) -> impl IntoView {
    let text = use_text();
    let words = &text.settings;
    let trash = format!("{} ({})", words.trash, text.size(trash));
    view! {
        <section>
            <h2>{words.review}</h2>
            <ul class="links">
                <li>
                    <a href="/?sort=largest&view=list">{words.largest}</a>
                </li>
                <li>
                    <a href="/?sort=oldest&view=list">{words.oldest}</a>
                </li>
                <li>
                    <a href="/?state=trashed&sort=largest&view=list">{trash}</a>
                </li>
            </ul>
        </section>
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
                        {user.name.clone()}
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
