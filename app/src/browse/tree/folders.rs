//! The folders in the tree: level by level, opened, searched, renamed in place.

use leptos::prelude::*;
use model::{Folder, FolderColor, FolderId, FolderParent};

use crate::browse::desk::Desk;
use crate::browse::tidy::{self, Order};
use crate::components::{Glyph, Icon, Item, keyed_list};
use crate::parts::later;
use crate::query::Place;
use crate::text::use_text;

/// The attribute that tells handlers which folder an element stands for.
pub const FOLDER: &str = "data-folder";
/// The value of that attribute where no folder is around.
pub const TOP: &str = "top";

/// The id of a folder's link in the tree.
pub fn folder_element(id: FolderId) -> String {
    format!("folder-{id}")
}

/// All folders, and a field that finds one.
pub fn folder_tree(desk: Desk) -> AnyView {
    let text = use_text();
    let words = RwSignal::new(String::new());
    let searching = Memo::new(move |_| !words.with(|words| words.trim().is_empty()));
    view! {
        <input
            type="search"
            class="find-folder"
            autocomplete="off"
            aria-label=text.browse.find_folder
            placeholder=text.browse.find_folder
            prop:value=words
            on:input=move |event| words.set(event_target_value(&event))
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    words.set(String::new());
                }
            }
        />
        <div>
            {move || {
                if searching.get() {
                    later(tidy::PART, move || tidy::draw_hits(desk, words))
                } else {
                    branch(desk, FolderParent::Top)
                }
            }}
        </div>
    }
    .into_any()
}

/// The folders right in a place.
fn branch(desk: Desk, parent: FolderParent) -> AnyView {
    let text = use_text();
    let level = Memo::new(move |_| desk.folders.level(parent));
    let folders = move || {
        let folders = level.get().map(|level| level.items).unwrap_or_default();
        let item =
            |folder: Folder| Item::new(folder.id.to_string(), move || node(desk, folder.clone()));
        folders.into_iter().map(item).collect()
    };
    let has_more = move || level.with(|it| it.as_ref().is_some_and(|it| it.next_cursor.is_some()));
    view! {
        <ul>
            {keyed_list(folders)}
            <Show when=has_more>
                <li>
                    <button
                        type="button"
                        class="quiet more"
                        on:click=move |_| desk.order(Order::ShowMoreFolders(parent))
                    >
                        {text.browse.more_folders}
                    </button>
                </li>
            </Show>
        </ul>
    }
    .into_any()
}

/// A folder and those in it; it stays where it is, with the focus, whatever about it changes.
fn node(desk: Desk, first: Folder) -> AnyView {
    let id = first.id;
    let folder = Memo::new(move |_| desk.folders.find(id).unwrap_or_else(|| first.clone()));
    let has_folders = Memo::new(move |_| folder.with(|folder| folder.has_folders));
    let is_open = Memo::new(move |_| has_folders.get() && desk.folders.is_open(id));
    let is_renamed = Memo::new(move |_| desk.tidying().renaming.get() == Some(id));
    view! {
        <li>
            <div class="leaf">
                {move || has_folders.get().then(|| toggle(desk, folder, is_open))}
                {move || {
                    if is_renamed.get() {
                        later(tidy::PART, move || tidy::draw_rename(desk, id))
                    } else {
                        folder_link(desk, folder.into())
                    }
                }}
            </div>
            {move || is_open.get().then(|| branch(desk, FolderParent::In(id)))}
        </li>
    }
    .into_any()
}

/// What shows and hides the folders in a folder.
fn toggle(desk: Desk, folder: Memo<Folder>, is_open: Memo<bool>) -> AnyView {
    let text = use_text();
    let label = move || {
        let sentence = if is_open.get() {
            text.browse.hide_folders
        } else {
            text.browse.show_folders
        };
        folder.with(|folder| text.naming(sentence, folder.name.as_str()))
    };
    let id = folder.with_untracked(|folder| folder.id);
    view! {
        <button
            type="button"
            class="quiet icon-only toggle"
            aria-expanded=move || if is_open.get() { "true" } else { "false" }
            aria-label=label
            on:click=move |_| desk.toggle_folder(id)
        >
            <Icon glyph=Glyph::Right />
        </button>
    }
    .into_any()
}

/// A folder as a link to what is in it.
pub fn folder_link(desk: Desk, folder: Signal<Folder>) -> AnyView {
    let text = use_text();
    let id = folder.with_untracked(|folder| folder.id);
    let place = Place::Folder(id);
    let color = move || folder.with(|it| it.color.map_or("", FolderColor::as_str));
    view! {
        <a
            id=folder_element(id)
            href=move || desk.query.with(|query| query.at(place).href())
            data-folder=id.to_string()
            draggable=move || desk.draggable()
            aria-keyshortcuts="F2 Delete M Shift+F10"
            aria-current=move || {
                (desk.query.with(|query| query.place) == place).then_some("page")
            }
        >
            <span class=move || format!("tint {}", color())>
                <Icon glyph=Glyph::Folder />
            </span>
            <span class="name" dir="auto">
                {move || folder.with(|folder| folder.name.to_string())}
            </span>
            <span class="count">{move || folder.with(|folder| text.number(folder.total_count))}</span>
        </a>
    }
    .into_any()
}
