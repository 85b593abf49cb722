//! What a browser brings along and a server takes from libraries: Unicode's tables and the calendar.
//!
//! The client would grow by a third if it carried its own.

#[cfg(target_arch = "wasm32")]
pub(crate) use browser::{normalize, parse_moment, write_moment};
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use server::{normalize, parse_moment, write_moment};

#[cfg(target_arch = "wasm32")]
mod browser {
    use js_sys::{Date, JsString};
    use wasm_bindgen::JsValue;

    /// The text in Unicode's composed form (NFC).
    pub(crate) fn normalize(text: &str) -> String {
        if text.is_ascii() {
            return text.to_owned();
        }
        JsString::from(text).normalize("NFC").into()
    }

    /// Milliseconds since 1970 as RFC 3339 in UTC.
    #[expect(
        clippy::cast_precision_loss,
        reason = "dates are far smaller than 2^53"
    )]
    pub(crate) fn write_moment(milliseconds: i64) -> Option<String> {
        let date = Date::new(&JsValue::from_f64(milliseconds as f64));
        date.get_time()
            .is_finite()
            .then(|| date.to_iso_string().into())
    }

    /// Milliseconds since 1970 of a moment in RFC 3339.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "dates are far smaller than 2^53"
    )]
    pub(crate) fn parse_moment(text: &str) -> Option<i64> {
        let milliseconds = Date::parse(text);
        milliseconds.is_finite().then_some(milliseconds as i64)
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod server {
    use jiff::Timestamp;
    use unicode_normalization::UnicodeNormalization;

    /// The text in Unicode's composed form (NFC).
    pub(crate) fn normalize(text: &str) -> String {
        text.nfc().collect()
    }

    /// Milliseconds since 1970 as RFC 3339 in UTC.
    pub(crate) fn write_moment(milliseconds: i64) -> Option<String> {
        let moment = Timestamp::from_millisecond(milliseconds).ok()?;
        Some(format!("{moment:.3}"))
    }

    /// Milliseconds since 1970 of a moment in RFC 3339.
    pub(crate) fn parse_moment(text: &str) -> Option<i64> {
        let moment: Timestamp = text.parse().ok()?;
        Some(moment.as_millisecond())
    }
}
