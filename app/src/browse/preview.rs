//! One asset on the whole screen; arrows lead on to its neighbors.

use std::sync::Arc;

use leptos::html::Dialog;
use leptos::prelude::*;
use model::{Asset, Kind, Preset};

use super::content::{Seen, content_later, use_seen};
use super::desk::{Desk, use_desk};
use super::details::{large_picture, sources, tenths};
use super::tile::{alt, element_id};
use crate::browser::page;
use crate::components::{Glyph, Icon};
use crate::parts::{later, part};
use crate::text::use_text;

/// One asset on the whole screen, while one is previewed.
#[component]
pub fn Preview() -> impl IntoView {
    let desk = use_desk();
    let is_wanted = Memo::new(move |before: Option<&bool>| {
        before.is_some_and(|before| *before) || desk.previewed.with(Option::is_some)
    });
    move || is_wanted.get().then(|| later(PART, move || preview(desk)))
}

/// The name of the part.
pub const PART: &str = "preview";

part! { preview, load;
    pub fn preview(desk: Desk) -> AnyView {
        dialog(desk)
    }
}

fn dialog(desk: Desk) -> AnyView {
    let text = use_text();
    let dialog = NodeRef::<Dialog>::new();
    let asset = Memo::new(move |_| {
        let id = desk.previewed.get()?;
        let opened = desk.opened.get().filter(|open| open.id == id);
        desk.shelf.find(id).or(opened)
    });
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        match (asset.with(Option::is_some), dialog.open()) {
            (true, false) => {
                // The dialog itself takes the focus: keys work whatever is on the screen.
                let _ = dialog.show_modal();
                let _ = dialog.focus();
            }
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    let close = move || {
        if let Some(id) = desk.previewed.get_untracked() {
            desk.previewed.set(None);
            desk.selection.active.set(Some(id));
            page::focus_soon(element_id(id));
        }
    };
    view! {
        <dialog
            class="preview"
            node_ref=dialog
            tabindex="-1"
            aria-label=text.details().preview
            on:close=move |_| {
                if page::is_closed(dialog) {
                    close();
                }
            }
            on:keydown=move |event| {
                // Players play and pages scroll by arrows and the space bar.
                if page::is_in_content(&event) {
                    return;
                }
                let meant = match event.key().as_str() {
                    "ArrowLeft" | "ArrowUp" => turn(desk, -1),
                    "ArrowRight" | "ArrowDown" => turn(desk, 1),
                    " " if !page::is_button(&event) => {
                        close();
                        true
                    }
                    _ => false,
                };
                if meant {
                    event.prevent_default();
                }
            }
        >
            <header>
                <strong dir="auto">{move || asset.get().map(|asset| asset.name.to_string())}</strong>
                <span class="position" aria-live="polite">
                    {move || asset.get().and_then(|asset| position(desk, &asset))}
                </span>
                <a
                    class="button quiet icon-only"
                    href=move || asset.get().map(|asset| asset.download_path())
                    download=""
                    rel="external"
                    aria-label=text.details().download
                    title=text.details().download
                >
                    <Icon glyph=Glyph::Download />
                </a>
                <form method="dialog">
                    <button type="submit" class="quiet icon-only" aria-label=text.general.close>
                        <Icon glyph=Glyph::Close />
                    </button>
                </form>
            </header>
            <div class="screen">{move || asset.get().map(|asset| content(&asset))}</div>
            {arrow(desk, "quiet icon-only turn previous", text.details().previous, Glyph::Left, -1)}
            {arrow(desk, "quiet icon-only turn next", text.details().next, Glyph::Right, 1)}
            {move || asset.get().map(|asset| neighbors(desk, &asset))}
        </dialog>
    }
    .into_any()
}

fn arrow(desk: Desk, class: &'static str, label: &'static str, glyph: Glyph, by: isize) -> AnyView {
    let press = move |_| {
        turn(desk, by);
    };
    view! {
        <button type="button" class=class aria-label=label on:click=press>
            <Icon glyph />
        </button>
    }
    .into_any()
}

fn position(desk: Desk, asset: &Asset) -> Option<String> {
    let text = use_text();
    let at = desk.shelf.index_of(asset.id)?;
    Some(text.position(at + 1, desk.shelf.total.get()))
}

/// Lets the browser have the pictures on both sides before they are asked for.
fn neighbors(desk: Desk, asset: &Asset) -> AnyView {
    let at = desk.shelf.index_of(asset.id);
    let sides = at
        .map(|at| [at.checked_sub(1), Some(at + 1)])
        .into_iter()
        .flatten()
        .flatten();
    let found = sides.filter_map(|at| desk.shelf.at(at));
    found
        .map(|asset| fetched_ahead(&asset))
        .collect_view()
        .into_any()
}

/// Goes to a neighbor, and says that the key meant something.
fn turn(desk: Desk, by: isize) -> bool {
    let at = desk
        .previewed
        .get_untracked()
        .and_then(|id| desk.shelf.index_of(id));
    let next = at
        .and_then(|at| at.checked_add_signed(by))
        .and_then(|at| desk.shelf.at(at));
    if let Some(asset) = next {
        desk.previewed.set(Some(asset.id));
        desk.selection.rest_at(asset.id);
        if desk.query.with_untracked(|query| query.asset.is_some()) {
            desk.open(Some(asset.id));
        }
    } else if by > 0 {
        desk.shelf.fetch_more();
    }
    true
}

fn content(asset: &Asset) -> AnyView {
    let path = asset.content_path();
    match asset.kind {
        Kind::Image if asset.frames.is_some_and(|frames| frames > 1) => {
            view! { <img src=path alt=alt(asset) width=asset.width height=asset.height /> }
                .into_any()
        }
        Kind::Image if asset.has_renditions => large_picture(asset, &on_screen(asset), ""),
        _ => content_later(asset, seen_of(asset)),
    }
}

fn seen_of(asset: &Asset) -> Seen {
    let asset = Arc::new(asset.clone());
    use_seen(move || Arc::clone(&asset))
}

/// How wide a picture is that has the whole screen.
fn on_screen(asset: &Asset) -> String {
    let (across, down) = (asset.width.unwrap_or(1), asset.height.unwrap_or(1));
    let tall = tenths(u64::from(across) * 1_000 / u64::from(down.max(1)), u64::MAX);
    format!("min({across}px, 100vw, {tall}vh)")
}

/// Lets the browser have a neighbor's picture before it is asked for.
fn fetched_ahead(asset: &Asset) -> Option<AnyView> {
    (asset.kind == Kind::Image && asset.has_renditions).then(|| {
        view! {
            <img
                hidden=true
                alt=""
                fetchpriority="low"
                sizes=on_screen(asset)
                srcset=sources(asset)
                src=asset.rendition_path(Preset::Preview)
            />
        }
        .into_any()
    })
}
