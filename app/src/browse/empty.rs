//! What stands where nothing is: what belongs here, and the first step.

use leptos::prelude::*;

use super::desk::{Desk, use_desk};
use crate::components::{Glyph, Icon};
use crate::query::{LibraryQuery, Place};
use crate::text;

/// What stands where nothing is.
#[component]
pub fn Empty() -> impl IntoView {
    let desk = use_desk();
    move || {
        let query = desk.query.get();
        if query.is_narrowed() {
            no_hits(&query).into_any()
        } else {
            nothing_yet(desk, query.place).into_any()
        }
    }
}

fn no_hits(query: &LibraryQuery) -> impl IntoView + use<> {
    view! {
        <div class="empty">
            <Icon glyph=Glyph::Search />
            <h2>{text::no_hits(query.q.trim())}</h2>
            <p>{text::NO_HITS_HINT}</p>
            <a class="button" href=query.at(Place::All).href()>
                {text::SHOW_ALL}
            </a>
        </div>
    }
}

fn nothing_yet(desk: Desk, place: Place) -> impl IntoView {
    let (glyph, title, hint) = match place {
        Place::All => (
            Glyph::ImagePlus,
            text::EMPTY_LIBRARY,
            text::EMPTY_LIBRARY_HINT.to_owned(),
        ),
        Place::Folder(_) => (
            Glyph::Folder,
            text::EMPTY_FOLDER,
            text::EMPTY_FOLDER_HINT.to_owned(),
        ),
        Place::Trash => {
            let days = desk.me.with_value(|me| me.limits.retention_days);
            (
                Glyph::Trash,
                text::EMPTY_TRASH,
                text::empty_trash_hint(days),
            )
        }
    };
    view! {
        <div class="empty">
            <Icon glyph=glyph />
            <h2>{title}</h2>
            <p>{hint}</p>
        </div>
    }
}
