//! What the storage is used for: by kind, in the archive and in the trash, and by oneself.

use leptos::prelude::*;
use model::{ByteSize, Meter, Usage};

use super::desk::Desk;
use super::meter::words;
use crate::api::Failure;
use crate::api::settings::get_usage;
use crate::browser::newest::Newest;
use crate::browser::page;
use crate::components::Notice;
use crate::parts::part;
use crate::text::{Word, use_text};

/// The name of the part.
pub const PART: &str = "breakdown";

const POPOVER: &str = "breakdown";

part! { breakdown, load;
    pub fn breakdown(desk: Desk, open: RwSignal<bool>) -> AnyView {
        popover(desk, open)
    }
}

/// The breakdown over the page; closed by a click beside it, by Escape or by its button.
fn popover(desk: Desk, open: RwSignal<bool>) -> AnyView {
    let text = use_text();
    let usage = use_usage(desk);
    page::show_popover_soon(POPOVER);
    view! {
        <div
            id=POPOVER
            class="breakdown"
            popover="auto"
            role="dialog"
            aria-labelledby="breakdown-title"
            on:toggle=move |event| {
                if page::is_closed_popover(&event) {
                    open.set(false);
                }
            }
        >
            <h2 id="breakdown-title" tabindex="-1" autofocus>
                {text.details().storage}
            </h2>
            {move || match usage.get() {
                None => view! { <p>{text.general.loading}</p> }.into_any(),
                Some(Ok(usage)) => figures(&usage),
                Some(Err(failure)) => view! { <Notice text=text.problem(&failure.0) /> }.into_any(),
            }}
            <a class="link" href="/settings/storage" rel="external">
                {text.details().free_room}
            </a>
        </div>
    }
    .into_any()
}

/// What holds the room, asked for anew whenever the meter moves, so that both always say the same.
fn use_usage(desk: Desk) -> RwSignal<Option<Result<Usage, Failure>>> {
    let known = RwSignal::new(None);
    let asked = Newest::default();
    Effect::new(move |_| {
        desk.usage.track();
        asked.ask(get_usage(), move |answer| known.set(Some(answer)));
    });
    known
}

fn figures(usage: &Usage) -> AnyView {
    let text = use_text();
    let told = text.details();
    let account = Meter {
        used: usage.used,
        reserved: usage.reserved,
        quota: usage.quota,
    };
    let kinds: Vec<_> = usage
        .kinds
        .iter()
        .map(|kind| line(text.kind(kind.kind), kind.size))
        .collect();
    let own = usage.own.as_ref().map(|own| {
        view! { <p class="own">{told.you_brought} ": " {words(own)}</p> }
    });
    view! {
        <p>{words(&account)}</p>
        <dl>{kinds}</dl>
        <dl class="among">
            {line(told.in_archive, usage.archive)} {line(told.in_trash, usage.trash)}
        </dl>
        {own}
    }
    .into_any()
}

fn line(name: Word, size: ByteSize) -> AnyView {
    view! {
        <div>
            <dt>{name}</dt>
            <dd>{use_text().size(size)}</dd>
        </div>
    }
    .into_any()
}
