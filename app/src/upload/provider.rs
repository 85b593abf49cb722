//! The place above all pages where uploads live, and what they need of the window.

use leptos::{ev, html::Input, prelude::*, task::spawn_local};
use web_sys::Event;

use super::{
    item::Sending,
    memory,
    question::FolderQuestion,
    uploads::{Target, Uploads},
};
use crate::browser::{files, page};
use crate::text::use_text;

/// Lets everything inside upload, and keeps uploads going from page to page.
#[component]
pub fn UploadProvider(
    /// The pages.
    children: Children,
) -> impl IntoView {
    let uploads = Uploads::new();
    provide_context(uploads);
    listen(uploads);
    Effect::new(move || spawn_local(memory::take_up(uploads)));
    view! {
        {children()}
        <Inputs uploads />
        <FolderQuestion uploads />
    }
}

/// What the window tells: the network is back, the page goes, somebody comes back to it.
fn listen(uploads: Uploads) {
    let online = window_event_listener(ev::online, move |_| uploads.wake());
    let focus = window_event_listener(ev::focus, move |_| uploads.sign_in());
    let hide = window_event_listener_untyped("pagehide", move |_| memory::write(uploads, true));
    let leave = window_event_listener_untyped("beforeunload", move |event: Event| {
        if moves(uploads) {
            event.prevent_default();
        }
    });
    on_cleanup(move || {
        online.remove();
        focus.remove();
        hide.remove();
        leave.remove();
    });
}

/// Whether bytes move now.
fn moves(uploads: Uploads) -> bool {
    uploads.queue.with_untracked(|queue| {
        queue
            .items()
            .iter()
            .any(|item| matches!(item.state, Sending::Moving { .. }))
    })
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
                aria-label=text.upload.files_to_upload
                node_ref=uploads.files
                on:change=move |_| take(uploads.files)
            />
            <input
                type="file"
                multiple
                tabindex="-1"
                aria-label=text.upload.folder_to_upload
                node_ref=uploads.folder
                on:change=move |_| take(uploads.folder)
            />
            <input
                type="file"
                multiple
                tabindex="-1"
                aria-label=text.upload.files_to_go_on
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
