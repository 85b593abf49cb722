//! Text, contact cards, and what only looks like text: pages, drawings, programs.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, WINDOWS_1252};

use super::promises_media;
use crate::{Error, Format, Result, Source, source::read_at};

/// How much is looked at from either end.
const WINDOW: usize = 64 * 1024;
/// How much is read to tell an older character set.
const GUESSED: usize = 1 << 20;
/// Letters beyond ASCII that are too few to tell it by.
const FEW: usize = 6;

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
    let is_marked = Wide::of(head).is_some_and(|wide| wide.mark > 0);
    if drawing || (text.starts_with('<') && !is_marked) {
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

/// How two bytes make a unit of UTF-16, and how many before them are the mark.
struct Wide {
    unit: fn([u8; 2]) -> u16,
    mark: usize,
    charset: &'static str,
}

impl Wide {
    const LITTLE: Self = Self {
        unit: u16::from_le_bytes,
        mark: 0,
        charset: "utf-16le",
    };
    const BIG: Self = Self {
        unit: u16::from_be_bytes,
        mark: 0,
        charset: "utf-16be",
    };

    /// Whether bytes are UTF-16: by their mark, or by the zeros beside Latin letters.
    fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xff, 0xfe, ..] => {
                return Some(Self {
                    mark: 2,
                    ..Self::LITTLE
                });
            }
            [0xfe, 0xff, ..] => {
                return Some(Self {
                    mark: 2,
                    ..Self::BIG
                });
            }
            _ => {}
        }
        let pairs = bytes[..bytes.len().min(1024)].chunks_exact(2);
        let all = pairs.len();
        let zeros = |at: usize| pairs.clone().filter(|pair| pair[at] == 0).count();
        match (zeros(0), zeros(1)) {
            _ if all < 4 => None,
            (0, low) if low * 2 >= all => Some(Self::LITTLE),
            (high, 0) if high * 2 >= all => Some(Self::BIG),
            _ => None,
        }
    }

    fn decode(&self, bytes: &[u8]) -> String {
        let pairs = bytes[self.mark..].chunks_exact(2);
        let units = pairs.map(|pair| (self.unit)([pair[0], pair[1]]));
        let letters = char::decode_utf16(units);
        letters
            .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect()
    }
}

fn is_wide(bytes: &[u8]) -> bool {
    Wide::of(bytes).is_some()
}

/// Whether the bytes hold what text never does.
pub(crate) fn looks_binary(bytes: &[u8]) -> bool {
    if let Some(wide) = Wide::of(bytes) {
        return wide
            .decode(bytes)
            .chars()
            .any(|c| c == char::REPLACEMENT_CHARACTER || is_control(c));
    }
    bytes.iter().any(|byte| is_control(char::from(*byte))) || !(is_utf8(bytes) || is_legacy(bytes))
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

/// How many bytes are beyond ASCII.
fn beyond_ascii(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte >= 0x80).count()
}

/// Whether the bytes may be of an older character set: mostly ASCII, or else words in the set that
/// they look most like.
fn is_legacy(bytes: &[u8]) -> bool {
    match beyond_ascii(bytes) {
        some if some * 3 <= bytes.len() => return true,
        few if few < FEW => return false,
        _ => {}
    }
    let (text, _) = legacy(bytes);
    let beyond = || text.chars().filter(|c| !c.is_ascii());
    let letters = beyond().filter(|c| c.is_alphabetic()).count();
    letters * 4 >= beyond().count() * 3
}

/// The text of bytes, and the character set it was read in.
pub(crate) fn decode(bytes: &[u8]) -> (Cow<'_, str>, &'static str) {
    if let Some(wide) = Wide::of(bytes) {
        return (Cow::Owned(wide.decode(bytes)), wide.charset);
    }
    if is_utf8(bytes) {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        return (String::from_utf8_lossy(bytes), "utf-8");
    }
    legacy(bytes)
}

/// The text of bytes that are of an older character set: of the one they look most like.
pub(crate) fn legacy(bytes: &[u8]) -> (Cow<'_, str>, &'static str) {
    let set = guess(bytes);
    let text = set.decode_without_bom_handling(bytes).0;
    // Everywhere but from 0x80 to 0x9f the two are one.
    let is_latin = set == WINDOWS_1252 && !bytes.iter().any(|byte| matches!(byte, 0x80..=0x9f));
    (text, if is_latin { "iso-8859-1" } else { set.name() })
}

/// The older character set that bytes are most likely of; of a few accents nothing can be told, and
/// they are most often Western.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let bytes = &bytes[..bytes.len().min(GUESSED)];
    let beyond = beyond_ascii(bytes);
    if beyond < FEW && beyond * 3 <= bytes.len() {
        return WINDOWS_1252;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // More may follow, and a character cut at the end is no fault of its set.
    detector.feed(bytes, false);
    detector.guess(None, Utf8Detection::Deny)
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
    fn older_character_sets_are_told_by_what_they_say() {
        let russian = "Добрый день! Счёт за ноябрь приложен к письму, оплатите его до пятницы.";
        let japanese =
            "お世話になっております。十一月分の請求書をお送りいたします。ご確認ください。";
        let chinese = "您好，附件是十一月份的账单，请在星期五之前付款，谢谢您的合作。";
        let french = "Voilà l’été : « déjà reçu », à très bientôt, François ! Ça coûte 5 €.";
        for (set, text, charset) in [
            (encoding_rs::WINDOWS_1251, russian, "windows-1251"),
            (encoding_rs::SHIFT_JIS, japanese, "Shift_JIS"),
            (encoding_rs::GB18030, chinese, "GBK"),
            (WINDOWS_1252, french, "windows-1252"),
        ] {
            let (bytes, _, has_lost) = set.encode(text);
            assert!(!has_lost, "{charset}");

            assert_eq!(decode(&bytes), (text.into(), charset));
            assert!(!looks_binary(&bytes), "{charset}");
            assert!(!looks_binary(&bytes[..bytes.len() - 1]), "{charset}, cut");
        }
    }

    #[test]
    fn utf_16_without_its_mark_is_told_by_its_zeros() {
        let units = || "Olá, mundo".encode_utf16();
        let little: Vec<u8> = units().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = units().flat_map(u16::to_be_bytes).collect();

        assert_eq!(decode(&little), ("Olá, mundo".into(), "utf-16le"));
        assert_eq!(decode(&big), ("Olá, mundo".into(), "utf-16be"));
        assert!(!looks_binary(&little));
        assert!(looks_binary(b"M\0Z\0\x01\0\x02\0"));
    }

    #[test]
    fn noise_beyond_ascii_is_no_text() {
        let noise: Vec<u8> = (0..4_000_u32)
            .map(|at| at.wrapping_mul(2_654_435_761).to_be_bytes()[0] | 0x80)
            .collect();

        assert!(looks_binary(&noise));
    }

    #[test]
    fn a_character_cut_at_the_window_is_still_text() {
        let text = "é".repeat(50);
        assert!(!looks_binary(&text.as_bytes()[..99]));
        assert!(!looks_binary(&text.as_bytes()[1..]));
        assert!(looks_binary(b"a\0b"));
    }
}
