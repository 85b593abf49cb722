//! Above the files in the trash: the folders there, and the way to empty it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Folder, FolderId, Page, Right};

use super::ask::Ask;
use crate::api::Failure;
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
type Trashed = RwSignal<Option<Page<Folder>>>;

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
        let here = trashed.with_untracked(|known| known.as_ref().map_or(0, |it| it.items.len()));
        spawn_local(async move {
            let found = list_trashed(here).await;
            // What came late tells of a trash that is another by now.
            if trash.try_get_untracked() == Some(turn) {
                let held = held(trashed);
                let _ = trashed.try_update(|known| match found {
                    Ok(page) => *known = Some(page),
                    Err(_) => *known = Some(known.take().unwrap_or_else(nothing)),
                });
                if let Some(held) = held {
                    hold_on(trashed, held);
                }
            }
        });
    });
}

const fn nothing() -> Page<Folder> {
    Page {
        items: Vec::new(),
        next_cursor: None,
    }
}

/// The folders in the trash, as many as were here.
async fn list_trashed(least: usize) -> Result<Page<Folder>, Failure> {
    let mut whole = list_trashed_folders(None).await?;
    while whole.items.len() < least && whole.next_cursor.is_some() {
        let more = list_trashed_folders(whole.next_cursor.take()).await?;
        whole.items.extend(more.items);
        whole.next_cursor = more.next_cursor;
    }
    Ok(whole)
}

/// Fetches the folders in the trash that follow those here.
fn fetch_more(desk: Desk) {
    let trashed = desk.tidying().trashed;
    let next = trashed.with_untracked(|known| known.as_ref()?.next_cursor.clone());
    if next.is_none() {
        return;
    }
    spawn_local(async move {
        match list_trashed_folders(next.clone()).await {
            Ok(more) => {
                let _ = trashed.try_update(|known| {
                    // What came twice, or late, follows others by now.
                    if let Some(page) = known.as_mut().filter(|page| page.next_cursor == next) {
                        page.items.extend(more.items);
                        page.next_cursor = more.next_cursor;
                    }
                });
            }
            Err(failure) => desk.complain(&failure),
        }
    });
}

/// The folder whose buttons have the focus, and its place.
fn held(trashed: Trashed) -> Option<(FolderId, usize)> {
    trashed.with_untracked(|folders| {
        let folders = folders.iter().flat_map(|page| &page.items);
        let mut folders = folders.enumerate();
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
        let folders = folders
            .as_ref()
            .map_or(&[][..], |page| page.items.as_slice());
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
        let folders = trashed.get()?.items.into_iter();
        let rows = folders.map(move |folder| row(desk, folder));
        Some(view! { <ul>{rows.collect_view()}</ul> })
    };
    let follow = move || {
        trashed.with(|known| {
            known
                .as_ref()
                .is_some_and(|page| page.next_cursor.is_some())
        }) && desk.lives.get()
    };
    let more = move || {
        follow().then(|| {
            view! {
                <button type="button" class="quiet more" on:click=move |_| fetch_more(desk)>
                    {text.browse.more_folders}
                </button>
            }
        })
    };
    view! {
        <section id=SHELF_ID class="trash-shelf" tabindex="-1" aria-label=text.order().trashed_folders>
            <div class="acts">{empty}</div>
            {rows}
            {more}
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
