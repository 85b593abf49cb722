//! What office files of before 2007 say: those of Word in pieces, of Excel in a list of strings, and
//! slides in records; each as far as it is whole.

use encoding_rs::{Encoding, UTF_16LE, WINDOWS_1252};

use crate::{
    Format, Source,
    compound::{Compound, look_into},
    source::{Numbers, read_at},
};

/// The most of the list that tells where the pieces of a letter stand.
const PIECES_MOST: usize = 1 << 20;
/// The most records of slides or of a table that are looked at.
const RECORDS_MOST: usize = 200_000;
/// The most parts that a table's strings are in, of 8 KB each.
const PARTS_MOST: usize = 1_000;

/// What it says; nothing where it is locked or broken from the beginning.
pub(super) fn read(source: &mut dyn Source, format: Format, most: usize) -> String {
    let said = look_into(source, |file| match format {
        Format::Doc => of_letter(file, most),
        Format::Xls => of_table(file, most),
        _ => of_slides(file, most),
    });
    said.unwrap_or_default()
}

/// The letters of a document, piece by piece, in the order in which they are read.
fn of_letter(file: &mut Compound<'_>, most: usize) -> Option<String> {
    const IS_LOCKED: u16 = 1 << 8;
    const IS_IN_SECOND: u16 = 1 << 9;
    const IS_NARROW: u32 = 1 << 30;
    let mut letters = file.open_stream("/WordDocument").ok()?;
    let head = read_at(&mut letters, 0, 0x1aa).ok()?;
    let marks = head.le16(0x0a)?;
    if marks & IS_LOCKED != 0 {
        return None;
    }
    let in_second = marks & IS_IN_SECOND != 0;
    let table = if in_second { "/1Table" } else { "/0Table" };
    let mut table = file.open_stream(table).ok()?;
    let (start, length) = (head.le32(0x1a2)?, head.le32(0x1a6)? as usize);
    let list = read_at(&mut table, start.into(), length.min(PIECES_MOST)).ok()?;
    let mut list = list.as_slice();
    // What else changed comes first.
    while let [1, rest @ ..] = list {
        list = rest.get(2 + usize::from(rest.le16(0)?)..)?;
    }
    let [2, rest @ ..] = list else {
        return None;
    };
    let pieces = rest.get(4..)?;
    let pieces = &pieces[..pieces.len().min(rest.le32(0)? as usize)];
    let count = pieces.len().checked_sub(4)? / 12;
    let mut out = String::new();
    for piece in 0..count {
        if out.len() >= most {
            break;
        }
        let (from, to) = (pieces.le32(4 * piece)?, pieces.le32(4 * piece + 4)?);
        let place = pieces.le32(4 * (count + 1) + 8 * piece + 2)?;
        let (at, width, set) = if place & IS_NARROW == 0 {
            (place, 2, UTF_16LE)
        } else {
            ((place & (IS_NARROW - 1)) / 2, 1, WINDOWS_1252)
        };
        let length = (to.saturating_sub(from) as usize).min(most) * width;
        let Ok(bytes) = read_at(&mut letters, at.into(), length) else {
            break;
        };
        out.push_str(&decoded(&bytes, set));
    }
    Some(plain(&out))
}

/// The words of slides, record by record; one that holds others is walked into.
fn of_slides(file: &mut Compound<'_>, most: usize) -> Option<String> {
    let mut slides = file.open_stream("/PowerPoint Document").ok()?;
    let (mut at, mut out) = (0_u64, String::new());
    for _ in 0..RECORDS_MOST {
        let head = read_at(&mut slides, at, 8).unwrap_or_default();
        let (Some(marks), Some(kind), Some(length)) = (head.le16(0), head.le16(2), head.le32(4))
        else {
            break;
        };
        at += 8;
        if marks & 0xf == 0xf {
            continue;
        }
        let set = match kind {
            4000 => Some(UTF_16LE),
            4008 => Some(WINDOWS_1252),
            _ => None,
        };
        if let Some(set) = set {
            let length = (length as usize).min(2 * most);
            let bytes = read_at(&mut slides, at, length).unwrap_or_default();
            out.push_str(&plain(&decoded(&bytes, set)));
            out.push('\n');
        }
        if out.len() >= most {
            break;
        }
        at += u64::from(length);
    }
    Some(out)
}

/// The strings that the cells of a table share.
fn of_table(file: &mut Compound<'_>, most: usize) -> Option<String> {
    const LOCKED: u16 = 0x2f;
    const STRINGS: u16 = 0xfc;
    const MORE: u16 = 0x3c;
    let mut table = file.open_stream("/Workbook").ok()?;
    let (mut at, mut parts) = (0_u64, Vec::new());
    for _ in 0..RECORDS_MOST {
        let head = read_at(&mut table, at, 4).unwrap_or_default();
        let (Some(kind), Some(length)) = (head.le16(0), head.le16(2)) else {
            break;
        };
        match (kind, parts.len()) {
            (LOCKED, _) => return None,
            (STRINGS, 0) | (MORE, 1..PARTS_MOST) => {
                parts.push(read_at(&mut table, at + 4, length.into()).ok()?);
            }
            (_, 0) => {}
            _ => break,
        }
        at += 4 + u64::from(length);
    }
    let mut strings = Strings {
        rest: parts.first()?.get(8..)?,
        parts: &parts[1..],
    };
    let mut out = String::new();
    while out.len() < most {
        let Some(string) = strings.string() else {
            break;
        };
        out.push_str(&plain(&string));
        out.push('\n');
    }
    Some(out)
}

/// Strings one after the other, in parts that end anywhere.
struct Strings<'a> {
    rest: &'a [u8],
    parts: &'a [Vec<u8>],
}

impl Strings<'_> {
    fn string(&mut self) -> Option<String> {
        let length = self.short()?;
        let mut marks = self.byte()?;
        let runs = if marks & 8 == 0 { 0 } else { self.short()? };
        let sounds = if marks & 4 == 0 {
            0
        } else {
            u32::from(self.short()?) | u32::from(self.short()?) << 16
        };
        let mut units = Vec::new();
        for _ in 0..length {
            if self.rest.is_empty() {
                // In the next part letters may be as wide as not here.
                marks = self.byte()?;
            }
            let is_wide = marks & 1 == 1;
            units.push(if is_wide {
                self.short()?
            } else {
                self.byte()?.into()
            });
        }
        self.skip(4 * usize::from(runs))?;
        self.skip(sounds as usize)?;
        Some(String::from_utf16_lossy(&units))
    }

    fn byte(&mut self) -> Option<u8> {
        while self.rest.is_empty() {
            self.turn()?;
        }
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn short(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > self.rest.len() {
            count -= self.rest.len();
            self.turn()?;
        }
        self.rest = &self.rest[count..];
        Some(())
    }

    /// Goes on with the next part.
    fn turn(&mut self) -> Option<()> {
        let (next, parts) = self.parts.split_first()?;
        (self.rest, self.parts) = (next, parts);
        Some(())
    }
}

fn decoded(bytes: &[u8], set: &'static Encoding) -> String {
    set.decode_without_bom_handling(bytes).0.into_owned()
}

/// Text without marks, and without what fields are made of: what they show stays.
fn plain(text: &str) -> String {
    let (mut fields, mut hidden) = (Vec::new(), 0_usize);
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\u{13}' => {
                fields.push(true);
                hidden += 1;
            }
            '\u{14}' => {
                if fields.last_mut().is_some_and(std::mem::take) {
                    hidden -= 1;
                }
            }
            '\u{15}' => hidden -= usize::from(fields.pop().unwrap_or_default()),
            _ if hidden > 0 => {}
            '\r' | '\n' | '\u{b}' | '\u{c}' => out.push('\n'),
            '\t' | '\u{7}' => out.push('\t'),
            '\u{1e}' => out.push('-'),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use cfb::CompoundFile;

    use super::*;

    const LETTER: &[u8] = include_bytes!("../../tests/fixtures/letter.doc");

    /// A file with one stream.
    fn file(name: &str, bytes: &[u8]) -> Vec<u8> {
        let mut file = CompoundFile::create(Cursor::new(Vec::new())).expect("a file");
        let mut stream = file.create_stream(name).expect("a stream");
        stream.write_all(bytes).expect("written");
        stream.flush().expect("written");
        file.flush().expect("written");
        drop(stream);
        file.into_inner().into_inner()
    }

    /// A record of a table: its kind and what is in it.
    fn record(kind: u16, bytes: &[u8]) -> Vec<u8> {
        let length = u16::try_from(bytes.len()).expect("short");
        [kind.to_le_bytes().as_slice(), &length.to_le_bytes(), bytes].concat()
    }

    fn said(bytes: &[u8], format: Format) -> String {
        read(&mut Cursor::new(bytes), format, 1_000)
    }

    #[test]
    fn a_letter_says_its_words_and_what_its_fields_show() {
        let wanted = "Dear Ben, café 請求書.\nSecond line a link after.\n";
        assert_eq!(said(LETTER, Format::Doc), wanted);
    }

    #[test]
    fn a_letter_that_is_broken_anywhere_says_something_or_nothing() {
        for at in (0..LETTER.len()).step_by(7) {
            let mut broken = LETTER.to_vec();
            broken[at] ^= 0xff;
            let _ = said(&broken, Format::Doc);
            let _ = said(&LETTER[..at], Format::Doc);
        }
    }

    #[test]
    fn slides_say_what_stands_on_them() {
        let held = |kind: u16, bytes: &[u8]| {
            let length = u32::try_from(bytes.len()).expect("short");
            let head = [0_u16, kind].map(u16::to_le_bytes).concat();
            [head.as_slice(), &length.to_le_bytes(), bytes].concat()
        };
        let wide: Vec<u8> = "海辺".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut slides = [0x0f_u16, 1006, 0xffff, 0xffff]
            .map(u16::to_le_bytes)
            .concat();
        slides.extend(held(4008, b"Our caf\xe9\rin summer"));
        slides.extend(held(4001, b"no words"));
        slides.extend(held(4000, &wide));
        let file = file("/PowerPoint Document", &slides);

        assert_eq!(said(&file, Format::Ppt), "Our café\nin summer\n海辺\n");
    }

    #[test]
    fn a_table_says_the_strings_of_its_cells() {
        let mut first = [2_u32, 3].map(u32::to_le_bytes).concat();
        first.extend(b"\x06\x00\x00Anchor");
        // The second has a look of its own, and goes on in the next part, where it is wide.
        first.extend(b"\x04\x00\x08\x01\x00Bo");
        let second = b"\x01j\0\xf3\0runs\x03\x00\x01a\0b\0c\0";
        let table = [
            record(0x0809, &[0; 16]),
            record(0xfc, &first),
            record(0x3c, second),
            record(0x0a, &[]),
        ];
        let table = file("/Workbook", &table.concat());

        assert_eq!(said(&table, Format::Xls), "Anchor\nBojó\nabc\n");
        let locked = file("/Workbook", &[record(0x2f, &[0; 6]), table].concat());
        assert_eq!(said(&locked, Format::Xls), "");
    }
}
