//! The files: a list of options in rows, for the mouse, the finger and the keys.

use std::sync::Arc;

use js_sys::Array;
use leptos::html::{Button, Ul};
use leptos::prelude::*;
use model::{Asset, AssetId};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, KeyboardEvent};

use super::asking::{Next, View};
use super::chosen::step;
use super::list::FILES;
use super::picture::picture;
use super::saying::word;
use super::state::{Picker, element_id};
use crate::browser::page;
use crate::components::{Glyph, Icon, Item, Notice, keyed_list};
use crate::format::play_time;
use crate::text::use_text;

/// How many tiles stand in for those to come.
const SKELETONS: usize = 12;

/// The files, what stands in for them, and what gets more of them.
pub fn grid(picker: Picker) -> AnyView {
    let text = use_text();
    let list = NodeRef::<Ul>::new();
    // The one that Tab leads to.
    let home = Memo::new(move |_| {
        let active = picker.active.get();
        picker.shelf.with(|shelf| {
            let found = shelf.iter().find(|asset| Some(asset.id) == active);
            found.or(shelf.first()).map(|asset| asset.id)
        })
    });
    // Its details take room from the files.
    Effect::new(move || {
        if let Some(id) = picker.active.get() {
            page::show_soon(element_id(id));
        }
    });
    let items = move || {
        let draw = |asset: Arc<Asset>| {
            Item::new(asset.id.to_string(), move || {
                tile(picker, home, Arc::clone(&asset))
            })
        };
        picker.shelf.get().into_iter().map(draw).collect()
    };
    let is_empty = Memo::new(move |_| picker.shelf.with(Vec::is_empty));
    let busy = move || {
        if picker.is_loading.get() {
            "true"
        } else {
            "false"
        }
    };
    let several = if picker.takes_several() {
        "true"
    } else {
        "false"
    };
    view! {
        <div class="picker-files" id=FILES>
            <ul
                class="picker-grid"
                role="listbox"
                node_ref=list
                aria-label=text.general.file_list
                aria-multiselectable=several
                aria-busy=busy
                hidden=move || is_empty.get()
                on:keydown=move |event| {
                    if let Some(list) = list.get_untracked()
                        && press(picker, &list, &event)
                    {
                        event.prevent_default();
                        event.stop_propagation();
                    }
                }
            >
                {keyed_list(items)}
            </ul>
            {instead(picker, is_empty)}
            {more(picker, is_empty)}
        </div>
    }
    .into_any()
}

fn tile(picker: Picker, home: Memo<Option<AssetId>>, asset: Arc<Asset>) -> AnyView {
    let text = use_text();
    let words = text.picker();
    let id = asset.id;
    let number = Memo::new(move |_| picker.chosen.with(|chosen| chosen.number(id)));
    let fits = Memo::new({
        let asset = Arc::clone(&asset);
        move |_| match picker.fitting(id) {
            Some(_) => Some((words.fitted, "fits")),
            None => picker
                .outcome(&asset)
                .map(|it| (text.badge(&it), word(&it))),
        }
    });
    let tab = move || if home.get() == Some(id) { "0" } else { "-1" };
    let (pressed, opened) = (Arc::clone(&asset), Arc::clone(&asset));
    view! {
        <li
            class="picker-file"
            id=element_id(id)
            role="option"
            aria-selected=move || if number.get().is_some() { "true" } else { "false" }
            tabindex=tab
            on:focus=move |event| {
                // Details move what is under the finger, so a press shows them once it is over.
                if page::is_focus_of_keys(&event) {
                    picker.active.set(Some(id));
                }
            }
            on:click=move |_| {
                picker.active.set(Some(id));
                picker.toggle(&pressed);
            }
            on:dblclick=move |_| {
                if !picker.takes_several() {
                    picker.take(&opened);
                    picker.hand_over();
                }
            }
        >
            // First in what is read out, last in what is seen.
            <span class="name" dir="auto">
                {asset.name.to_string()}
            </span>
            <span class="frame">
                {picture(picker, &asset)}
                {asset
                    .duration
                    .map(|plays| view! { <span class="length">{play_time(plays)}</span> })}
                {move || {
                    fits.get()
                        .map(|(told, class)| {
                            view! { <span class=format!("verdict {class}")>{told}</span> }
                        })
                }}
                <span class="order" aria-hidden="true">
                    {move || match number.get() {
                        Some(number) if picker.takes_several() => number.to_string().into_any(),
                        Some(_) => view! { <Icon glyph=Glyph::Check /> }.into_any(),
                        None => ().into_any(),
                    }}
                </span>
                <span class="visually-hidden">
                    {move || number.get().map(|number| text.chosen_as(number))}
                </span>
            </span>
        </li>
    }
    .into_any()
}

/// Does what a key asks for, and says whether it meant anything.
fn press(picker: Picker, list: &Element, event: &KeyboardEvent) -> bool {
    if event.alt_key() {
        return false;
    }
    let shelf = picker.shelf.get_untracked();
    let active = picker.active.get_untracked();
    let at = shelf.iter().position(|asset| Some(asset.id) == active);
    let at = at.unwrap_or(0);
    let Some(asset) = shelf.get(at) else {
        return false;
    };
    let hands_over = event.ctrl_key() || event.meta_key() || !picker.takes_several();
    match event.key().as_str() {
        "Enter" if hands_over => {
            picker.take(asset);
            picker.hand_over();
        }
        " " | "Enter" => picker.toggle(asset),
        key => {
            let Some(to) = step(key, at, shelf.len(), columns(list)) else {
                return false;
            };
            go(picker, shelf[to].id);
        }
    }
    true
}

fn go(picker: Picker, id: AssetId) {
    picker.active.set(Some(id));
    page::focus_soon(element_id(id));
}

/// How many files stand side by side.
fn columns(list: &Element) -> usize {
    let style = window().get_computed_style(list).ok().flatten();
    let columns = style.and_then(|style| style.get_property_value("grid-template-columns").ok());
    columns.map_or(1, |columns| {
        columns.split(' ').filter(|it| !it.is_empty()).count()
    })
}

/// What stands where no file does: shapes of those to come, or that there are none.
fn instead(picker: Picker, is_empty: Memo<bool>) -> AnyView {
    let text = use_text();
    let drawn = move || {
        if !is_empty.get() || picker.failure.with(Option::is_some) {
            return ().into_any();
        }
        if picker.is_loading.get() {
            let shapes = (0..SKELETONS).map(|_| view! { <li class="picker-shape"></li> });
            let shapes = shapes.collect_view();
            return view! {
                <p class="visually-hidden" role="status">
                    {text.general.loading}
                </p>
                <ul class="picker-grid" aria-hidden="true">
                    {shapes}
                </ul>
            }
            .into_any();
        }
        if picker.next.with(|next| *next != Next::Nowhere) {
            return ().into_any();
        }
        let words = text.picker();
        let (title, hint) = if picker.query.with(super::asking::Query::is_narrow) {
            (words.nothing, words.nothing_hint)
        } else {
            (words.empty, words.empty_hint)
        };
        view! {
            <div class="picker-nothing" role="status">
                <h2>{title}</h2>
                <p>{hint}</p>
            </div>
        }
        .into_any()
    };
    drawn.into_any()
}

/// What gets the next page: coming into sight, or a press; and the way on where it failed.
fn more(picker: Picker, is_empty: Memo<bool>) -> AnyView {
    let text = use_text();
    let words = text.picker();
    let drawn = move || {
        if let Some(problem) = picker.failure.get() {
            let told = format!("{} {}", words.failed, text.problem(&problem));
            return view! {
                <div class="picker-failed">
                    <Notice text=told />
                    <button type="button" on:click=move |_| picker.load_more()>
                        {text.general.try_again}
                    </button>
                </div>
            }
            .into_any();
        }
        // With each page it is drawn anew, so it is one that was not in sight yet.
        if picker.next.with(|next| *next == Next::Nowhere) {
            return ().into_any();
        }
        let is_first = is_empty.get() && picker.is_loading.get();
        (!is_first).then(|| button(picker)).into_any()
    };
    drawn.into_any()
}

fn button(picker: Picker) -> AnyView {
    let text = use_text().picker();
    let node = NodeRef::<Button>::new();
    Effect::new(move |_| {
        if let Some(node) = node.get() {
            watch(&node, picker);
        }
    });
    let told = move || {
        if picker.is_loading.get() {
            text.loading_more
        } else {
            text.more
        }
    };
    view! {
        <button
            type="button"
            class="quiet picker-more"
            node_ref=node
            on:click=move |_| picker.load_more()
        >
            {told}
        </button>
    }
    .into_any()
}

/// Fetches more when the button comes into sight.
fn watch(button: &Element, picker: Picker) {
    let seen = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
        let is_seen = |entry: wasm_bindgen::JsValue| {
            let entry = entry.dyn_into::<IntersectionObserverEntry>();
            entry.is_ok_and(|entry| entry.is_intersecting())
        };
        if entries.iter().any(is_seen) && picker.failure.try_get_untracked() == Some(None) {
            picker.load_more();
        }
    });
    if let Ok(observer) = IntersectionObserver::new(seen.as_ref().unchecked_ref()) {
        observer.observe(button);
        // Both live as long as the button.
        seen.forget();
    }
}

/// What is shown first: the newest, or what fits.
pub fn views(picker: Picker) -> AnyView {
    let words = use_text().picker();
    let chip = move |view: View, name: &'static str| {
        let is_shown = move || picker.query.with(|query| query.view == view);
        view! {
            <button
                type="button"
                aria-pressed=move || if is_shown() { "true" } else { "false" }
                on:click=move |_| picker.look_at(view)
            >
                {name}
            </button>
        }
    };
    view! {
        <div class="picker-views" role="group" aria-label=words.order>
            {chip(View::Recent, words.recent)} {chip(View::Suggested, words.suggested)}
        </div>
    }
    .into_any()
}
