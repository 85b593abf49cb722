//! Moments on plain pages: in UTC, until a line of script writes them as the reader's clock has them.

use leptos::prelude::*;
use model::Timestamp;

use crate::shell::Now;
use crate::text::use_text;

/// How long ago something was, with the moment itself for whoever points at it.
pub fn ago(at: Timestamp) -> impl IntoView {
    let text = use_text();
    let Now(now) = use_context::<Now>().unwrap_or_default();
    view! {
        <time datetime=at.to_string() title=text.moment(at)>
            {text.ago(at, now)}
        </time>
    }
}

/// A moment.
pub fn exact(at: Timestamp) -> impl IntoView {
    view! { <time datetime=at.to_string()>{use_text().moment(at)}</time> }
}
