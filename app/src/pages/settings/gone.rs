//! Tags and teams that were deleted, as long as administrators can bring them back.

use leptos::prelude::*;
use model::Gone;

use super::button;
use crate::text::use_text;

/// One that is gone: its id and name, the tag it was merged into, and when it went.
pub type Row = (String, String, Option<String>, Gone);

/// What is gone, each with a button that brings it back; nothing where nothing is.
pub fn gone(rows: Vec<Row>, action: &'static str) -> Option<impl IntoView> {
    if rows.is_empty() {
        return None;
    }
    let words = &use_text().settings;
    let rows: Vec<_> = rows.into_iter().map(|it| row(it, action)).collect();
    Some(view! {
        <section>
            <h2>{words.gone}</h2>
            <p>{words.gone_hint}</p>
            <ul class="rows">{rows}</ul>
        </section>
    })
}

fn row((id, name, into, gone): Row, action: &'static str) -> impl IntoView {
    let text = use_text();
    let told = text.went(&gone, into.as_deref());
    view! {
        <li>
            <span class="what">
                <strong dir="auto">{name}</strong>
                <span dir="auto">{super::when::ago(gone.at)} " · " {told}</span>
            </span>
            {button(action, &id, text.settings.bring_back)}
        </li>
    }
}
