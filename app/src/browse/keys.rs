//! What keys do: on the grid, and anywhere on the page.

use leptos::html::Div;
use leptos::prelude::*;
use leptos::{ev, leptos_dom::helpers::window_event_listener};
use web_sys::KeyboardEvent;

use super::desk::Desk;
use super::details::RENAME_FIELD;
use super::grid::Rows;
use super::tidy::Order;
use super::tile::{ASSET, element_id};
use super::toolbar::SEARCH_FIELD;
use super::tree::FOLDER;
use crate::browser::page;

/// Keys that keep order, whose code comes with the part that does.
const ASSET_KEYS: [&str; 9] = [
    "Delete",
    "Backspace",
    "m",
    "M",
    "e",
    "E",
    "t",
    "T",
    "ContextMenu",
];
const FOLDER_KEYS: [&str; 7] = [
    "F2",
    "Delete",
    "m",
    "M",
    "ArrowLeft",
    "ArrowRight",
    "ContextMenu",
];

/// Listens to keys for as long as the grid is there.
pub fn use_grid_keys(desk: Desk, pane: NodeRef<Div>, rows: Memo<Option<Rows>>) {
    Effect::new(move |_| {
        let listener = window_event_listener(ev::keydown, move |event| {
            if page::is_writing(event.target())
                || page::is_asked()
                || desk.previewed.get_untracked().is_some()
            {
                return;
            }
            let on_grid = is_within(pane, &event);
            if press(desk, pane, rows.get_untracked(), on_grid, &event) {
                event.prevent_default();
            }
        });
        let menu = window_event_listener(ev::contextmenu, move |event| {
            if let Some(order) = menu_of(&event) {
                event.prevent_default();
                desk.order(order);
            }
        });
        on_cleanup(move || {
            listener.remove();
            menu.remove();
        });
    });
}

/// The menu of what was clicked; what lies there later, when the menu is drawn, may be another.
fn menu_of(event: &web_sys::MouseEvent) -> Option<Order> {
    let at = page::point_of(event);
    let asset = page::closest(event, ASSET).and_then(|(_, id)| id.parse().ok());
    let folder = page::closest(event, FOLDER).and_then(|(_, id)| id.parse().ok());
    match (asset, folder) {
        (Some(id), _) => Some(Order::AssetMenu(id, at)),
        (None, Some(id)) => Some(Order::FolderMenu(id, at)),
        (None, None) => None,
    }
}

fn is_within(pane: NodeRef<Div>, event: &KeyboardEvent) -> bool {
    use wasm_bindgen::JsCast;
    let target: Option<web_sys::Node> = event.target().and_then(|it| it.dyn_into().ok());
    pane.get_untracked()
        .is_some_and(|pane| pane.contains(target.as_ref()))
}

/// Acts on a key, and says whether it meant anything.
fn press(
    desk: Desk,
    pane: NodeRef<Div>,
    rows: Option<Rows>,
    on_grid: bool,
    event: &KeyboardEvent,
) -> bool {
    let commanded = event.ctrl_key() || event.meta_key();
    let key = event.key();
    match key.as_str() {
        "/" if !commanded => page::focus(SEARCH_FIELD),
        "u" | "U" if !commanded && !event.alt_key() => {
            desk.uploads().choose_files();
            true
        }
        "Escape" => escape(desk),
        _ if page::closest(event, FOLDER).is_some() => {
            keeps_order(event, &FOLDER_KEYS) && order(desk, event.key())
        }
        _ if !on_grid => false,
        "a" if commanded => {
            desk.selection.all(desk.shelf);
            true
        }
        _ if event.alt_key() => false,
        "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown" | "Home" | "End" | "PageUp"
        | "PageDown" => {
            let Some(rows) = rows else { return false };
            step(desk, pane, rows, &key, event.shift_key());
            true
        }
        " " if commanded => with_active(desk, |id| desk.selection.toggle(id)),
        " " => with_active(desk, |id| desk.previewed.set(Some(id))),
        "Enter" => with_active(desk, |id| desk.open(Some(id))),
        "x" if !commanded => with_active(desk, |id| desk.selection.toggle(id)),
        "c" | "C" if !commanded => with_active(desk, |id| desk.crop(id)),
        "F2" => with_active(desk, |id| {
            desk.open(Some(id));
            page::select_soon(RENAME_FIELD);
        }),
        _ => keeps_order(event, &ASSET_KEYS) && order(desk, event.key()),
    }
}

/// Whether a key is one of those that keep order.
fn keeps_order(event: &KeyboardEvent, keys: &[&str]) -> bool {
    let key = event.key();
    let commanded = event.ctrl_key() || event.meta_key() || event.alt_key();
    let is_menu = key == "F10" && event.shift_key();
    !commanded && (is_menu || keys.contains(&key.as_str()))
}

fn order(desk: Desk, key: String) -> bool {
    desk.order(Order::Key(key));
    true
}

/// Leaves what is innermost: the selection first, then the details.
fn escape(desk: Desk) -> bool {
    if desk.selection.ids().is_empty() {
        let open = desk.query.with_untracked(|query| query.asset);
        desk.open(None);
        open.inspect(|id| page::hold_focus(element_id(*id)))
            .is_some()
    } else {
        desk.selection.clear();
        true
    }
}

fn with_active(desk: Desk, act: impl FnOnce(model::AssetId)) -> bool {
    let active = desk.selection.active.get_untracked();
    let id = active.or_else(|| desk.shelf.at(0).map(|asset| asset.id));
    id.map(|id| {
        desk.selection.active.set(Some(id));
        act(id);
    })
    .is_some()
}

/// Moves the keys to another asset, and shows it.
fn step(desk: Desk, pane: NodeRef<Div>, rows: Rows, key: &str, extending: bool) {
    let count = desk.shelf.items.with_untracked(Vec::len);
    let Some(last) = count.checked_sub(1) else {
        return;
    };
    let active = desk.selection.active.get_untracked();
    let from = active.and_then(|id| desk.shelf.index_of(id));
    let screen = rows.columns * screen_rows(pane, rows);
    let to = match (from, key) {
        (_, "End") => last,
        (_, "Home") | (None, _) => 0,
        (Some(from), "ArrowLeft") => from.saturating_sub(1),
        (Some(from), "ArrowRight") => (from + 1).min(last),
        (Some(from), "ArrowUp") => from.checked_sub(rows.columns).unwrap_or(from),
        (Some(from), "ArrowDown") => down(from, rows.columns, last),
        (Some(from), "PageUp") => from.checked_sub(screen).unwrap_or(from % rows.columns),
        (Some(from), _) => (from + screen).min(last),
    };
    let Some(asset) = desk.shelf.at(to) else {
        return;
    };
    if extending {
        desk.selection.extend(desk.shelf, asset.id);
    } else {
        desk.selection.clear();
        desk.selection.rest_at(asset.id);
    }
    reveal(pane, rows, to);
    // While details are open they follow the keys.
    if desk.query.with_untracked(|query| query.asset.is_some()) && !extending {
        desk.open(Some(asset.id));
    }
    page::focus_soon(element_id(asset.id));
}

/// One row down; from the row before the last to the last asset, where nothing is right below.
fn down(from: usize, columns: usize, last: usize) -> usize {
    let below = from + columns;
    if below <= last {
        below
    } else if from / columns < last / columns {
        last
    } else {
        from
    }
}

fn screen_rows(pane: NodeRef<Div>, rows: Rows) -> usize {
    let height = pane.get_untracked().map_or(0, |pane| pane.client_height());
    rows.rows_in(f64::from(height)).max(1)
}

/// Scrolls just so far that a place is seen whole.
fn reveal(pane: NodeRef<Div>, rows: Rows, index: usize) {
    let Some(pane) = pane.get_untracked() else {
        return;
    };
    let (top, bottom) = rows.span(index);
    let seen = f64::from(pane.scroll_top());
    let height = f64::from(pane.client_height());
    #[expect(clippy::cast_possible_truncation, reason = "whole pixels are enough")]
    if top < seen {
        pane.set_scroll_top(top as i32);
    } else if bottom > seen + height {
        pane.set_scroll_top((bottom - height).ceil() as i32);
    }
}
