//! What is in an archive: names and sizes, as its directory says.

use leptos::prelude::*;
use model::preview::{Archive, ArchiveEntry};

use crate::components::{Glyph, Icon};
use crate::text::use_text;

/// The list of an archive.
pub fn list(archive: &Archive) -> AnyView {
    let text = use_text();
    let more = archive
        .is_cut
        .then(|| view! { <p class="aside">{text.details().list_cut}</p> });
    view! {
        <div class="reading list" tabindex="0" role="region" aria-label=text.details().reading>
            <p class="aside">{text.files_in_it(archive.files, archive.size)}</p>
            <ul>{archive.entries.iter().map(entry).collect_view()}</ul>
            {more}
        </div>
    }
    .into_any()
}

fn entry(entry: &ArchiveEntry) -> AnyView {
    let text = use_text();
    let glyph = if entry.size.is_some() {
        Glyph::Document
    } else {
        Glyph::Folder
    };
    let size = entry.size.map(|size| text.size(size));
    let locked = entry
        .is_locked
        .then(|| view! { <span>{text.details().locked}</span> });
    view! {
        <li>
            <Icon glyph />
            <span class="path" dir="auto">
                {entry.name.clone()}
            </span>
            {locked}
            <span class="bytes">{size}</span>
        </li>
    }
    .into_any()
}
