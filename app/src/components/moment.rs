//! A moment that reads the same everywhere at first, and then as the reader's clock has it.

use leptos::prelude::*;
use model::Timestamp;

use crate::{browser, format};

/// A moment; in UTC until the browser takes over.
#[component]
pub fn Moment(
    /// When.
    at: Timestamp,
) -> impl IntoView {
    let text = RwSignal::new(format::moment(at));
    Effect::new(move |_| {
        if let Some(local) = browser::page::local_moment(at) {
            text.set(local);
        }
    });
    view! { <time datetime=at.to_string()>{text}</time> }
}
