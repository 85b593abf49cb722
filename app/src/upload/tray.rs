//! The tray at the bottom right: what goes up, what needs a person, what is there.

use leptos::prelude::*;

use super::{
    notices::Notices,
    queue::{Overview, Totals},
    row::UploadRow,
    uploads::{Uploads, use_uploads},
    words,
};
use crate::components::{Glyph, Icon};
use crate::text::use_text;

/// The most rows that are drawn; the rest is counted.
const MOST_ROWS: usize = 200;

/// Every file on its way, with figures; nothing while there is none.
#[component]
pub fn UploadTray() -> impl IntoView {
    let text = use_text();
    let uploads = use_uploads();
    let totals = uploads.totals();
    let is_open = RwSignal::new(true);
    let is_there = Memo::new(move |_| totals.read().all > 0 || !uploads.notices.read().is_empty());
    let need_you = Memo::new(move |_| totals.read().need_you);
    Effect::new(move |before: Option<usize>| {
        let now = need_you.get();
        if now > before.unwrap_or(0) {
            is_open.set(true);
        }
        now
    });
    let announcement = Memo::new(move |_| totals.with(|totals| words::announcement(text, totals)));
    view! {
        <Show when=move || is_there.get()>
            <section
                class="upload-tray"
                id="upload-tray"
                aria-label=text.uploading().tray
                tabindex="-1"
                class:open=move || is_open.get()
            >
                <TrayHead uploads totals is_open />
                <div class="upload-tray-body" hidden=move || !is_open.get()>
                    <SignedOut totals />
                    <Notices uploads />
                    <Absent uploads totals />
                    <Rows uploads />
                </div>
            </section>
        </Show>
        <p class="visually-hidden" role="status">
            {move || announcement.get()}
        </p>
    }
}

/// The tray in a line, and what can be done with all files.
#[component]
fn TrayHead(uploads: Uploads, totals: Memo<Totals>, is_open: RwSignal<bool>) -> impl IntoView {
    let text = use_text();
    let summary = Memo::new(move |_| totals.with(|totals| words::summary(text, totals)));
    let detail = Memo::new(move |_| totals.with(|totals| words::detail(text, totals)));
    let percent = Memo::new(move |_| totals.read().percent());
    let is_going = Memo::new(move |_| totals.with(Totals::is_going));
    let is_unfinished = Memo::new(move |_| totals.with(Totals::is_unfinished));
    view! {
        <header class="upload-tray-head">
            <button
                type="button"
                class="upload-tray-summary quiet"
                aria-expanded=move || is_open.get().to_string()
                aria-controls="upload-list"
                on:click=move |_| is_open.update(|is_open| *is_open = !*is_open)
            >
                <Icon glyph=Glyph::Down />
                <span>
                    <strong>{move || summary.get()}</strong>
                    <small>{move || detail.get()}</small>
                </span>
            </button>
            <AllActions uploads totals />
            <Show when=move || is_unfinished.get()>
                <progress
                    max="100"
                    value=move || percent.get().to_string()
                    aria-label=text.uploading().all_uploads
                    class:resting=move || !is_going.get()
                ></progress>
            </Show>
        </header>
    }
}

#[component]
fn AllActions(uploads: Uploads, totals: Memo<Totals>) -> impl IntoView {
    let text = use_text();
    let is_going = Memo::new(move |_| totals.with(Totals::is_going));
    let is_paused = Memo::new(move |_| totals.read().paused > 0 && !is_going.get());
    let is_unfinished = Memo::new(move |_| totals.with(Totals::is_unfinished));
    view! {
        <div class="upload-actions">
            <Show when=move || is_going.get()>
                <AllButton verb=text.uploading().pause_all glyph=Glyph::Pause act=move || uploads.pause_all() />
            </Show>
            <Show when=move || is_paused.get()>
                <AllButton verb=text.uploading().resume_all glyph=Glyph::Play act=move || uploads.resume_all() />
            </Show>
            <Show
                when=move || is_unfinished.get()
                fallback=move || {
                    view! {
                        <AllButton
                            verb=text.uploading().close_tray
                            glyph=Glyph::Close
                            act=move || uploads.cancel_all()
                        />
                    }
                }
            >
                <AllButton verb=text.uploading().cancel_all glyph=Glyph::Close act=move || uploads.cancel_all() />
            </Show>
        </div>
    }
}

#[component]
fn AllButton(
    verb: &'static str,
    glyph: Glyph,
    act: impl Fn() + Copy + Send + 'static,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="quiet icon-only"
            title=verb
            aria-label=verb
            on:click=move |_| act()
        >
            <Icon glyph />
        </button>
    }
}

/// The session is over: where to sign in without losing anything.
#[component]
fn SignedOut(totals: Memo<Totals>) -> impl IntoView {
    let text = use_text();
    let is_signed_out = Memo::new(move |_| totals.read().signed_out);
    view! {
        <Show when=move || is_signed_out.get()>
            <p class="upload-notice">
                {text.uploading().signed_out}
                " "
                <a href="/sign-in" target="_blank" rel="external noopener">
                    {text.uploading().sign_in_again}
                </a>
            </p>
        </Show>
    }
}

/// Files of an earlier page that must be chosen again.
#[component]
fn Absent(uploads: Uploads, totals: Memo<Totals>) -> impl IntoView {
    let text = use_text();
    let absent = Memo::new(move |_| totals.read().absent);
    view! {
        <Show when=move || absent.get().gt(&0)>
            <div class="upload-notice">
                <p>{move || words::absent(text, absent.get())}</p>
                <button type="button" class="link" on:click=move |_| uploads.choose(uploads.again)>
                    {text.uploading().choose_files_again}
                </button>
            </div>
        </Show>
    }
}

#[component]
fn Rows(uploads: Uploads) -> impl IntoView {
    let text = use_text();
    let overview = Memo::new(move |_| uploads.queue.with(|queue| queue.overview(MOST_ROWS)));
    let rows = Memo::new(move |_| overview.with(|overview| overview.rows.clone()));
    let more = Memo::new(move |_| overview.with(|overview: &Overview| words::more(text, overview)));
    view! {
        <ul class="upload-list" id="upload-list" aria-label=text.uploading().uploads>
            <For each=move || rows.get() key=|id| *id let:id>
                <UploadRow uploads id />
            </For>
        </ul>
        <p class="upload-more">{move || more.get()}</p>
    }
}
