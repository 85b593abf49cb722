//! A sentence about what went wrong.

use leptos::prelude::*;

use super::{Glyph, Icon};

/// A sentence about what went wrong, told to screen readers at once.
#[component]
pub fn Notice(
    /// The sentence.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! {
        <p class="notice" role="alert">
            <Icon glyph=Glyph::Alert />
            <span>{text}</span>
        </p>
    }
}
