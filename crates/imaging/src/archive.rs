//! The parts of a zip archive or an office file: found by the archive's directory, unpacked within a measure.

mod names;

use std::io::{Read, SeekFrom};

use flate2::{Crc, read::DeflateDecoder};

use crate::{
    Error, Result, Source,
    source::{Numbers, array_at, read_at},
};
use names::Set;

/// The farthest from the end that the directory's end record may stand.
const TAIL: u64 = 65_557;
/// How much of the directory is read: some ten thousand names.
const MAX_DIRECTORY: usize = 1 << 20;
/// The most entries that are looked at.
const MAX_ENTRIES: usize = 10_000;
/// The mark of a name that says that it is UTF-8.
const IS_UTF8: u16 = 1 << 11;
/// The mark of a second name, in UTF-8, among what else is told of an entry.
const SECOND_NAME: u16 = 0x7075;

/// A part of the archive.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub name: String,
    /// Bytes it says it has; nobody has counted them.
    pub size: u64,
    /// Whether it takes a password.
    pub is_locked: bool,
    /// Whether it can be unpacked here.
    pub is_plain: bool,
    is_packed: bool,
    packed: u64,
    offset: u64,
}

/// The parts, in the order of the directory.
pub(crate) fn entries(source: &mut dyn Source) -> Result<Vec<Entry>> {
    let end = end(source)?;
    let size = end.le32(12).ok_or_else(cut)? as usize;
    let offset = end.le32(16).ok_or_else(cut)?;
    let directory = read_at(source, u64::from(offset), size.min(MAX_DIRECTORY))?;
    let mut entries = Vec::new();
    let mut unsaid = Vec::new();
    let mut is_dos = false;
    let mut at = 0;
    while entries.len() < MAX_ENTRIES && directory.get(at..at + 4) == Some(b"PK\x01\x02") {
        let short = |offset| directory.le16(at + offset).unwrap_or(0);
        let long = |offset| u64::from(directory.le32(at + offset).unwrap_or(0));
        let name_len = usize::from(short(28));
        let Some(name) = directory.get(at + 46..at + 46 + name_len) else {
            break;
        };
        let extra_at = at + 46 + name_len;
        let extra = directory.get(extra_at..extra_at + usize::from(short(30)));
        let said = said(name, short(8), extra.unwrap_or_default());
        if said.is_none() {
            unsaid.push((entries.len(), name));
            is_dos |= is_like_dos(directory[at + 5]);
        }
        let is_locked = short(8) & 1 == 1;
        entries.push(Entry {
            name: said.unwrap_or_default(),
            size: long(24),
            is_locked,
            is_plain: !is_locked && matches!(short(10), 0 | 8),
            is_packed: short(10) == 8,
            packed: long(20),
            offset: long(42),
        });
        at += 46 + name_len + usize::from(short(30)) + usize::from(short(32));
    }
    let names: Vec<&[u8]> = unsaid.iter().map(|(_, name)| *name).collect();
    let set = Set::of(&names, is_dos);
    for (entry, name) in unsaid {
        entries[entry].name = set.read(name).into_owned();
    }
    Ok(entries)
}

/// A name that says that it is UTF-8, or has a twin that is.
fn said(name: &[u8], marks: u16, extra: &[u8]) -> Option<String> {
    let text = |name: &[u8]| String::from_utf8_lossy(name).into_owned();
    if marks & IS_UTF8 != 0 || name.is_ascii() {
        return Some(text(name));
    }
    let mut at = 0;
    while let (Some(mark), Some(len)) = (extra.le16(at), extra.le16(at + 2)) {
        let field = extra.get(at + 4..at + 4 + usize::from(len))?;
        if mark == SECOND_NAME {
            // It is of this name only where the sum is: who renames may know of no second one.
            let mut sum = Crc::new();
            sum.update(name);
            return (field.le32(1) == Some(sum.sum())).then(|| text(&field[5..]));
        }
        at += 4 + usize::from(len);
    }
    None
}

/// Whether an entry was made on a system that names files as DOS did.
const fn is_like_dos(system: u8) -> bool {
    matches!(system, 0 | 10 | 11 | 14)
}

/// Whether the archive says that it has more parts than were found.
pub(crate) fn is_cut(source: &mut dyn Source, found: usize) -> Result<bool> {
    let said = end(source)?.le16(10).ok_or_else(cut)?;
    Ok(usize::from(said) > found)
}

/// The record at the end, and what is behind it.
fn end(source: &mut dyn Source) -> Result<Vec<u8>> {
    let len = source.seek(SeekFrom::End(0))?;
    let start = len.saturating_sub(TAIL);
    let mut tail = read_at(source, start, usize::try_from(TAIL).unwrap_or(usize::MAX))?;
    let mut windows = tail.windows(4);
    let end = windows.rposition(|window| window == b"PK\x05\x06");
    Ok(tail.split_off(end.ok_or_else(cut)?))
}

fn cut() -> Error {
    Error::corrupt("the archive is cut off: its directory is missing")
}

/// At most so many bytes of a part; where it is damaged, those before the damage.
pub(crate) fn unpack(source: &mut dyn Source, entry: &Entry, most: u64) -> Result<Vec<u8>> {
    let head: [u8; 30] = array_at(source, entry.offset)?;
    if !head.starts_with(b"PK\x03\x04") {
        return Err(Error::corrupt("the archive's directory points nowhere"));
    }
    let name = u64::from(head.le16(26).unwrap_or(0));
    let extra = u64::from(head.le16(28).unwrap_or(0));
    source.seek(SeekFrom::Start(entry.offset + 30 + name + extra))?;
    let packed = source.take(entry.packed);
    let mut bytes = Vec::new();
    let read = if entry.is_packed {
        DeflateDecoder::new(packed)
            .take(most)
            .read_to_end(&mut bytes)
    } else {
        packed.take(most).read_to_end(&mut bytes)
    };
    match read {
        Err(error) if bytes.is_empty() => Err(error.into()),
        _ => Ok(bytes),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn short(length: usize) -> [u8; 2] {
        u16::try_from(length).expect("short").to_le_bytes()
    }

    /// A directory alone: names with their marks and what else is told of them.
    fn directory(parts: &[(&[u8], u16, &[u8])]) -> Cursor<Vec<u8>> {
        let mut bytes = Vec::new();
        for (name, marks, extra) in parts {
            let mut head = [0; 46];
            head[..4].copy_from_slice(b"PK\x01\x02");
            head[8..10].copy_from_slice(&marks.to_le_bytes());
            head[28..30].copy_from_slice(&short(name.len()));
            head[30..32].copy_from_slice(&short(extra.len()));
            bytes.extend([head.as_slice(), *name, *extra].concat());
        }
        let mut end = [0; 22];
        end[..4].copy_from_slice(b"PK\x05\x06");
        end[12..16].copy_from_slice(&u32::try_from(bytes.len()).expect("short").to_le_bytes());
        bytes.extend(end);
        Cursor::new(bytes)
    }

    fn names(parts: &[(&[u8], u16, &[u8])]) -> Vec<String> {
        let found = entries(&mut directory(parts)).expect("a directory");
        found.into_iter().map(|entry| entry.name).collect()
    }

    #[test]
    fn names_are_read_as_they_were_meant() {
        let old: &[u8] = b"Relat\xa2rio.pdf";
        let mut sum = Crc::new();
        sum.update(old);
        let twin = |sum: u32| {
            let second = "Relatório nº 3.pdf".as_bytes();
            let field = [[1].as_slice(), &sum.to_le_bytes(), second].concat();
            let head = [SECOND_NAME.to_le_bytes(), short(field.len())];
            [head.concat(), field].concat()
        };

        let told = names(&[
            ("João.txt".as_bytes(), IS_UTF8, &[]),
            (b"plain.txt", 0, &[]),
            (old, 0, &[]),
            (old, 0, &twin(sum.sum())),
            (old, 0, &twin(7)),
        ]);

        let wanted = [
            "João.txt",
            "plain.txt",
            "Relatório.pdf",
            "Relatório nº 3.pdf",
            "Relatório.pdf",
        ];
        assert_eq!(told, wanted);
    }
}
