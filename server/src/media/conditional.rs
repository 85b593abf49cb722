//! `If-None-Match` and `If-Modified-Since`: whether the reader's copy is still good.

use std::time::{Duration, UNIX_EPOCH};

use axum::http::{
    HeaderMap, HeaderValue,
    header::{IF_MODIFIED_SINCE, IF_NONE_MATCH},
};
use model::Timestamp;

/// An entity tag as it travels.
pub fn quoted(etag: &str) -> HeaderValue {
    HeaderValue::from_str(&format!("\"{etag}\"")).unwrap_or(HeaderValue::from_static("\"\""))
}

/// A moment as HTTP writes it.
pub fn http_date(moment: Timestamp) -> HeaderValue {
    let seconds = u64::try_from(moment.as_millis() / 1_000).unwrap_or(0);
    let date = httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(seconds));
    HeaderValue::from_str(&date)
        .unwrap_or(HeaderValue::from_static("Thu, 01 Jan 1970 00:00:00 GMT"))
}

/// Whether the reader's copy is still good; the tag counts before the date.
pub fn is_fresh(headers: &HeaderMap, etag: &HeaderValue, modified: Timestamp) -> bool {
    if headers.contains_key(IF_NONE_MATCH) {
        return is_named(headers, etag);
    }
    headers
        .get(IF_MODIFIED_SINCE)
        .and_then(|value| value.to_str().ok())
        .and_then(|text| httpdate::parse_http_date(text).ok())
        .and_then(|since| since.duration_since(UNIX_EPOCH).ok())
        .is_some_and(|since| modified.as_millis() / 1_000 <= since.as_secs().cast_signed())
}

/// Whether `If-None-Match` names a tag.
pub fn is_named(headers: &HeaderMap, etag: &HeaderValue) -> bool {
    headers
        .get_all(IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|text| text.split(','))
        .map(str::trim)
        .any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fresh(name: axum::http::HeaderName, value: &'static str) -> bool {
        let headers = HeaderMap::from_iter([(name, HeaderValue::from_static(value))]);
        is_fresh(&headers, &quoted("abc"), Timestamp::from_millis(86_400_500))
    }

    #[test]
    fn a_copy_with_the_same_tag_is_fresh() {
        assert!(fresh(IF_NONE_MATCH, "\"abc\""));
        assert!(fresh(IF_NONE_MATCH, "\"x\", W/\"abc\""));
        assert!(fresh(IF_NONE_MATCH, "*"));
        assert!(!fresh(IF_NONE_MATCH, "\"abcd\""));
    }

    #[test]
    fn a_copy_of_the_same_second_is_fresh() {
        assert!(fresh(IF_MODIFIED_SINCE, "Fri, 02 Jan 1970 00:00:00 GMT"));
        assert!(!fresh(IF_MODIFIED_SINCE, "Thu, 01 Jan 1970 23:59:59 GMT"));
        assert!(!fresh(IF_MODIFIED_SINCE, "yesterday"));
    }
}
