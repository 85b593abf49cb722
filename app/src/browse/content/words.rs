//! Text as it is written, and the words of a document.

use leptos::prelude::*;
use model::preview::TextPage;

use crate::text::use_text;

/// A page to read.
pub fn page(page: &TextPage) -> AnyView {
    let text = use_text();
    let told = match &page.charset {
        Some(charset) => text.charset(charset),
        None => text.details().words_of_it.to_owned(),
    };
    let class = if page.charset.is_some() {
        "plain-text"
    } else {
        "prose"
    };
    let more = page
        .is_cut
        .then(|| view! { <p class="aside">{text.details().text_cut}</p> });
    view! {
        <div class="reading page" tabindex="0" role="region" aria-label=text.details().reading>
            <p class="aside">{told}</p>
            <pre class=class dir="auto">{page.text.clone()}</pre>
            {more}
        </div>
    }
    .into_any()
}
