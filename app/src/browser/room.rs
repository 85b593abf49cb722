//! How much room the reader gives to each panel, remembered in this browser.
//!
//! The document's own first lines read it before anything is drawn (`shell.rs`), so that nothing
//! jumps.

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, PointerEvent};

use super::page;
use crate::format;

/// What is remembered about a panel: its pixels, below 0 while it is shut.
pub fn read(panel: &str) -> Option<f64> {
    let store = window().local_storage().ok()??;
    let kept = store.get_item(&key(panel)).ok()??;
    kept.parse::<i16>().ok().map(f64::from)
}

/// How wide a panel is drawn; 0 where it is not.
pub fn drawn(panel: &str) -> f64 {
    let element = document().query_selector(&format!(".library .{panel}"));
    let element = element.ok().flatten();
    element.map_or(0.0, |it| it.get_bounding_client_rect().width())
}

/// Gives a panel so many pixels; 0 shuts it.
pub fn give(panel: &str, pixels: f64) {
    let root = document().document_element();
    let Some(root) = root.and_then(|root| root.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    let width = format!("{}px", format::pixels(pixels));
    let _ = root.style().set_property(&format!("--{panel}"), &width);
    let shut = format!("data-{panel}");
    if pixels > 0.0 {
        let _ = root.remove_attribute(&shut);
    } else {
        let _ = root.set_attribute(&shut, "shut");
    }
}

/// Remembers how many pixels a panel has; below 0 while it is shut.
pub fn keep(panel: &str, pixels: f64) {
    if let Ok(Some(store)) = window().local_storage() {
        let _ = store.set_item(&key(panel), &format::pixels(pixels).to_string());
    }
}

/// Lets an element hear of the pointer wherever it goes, until it is let go.
pub fn hold(event: &PointerEvent) {
    if let Some((element, _)) = page::closest(event, "role") {
        let _ = element.set_pointer_capture(event.pointer_id());
        if let Ok(element) = element.dyn_into::<HtmlElement>() {
            let _ = element.focus();
        }
    }
    event.prevent_default();
}

/// What is remembered under.
fn key(panel: &str) -> String {
    format!("satchel-{panel}")
}
