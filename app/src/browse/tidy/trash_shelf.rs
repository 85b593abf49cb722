//! Above the files in the trash: the folders there, and the way to empty it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Folder, FolderId, Right};

use super::ask::Ask;
use crate::api::folders::list_trashed_folders;
use crate::browse::desk::Desk;
use crate::browse::tile::day_of;
use crate::browser::page;
use crate::components::{Glyph, Icon};
use crate::parts::part;
use crate::text::use_text;

/// The name of the part.
pub const SHELF: &str = "trash";

const SHELF_ID: &str = "trash-shelf";

/// The folders in the trash, once they are known.
type Trashed = RwSignal<Option<Vec<Folder>>>;

part! { tidy, load_shelf;
    pub fn draw_trash_shelf(desk: Desk) -> AnyView {
        use_folders(desk);
        shelf(desk)
    }
}

/// Looks the folders up where the page did not come with them, and whenever the trash is other.
fn use_folders(desk: Desk) {
    let (trash, trashed) = (desk.tidying().trash, desk.tidying().trashed);
    if desk.lives.get_untracked() {
        trashed.set(None);
    }
    Effect::new(move |before: Option<()>| {
        let turn = trash.get();
        if before.is_none() && trashed.with_untracked(Option::is_some) {
            return;
        }
        spawn_local(async move {
            let found = list_trashed_folders().await;
            // What came late tells of a trash that is another by now.
            if trash.try_get_untracked() == Some(turn) {
                let held = held(trashed);
                let _ = trashed.try_update(|known| match found {
                    Ok(folders) => *known = Some(folders),
                    Err(_) => *known = Some(known.take().unwrap_or_default()),
                });
                if let Some(held) = held {
                    hold_on(trashed, held);
                }
            }
        });
    });
}

/// The folder whose buttons have the focus, and its place.
fn held(trashed: Trashed) -> Option<(FolderId, usize)> {
    trashed.with_untracked(|folders| {
        let mut folders = folders.iter().flatten().enumerate();
        folders.find_map(|(place, folder)| {
            let buttons = [restore_id(folder.id), purge_id(folder.id)];
            let is_held = buttons.iter().any(|button| page::has_focus(button));
            is_held.then_some((folder.id, place))
        })
    })
}

/// Leaves the keys where they were, or at the neighbor of the folder that is gone.
fn hold_on(trashed: Trashed, (id, place): (FolderId, usize)) {
    let next = trashed.with_untracked(|folders| {
        let folders = folders.as_deref().unwrap_or_default();
        let same = folders.iter().find(|folder| folder.id == id);
        let beside = same.or_else(|| folders.get(place)).or(folders.last());
        beside.map(|folder| restore_id(folder.id))
    });
    // Rows are drawn anew in the place of others: what has this id now may have another then.
    let next = next.unwrap_or_else(|| SHELF_ID.to_owned());
    request_animation_frame(move || page::focus_soon(next));
}

fn restore_id(folder: FolderId) -> String {
    format!("restore-{folder}")
}

fn purge_id(folder: FolderId) -> String {
    format!("purge-{folder}")
}

/// The folders in the trash, and the way to empty it; the files wait until it has its room.
fn shelf(desk: Desk) -> AnyView {
    let text = use_text();
    let trashed = desk.tidying().trashed;
    let empty = desk.may(Right::Purge).then(|| {
        view! {
            <button
                type="button"
                disabled=move || !desk.lives.get()
                on:click=move |_| desk.tidying().ask.set(Some(Ask::EmptyTrash))
            >
                <Icon glyph=Glyph::Trash />
                <span>{text.order().empty_the_trash}</span>
            </button>
        }
    });
    let rows = move || {
        let folders = trashed.get()?;
        let rows = folders.into_iter().map(move |folder| row(desk, folder));
        Some(view! { <ul>{rows.collect_view()}</ul> })
    };
    view! {
        <section id=SHELF_ID class="trash-shelf" tabindex="-1" aria-label=text.order().trashed_folders>
            <div class="acts">{empty}</div>
            {rows}
        </section>
    }
    .into_any()
}

fn row(desk: Desk, folder: Folder) -> AnyView {
    let text = use_text();
    let (id, parent) = (folder.id, folder.parent_id);
    let by = folder.trashed_by_name.as_deref();
    let by = by.map(|name| text.naming(text.order().trashed_by, name));
    let until = folder.purge_at;
    let told = move || {
        let until = until.map(|at| text.naming(text.order().gone_on, &day_of(desk, at)));
        let told: Vec<_> = by.clone().into_iter().chain(until).collect();
        told.join(" · ")
    };
    let name = folder.name.to_string();
    let waits = move || !desk.lives.get();
    let purge = desk.may(Right::Purge).then(|| {
        view! {
            <button
                type="button"
                id=purge_id(id)
                class="quiet"
                disabled=waits
                on:click=move |_| desk.tidying().ask.set(Some(Ask::PurgeFolder(folder.clone())))
            >
                {text.order().purge}
            </button>
        }
    });
    view! {
        <li>
            <Icon glyph=Glyph::Folder />
            <span class="name" dir="auto">{name}</span>
            <span class="told" dir="auto">{told}</span>
            <button
                type="button"
                id=restore_id(id)
                disabled=waits
                on:click=move |_| desk.restore_folder(id, parent)
            >
                <Icon glyph=Glyph::Restore />
                <span>{text.browse.restore}</span>
            </button>
            {purge}
        </li>
    }
    .into_any()
}
