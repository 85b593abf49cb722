//! How far something is scrolled.

use leptos::prelude::document;
use web_sys::Element;

/// How far the element with an attribute is scrolled down.
pub fn down(attribute: &str) -> Option<f64> {
    Some(f64::from(find(attribute)?.scroll_top()))
}

/// Scrolls the element with an attribute down to a place.
pub fn to(attribute: &str, top: f64) {
    if let Some(element) = find(attribute) {
        #[expect(clippy::cast_possible_truncation, reason = "whole pixels are enough")]
        element.set_scroll_top(top as i32);
    }
}

fn find(attribute: &str) -> Option<Element> {
    let found = document().query_selector(&format!("[{attribute}]"));
    found.ok().flatten()
}
