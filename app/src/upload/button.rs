//! The button that opens the ways in; before the page is alive it is a plain form.

use leptos::{ev::KeyboardEvent, html::Details, prelude::*};

use super::uploads::use_uploads;
use crate::components::{Glyph, Icon};
use crate::text::use_text;

/// A menu: choose files, or a folder.
#[component]
pub fn UploadButton() -> impl IntoView {
    let text = use_text();
    let uploads = use_uploads();
    let menu = NodeRef::<Details>::new();
    let is_alive = RwSignal::new(false);
    Effect::new(move || is_alive.set(true));
    let close = move || {
        if let Some(menu) = menu.get_untracked() {
            menu.set_open(false);
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            close();
        }
    };
    view! {
        <details class="upload-menu" node_ref=menu on:keydown=on_key>
            <summary class="button primary">
                <Icon glyph=Glyph::Upload />
                <span>{text.general.upload}</span>
            </summary>
            <div class="upload-menu-items">
                <Show when=move || is_alive.get() fallback=PlainForm>
                    <button
                        type="button"
                        on:click=move |_| {
                            close();
                            uploads.choose_files();
                        }
                    >
                        <Icon glyph=Glyph::Document />
                        <span>{text.browse.choose_files}</span>
                        <kbd>"U"</kbd>
                    </button>
                    <button
                        type="button"
                        on:click=move |_| {
                            close();
                            uploads.choose_folder();
                        }
                    >
                        <Icon glyph=Glyph::Folder />
                        <span>{text.browse.choose_folder}</span>
                    </button>
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
