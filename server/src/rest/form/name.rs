//! What a file in a form is called where its name is not plain ASCII (RFC 8187).
//!
//! The parser of forms reads `filename` alone, and none at all where `filename*` comes before it.

use axum::http::{HeaderMap, header::CONTENT_DISPOSITION};
use percent_encoding::percent_decode_str;

/// The name that `filename*` gives, where it is there and can be read.
pub fn extended(headers: &HeaderMap) -> Option<String> {
    let disposition = headers.get(CONTENT_DISPOSITION)?;
    let text = std::str::from_utf8(disposition.as_bytes()).ok()?;
    let (_, value) = parameters(text).find(|(name, _)| name.eq_ignore_ascii_case("filename*"))?;
    let (charset, rest) = value.split_once('\'')?;
    let (_language, name) = rest.split_once('\'')?;
    if !charset.eq_ignore_ascii_case("utf-8") {
        return None;
    }
    let name = percent_decode_str(name).decode_utf8().ok()?;
    Some(name.into_owned())
}

/// Names and values; a semicolon in quotes ends none.
fn parameters(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let (mut is_quoted, mut is_escaped) = (false, false);
    let parts = text.split(move |c| {
        if c == '"' && !is_escaped {
            is_quoted = !is_quoted;
        }
        is_escaped = is_quoted && c == '\\' && !is_escaped;
        c == ';' && !is_quoted
    });
    parts
        .filter_map(|part| part.split_once('='))
        .map(|(name, value)| (name.trim(), value.trim()))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn name(disposition: &str) -> Option<String> {
        let value = HeaderValue::from_bytes(disposition.as_bytes()).unwrap();
        extended(&HeaderMap::from_iter([(CONTENT_DISPOSITION, value)]))
    }

    #[test]
    fn a_name_is_read_wherever_it_stands() {
        for disposition in [
            "form-data; name=\"file\"; filename*=UTF-8''%C3%A9t%C3%A9.jpg",
            "form-data; filename*=utf-8'fr'%C3%A9t%C3%A9.jpg; filename=\"ete.jpg\"; name=file",
            "form-data; name=\"a;\\\"b\"; FileName* = UTF-8''%C3%A9t%C3%A9.jpg",
        ] {
            assert_eq!(
                name(disposition).as_deref(),
                Some("été.jpg"),
                "{disposition}"
            );
        }
    }

    #[test]
    fn what_is_none_or_cannot_be_read_is_left_alone() {
        for disposition in [
            "form-data; name=\"file\"; filename=\"a.jpg\"",
            "form-data; name=\"file\"; filename=\"a; filename*=UTF-8''b.jpg\"",
            "form-data; name=\"file\"; filename*=latin1''a%E9.jpg",
            "form-data; name=\"file\"; filename*=UTF-8''%FF.jpg",
            "form-data; name=\"file\"; filename*=a.jpg",
        ] {
            assert_eq!(name(disposition), None, "{disposition}");
        }
    }
}
