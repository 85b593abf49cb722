//! The library page put together: tree, grid with its toolbar, details.

use leptos::prelude::*;
use leptos_meta::Title;

use super::desk::{Desk, Opening};
use super::details::{self, Details};
use super::find::{FilterBar, Instead};
use super::grid::Grid;
use super::live::Live;
use super::preview::{self, Preview};
use super::tidy::{self, Order, Tidy, draw_edges, draw_trash_shelf};
use super::toolbar::{self, Toolbar};
use super::tree::Tree;
use crate::components::ToastTray;
use crate::crop::Crop;
use crate::pages::told::Told;
use crate::parts::{self, later};
use crate::query::{LibraryQuery, Place};
use crate::text::{SATCHEL, use_text};
use crate::upload::DropZone;

/// The library page once its first content is known.
#[component]
pub fn LibraryView(
    /// What the page is drawn from for the first time.
    opening: Opening,
    /// What the address says.
    query: Memo<LibraryQuery>,
) -> impl IntoView {
    let text = use_text();
    let desk = Desk::new(opening, query);
    provide_context(desk);
    use_address(desk);
    use_parts_ahead(desk);
    Effect::new(move |_| desk.lives.set(true));
    desk.uploads()
        .on_finished(move |assets| desk.receive(assets));
    let folder = Signal::derive(move || desk.query.with(LibraryQuery::folder));
    let place = Signal::derive(move || toolbar::title(desk));
    let first = untrack(|| toolbar::title(desk));
    let title = move || {
        // The server writes the title last, when what the page was drawn from may be gone.
        let place = if desk.query.try_with(|_| ()).is_none() {
            first.clone()
        } else {
            toolbar::title(desk)
        };
        format!("{place} · {SATCHEL}")
    };
    let is_trash = Memo::new(move |_| desk.query.with(|query| query.place == Place::Trash));
    let trash = move || {
        is_trash.get().then(|| {
            let shelf = later(tidy::SHELF, move || draw_trash_shelf(desk));
            view! { <div class="trash-room">{shelf}</div> }
        })
    };
    view! {
        <Title text=title />
        <a class="skip" href="#files">
            {text.browse.skip_to_files}
        </a>
        <DropZone folder folder_name=place />
        <div
            class="library"
            class:with-details=move || desk.opened.with(Option::is_some)
            class:lives=desk.lives
        >
            <Tree />
            <main id="files" tabindex="-1">
                {move || desk.tidies.get().then(|| later(tidy::PART, move || draw_edges(desk)))}
                <Toolbar />
                <FilterBar />
                <Instead />
                <Told />
                {trash}
                <Grid />
                <Tidy desk />
            </main>
            <Details />
        </div>
        <Preview />
        <Crop />
        <Live desk />
        <ToastTray toasts=desk.toasts />
    }
    .into_any()
}

/// Lets the page follow its address.
fn use_address(desk: Desk) {
    let filter = Memo::new(move |_| desk.query.with(LibraryQuery::filter));
    Effect::new(move |before: Option<()>| {
        let filter = filter.get();
        // What the page opened with was cut at days of UTC, and the reader's may begin elsewhere.
        let has_days = filter.created_after.is_some() || filter.created_before.is_some();
        if before.is_some() || has_days {
            desk.selection.clear();
            desk.selection.active.set(None);
            desk.shelf.show(filter);
        }
    });
    let folder = Memo::new(move |_| desk.query.with(LibraryQuery::folder));
    Effect::new(move |before: Option<()>| {
        if let (Some(id), Some(())) = (folder.get(), before) {
            if untrack(|| desk.folder(id)).is_none() {
                desk.order(Order::RevealFolder(id));
            }
            desk.expand(id);
        }
    });
    let asset = Memo::new(move |_| desk.query.with(|query| query.asset));
    Effect::new(move |before: Option<()>| {
        let asset = asset.get();
        if before.is_some() {
            desk.follow(asset);
        }
    });
}

/// Fetches what is opened next, at the first sign of a hand.
fn use_parts_ahead(desk: Desk) {
    let is_asked = StoredValue::new(false);
    let ask = move |_| {
        if !is_asked.get_value() {
            is_asked.set_value(true);
            tidy::fetch(desk);
            parts::load_soon(&[details::PART, preview::PART]);
        }
    };
    let signs = ["pointermove", "pointerdown", "keydown"];
    let listeners = signs.map(|sign| window_event_listener_untyped(sign, ask));
    on_cleanup(move || listeners.into_iter().for_each(WindowListenerHandle::remove));
}
