//! What can be done with the chosen assets, while some are.

use leptos::prelude::*;
use model::Right;

use super::ask::Ask;
use crate::browse::desk::Desk;
use crate::components::{Glyph, Icon};
use crate::query::Place;
use crate::text::{find_text, use_text};

/// What can be done with the chosen assets, while some are.
pub fn selection_bar(desk: Desk) -> AnyView {
    let text = use_text();
    let selection = desk.selection;
    let said = move || {
        if selection.everything.get() {
            text.with_count(text.order().all_selected, desk.shelf.total.get())
        } else {
            text.selected(selection.len())
        }
    };
    let can_take_all =
        move || !selection.everything.get() && desk.shelf.total.get() > selection.len() as u64;
    view! {
        <Show when=move || { selection.len() > 0 }>
            <div class="selection-bar" role="toolbar" aria-label=said>
                <strong>{said}</strong>
                <Show when=can_take_all>
                    <button type="button" class="quiet" on:click=move |_| selection.take_all(desk.shelf)>
                        {move || text.with_count(text.order().select_all, desk.shelf.total.get())}
                    </button>
                </Show>
                <button
                    type="button"
                    class="quiet"
                    aria-keyshortcuts="Escape"
                    on:click=move |_| selection.clear()
                >
                    {text.browse.clear}
                </button>
                <div class="acts">{move || acts(desk, desk.query.with(|query| query.place))}</div>
            </div>
        </Show>
    }
    .into_any()
}

fn acts(desk: Desk, place: Place) -> AnyView {
    let text = use_text();
    let zip = act(Glyph::Download, text.order().download_zip, move || {
        desk.download_chosen();
    });
    if place == Place::Trash {
        let restore = act(Glyph::Restore, text.browse.restore, move || {
            desk.restore_chosen();
        });
        let purge = desk.may(Right::Purge).then(|| {
            act(Glyph::Trash, text.order().purge, move || {
                desk.tidying().ask.set(Some(Ask::Purge(desk.chosen())));
            })
        });
        return (restore, zip, purge).into_any();
    }
    let moving = act(Glyph::Folder, text.browse.move_to, move || {
        desk.tidying().ask.set(Some(Ask::MoveAssets(desk.chosen())));
    });
    let mark = act(Glyph::Tag, find_text().mark, move || {
        desk.tidying().ask.set(Some(Ask::Mark(desk.chosen())));
    });
    let archive = if place == Place::Archive {
        act(Glyph::Archive, text.order().unarchive, move || {
            desk.unarchive_chosen();
        })
    } else {
        act(Glyph::Archive, text.order().archive_it, move || {
            desk.archive_chosen();
        })
    };
    let trash = act(Glyph::Trash, text.browse.move_to_trash, move || {
        desk.trash_chosen();
    });
    (moving, mark, archive, zip, trash).into_any()
}

fn act(glyph: Glyph, name: &'static str, run: impl Fn() + 'static) -> AnyView {
    view! {
        <button type="button" title=name on:click=move |_| run()>
            <Icon glyph />
            <span>{name}</span>
        </button>
    }
    .into_any()
}
