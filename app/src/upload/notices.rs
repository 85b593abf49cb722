//! What people should know about what they dropped: nothing is left out in silence.

use leptos::{prelude::*, task::spawn_local};

use super::{
    uploads::{Notice, Uploads},
    words,
};
use crate::{
    browser::page,
    components::{Glyph, Icon},
    text::use_text,
};

/// The notices, each with the names it is about.
#[component]
pub fn Notices(
    /// The uploads.
    uploads: Uploads,
) -> impl IntoView {
    view! {
        {move || {
            uploads
                .notices
                .get()
                .into_iter()
                .enumerate()
                .map(|(at, notice)| view! { <NoticeLine uploads at notice /> })
                .collect_view()
        }}
    }
}

#[component]
fn NoticeLine(uploads: Uploads, at: usize, notice: Notice) -> impl IntoView {
    let text = use_text();
    let said = words::notice(text, &notice);
    let names = names(notice);
    view! {
        <div class="upload-notice">
            <div class="upload-notice-line">
                <Icon glyph=Glyph::Alert />
                <span>{said}</span>
                <button
                    type="button"
                    class="quiet icon-only"
                    aria-label=text.uploading().close_notice
                    on:click=move |_| uploads.dismiss_notice(at)
                >
                    <Icon glyph=Glyph::Close />
                </button>
            </div>
            {(!names.is_empty()).then(|| view! { <Names names /> })}
        </div>
    }
}

/// A list of names that can be opened and copied.
#[component]
fn Names(names: Vec<String>) -> impl IntoView {
    let text = use_text();
    let is_copied = RwSignal::new(false);
    let all = names.join("\n");
    let copy = move |_| {
        let all = all.clone();
        spawn_local(async move {
            let done = page::copy(&all).await.is_ok();
            let _ = is_copied.try_set(done);
        });
    };
    view! {
        <details class="upload-names">
            <summary>{words::show_names(text, names.len())}</summary>
            <ul>{names.into_iter().map(|name| view! { <li>{name}</li> }).collect_view()}</ul>
        </details>
        <button type="button" class="link" on:click=copy>
            {move || if is_copied.get() { text.uploading().list_copied } else { text.uploading().copy_list }}
        </button>
    }
}

fn names(notice: Notice) -> Vec<String> {
    match notice {
        Notice::LeftOut(left, _) => left.names,
        Notice::Hidden(names) => names,
        Notice::EmptyFolder(_) | Notice::NotTheSame(_) | Notice::NotCropped(_) => Vec::new(),
    }
}
