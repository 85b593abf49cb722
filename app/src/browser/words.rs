//! What the browser knows about words, so that the client need not bring tables of its own.

/// The text in small letters.
pub fn lower(text: &str) -> String {
    if cfg!(target_arch = "wasm32") {
        js_sys::JsString::from(text).to_lower_case().into()
    } else {
        text.to_lowercase()
    }
}

/// The number a text begins with, such as a length in pixels; 0 where there is none.
///
/// On the server there is none.
pub fn number(text: &str) -> f64 {
    let number = js_sys::Number::parse_float(text);
    if number.is_nan() { 0.0 } else { number }
}
