//! Below the files: how many are chosen, and the ways out.

use leptos::prelude::*;

use super::chosen::Chosen;
use super::state::Picker;
use crate::text::use_text;

/// What stands below the files.
pub fn foot(picker: Picker) -> AnyView {
    let text = use_text();
    let words = text.picker();
    let told = move || {
        let count = picker.chosen.with(|chosen| chosen.list().len());
        let [count, most] = [count, picker.most()].map(|it| u64::try_from(it).unwrap_or(u64::MAX));
        text.chosen(count, most)
    };
    let misfits = move || {
        let count = u64::try_from(picker.misfits()).unwrap_or(u64::MAX);
        (count > 0).then(|| view! { <span class="misfits">{text.misfits(count)}</span> })
    };
    let is_idle = move || picker.chosen.with(Chosen::is_empty) || picker.is_using.get();
    let use_it = move || {
        if picker.is_using.get() {
            words.using
        } else {
            words.use_it
        }
    };
    view! {
        <footer class="picker-foot">
            <p class="picker-count" role="status">
                <span>{told}</span>
                {misfits}
            </p>
            <button type="button" on:click=move |_| picker.cancel()>
                {text.general.cancel}
            </button>
            <button
                type="button"
                class="primary"
                disabled=is_idle
                on:click=move |_| picker.hand_over()
            >
                {use_it}
            </button>
        </footer>
    }
    .into_any()
}
