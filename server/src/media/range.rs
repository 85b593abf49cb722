//! `Range` and `If-Range`: one part of a file, or all of it.

use std::ops::Range;

use axum::http::{
    HeaderMap, HeaderValue,
    header::{IF_RANGE, RANGE},
};
/// Which bytes are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    Whole,
    Part(Range<u64>),
    /// None that exist.
    Nothing,
}

/// Reads which bytes of a file are wanted.
///
/// More than one range is answered with the whole file, as the standard allows: no reader of
/// media asks for several, and those who do want to make us work.
pub fn wanted(headers: &HeaderMap, etag: &HeaderValue, size: u64) -> Wanted {
    let Some(range) = headers.get(RANGE) else {
        return Wanted::Whole;
    };
    if !is_same(headers, etag) {
        return Wanted::Whole;
    }
    range
        .to_str()
        .ok()
        .and_then(parse)
        .map_or(Wanted::Whole, |spec| spec.within(size))
}

/// Whether `If-Range`, where there is one, names what we have.
///
/// A date never does: two versions may be of one second, and a rendition is of the same moment in
/// every format (RFC 9110, section 13.1.5 asks for a strong validator).
fn is_same(headers: &HeaderMap, etag: &HeaderValue) -> bool {
    headers.get(IF_RANGE).is_none_or(|named| named == etag)
}

/// One range as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spec {
    From(u64),
    Between(u64, u64),
    Last(u64),
}

impl Spec {
    fn within(self, size: u64) -> Wanted {
        let part = match self {
            Self::From(start) => start..size,
            Self::Between(start, end) => start..end.saturating_add(1).min(size),
            Self::Last(count) => size.saturating_sub(count)..size,
        };
        if part.is_empty() {
            Wanted::Nothing
        } else {
            Wanted::Part(part)
        }
    }
}

/// Reads one range; several, another unit or nonsense are none.
fn parse(text: &str) -> Option<Spec> {
    let spec = text.trim().strip_prefix("bytes=")?.trim();
    let (start, end) = spec.split_once('-')?;
    match (start.trim(), end.trim()) {
        ("", count) => digits(count).map(Spec::Last),
        (start, "") => digits(start).map(Spec::From),
        (start, end) => {
            let (start, end) = (digits(start)?, digits(end)?);
            (start <= end).then_some(Spec::Between(start, end))
        }
    }
}

fn digits(text: &str) -> Option<u64> {
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    // More digits than fit mean "far beyond the end".
    plain.then(|| text.parse().unwrap_or(u64::MAX))
}

/// `Content-Range` of a part.
pub fn content_range(part: &Range<u64>, size: u64) -> HeaderValue {
    let (start, end) = (part.start, part.end - 1);
    value(&format!("bytes {start}-{end}/{size}"))
}

/// `Content-Range` of a part that does not exist.
pub fn unsatisfied(size: u64) -> HeaderValue {
    value(&format!("bytes */{size}"))
}

fn value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static("bytes */*"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(range: &str) -> Wanted {
        let headers = HeaderMap::from_iter([(RANGE, HeaderValue::from_str(range).unwrap())]);
        wanted(&headers, &HeaderValue::from_static("\"e\""), 1_000)
    }

    #[test]
    fn one_range_is_honored() {
        assert_eq!(asked("bytes=0-99"), Wanted::Part(0..100));
        assert_eq!(asked("bytes=900-"), Wanted::Part(900..1_000));
        assert_eq!(asked("bytes=-1"), Wanted::Part(999..1_000));
        assert_eq!(asked("bytes=-5000"), Wanted::Part(0..1_000));
        assert_eq!(
            asked("bytes=990-99999999999999999999999"),
            Wanted::Part(990..1_000)
        );
    }

    #[test]
    fn what_lies_beyond_the_end_cannot_be_given() {
        assert_eq!(asked("bytes=1000-"), Wanted::Nothing);
        assert_eq!(asked("bytes=-0"), Wanted::Nothing);
    }

    #[test]
    fn several_ranges_and_nonsense_give_the_whole() {
        for range in [
            "bytes=0-1,2-3",
            "items=0-1",
            "bytes=9-1",
            "bytes=",
            "bytes=+1-2",
            "x",
        ] {
            assert_eq!(asked(range), Wanted::Whole, "{range}");
        }
    }

    #[test]
    fn a_range_of_another_version_is_not_given() {
        let etag = HeaderValue::from_static("\"new\"");
        let ask = |if_range: &'static str| {
            let headers = HeaderMap::from_iter([
                (RANGE, HeaderValue::from_static("bytes=0-9")),
                (IF_RANGE, HeaderValue::from_static(if_range)),
            ]);
            wanted(&headers, &etag, 100)
        };

        assert_eq!(ask("\"new\""), Wanted::Part(0..10));
        assert_eq!(ask("\"old\""), Wanted::Whole);
        assert_eq!(ask("W/\"new\""), Wanted::Whole);
        assert_eq!(ask("Thu, 01 Jan 1970 00:00:00 GMT"), Wanted::Whole);
    }
}
