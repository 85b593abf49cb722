//! The parts of a zip archive or an office file: found by the archive's directory, unpacked within a measure.

use std::io::{Read, SeekFrom};

use flate2::read::DeflateDecoder;

use crate::{
    Error, Result, Source,
    sniff::decode_text,
    source::{Numbers, array_at, read_at},
};

/// The farthest from the end that the directory's end record may stand.
const TAIL: u64 = 65_557;
/// How much of the directory is read: some ten thousand names.
const MAX_DIRECTORY: usize = 1 << 20;
/// The most entries that are looked at.
const MAX_ENTRIES: usize = 10_000;

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
    let mut at = 0;
    while entries.len() < MAX_ENTRIES && directory.get(at..at + 4) == Some(b"PK\x01\x02") {
        let short = |offset| directory.le16(at + offset).unwrap_or(0);
        let long = |offset| u64::from(directory.le32(at + offset).unwrap_or(0));
        let name_len = usize::from(short(28));
        let Some(name) = directory.get(at + 46..at + 46 + name_len) else {
            break;
        };
        let is_locked = short(8) & 1 == 1;
        entries.push(Entry {
            name: decode_text(name).0.into_owned(),
            size: long(24),
            is_locked,
            is_plain: !is_locked && matches!(short(10), 0 | 8),
            is_packed: short(10) == 8,
            packed: long(20),
            offset: long(42),
        });
        at += 46 + name_len + usize::from(short(30)) + usize::from(short(32));
    }
    Ok(entries)
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
