//! Animated pictures: an address that stands still, and one that moves.

use js_sys::{Function, Reflect};
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

/// The attribute that tells where a picture that moves is found.
pub const MOVING: &str = "data-moving";
/// The attribute that keeps the address of the one that stands, while it moves.
const STILL: &str = "data-still";

/// Whether the reader has asked that nothing moves.
pub fn is_unwanted() -> bool {
    let asked = || {
        let ask: Function =
            Reflect::get(&window(), &JsValue::from_str("matchMedia"))?.dyn_into()?;
        let query = JsValue::from_str("(prefers-reduced-motion: reduce)");
        let answer = ask.call1(&window(), &query)?;
        Reflect::get(&answer, &JsValue::from_str("matches"))
    };
    asked().is_ok_and(|matches| matches.is_truthy())
}

/// Lets the picture in an element move, and every other stand.
pub fn only(element: Option<&Element>) {
    let moving = document().query_selector(&format!("img[{STILL}]"));
    let moving = moving.ok().flatten();
    let wanted = element.and_then(|element| {
        let found = element.query_selector(&format!("img[{MOVING}]"));
        found.ok().flatten()
    });
    if moving == wanted {
        return;
    }
    if let Some(picture) = moving
        && let Some(still) = picture.get_attribute(STILL)
    {
        let _ = picture.set_attribute("src", &still);
        let _ = picture.remove_attribute(STILL);
    }
    if let Some(picture) = wanted
        && let (Some(still), Some(path)) =
            (picture.get_attribute("src"), picture.get_attribute(MOVING))
    {
        let _ = picture.set_attribute(STILL, &still);
        let _ = picture.set_attribute("src", &path);
    }
}
