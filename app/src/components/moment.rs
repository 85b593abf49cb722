//! A moment that reads the same everywhere at first, and then as the reader's clock has it.

use leptos::prelude::*;
use model::Timestamp;

use crate::browser;
use crate::text::use_text;

/// A moment; in UTC until the browser takes over.
#[component]
pub fn Moment(
    /// When.
    at: Timestamp,
) -> impl IntoView {
    let reader = use_text();
    let text = RwSignal::new(reader.moment(at));
    Effect::new(move |_| {
        if let Some(local) = browser::page::local_moment(at, reader.language) {
            text.set(local);
        }
    });
    view! { <time datetime=at.to_string()>{text}</time> }
}
