//! The picker put together.

use leptos::ev::keydown;
use leptos::prelude::*;
use web_sys::{DragEvent, KeyboardEvent};

use super::bring::files_of;
use super::cropping::crop;
use super::foot::foot;
use super::grid::grid;
use super::head::head;
use super::side::side;
use super::state::Picker;
use super::tray::tray;
use crate::browser::page;
use crate::text::use_text;

/// The picker, at its beginning.
pub fn whole(picker: Picker) -> AnyView {
    let text = use_text().picker();
    picker.begin();
    // Keys are for the picker from the first one on.
    page::focus_soon("picker".to_owned());
    // Also where nothing has them, after a click beside what can have them.
    let keys = window_event_listener(keydown, move |event| press(picker, &event));
    on_cleanup(move || keys.remove());
    let is_over = RwSignal::new(false);
    let may_upload = picker.rights.with_value(|rights| rights.upload);
    let drag = move |event: DragEvent| {
        event.prevent_default();
        is_over.set(may_upload);
    };
    let told = move || {
        let told = picker.told.get();
        told.map(|told| view! { <p class="picker-news">{told}</p> })
    };
    view! {
        <main
            class="picker"
            id="picker"
            tabindex="-1"
            aria-labelledby="picker-title"
            on:dragover=drag
            on:dragleave=move |_| is_over.set(false)
            on:drop=move |event| {
                event.prevent_default();
                is_over.set(false);
                let files = event.data_transfer().and_then(|data| data.files());
                picker.bring(files_of(files));
            }
            on:paste=move |event| {
                let files = event.clipboard_data().and_then(|data| data.files());
                picker.bring(files_of(files));
            }
        >
            {head(picker)}
            <div class="picker-body">{grid(picker)} {side(picker)}</div>
            {tray(picker)}
            <div role="status">{told}</div>
            {foot(picker)}
            <div class="picker-drop" aria-hidden="true" hidden=move || !is_over.get()>
                <p>{text.drop}</p>
            </div>
            {crop(picker)}
        </main>
    }
    .into_any()
}

/// What is seen while the session is taken over.
pub fn waiting() -> AnyView {
    let text = use_text();
    view! {
        <main class="picker" aria-busy="true">
            <p class="visually-hidden" role="status">
                {text.general.loading}
            </p>
        </main>
    }
    .into_any()
}

/// Escape leaves without a choice, but for what it means elsewhere: in a search it empties the
/// field, and in the editor it leaves that.
fn press(picker: Picker, event: &KeyboardEvent) {
    let is_elsewhere = event.default_prevented() || picker.cropping.with_untracked(Option::is_some);
    let is_search = page::is_field(event) && !page::value_of("picker-search").is_empty();
    match event.key().as_str() {
        "Escape" if !is_elsewhere && !is_search => picker.cancel(),
        "/" if !is_elsewhere && !page::is_field(event) => {
            event.prevent_default();
            page::focus_soon("picker-search".to_owned());
        }
        _ => {}
    }
}
