//! The page for addresses that lead nowhere.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::text::use_text;

/// The page for addresses that lead nowhere.
#[component]
pub fn Missing() -> impl IntoView {
    let text = use_text();
    #[cfg(feature = "ssr")]
    if let Some(answer) = use_context::<leptos_axum::ResponseOptions>() {
        answer.set_status(http::StatusCode::NOT_FOUND);
    }
    view! {
        <Title text=text.general.not_found />
        <main class="sheet">
            <h1>{text.general.not_found}</h1>
            <p>{text.general.not_found_hint}</p>
            <a class="button primary" href="/" rel="external">
                {text.general.to_library}
            </a>
        </main>
    }
}
