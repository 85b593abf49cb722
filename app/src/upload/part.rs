//! What moves files, and the tray that tells of it: a part that comes with the first files.

use leptos::{ev, prelude::*, task::spawn_local};
use web_sys::Event;

use super::{
    item::Sending,
    memory,
    provider::chosen,
    question::FolderQuestion,
    tray::UploadTray,
    uploads::{Brought, Uploads},
};
use crate::browser::page;
use crate::components::late_sheet;
use crate::crop;
use crate::parts::{later, part};
use crate::text::use_text;

/// The name of the part.
pub const PART: &str = "uploads";

part! { uploads, load;
    /// The tray and the question, and all that keeps files going.
    pub fn work(uploads: Uploads) -> AnyView {
        work_on(uploads)
    }
}

fn work_on(uploads: Uploads) -> AnyView {
    listen(uploads);
    Effect::new(move || spawn_local(memory::take_up(uploads)));
    Effect::new(move || {
        for brought in uploads.take_brought() {
            match brought {
                Brought::New(files, target) => uploads.take_in(files, target, false),
                Brought::ToCrop(files, target) => uploads.take_in(files, target, true),
                Brought::Again(files) => uploads.take_again(files),
            }
        }
    });
    let (sheet, is_styled) = late_sheet();
    let drawn = move || {
        view! {
            <FolderQuestion uploads />
            <UploadTray />
            {again(uploads)}
        }
    };
    let cropped = Memo::new(move |_| uploads.queue.with(|queue| queue.cropping.map(|it| it.id)));
    let editor = move || {
        let id = cropped.get()?;
        Some(later(crop::PART, move || crop::crop_file(uploads, id)))
    };
    view! {
        {sheet}
        {move || is_styled.get().then(drawn)}
        {editor}
    }
    .into_any()
}

/// The browser's dialog in which files of an earlier page are chosen again.
fn again(uploads: Uploads) -> AnyView {
    let take = move |_| {
        let files = chosen(uploads.again);
        page::focus("upload-tray");
        uploads.bring(Brought::Again(files));
    };
    view! {
        <input
            hidden
            type="file"
            multiple
            aria-label=use_text().uploading().files_to_go_on
            node_ref=uploads.again
            on:change=take
        />
    }
    .into_any()
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
