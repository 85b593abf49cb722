//! The storage meter: used of quota.

use leptos::prelude::*;
use model::Meter as Figures;

use super::desk::use_desk;
use crate::text::use_text;

/// The storage meter: amber from 80 %, red from 95 %.
#[component]
pub fn Meter() -> impl IntoView {
    let usage = use_desk().usage;
    view! {
        <div class="storage">
            <p id="storage-words">
                <a href="/settings/storage" rel="external">{move || usage.with(words)}</a>
            </p>
            {move || {
                usage
                    .with(percent)
                    .map(|percent| {
                        view! {
                            <div
                                class="meter"
                                class:amber=(80..95).contains(&percent)
                                class:red=(percent >= 95)
                                role="meter"
                                aria-labelledby="storage-words"
                                aria-valuemin="0"
                                aria-valuemax="100"
                                aria-valuenow=percent
                            >
                                <span style=format!("width:{percent}%")></span>
                            </div>
                        }
                    })
            }}
        </div>
    }
}

fn words(usage: &Figures) -> String {
    let text = use_text();
    let used = text.size(usage.used);
    match usage.quota {
        Some(quota) => text.used_of(&used, &text.size(quota)),
        None => text.used(&used),
    }
}

/// Used of quota in whole percents; more than nothing is at least one.
fn percent(usage: &Figures) -> Option<u64> {
    let quota = usage.quota?.as_u64().max(1);
    let used = usage.used.as_u64();
    let percent = u128::from(used) * 100 / u128::from(quota);
    Some(
        u64::try_from(percent)
            .unwrap_or(100)
            .clamp(u64::from(used > 0), 100),
    )
}
