//! Dragging inside the page: files and folders onto a folder of the tree.

use leptos::prelude::*;
use leptos::{ev, leptos_dom::helpers::window_event_listener};
use model::{AssetId, FolderId, FolderParent};
use web_sys::DragEvent;

use super::folder_of;
use crate::browse::desk::Desk;
use crate::browse::tile::ASSET;
use crate::browse::tree::{FOLDER, TOP};
use crate::browser::page;

/// The attribute of what would take the thing that is dragged.
const TARGET: &str = "data-target";

/// What is being dragged inside the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dragged {
    /// The chosen assets.
    Assets,
    Folder(FolderId),
}

/// Lets files and folders be dragged for as long as the page is there.
pub fn use_drag(desk: Desk) {
    Effect::new(move || {
        let listeners = [
            window_event_listener(ev::dragstart, move |event| start(desk, &event)),
            window_event_listener(ev::dragover, move |event| over(desk, &event)),
            window_event_listener(ev::drop, move |event| drop_on(desk, &event)),
            window_event_listener(ev::dragend, move |_| end(desk)),
        ];
        on_cleanup(move || listeners.into_iter().for_each(WindowListenerHandle::remove));
    });
}

fn start(desk: Desk, event: &DragEvent) {
    let asset = page::closest(event, ASSET).and_then(|(_, id)| id.parse().ok());
    let dragged = match asset {
        Some(id) => Some(take_up(desk, id)),
        None => page::closest(event, FOLDER)
            .and_then(folder_of)
            .map(Dragged::Folder),
    };
    if dragged.is_some() {
        desk.tidying().dragged.set(dragged);
        page::mark_drag(event);
    }
}

/// Takes the chosen assets, or this one alone where it is not among them.
fn take_up(desk: Desk, id: AssetId) -> Dragged {
    if !untrack(|| desk.selection.has(id)) {
        desk.selection.clear();
        desk.selection.rest_at(id);
    }
    Dragged::Assets
}

fn over(desk: Desk, event: &DragEvent) {
    page::unmark(TARGET);
    if let Some((element, _)) = target(desk, event) {
        event.prevent_default();
        let _ = element.set_attribute(TARGET, "");
    }
}

fn drop_on(desk: Desk, event: &DragEvent) {
    if let Some((_, parent)) = target(desk, event) {
        event.prevent_default();
        match desk.tidying().dragged.get_untracked() {
            Some(Dragged::Assets) => desk.move_chosen(desk.chosen(), parent.id()),
            Some(Dragged::Folder(id)) => desk.move_folder(id, parent.id()),
            None => {}
        }
    }
    end(desk);
}

fn end(desk: Desk) {
    desk.tidying().dragged.set(None);
    page::unmark(TARGET);
}

/// What would take the thing that is dragged; a folder does not take itself.
fn target(desk: Desk, event: &DragEvent) -> Option<(web_sys::Element, FolderParent)> {
    let dragged = desk.tidying().dragged.get_untracked()?;
    let (element, name) = page::closest(event, FOLDER)?;
    let parent = match name.as_str() {
        TOP => FolderParent::Top,
        id => FolderParent::In(id.parse().ok()?),
    };
    let is_itself =
        matches!((dragged, parent), (Dragged::Folder(id), FolderParent::In(at)) if id == at);
    (!is_itself).then_some((element, parent))
}
