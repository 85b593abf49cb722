//! The pages of a document: one large, the others in a strip, each drawn when it comes in sight.

use std::sync::Arc;

use leptos::ev::KeyboardEvent;
use leptos::html::Div;
use leptos::prelude::*;
use model::preview::Pages;
use model::{Asset, Preset};

use super::words;
use crate::browser::page::focus_child;
use crate::text::use_text;

/// How many pages the strip holds at first, and how many more come at a time.
const BATCH: u32 = 40;

/// Which page is large, and how far the strip goes.
#[derive(Clone, Copy)]
struct Turning {
    page: RwSignal<u32>,
    shown: RwSignal<u32>,
    total: u32,
    strip: NodeRef<Div>,
}

impl Turning {
    /// Goes to a page, and makes the strip as long as that takes.
    fn to(self, page: u32) {
        let page = page.clamp(1, self.total);
        if page > self.shown.get_untracked() {
            self.more();
        }
        self.page.set(page.min(self.shown.get_untracked()));
    }

    fn more(self) {
        let total = self.total;
        self.shown
            .update(|shown| *shown = shown.saturating_add(BATCH).min(total));
    }

    /// Goes where a key leads, the focus with it, and says that the key meant something.
    fn by_key(self, key: &str) -> bool {
        let page = self.page.get_untracked();
        match key {
            "ArrowLeft" | "ArrowUp" => self.to(page - 1),
            "ArrowRight" | "ArrowDown" => self.to(page + 1),
            "Home" => self.to(1),
            "End" => self.to(self.shown.get_untracked()),
            _ => return false,
        }
        // A page that was added just now stands there only after this.
        request_animation_frame(move || {
            if let Some(strip) = self.strip.get_untracked() {
                focus_child(&strip, self.page.get_untracked() - 1);
            }
        });
        true
    }
}

/// A document by its pages, and its words for whoever reads those rather.
pub fn pages(asset: &Arc<Asset>, pages: &Pages) -> AnyView {
    let turning = Turning {
        page: RwSignal::new(1),
        shown: RwSignal::new(pages.total.min(BATCH)),
        total: pages.total,
        strip: NodeRef::new(),
    };
    let strip = (pages.total > 1).then(|| strip(Arc::clone(asset), turning));
    let words = pages.text.as_ref().map(|page| {
        let text = use_text();
        view! {
            <details class="its-words">
                <summary>{text.details().words_of_it}</summary>
                {words::page(page)}
            </details>
        }
    });
    view! { <div class="pages">{sheet(Arc::clone(asset), turning)} {strip} {words}</div> }
        .into_any()
}

/// The page that is large.
fn sheet(asset: Arc<Asset>, turning: Turning) -> AnyView {
    let text = use_text();
    let fails = RwSignal::new(false);
    let source = move || {
        fails.set(false);
        asset.page_path(turning.page.get(), Preset::Preview)
    };
    let named = move || text.page_at(turning.page.get(), turning.total);
    view! {
        <figure class:failed=fails>
            <img src=source alt=named decoding="async" on:error=move |_| fails.set(true) />
            {move || {
                fails.get().then(|| view! { <p role="status">{text.details().page_fails}</p> })
            }}
            <figcaption aria-live="polite">{named}</figcaption>
        </figure>
    }
    .into_any()
}

/// All pages, small and side by side.
fn strip(asset: Arc<Asset>, turning: Turning) -> AnyView {
    let text = use_text();
    let has_more = move || turning.shown.get() < turning.total;
    view! {
        <div
            class="strip"
            node_ref=turning.strip
            role="group"
            aria-label=text.details().pages
            on:keydown=move |event: KeyboardEvent| {
                if turning.by_key(&event.key()) {
                    event.prevent_default();
                }
            }
        >
            <For each=move || 1..=turning.shown.get() key=|page| *page let:page>
                {leaf(&asset, page, turning)}
            </For>
            {move || {
                has_more()
                    .then(|| {
                        view! {
                            <button type="button" class="quiet" on:click=move |_| turning.more()>
                                {text.details().more_pages}
                            </button>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}

fn leaf(asset: &Asset, page: u32, turning: Turning) -> AnyView {
    let text = use_text();
    let is_here = move || turning.page.get() == page;
    view! {
        <button
            type="button"
            class="leaf"
            aria-label=text.page_at(page, turning.total)
            aria-current=move || is_here().then_some("page")
            tabindex=move || if is_here() { "0" } else { "-1" }
            on:click=move |_| turning.to(page)
        >
            <img src=asset.page_path(page, Preset::Thumb) alt="" loading="lazy" decoding="async" />
            <span aria-hidden="true">{page}</span>
        </button>
    }
    .into_any()
}
