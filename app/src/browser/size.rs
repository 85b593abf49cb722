//! How large an element is, as it changes.

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver};

use super::words;

/// Tells the inner width and height of an element now and whenever they change.
///
/// On the server nothing is told.
pub fn use_size(element: NodeRef<Div>, tell: impl Fn(f64, f64) + Clone + 'static) {
    Effect::new(move |_| {
        let Some(element) = element.get() else { return };
        let element: Element = element.unchecked_into();
        let (watched, tell) = (element.clone(), tell.clone());
        measure(&watched, &tell);
        let heard = Closure::<dyn FnMut()>::new(move || measure(&watched, &tell));
        if let Ok(observer) = ResizeObserver::new(heard.as_ref().unchecked_ref()) {
            observer.observe(&element);
            // Both live as long as the element.
            heard.forget();
        }
    });
}

fn measure(element: &Element, tell: &impl Fn(f64, f64)) {
    let padding = window()
        .get_computed_style(element)
        .ok()
        .flatten()
        .map_or(0.0, |style| {
            pixels(&style, "padding-left") + pixels(&style, "padding-right")
        });
    tell(
        f64::from(element.client_width()) - padding,
        f64::from(element.client_height()),
    );
}

fn pixels(style: &web_sys::CssStyleDeclaration, name: &str) -> f64 {
    let value = style.get_property_value(name).unwrap_or_default();
    words::number(&value)
}
