//! One asset on the whole screen; arrows lead on to its neighbors.

use std::sync::Arc;

use leptos::html::Dialog;
use leptos::prelude::*;
use model::{Asset, Kind, Preset};

use super::desk::{Desk, use_desk};
use super::details::large_picture;
use super::tile::{alt, element_id};
use crate::browser::page;
use crate::components::{Glyph, Icon};
use crate::text;

/// One asset on the whole screen, while one is previewed.
#[component]
pub fn Preview() -> impl IntoView {
    let desk = use_desk();
    let dialog = NodeRef::<Dialog>::new();
    let asset = Memo::new(move |_| {
        let id = desk.previewed.get()?;
        let opened = desk.opened.get().filter(|open| open.id == id);
        desk.shelf.find(id).or(opened)
    });
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        match (asset.with(Option::is_some), dialog.open()) {
            (true, false) => drop(dialog.show_modal()),
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
            aria-label=text::PREVIEW
            on:close=move |_| close()
            on:keydown=move |event| {
                let meant = match event.key().as_str() {
                    "ArrowLeft" | "ArrowUp" => turn(desk, -1),
                    "ArrowRight" | "ArrowDown" => turn(desk, 1),
                    " " => {
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
            {move || asset.get().map(|asset| sheet(desk, &asset))}
        </dialog>
    }
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

fn sheet(desk: Desk, asset: &Arc<Asset>) -> AnyView {
    let at = desk.shelf.index_of(asset.id);
    let position = at.map(|at| text::position(at + 1, desk.shelf.total.get_untracked()));
    let neighbors = at.map(|at| [at.wrapping_sub(1), at + 1].map(|at| desk.shelf.at(at)));
    view! {
        <header>
            <strong dir="auto">{asset.name.to_string()}</strong>
            <span class="position">{position}</span>
            <a
                class="button quiet icon-only"
                href=asset.download_path()
                download=""
                rel="external"
                aria-label=text::DOWNLOAD
                title=text::DOWNLOAD
            >
                <Icon glyph=Glyph::Download />
            </a>
            <form method="dialog">
                <button type="submit" class="quiet icon-only" aria-label=text::CLOSE>
                    <Icon glyph=Glyph::Close />
                </button>
            </form>
        </header>
        <div class="screen">{content(asset)}</div>
        <button
            type="button"
            class="quiet icon-only turn previous"
            aria-label=text::PREVIOUS
            on:click=move |_| {
                turn(desk, -1);
            }
        >
            <Icon glyph=Glyph::Left />
        </button>
        <button
            type="button"
            class="quiet icon-only turn next"
            aria-label=text::NEXT
            on:click=move |_| {
                turn(desk, 1);
            }
        >
            <Icon glyph=Glyph::Right />
        </button>
        {neighbors.map(|both| both.into_iter().flatten().map(|it| fetched_ahead(&it)).collect_view())}
    }
    .into_any()
}

fn content(asset: &Asset) -> AnyView {
    let path = asset.content_path();
    match asset.kind {
        Kind::Video => {
            view! { <video controls=true autoplay=true src=path aria-label=alt(asset)></video> }
                .into_any()
        }
        Kind::Audio => {
            view! { <audio controls=true autoplay=true src=path aria-label=alt(asset)></audio> }
                .into_any()
        }
        Kind::Image if asset.frames.is_some_and(|frames| frames > 1) => {
            view! { <img src=path alt=alt(asset) width=asset.width height=asset.height /> }
                .into_any()
        }
        Kind::Image if asset.has_renditions => large_picture(asset),
        _ => view! {
            <div class="no-preview">
                {super::tile::picture(asset, true)} <p>{text::NO_PREVIEW}</p>
            </div>
        }
        .into_any(),
    }
}

/// Lets the browser have a neighbor's picture before it is asked for.
fn fetched_ahead(asset: &Asset) -> Option<AnyView> {
    let path = (asset.kind == Kind::Image && asset.has_renditions)
        .then(|| asset.rendition_path(Preset::Preview))?;
    Some(view! { <link rel="prefetch" href=path r#as="image" /> }.into_any())
}
