//! Where an asset is used, said before it shows something else there.

use leptos::html::Dialog;
use leptos::prelude::*;

use crate::api::used_in::UsingPlaces;
use crate::browser::page;
use crate::text::{Word, use_text};

/// A dialog that says where, and asks; `left` is called when it is gone, whatever was answered.
pub fn question(
    places: &UsingPlaces,
    verb: Word,
    act: impl Fn() + 'static,
    left: impl Fn() + 'static,
) -> AnyView {
    let text = use_text();
    let dialog = NodeRef::<Dialog>::new();
    page::show_while(dialog, || true);
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let titles = places.places.iter().map(|place| place.title.as_str());
    let told = text.changes_in(places.count, titles);
    view! {
        <dialog
            class="ask"
            aria-labelledby="change-title"
            node_ref=dialog
            on:close=move |_| {
                if page::is_closed(dialog) {
                    left();
                }
            }
        >
            <form on:submit=move |event| {
                event.prevent_default();
                act();
                close();
            }>
                <h2 id="change-title">{text.details().replace_title}</h2>
                <p dir="auto">{told}</p>
                <div class="answers">
                    <button type="button" class="quiet" on:click=move |_| close()>
                        {text.general.cancel}
                    </button>
                    <button type="submit" class="primary" autofocus=true>
                        {verb}
                    </button>
                </div>
            </form>
        </dialog>
    }
    .into_any()
}
