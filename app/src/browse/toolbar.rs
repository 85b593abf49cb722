//! Above the grid: where we are, what to look for, and how it is laid out.

use leptos::prelude::*;
use model::{AssetSort, Kind};
use wasm_bindgen::JsCast;

use super::desk::{Desk, use_desk};
use crate::api::me::TILE_COOKIE;
use crate::browser::page;
use crate::components::{Glyph, Icon};
use crate::query::{self, LibraryQuery, Place, View};
use crate::text::use_text;
use crate::upload::UploadButton;

/// The id of the search field.
pub const SEARCH_FIELD: &str = "search";
/// The id of the button that opens the filters.
pub const FILTERS_BUTTON: &str = "filters-button";
/// The id of the tree, which opens as a popover on small screens.
pub const TREE: &str = "tree";

/// How long typing may go on before the next search is asked for.
const PAUSE: std::time::Duration = std::time::Duration::from_millis(80);

/// Where we are, what to look for, and how it is laid out.
#[component]
pub fn Toolbar() -> impl IntoView {
    let text = use_text();
    let desk = use_desk();
    view! {
        <header class="toolbar">
            <button
                type="button"
                class="quiet icon-only menu"
                popovertarget=TREE
                aria-label=text.browse.open_menu
            >
                <Icon glyph=Glyph::Menu />
            </button>
            <div class="whereabouts">
                <h1 dir="auto">{move || title(desk)}</h1>
                <p class="count" aria-live="polite">
                    {move || text.total(desk.shelf.total.get())}
                </p>
            </div>
            {search(desk)}
            {filters(desk)}
            {layout(desk)}
            <UploadButton />
        </header>
    }
    .into_any()
}

/// The name of the place.
pub fn title(desk: Desk) -> String {
    let text = use_text();
    match desk.query.with(|query| query.place) {
        Place::All if desk.query.with(|query| query.narrow.get("used") == "false") => {
            text.browse.unused.to_owned()
        }
        Place::All => text.browse.all_files.to_owned(),
        Place::Trash => text.browse.trash.to_owned(),
        Place::Archive => text.browse.archive.to_owned(),
        Place::People => text.browse.people.to_owned(),
        Place::Source(source) => text.source(source).to_owned(),
        Place::Folder(id) => desk
            .folder(id)
            .map_or(text.general.folder.to_owned(), |folder| {
                folder.name.to_string()
            }),
    }
}

/// The search form: asks the server by itself before the page lives.
fn search(desk: Desk) -> AnyView {
    let text = use_text();
    let start = desk.query.get_untracked();
    let typed = RwSignal::new(start.q.clone());
    use_search_as_typed(desk, typed);
    view! {
        <form
            class="search"
            role="search"
            method="get"
            action=move || desk.query.with(LibraryQuery::path)
            on:submit=move |event| event.prevent_default()
        >
            <div class="words">
                <Icon glyph=Glyph::Search />
                <input
                    id=SEARCH_FIELD
                    type="search"
                    name="q"
                    placeholder=text.general.search_hint
                    aria-label=text.general.search_hint
                    aria-keyshortcuts="/"
                    autocomplete="off"
                    prop:value=typed
                    value=start.q
                    on:input=move |event| typed.set(event_target_value(&event))
                    on:keydown=move |event| {
                        if event.key() == "Escape" {
                            leave_search(desk, typed, &event);
                        }
                    }
                />
                <kbd aria-hidden="true">"/"</kbd>
            </div>
            <select
                name="kind"
                aria-label=text.general.kind
                class:set=move || desk.query.with(|query| query.kind.is_some())
                prop:value=move || desk.query.with(|query| query.kind.map_or("", Kind::as_str))
                on:change=move |event| {
                    let kind = event_target_value(&event).parse().ok();
                    desk.go(&LibraryQuery { kind, after: None, ..desk.query.get_untracked() });
                }
            >
                <option value="" selected=start.kind.is_none()>
                    {text.general.every_kind}
                </option>
                {Kind::ALL
                    .map(|kind| {
                        view! {
                            <option value=kind.as_str() selected=start.kind == Some(kind)>
                                {text.kind(kind)}
                            </option>
                        }
                    })
                    .into_iter()
                    .collect_view()}
            </select>
            <select
                name="sort"
                aria-label=text.browse.sort
                prop:value=move || desk.query.with(|query| query.sort.as_str())
                on:change=move |event| {
                    let sort = query::sort(&event_target_value(&event));
                    desk.go(&LibraryQuery { sort, after: None, ..desk.query.get_untracked() });
                }
            >
                {AssetSort::ALL
                    .map(|sort| {
                        view! {
                            <option value=sort.as_str() selected=start.sort == sort>
                                {text.sort(sort)}
                            </option>
                        }
                    })
                    .into_iter()
                    .collect_view()}
            </select>
            {move || carried(&desk.query.get())}
            <button type="submit" class="plain" tabindex="-1">
                {text.general.search}
            </button>
        </form>
    }
    .into_any()
}

/// What the form carries along, though it does not show it.
fn carried(query: &LibraryQuery) -> impl IntoView + use<> {
    let list = (query.view == View::List).then(|| ("view", "list".to_owned()));
    let narrow = query.narrow.all().iter().cloned();
    let all = narrow.chain(query.place_param()).chain(list);
    all.map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view()
}

/// Opens and closes the panel of filters, and says how many are set.
fn filters(desk: Desk) -> AnyView {
    let text = use_text();
    let href = move || {
        let query = desk.query.get();
        let filters = !query.filters;
        LibraryQuery { filters, ..query }.href()
    };
    let count = move || desk.query.with(|query| query.narrow.all().len());
    let shown = move || (count() > 0).then(|| view! { <span class="set-count">{count()}</span> });
    let label = move || match count() {
        0 => text.browse.filters.to_owned(),
        count => format!("{} {count}", text.browse.filters),
    };
    view! {
        <a
            class="button quiet filters-button"
            id=FILTERS_BUTTON
            href=href
            data-noscroll="true"
            aria-label=label
            title=text.browse.filters
            aria-expanded=move || if desk.query.with(|query| query.filters) { "true" } else { "false" }
        >
            <Icon glyph=Glyph::Filter />
            {shown}
        </a>
    }
    .into_any()
}

/// The first letter asks at once; while typing goes on, one search follows the other.
fn use_search_as_typed(desk: Desk, typed: RwSignal<String>) {
    let waiting = StoredValue::new(false);
    // What was asked for and is not in the address yet, oldest first.
    let asked = StoredValue::new(Vec::<String>::new());
    let ask = move || {
        let (q, query) = (typed.get_untracked(), desk.query.get_untracked());
        let last = asked.with_value(|asked| asked.last().cloned());
        if q != last.unwrap_or_else(|| query.q.clone()) {
            asked.update_value(|asked| asked.push(q.clone()));
            desk.adjust(&query.with_words(q));
        }
    };
    Effect::new(move |before: Option<()>| {
        typed.track();
        if before.is_none() || waiting.get_value() {
            return;
        }
        ask();
        waiting.set_value(true);
        set_timeout(
            move || {
                if waiting.try_set_value(false).is_none() {
                    ask();
                }
            },
            PAUSE,
        );
    });
    // Another place, or a step back, says what the words are now; the echo of typing does not.
    let words = Memo::new(move |_| desk.query.with(|query| query.q.clone()));
    Effect::new(move |before: Option<()>| {
        let q = words.get();
        let echo = asked
            .try_update_value(|asked| {
                let at = asked.iter().position(|it| *it == q);
                asked.drain(..at.map_or(asked.len(), |at| at + 1));
                at.is_some()
            })
            .unwrap_or(true);
        if before.is_some() && !echo && typed.get_untracked() != q {
            typed.set(q);
        }
    });
}

fn leave_search(desk: Desk, typed: RwSignal<String>, event: &web_sys::KeyboardEvent) {
    if typed.get_untracked().is_empty() {
        if let Some(field) = event
            .target()
            .and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok())
        {
            let _ = field.blur();
        }
        if let Some(asset) = desk.shelf.at(0) {
            page::focus_soon(super::tile::element_id(asset.id));
        }
    } else {
        typed.set(String::new());
    }
    event.prevent_default();
}

/// Grid or list, and how large tiles are.
fn layout(desk: Desk) -> AnyView {
    let text = use_text();
    let link = move |view: View| {
        let glyph = if view == View::Grid {
            Glyph::Grid
        } else {
            Glyph::List
        };
        let label = if view == View::Grid {
            text.browse.show_as_grid
        } else {
            text.browse.show_as_list
        };
        view! {
            <a
                class="button quiet icon-only"
                href=move || {
                    LibraryQuery {
                        view,
                        ..desk.query.get()
                    }
                        .href()
                }
                data-noscroll="true"
                aria-label=label
                title=label
                aria-current=move || (desk.query.with(|query| query.view) == view).then_some("true")
            >
                <Icon glyph />
            </a>
        }
    };
    view! {
        <div class="layout-choice">
            {link(View::Grid)} {link(View::List)}
            <input
                type="range"
                class="tile-size"
                aria-label=text.browse.tile_size
                title=text.browse.tile_size
                min="120"
                max="320"
                step="20"
                value=desk.tile.get_untracked()
                disabled=move || desk.query.with(|query| query.view == View::List)
                on:input=move |event| {
                    if let Ok(tile) = event_target_value(&event).parse() {
                        desk.tile.set(tile);
                        page::remember(TILE_COOKIE, &tile.to_string());
                    }
                }
            />
        </div>
    }
    .into_any()
}
