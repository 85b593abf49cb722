//! What stands where nothing is: what belongs here, and the first step.

use leptos::prelude::*;

use super::desk::{Desk, use_desk};
use crate::components::{Glyph, Icon};
use crate::query::{LibraryQuery, Place};
use crate::text::use_text;

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
    let text = use_text();
    view! {
        <div class="empty">
            <Icon glyph=Glyph::Search />
            <h2>{text.no_hits(query.q.trim())}</h2>
            <p>{text.browse.no_hits_hint}</p>
            <a class="button" href=query.at(Place::All).href()>
                {text.browse.show_all}
            </a>
        </div>
    }
}

fn nothing_yet(desk: Desk, place: Place) -> impl IntoView {
    let text = use_text();
    let (glyph, title, hint) = match place {
        Place::All => (
            Glyph::ImagePlus,
            text.browse.empty_library,
            text.browse.empty_library_hint.to_owned(),
        ),
        Place::Folder(_) => (
            Glyph::Folder,
            text.browse.empty_folder,
            text.browse.empty_folder_hint.to_owned(),
        ),
        Place::Archive => (
            Glyph::Archive,
            text.browse.empty_archive,
            text.browse.empty_archive_hint.to_owned(),
        ),
        Place::Source(_) => (
            Glyph::Inbox,
            text.browse.empty_source,
            text.browse.empty_source_hint.to_owned(),
        ),
        Place::People => (
            Glyph::People,
            text.browse.empty_people,
            text.browse.empty_people_hint.to_owned(),
        ),
        Place::Trash => {
            let days = desk.me.with_value(|me| me.limits.retention_days);
            (
                Glyph::Trash,
                text.browse.empty_trash,
                text.empty_trash_hint(days),
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
