//! The place above all pages where uploads live, and the browser's dialogs that files are chosen in.

use leptos::{html::Input, prelude::*};

use super::{part, uploads::Uploads};
use crate::browser::{files, upload_store};
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

/// The browser's own dialog, opened from elsewhere.
#[component]
fn Inputs(
    /// The uploads.
    uploads: Uploads,
) -> impl IntoView {
    let text = use_text();
    view! {
        <input
            hidden
            type="file"
            multiple
            aria-label=text.general.files_to_upload
            node_ref=uploads.files
            on:change=move |_| {
                uploads.receive(chosen(uploads.files), uploads.target_now());
            }
        />
    }
}

/// The files that somebody chose.
pub(super) fn chosen(input: NodeRef<Input>) -> Vec<files::LocalFile> {
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
