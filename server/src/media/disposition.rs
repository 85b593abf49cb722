//! `Content-Disposition`: shown or saved, and under which name (RFC 6266, RFC 8187).

use axum::http::HeaderValue;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Characters that may stand as they are in an extended value.
const EXTENDED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'#')
    .remove(b'$')
    .remove(b'&')
    .remove(b'+')
    .remove(b'^')
    .remove(b'`')
    .remove(b'|');

/// Whether a file is shown or saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disposition {
    Inline,
    Attachment,
}

impl Disposition {
    /// Pictures made of pixels, sound and video are shown; all else is saved.
    pub fn of(mime: &str, download: bool) -> Self {
        let harmless = match mime.split_once('/') {
            Some(("image", subtype)) => !subtype.contains("svg") && !subtype.contains("xml"),
            Some(("audio" | "video", _)) => true,
            _ => false,
        };
        if harmless && !download {
            Self::Inline
        } else {
            Self::Attachment
        }
    }

    /// The header with the file's name, twice: for old readers in ASCII, for others as it is.
    pub fn header(self, name: &str) -> HeaderValue {
        let word = match self {
            Self::Inline => "inline",
            Self::Attachment => "attachment",
        };
        let fallback = ascii(name);
        let extended = utf8_percent_encode(name, EXTENDED);
        let text = if fallback == name {
            format!("{word}; filename=\"{name}\"")
        } else {
            format!("{word}; filename=\"{fallback}\"; filename*=UTF-8''{extended}")
        };
        HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("attachment"))
    }
}

/// The name with everything replaced that a quoted string cannot hold safely.
fn ascii(name: &str) -> String {
    name.chars()
        .map(|c| match c {
            '"' | '\\' | '%' | '/' => '_',
            ' '..='~' => c,
            _ => '_',
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(name: &str) -> String {
        let header = Disposition::Attachment.header(name);
        header.to_str().unwrap().to_owned()
    }

    #[test]
    fn names_travel_as_people_wrote_them() {
        assert_eq!(header("cat.jpg"), "attachment; filename=\"cat.jpg\"");
        assert_eq!(
            header("café ☀.jpg"),
            "attachment; filename=\"caf_ _.jpg\"; filename*=UTF-8''caf%C3%A9%20%E2%98%80.jpg"
        );
    }

    #[test]
    fn no_name_breaks_out_of_the_header() {
        for name in ["a\"; x=\"y", "a\r\nSet-Cookie: b", "a\\\"b", "%0d%0a"] {
            let header = header(name);
            assert_eq!(header.matches('"').count(), 2, "{header}");
            assert!(!header.contains(['\r', '\n', '\\']), "{header}");
        }
    }

    #[test]
    fn only_pixels_sound_and_video_are_shown() {
        let shown = |mime| Disposition::of(mime, false) == Disposition::Inline;

        assert!(shown("image/jpeg") && shown("video/mp4") && shown("audio/ogg"));
        for mime in [
            "image/svg+xml",
            "text/html",
            "application/pdf",
            "text/vcard",
            "odd",
        ] {
            assert!(!shown(mime), "{mime}");
        }
        assert_eq!(Disposition::of("image/png", true), Disposition::Attachment);
    }
}
