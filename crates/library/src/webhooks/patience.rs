//! How long a place that is busy asks to be left alone (RFC 9110, section 10.2.3).

use std::time::{Duration, UNIX_EPOCH};

use model::Timestamp;
use reqwest::{
    StatusCode,
    header::{HeaderMap, RETRY_AFTER},
};

/// The longest that is heeded: nobody puts off for days what they are told.
const LONGEST: Duration = Duration::from_hours(1);

/// What an answer asks for; only busy places are believed.
pub(super) fn asked(status: StatusCode, headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let is_busy = [
        StatusCode::TOO_MANY_REQUESTS,
        StatusCode::SERVICE_UNAVAILABLE,
    ]
    .contains(&status);
    let text = headers
        .get(RETRY_AFTER)
        .filter(|_| is_busy)?
        .to_str()
        .ok()?;
    read(text.trim(), now).map(|pause| pause.min(LONGEST))
}

/// Seconds, or a moment.
fn read(text: &str, now: Timestamp) -> Option<Duration> {
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than fit mean "for very long".
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let moment = httpdate::parse_http_date(text).ok()?;
    let moment = moment.duration_since(UNIX_EPOCH).ok()?;
    let moment = Timestamp::from_millis(i64::try_from(moment.as_millis()).ok()?);
    Some(moment.since(now))
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    fn heard(status: u16, text: &'static str) -> Option<u64> {
        let headers = HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_static(text))]);
        let status = StatusCode::from_u16(status).unwrap();
        let now = Timestamp::from_millis(86_400_000);
        asked(status, &headers, now).map(|pause| pause.as_secs())
    }

    #[test]
    fn seconds_and_moments_are_read() {
        for (text, seconds) in [
            ("0", 0),
            (" 120 ", 120),
            ("Fri, 02 Jan 1970 00:10:00 GMT", 600),
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ] {
            assert_eq!(heard(503, text), Some(seconds), "{text}");
        }
    }

    #[test]
    fn nobody_asks_for_more_than_an_hour() {
        for text in [
            "3601",
            "99999999999999999999999",
            "Fri, 31 Dec 9999 23:59:59 GMT",
        ] {
            assert_eq!(heard(429, text), Some(3_600), "{text}");
        }
    }

    #[test]
    fn nonsense_and_places_that_are_not_busy_ask_for_nothing() {
        for text in ["", "soon", "-5", "1.5", "12 seconds"] {
            assert_eq!(heard(503, text), None, "{text}");
        }
        for status in [200, 301, 404, 410, 500, 502] {
            assert_eq!(heard(status, "120"), None, "{status}");
        }
    }
}
