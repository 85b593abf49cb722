//! The place above all pages where uploads live, and the browser's dialogs that files are chosen in.

use leptos::{html::Input, prelude::*};

use super::{
    part,
    uploads::{Target, Uploads},
};
use crate::browser::{files, page, upload_store};
use crate::parts::later;
use crate::text::use_text;

/// Lets everything inside upload, and keeps uploads going from page to page.
#[component]
pub fn UploadProvider(
    /// The pages.
    children: Children,
) -> impl IntoView {
    let uploads = Uploads::new();
    provide_context(uploads);
    Effect::new(move || {
        if upload_store::has_notes() {
            uploads.begin();
        }
    });
    view! {
        {children()}
        <Inputs uploads />
        {move || uploads.has_begun.get().then(|| later(part::PART, move || part::work(uploads)))}
    }
}

/// The browser's own dialogs, opened from elsewhere.
#[component]
fn Inputs(
    /// The uploads.
    uploads: Uploads,
) -> impl IntoView {
    let text = use_text();
    let take = move |input: NodeRef<Input>| {
        let files = chosen(input);
        if !files.is_empty() {
            uploads.receive(files, current_target(uploads));
        }
    };
    Effect::new(move || {
        if let Some(input) = uploads.folder.get() {
            let _ = input.set_attribute("webkitdirectory", "");
        }
    });
    view! {
        <div hidden>
            <input
                type="file"
                multiple
                tabindex="-1"
                aria-label=text.browse.files_to_upload
                node_ref=uploads.files
                on:change=move |_| take(uploads.files)
            />
            <input
                type="file"
                multiple
                tabindex="-1"
                aria-label=text.browse.folder_to_upload
                node_ref=uploads.folder
                on:change=move |_| take(uploads.folder)
            />
            <input
                type="file"
                multiple
                tabindex="-1"
                aria-label=text.browse.files_to_go_on
                node_ref=uploads.again
                on:change=move |_| {
                    let files = chosen(uploads.again);
                    page::focus("upload-tray");
                    uploads.receive_again(files);
                }
            />
        </div>
    }
}

fn chosen(input: NodeRef<Input>) -> Vec<files::LocalFile> {
    let Some(input) = input.get_untracked() else {
        return Vec::new();
    };
    let files = input
        .files()
        .map(|list| files::listed(&list))
        .unwrap_or_default();
    // The same file can be chosen once more.
    input.set_value("");
    files
}

fn current_target(uploads: Uploads) -> Target {
    uploads.target.get_untracked().unwrap_or(Target {
        folder_id: None,
        name: String::new(),
    })
}
