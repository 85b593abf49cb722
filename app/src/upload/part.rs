//! What moves files, and the tray that tells of it: a part that comes with the first files.

use leptos::{ev, prelude::*, task::spawn_local};
use web_sys::Event;

use super::{
    item::Sending,
    memory,
    question::FolderQuestion,
    tray::UploadTray,
    uploads::{Brought, Uploads},
};
use crate::components::late_sheet;
use crate::parts::part;

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
                Brought::New(files, target) => uploads.take_in(files, target),
                Brought::Again(files) => uploads.take_again(files),
            }
        }
    });
    let (sheet, is_styled) = late_sheet();
    let drawn = move || {
        view! {
            <FolderQuestion uploads />
            <UploadTray />
        }
    };
    view! {
        {sheet}
        {move || is_styled.get().then(drawn)}
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
