//! The whole window as a place to drop and paste files on.

use std::time::Duration;

use leptos::{ev, prelude::*};
use model::FolderId;
use web_sys::{ClipboardEvent, DataTransfer, DragEvent};

use super::{
    uploads::{Target, use_uploads},
    words,
};
use crate::text::use_text;
use crate::{
    browser::{
        files::{self, LocalFile},
        page, paste,
    },
    components::{Glyph, Icon},
};

/// Browsers tell of a drag over the page far more often than this; silence means it has ended
/// elsewhere. A busy browser must not lose what is let go after a pause.
const SILENCE: Duration = Duration::from_secs(3);

/// Takes files that are dropped or pasted anywhere on the page into a folder, and says which.
#[component]
pub fn DropZone(
    /// Where files land; absent for the top.
    #[prop(into)]
    folder: Signal<Option<FolderId>>,
    /// What people call that place.
    #[prop(into)]
    folder_name: Signal<String>,
) -> impl IntoView {
    let text = use_text();
    let uploads = use_uploads();
    let target = Memo::new(move |_| Target {
        folder_id: folder.get(),
        name: folder_name.get(),
    });
    // Set at once, too: the plain form is drawn on the server, where no effects run.
    uploads.target.set(Some(target.get_untracked()));
    Effect::new(move || uploads.target.set(Some(target.get())));
    on_cleanup(move || {
        let _ = uploads.target.try_set(None);
    });

    let is_over = use_file_drag(
        move || uploads.prepare_soon(),
        move |data| {
            let dropped = files::dropped(data);
            let target = target.get_untracked();
            leptos::task::spawn_local(async move {
                let walked = dropped.walk().await;
                uploads.tell_empty(walked.empty);
                if !walked.files.is_empty() {
                    uploads.receive(walked.files, target);
                }
            });
        },
    );
    use_file_paste(move |files| uploads.receive(files, target.get_untracked()));
    // Always in the page, and under the pointer while files hang over it: a browser tells a drop
    // to what it last saw under the pointer, and when that has left the page meanwhile, to nobody.
    view! {
        <div
            class="drop-overlay"
            class:over=is_over
            aria-hidden="true"
            // While something is dragged, no pointer moves.
            on:pointermove=move |_| is_over.set(false)
        >
            <p>
                <Icon glyph=Glyph::Upload />
                <span>{move || words::drop_here(text, &target.read().name)}</span>
            </p>
        </div>
    }
}

/// Whether files are being dragged over the page; hands over what is dropped.
///
/// Drags that began inside the page are left alone. On the server nothing is dragged.
fn use_file_drag(
    on_enter: impl Fn() + 'static,
    on_drop: impl Fn(&DataTransfer) + 'static,
) -> RwSignal<bool> {
    let is_over = RwSignal::new(false);
    let pulse = StoredValue::new(0_u32);
    let over = window_event_listener(ev::dragover, move |event: DragEvent| {
        let Some(data) = file_drag(&event) else {
            return;
        };
        event.prevent_default();
        data.set_drop_effect("copy");
        if !is_over.get_untracked() {
            is_over.set(true);
            on_enter();
        }
        let beat = pulse.get_value().wrapping_add(1);
        pulse.set_value(beat);
        set_timeout(
            move || {
                if pulse.try_get_value() == Some(beat) {
                    let _ = is_over.try_set(false);
                }
            },
            SILENCE,
        );
    });
    let leave = window_event_listener(ev::dragleave, move |event: DragEvent| {
        if event.related_target().is_none() && is_outside(&event) {
            is_over.set(false);
        }
    });
    let drop = window_event_listener(ev::drop, move |event: DragEvent| {
        if let Some(data) = file_drag(&event) {
            event.prevent_default();
            is_over.set(false);
            on_drop(&data);
        }
    });
    on_cleanup(move || {
        over.remove();
        leave.remove();
        drop.remove();
    });
    is_over
}

fn file_drag(event: &DragEvent) -> Option<DataTransfer> {
    let data = event.data_transfer()?;
    data.types()
        .iter()
        .any(|kind| kind.as_string().as_deref() == Some("Files"))
        .then_some(data)
}

fn is_outside(event: &DragEvent) -> bool {
    let window = window();
    let edge = |length: Result<wasm_bindgen::JsValue, _>| {
        length
            .ok()
            .and_then(|length| length.as_f64())
            .unwrap_or(0.0)
    };
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    x <= 0.0 || y <= 0.0 || x >= edge(window.inner_width()) || y >= edge(window.inner_height())
}

/// Hands over files that are pasted anywhere but into a text.
///
/// On the server nothing is pasted.
fn use_file_paste(on_paste: impl Fn(Vec<LocalFile>) + 'static) {
    let paste = window_event_listener(ev::paste, move |event: ClipboardEvent| {
        let Some(data) = event.clipboard_data() else {
            return;
        };
        let files = files::pasted(&data);
        if !files.is_empty() && !page::is_writing(event.target()) {
            event.prevent_default();
            on_paste(paste::named(files, use_text()));
        }
    });
    on_cleanup(move || paste.remove());
}
