//! The button that opens the ways in; before the page is alive it is a plain form.

use leptos::{ev::KeyboardEvent, html::Details, prelude::*};

use super::{uploads::use_uploads, ways::ways_in};
use crate::browse::{tidy, use_desk};
use crate::components::{Glyph, Icon};
use crate::parts::later;
use crate::text::use_text;

/// A menu of the ways in, which come with the first sign of a hand.
#[component]
pub fn UploadButton() -> impl IntoView {
    let text = use_text();
    let desk = use_desk();
    let menu = NodeRef::<Details>::new();
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape"
            && let Some(menu) = menu.get_untracked()
        {
            event.stop_propagation();
            menu.set_open(false);
        }
    };
    let ways = move || {
        let is_here = desk.tidies.get();
        is_here.then(|| later(tidy::PART, move || ways_in(menu)))
    };
    view! {
        <details class="upload-menu" node_ref=menu on:keydown=on_key>
            <summary class="button primary">
                <Icon glyph=Glyph::Upload />
                <span>{text.general.upload}</span>
            </summary>
            <div class="upload-menu-items">
                <Show when=move || desk.lives.get() fallback=PlainForm>
                    {ways}
                </Show>
            </div>
        </details>
    }
}

/// Uploads one file without any script.
#[component]
fn PlainForm() -> impl IntoView {
    let text = use_text();
    let uploads = use_uploads();
    let folder = move || uploads.target.get().and_then(|target| target.folder_id);
    view! {
        <form method="post" action="/upload" enctype="multipart/form-data">
            {move || {
                folder()
                    .map(|folder| {
                        view! { <input type="hidden" name="folder_id" value=folder.to_string() /> }
                    })
            }}
            <label>
                <span>{text.browse.a_file}</span>
                <input type="file" name="file" required />
            </label>
            <button type="submit" class="primary">
                {text.general.upload}
            </button>
        </form>
    }
}
