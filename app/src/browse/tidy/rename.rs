//! In the tree: the folders that words find, and a folder's name as a field.

use leptos::prelude::*;
use model::FolderId;

use super::found::Found;
use crate::browse::desk::Desk;
use crate::browse::tree::{folder_element, folder_link};
use crate::browser::page;
use crate::parts::part;
use crate::text::use_text;

/// The field in which a folder gets another name.
const RENAME_FIELD: &str = "rename-folder";

part! { tidy;
    pub fn draw_hits(desk: Desk, words: RwSignal<String>) -> AnyView {
        hits(desk, words)
    }
}

part! { tidy;
    pub fn draw_rename(desk: Desk, id: FolderId) -> AnyView {
        rename(desk, id)
    }
}

/// Folders that words find, with where they lie.
fn hits(desk: Desk, words: RwSignal<String>) -> AnyView {
    let found = Found::by(desk, words);
    view! {
        <ul class="hits" aria-live="polite">
            {move || {
                let found = found.folders();
                let none = found.is_empty();
                let hits = found.into_iter().map(move |folder| {
                    let path: Vec<_> = folder.path.iter().map(ToString::to_string).collect();
                    view! { <li>{folder_link(desk, Signal::stored(folder))} <span class="path" dir="auto">{path.join(" / ")}</span></li> }
                });
                let hits = hits.collect_view();
                let nothing = none.then(|| view! { <li class="none">{use_text().order().no_folder_found}</li> });
                view! { {hits} {nothing} }.into_any()
            }}
            {found.more(desk)}
        </ul>
    }
    .into_any()
}

/// The name as a field, in its place.
fn rename(desk: Desk, id: FolderId) -> AnyView {
    let Some(folder) = untrack(|| desk.folders.find(id)) else {
        return ().into_any();
    };
    let name = folder.name.to_string();
    let save = move || {
        let name = page::value_of(RENAME_FIELD);
        if desk.tidying().renaming.get_untracked() == Some(id) && !name.trim().is_empty() {
            desk.rename_folder(&folder, name);
        }
        desk.tidying().renaming.set(None);
    };
    let leave = save.clone();
    Effect::new(move || page::select_soon(RENAME_FIELD));
    view! {
        <form
            class="rename"
            on:submit=move |event| {
                event.prevent_default();
                save();
                page::focus_soon(folder_element(id));
            }
        >
            <input
                id=RENAME_FIELD
                type="text"
                maxlength="255"
                required=true
                autocomplete="off"
                aria-label=use_text().browse.folder_name
                value=name
                on:keydown=move |event| {
                    if event.key() == "Escape" {
                        desk.tidying().renaming.set(None);
                        page::focus_soon(folder_element(id));
                    }
                }
                on:blur=move |_| leave()
            />
        </form>
    }
    .into_any()
}
