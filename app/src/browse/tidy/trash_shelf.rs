//! Above the files in the trash: the folders there, and the way to empty it.

use leptos::prelude::*;
use model::{Folder, Right};

use super::ask::Ask;
use crate::api::folders::list_trashed_folders;
use crate::browse::desk::Desk;
use crate::components::{Glyph, Icon};
use crate::parts::part;
use crate::text::use_text;

part! { tidy;
    pub fn draw_trash_shelf(desk: Desk) -> AnyView {
        shelf(desk)
    }
}

/// The folders in the trash, and the way to empty it.
fn shelf(desk: Desk) -> AnyView {
    let text = use_text();
    let folders = LocalResource::new(move || {
        desk.tidying().trash.track();
        list_trashed_folders()
    });
    let empty = desk.may(Right::Purge).then(|| {
        view! {
            <button type="button" on:click=move |_| desk.tidying().ask.set(Some(Ask::EmptyTrash))>
                <Icon glyph=Glyph::Trash />
                <span>{text.order().empty_the_trash}</span>
            </button>
        }
    });
    view! {
        <section class="trash-shelf" aria-label=text.order().trashed_folders>
            <div class="acts">{empty}</div>
            <ul>
                {move || {
                    let folders = folders.get()?.ok()?;
                    Some(folders.into_iter().map(move |folder| row(desk, folder)).collect_view())
                }}
            </ul>
        </section>
    }
    .into_any()
}

fn row(desk: Desk, folder: Folder) -> AnyView {
    let text = use_text();
    let (id, parent) = (folder.id, folder.parent_id);
    let by = folder.trashed_by_name.as_deref();
    let by = by.map(|name| text.naming(text.order().trashed_by, name));
    let until = folder
        .purge_at
        .map(|at| text.naming(text.order().gone_on, &text.day(at)));
    let told: Vec<_> = by.into_iter().chain(until).collect();
    let name = folder.name.to_string();
    let purge = desk.may(Right::Purge).then(|| {
        view! {
            <button
                type="button"
                class="quiet"
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
            <span class="told" dir="auto">{told.join(" · ")}</span>
            <button type="button" on:click=move |_| desk.restore_folder(id, parent)>
                <Icon glyph=Glyph::Restore />
                <span>{text.browse.restore}</span>
            </button>
            {purge}
        </li>
    }
    .into_any()
}
