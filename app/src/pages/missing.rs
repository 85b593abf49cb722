//! The page for addresses that lead nowhere.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::text;

/// The page for addresses that lead nowhere.
#[component]
pub fn Missing() -> impl IntoView {
    view! {
        <Title text=text::NOT_FOUND />
        <main class="sheet">
            <h1>{text::NOT_FOUND}</h1>
            <p>{text::NOT_FOUND_HINT}</p>
            <a class="button primary" href="/" rel="external">
                {text::TO_LIBRARY}
            </a>
        </main>
    }
}
