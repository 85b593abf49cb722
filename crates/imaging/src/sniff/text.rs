//! Text, contact cards, and what only looks like text: pages, drawings, programs.

use std::borrow::Cow;

use super::promises_media;
use crate::{Error, Format, Result, Source, source::read_at};

/// How much is looked at from either end.
const WINDOW: usize = 64 * 1024;

/// Tells text from the rest once nothing else fits.
pub(super) fn sniff(
    source: &mut dyn Source,
    head: &[u8],
    len: u64,
    extension: Option<&str>,
) -> Result<Format> {
    let unknown = || Error::unsupported("this kind of file is not kept here");
    if looks_binary(head) {
        return Err(unknown());
    }
    for at in [0, len.saturating_sub(WINDOW as u64)] {
        if at != 0 && is_wide(head) {
            break;
        }
        if looks_binary(&read_at(source, at, WINDOW)?) {
            return Err(unknown());
        }
    }
    let (text, _) = decode(head);
    let text = text.trim_start();
    if text
        .get(..11)
        .is_some_and(|start| start.eq_ignore_ascii_case("BEGIN:VCARD"))
    {
        return Ok(Format::Vcard);
    }
    // Browsers never read UTF-16 as a page where it is served as text; drawings go all the same.
    let drawing = text.starts_with("<?xml") || text.starts_with("<svg");
    if drawing || (text.starts_with('<') && !is_wide(head)) {
        return Err(Error::unsupported(
            "web pages and drawings in XML are not kept here",
        ));
    }
    match extension {
        Some("vcf" | "vcard") => Err(Error::unsupported(
            "the file is named a contact card and is none",
        )),
        Some(extension) if promises_media(extension) => Err(Error::unsupported(format!(
            "the file is named .{extension}, but it holds text"
        ))),
        Some("csv") => Ok(Format::Csv),
        _ => Ok(Format::Text),
    }
}

/// Whether the bytes are marked as UTF-16.
fn is_wide(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff")
}

/// Whether the bytes hold what text never does.
pub(crate) fn looks_binary(bytes: &[u8]) -> bool {
    if is_wide(bytes) {
        let (text, _) = decode(&bytes[..bytes.len() & !1]);
        return text
            .chars()
            .any(|c| c == char::REPLACEMENT_CHARACTER || is_control(c));
    }
    bytes.iter().any(|byte| is_control(char::from(*byte))) || !(is_utf8(bytes) || is_latin(bytes))
}

/// Controls that no text editor writes; Latin-1's own are judged with the rest of it.
fn is_control(c: char) -> bool {
    c == '\u{7f}' || (c < ' ' && !matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{1b}'))
}

/// Whether the bytes are UTF-8, but for a character cut at either end.
fn is_utf8(bytes: &[u8]) -> bool {
    let start = bytes
        .iter()
        .take(3)
        .take_while(|byte| **byte & 0xc0 == 0x80)
        .count();
    match std::str::from_utf8(&bytes[start..]) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    }
}

/// Whether the bytes may be of the West European code pages: mostly ASCII.
fn is_latin(bytes: &[u8]) -> bool {
    let high = bytes.iter().filter(|byte| **byte >= 0x80).count();
    high * 3 <= bytes.len()
}

/// The text of bytes, and the character set it was read in.
pub(crate) fn decode(bytes: &[u8]) -> (Cow<'_, str>, &'static str) {
    let wide = |unit: fn([u8; 2]) -> u16| {
        let units = bytes[2..]
            .chunks_exact(2)
            .map(|pair| unit([pair[0], pair[1]]));
        Cow::Owned(
            char::decode_utf16(units)
                .map(|c| c.unwrap_or('\u{fffd}'))
                .collect(),
        )
    };
    match bytes {
        [0xff, 0xfe, ..] => (wide(u16::from_le_bytes), "utf-16le"),
        [0xfe, 0xff, ..] => (wide(u16::from_be_bytes), "utf-16be"),
        _ if is_utf8(bytes) => {
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            (String::from_utf8_lossy(bytes), "utf-8")
        }
        // Everywhere but from 0x80 to 0x9f the two are one.
        _ => (
            encoding_rs::WINDOWS_1252
                .decode_without_bom_handling(bytes)
                .0,
            if bytes.iter().any(|byte| matches!(byte, 0x80..=0x9f)) {
                "windows-1252"
            } else {
                "iso-8859-1"
            },
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn character_sets_are_told_apart() {
        assert_eq!(decode("João".as_bytes()), ("João".into(), "utf-8"));
        assert_eq!(
            decode(b"Jo\xe3o da Silva"),
            ("João da Silva".into(), "iso-8859-1")
        );
        assert_eq!(decode(b"\xff\xfeJ\0o\0"), ("Jo".into(), "utf-16le"));
    }

    #[test]
    fn a_character_cut_at_the_window_is_still_text() {
        let text = "é".repeat(50);
        assert!(!looks_binary(&text.as_bytes()[..99]));
        assert!(!looks_binary(&text.as_bytes()[1..]));
        assert!(looks_binary(b"a\0b"));
    }
}
