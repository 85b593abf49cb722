//! The ways into the editor from the library, and from the files that are about to go up.

use leptos::prelude::*;
use model::AssetId;

use super::subject::Subject;
use super::{dialog, outline};
use crate::browse::{Desk, use_desk};
use crate::parts::{later, part};
use crate::text::use_text;
use crate::upload::{Uploads, item::ItemId};

/// The editor, while the address says that the open asset is being cropped.
#[component]
pub fn Crop() -> impl IntoView {
    let desk = use_desk();
    let wanted = Memo::new(move |_| {
        let asked = desk.lives.get() && desk.query.with(|query| query.crop);
        let opened = desk.opened.get().filter(|asset| asset.can_be_cropped());
        let id = desk.query.with(|query| query.asset);
        opened
            .map(|asset| asset.id)
            .filter(|it| asked && Some(*it) == id)
    });
    move || wanted.get().map(|id| later(PART, move || crop(desk, id)))
}

/// The name of the part.
pub const PART: &str = "crop";

part! { crop;
    pub fn crop(desk: Desk, id: AssetId) -> AnyView {
        dialog::editor(Subject::Asset(StoredValue::new(desk), id))
    }
}

part! { crop;
    /// The editor of a picture that has not gone up yet.
    pub fn crop_file(uploads: Uploads, id: ItemId) -> AnyView {
        dialog::editor(Subject::File(uploads, id))
    }
}

/// The button that opens the editor.
pub fn door(desk: Desk, id: AssetId) -> AnyView {
    let text = use_text();
    view! {
        <button
            type="button"
            id="crop-door"
            aria-keyshortcuts="c"
            disabled=move || !desk.lives.get()
            on:click=move |_| desk.crop(id)
        >
            {outline::icon(outline::CROP)}
            <span>{text.general.crop}</span>
        </button>
    }
    .into_any()
}
