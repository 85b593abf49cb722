//! The storage meter: used of quota.

use leptos::prelude::*;
use model::{Fullness, Meter as Figures};

use super::breakdown::{self, breakdown};
use super::desk::use_desk;
use crate::parts::later;
use crate::text::use_text;

/// The storage meter: amber from 80 %, red from 95 %; its words open the breakdown.
///
/// Before the page lives, and on small screens, they lead to the page about storage.
#[component]
pub fn Meter() -> impl IntoView {
    let desk = use_desk();
    let usage = desk.usage;
    let open = RwSignal::new(false);
    let warned = desk.me.with_value(|me| me.warned);
    view! {
        <div class="storage">
            <p id="storage-words">
                <a
                    href="/settings/storage"
                    rel="external"
                    aria-haspopup="dialog"
                    on:click=move |event| {
                        // On small screens, where the tree is a drawer, the page itself tells more.
                        if is_wide() {
                            event.prevent_default();
                            open.set(true);
                        }
                    }
                >
                    {move || usage.with(words)}
                </a>
            </p>
            {move || usage.with(bar)}
            {move || warned.then(|| usage.with(warning))}
            {move || open.get().then(|| later(breakdown::PART, move || breakdown(desk, open)))}
        </div>
    }
}

/// Whether the tree stands beside the grid.
fn is_wide() -> bool {
    const BESIDE: f64 = 896.0;
    let width = window().inner_width().ok().and_then(|width| width.as_f64());
    width.is_some_and(|width| width >= BESIDE)
}

fn bar(usage: &Figures) -> Option<impl IntoView + use<>> {
    let percent = usage.percent()?;
    let fullness = usage.fullness();
    Some(view! {
        <div
            class="meter"
            class:amber=(fullness == Fullness::High)
            class:red=(fullness == Fullness::Critical)
            role="meter"
            aria-labelledby="storage-words"
            aria-valuemin="0"
            aria-valuemax="100"
            aria-valuenow=percent
        >
            <span style=format!("width:{percent}%")></span>
        </div>
    })
}

/// What an administrator is told until they say that they have seen it.
fn warning(usage: &Figures) -> Option<impl IntoView + use<>> {
    let fullness = usage.fullness();
    (fullness != Fullness::Fine).then(|| {
        view! {
            <p class="notice">
                <a href="/settings/storage" rel="external">
                    {use_text().room_runs_out(fullness)}
                </a>
            </p>
        }
    })
}

/// The figures in words.
pub fn words(usage: &Figures) -> String {
    let text = use_text();
    let used = text.size(usage.used);
    match usage.quota {
        Some(quota) => text.used_of(&used, &text.size(quota)),
        None => text.used(&used),
    }
}
