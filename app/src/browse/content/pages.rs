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
/// The most that it holds: those at its other end go.
const MOST: u32 = 200;

/// The pages that the strip holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Window {
    first: u32,
    last: u32,
}

impl Window {
    fn at(first: u32, total: u32) -> Self {
        let first = first.clamp(1, total.saturating_sub(BATCH - 1).max(1));
        let last = (first + BATCH - 1).min(total);
        Self { first, last }
    }

    /// The same with a page: longer where that is the next, else somewhere else.
    fn with(self, page: u32, total: u32) -> Self {
        if (self.first..=self.last).contains(&page) {
            self
        } else if page == self.last + 1 {
            self.later(total)
        } else if page + 1 == self.first {
            self.earlier()
        } else {
            Self::at(page.saturating_sub(BATCH / 2), total)
        }
    }

    fn later(self, total: u32) -> Self {
        let last = self.last.saturating_add(BATCH).min(total);
        let first = self.first.max((last + 1).saturating_sub(MOST));
        Self { first, last }
    }

    fn earlier(self) -> Self {
        let first = self.first.saturating_sub(BATCH).max(1);
        let last = self.last.min(first + MOST - 1);
        Self { first, last }
    }
}

/// Which page is large, and which the strip holds.
#[derive(Clone, Copy)]
struct Turning {
    page: RwSignal<u32>,
    window: RwSignal<Window>,
    total: u32,
    strip: NodeRef<Div>,
}

impl Turning {
    /// Goes to a page, and lets the strip hold it.
    fn to(self, page: u32) {
        let page = page.clamp(1, self.total.max(1));
        self.window
            .update(|window| *window = window.with(page, self.total));
        self.page.set(page);
    }

    /// Goes where a key leads, the focus with it, and says that the key meant something.
    fn by_key(self, key: &str) -> bool {
        let page = self.page.get_untracked();
        match key {
            "ArrowLeft" | "ArrowUp" => self.to(page - 1),
            "ArrowRight" | "ArrowDown" => self.to(page + 1),
            "Home" => self.to(1),
            "End" => self.to(self.total),
            _ => return false,
        }
        // A page that was added just now stands there only after this.
        request_animation_frame(move || {
            if let Some(strip) = self.strip.get_untracked() {
                let first = self.window.get_untracked().first;
                // Before the first of them stands the button that brings earlier ones.
                let before = u32::from(first > 1);
                focus_child(&strip, self.page.get_untracked() - first + before);
            }
        });
        true
    }
}

/// A document by its pages, and its words for whoever reads those rather.
pub fn pages(asset: &Arc<Asset>, pages: &Pages) -> AnyView {
    let turning = Turning {
        page: RwSignal::new(1),
        window: RwSignal::new(Window::at(1, pages.total)),
        total: pages.total,
        strip: NodeRef::new(),
    };
    let strip = (pages.total > 1).then(|| strip(Arc::clone(asset), turning));
    let field = (pages.total > BATCH).then(|| field(turning));
    let words = pages.text.as_ref().map(|page| {
        let text = use_text();
        view! {
            <details class="its-words">
                <summary>{text.details().words_of_it}</summary>
                {words::page(page)}
            </details>
        }
    });
    view! { <div class="pages">{sheet(Arc::clone(asset), turning)} {field} {strip} {words}</div> }
        .into_any()
}

/// Where a page is asked for by its number.
fn field(turning: Turning) -> AnyView {
    let text = use_text();
    view! {
        <label class="to-page">
            <span>{text.details().go_to_page}</span>
            <input
                type="number"
                inputmode="numeric"
                min="1"
                max=turning.total.to_string()
                prop:value=move || turning.page.get().to_string()
                on:change=move |event| {
                    if let Ok(page) = event_target_value(&event).trim().parse() {
                        turning.to(page);
                    }
                }
            />
        </label>
    }
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

/// The pages around the large one, small and side by side.
fn strip(asset: Arc<Asset>, turning: Turning) -> AnyView {
    let text = use_text();
    let window = turning.window;
    let has_earlier = Memo::new(move |_| window.get().first > 1);
    let has_more = Memo::new(move |_| window.get().last < turning.total);
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
            {move || {
                has_earlier
                    .get()
                    .then(|| {
                        let earlier = move |_| window.update(|it| *it = it.earlier());
                        view! {
                            <button type="button" class="quiet" on:click=earlier>
                                {text.details().earlier_pages}
                            </button>
                        }
                    })
            }}
            <For
                each=move || {
                    let window = window.get();
                    window.first..=window.last
                }
                key=|page| *page
                let:page
            >
                {leaf(&asset, page, turning)}
            </For>
            {move || {
                has_more
                    .get()
                    .then(|| {
                        let more = move |_| window.update(|it| *it = it.later(turning.total));
                        view! {
                            <button type="button" class="quiet" on:click=more>
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

#[cfg(test)]
mod tests {
    use super::*;

    fn window(first: u32, last: u32) -> Window {
        Window { first, last }
    }

    #[test]
    fn the_strip_grows_page_by_page_and_never_without_end() {
        let mut strip = Window::at(1, 1_000_000);
        assert_eq!(strip, window(1, 40));
        for page in 1..=500 {
            strip = strip.with(page, 1_000_000);
            assert!(strip.last - strip.first < MOST, "{strip:?}");
        }
        assert_eq!(strip, window(321, 520));
        assert_eq!(strip.with(320, 1_000_000), window(281, 480));
    }

    #[test]
    fn far_away_it_begins_anew_around_the_page() {
        let strip = Window::at(1, 500);

        assert_eq!(strip.with(500, 500), window(461, 500));
        assert_eq!(strip.with(250, 500), window(230, 269));
        assert_eq!(window(461, 500).with(1, 500), strip);
    }

    #[test]
    fn a_short_document_is_there_whole() {
        assert_eq!(Window::at(1, 5), window(1, 5));
        assert_eq!(window(1, 5).with(5, 5).later(5), window(1, 5));
    }
}
