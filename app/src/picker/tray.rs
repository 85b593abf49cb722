//! The files that are being brought, a row each.

use leptos::prelude::*;

use super::bring::{State, Upload};
use super::state::Picker;
use crate::components::{Glyph, Icon, Item, keyed_list};
use crate::text::use_text;

/// The files that are being brought, where there are some.
pub fn tray(picker: Picker) -> AnyView {
    let text = use_text().picker();
    let rows = move || {
        let uploads = picker.uploads.get();
        let row =
            |upload: Upload| Item::new(upload.id.to_string(), move || row(picker, upload.clone()));
        uploads.into_iter().map(row).collect()
    };
    let is_empty = move || picker.uploads.with(Vec::is_empty);
    view! {
        <ul class="picker-tray" aria-label=text.uploads hidden=is_empty>
            {keyed_list(rows)}
        </ul>
    }
    .into_any()
}

fn row(picker: Picker, upload: Upload) -> AnyView {
    let text = use_text();
    let words = text.picker();
    let Upload {
        id,
        name,
        state,
        percent,
    } = upload;
    let told = move || match state.get() {
        State::Waiting | State::Sending => text.sending(percent.get()),
        State::Done => words.sent.to_owned(),
        State::Failed(why) => why,
    };
    let is_over = move || matches!(state.get(), State::Done | State::Failed(_));
    let end = {
        let name = name.clone();
        move || {
            let sentence = if is_over() {
                words.dismiss_one
            } else {
                words.cancel_one
            };
            text.picking(sentence, &name)
        }
    };
    view! {
        <li class:failed=move || matches!(state.get(), State::Failed(_))>
            <span class="name" dir="auto">
                {name.clone()}
            </span>
            <progress
                max="100"
                value=move || percent.get().to_string()
                aria-label=name
                hidden=is_over
            ></progress>
            <span class="told" role="status">
                {told}
            </span>
            <button
                type="button"
                class="quiet icon-only"
                aria-label=end
                on:click=move |_| picker.drop_upload(id)
            >
                <Icon glyph=Glyph::Close />
            </button>
        </li>
    }
    .into_any()
}
