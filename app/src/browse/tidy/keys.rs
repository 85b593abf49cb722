//! What keys do that keep order: on the asset or the folder that has the focus.

use leptos::prelude::*;
use model::{AssetId, Folder, Right};

use super::Ask;
use crate::browse::desk::Desk;
use crate::browse::tile::element_id;
use crate::browse::tree::{FOLDER, folder_element};
use crate::browser::page;
use crate::query::Place;

/// Does what a key asks for.
pub fn press(desk: Desk, key: &str) {
    match page::focused(FOLDER) {
        Some(id) => {
            let folder = id.parse().ok().and_then(|id| desk.folders.find(id));
            if let Some(folder) = folder {
                at_folder(desk, folder, key);
            }
        }
        None => at_asset(desk, key),
    }
}

fn at_folder(desk: Desk, folder: Folder, key: &str) {
    let id = folder.id;
    match key {
        "F2" => desk.tidying().renaming.set(Some(id)),
        "Delete" if desk.may(Right::Purge) => desk.ask_to_delete(folder),
        "m" | "M" => desk.tidying().ask.set(Some(Ask::MoveFolder(folder))),
        "ContextMenu" | "F10" => desk.open_folder_menu(id, page::below(&folder_element(id))),
        "ArrowRight" if folder.has_folders => desk.expand(id),
        "ArrowLeft" if desk.folders.is_open(id) => desk.toggle_folder(id),
        _ => {}
    }
}

fn at_asset(desk: Desk, key: &str) {
    let Some(id) = active(desk) else { return };
    let place = desk.query.with(|query| query.place);
    match (key, place) {
        ("ContextMenu" | "F10", _) => desk.open_asset_menu(id, page::below(&element_id(id))),
        ("Delete" | "Backspace", Place::Trash) if desk.may(Right::Purge) => {
            desk.tidying().ask.set(Some(Ask::Purge(desk.chosen())));
        }
        ("Delete" | "Backspace" | "m" | "M" | "t" | "T", Place::Trash) => {}
        ("Delete" | "Backspace", _) => desk.trash_chosen(),
        ("t" | "T", _) => desk.tidying().ask.set(Some(Ask::Mark(desk.chosen()))),
        ("m" | "M", _) => desk.tidying().ask.set(Some(Ask::MoveAssets(desk.chosen()))),
        ("e" | "E", Place::Trash) => desk.restore_chosen(),
        ("e" | "E", Place::Archive) => desk.unarchive_chosen(),
        ("e" | "E", _) => desk.archive_chosen(),
        _ => {}
    }
}

/// The asset the keys are at, or the first.
fn active(desk: Desk) -> Option<AssetId> {
    let active = desk.selection.active;
    let id = active
        .get()
        .or_else(|| desk.shelf.at(0).map(|asset| asset.id))?;
    active.set(Some(id));
    Some(id)
}
