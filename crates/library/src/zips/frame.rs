//! What stands around the files of a zip (APPNOTE 6.3): stored, with names in UTF-8, sizes that
//! may pass 4 GiB, and checksums after the bytes, which are read only once.
//!
//! Our own, after a look at `async_zip` 0.0.19: it writes 32-bit sizes after the bytes of an entry
//! that it marks as 64-bit, which readers that stream do not take.

use std::{
    io,
    sync::{Arc, Mutex, PoisonError},
};

use bytes::{BufMut as _, Bytes, BytesMut};
use crc32fast::Hasher;
use model::Timestamp;

const LOCAL: u32 = 0x0403_4b50;
const DESCRIPTOR: u32 = 0x0807_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END_64: u32 = 0x0606_4b50;
const LOCATOR_64: u32 = 0x0706_4b50;
const END: u32 = 0x0605_4b50;

/// The checksum comes after the bytes; the name is UTF-8.
const FLAGS: u16 = 1 << 3 | 1 << 11;
/// The version of the format that knows 64-bit sizes.
const VERSION: u16 = 45;
/// Made on Unix, so that names are read as they are.
const MADE_BY: u16 = 3 << 8 | VERSION;
/// A plain file that its owner may change and all may read.
const PLAIN_FILE: u32 = 0o100_644 << 16;
const MOST_32: u64 = u32::MAX as u64;

/// A file: its path in the zip, its bytes and its moment.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub name: String,
    pub size: u64,
    moment: (u16, u16),
}

impl Entry {
    /// A file that was made at a moment.
    pub fn new(name: String, size: u64, at: Timestamp) -> Self {
        Self {
            name,
            size,
            moment: dos_moment(at),
        }
    }

    fn is_large(&self) -> bool {
        self.size >= MOST_32
    }

    /// Bytes before, in and after the file.
    fn local_size(&self) -> u64 {
        let (extra, descriptor) = if self.is_large() { (20, 24) } else { (0, 16) };
        30 + self.name.len() as u64 + extra + self.size + descriptor
    }

    /// Bytes of its line in the list at the end.
    fn central_size(&self, offset: u64) -> u64 {
        46 + self.name.len() as u64 + self.central_extra(offset).len() as u64
    }

    fn local_extra(&self) -> Bytes {
        let mut extra = BytesMut::new();
        if self.is_large() {
            extra.put_u16_le(1);
            extra.put_u16_le(16);
            // Told after the bytes.
            extra.put_u64_le(0);
            extra.put_u64_le(0);
        }
        extra.freeze()
    }

    fn central_extra(&self, offset: u64) -> Bytes {
        let mut values = BytesMut::new();
        if self.is_large() {
            values.put_u64_le(self.size);
            values.put_u64_le(self.size);
        }
        if offset >= MOST_32 {
            values.put_u64_le(offset);
        }
        let mut extra = BytesMut::new();
        if !values.is_empty() {
            extra.put_u16_le(1);
            extra.put_u16_le(short(values.len()));
            extra.put(values);
        }
        extra.freeze()
    }

    /// What the heads at the file and in the list have in common.
    fn head(&self, out: &mut BytesMut, (crc, size): (u32, u32), extra: &Bytes) {
        let (time, date) = self.moment;
        out.put_u16_le(VERSION);
        out.put_u16_le(FLAGS);
        // Stored: pictures are as small as they get.
        out.put_u16_le(0);
        out.put_u16_le(time);
        out.put_u16_le(date);
        out.put_u32_le(crc);
        out.put_u32_le(size);
        out.put_u32_le(size);
        out.put_u16_le(short(self.name.len()));
        out.put_u16_le(short(extra.len()));
    }

    fn start(&self) -> Bytes {
        let extra = self.local_extra();
        let mut out = BytesMut::new();
        out.put_u32_le(LOCAL);
        let size = if self.is_large() { u32::MAX } else { 0 };
        self.head(&mut out, (0, size), &extra);
        out.put(self.name.as_bytes());
        out.put(extra);
        out.freeze()
    }

    fn descriptor(&self, crc: u32) -> Bytes {
        let mut out = BytesMut::new();
        out.put_u32_le(DESCRIPTOR);
        out.put_u32_le(crc);
        if self.is_large() {
            out.put_u64_le(self.size);
            out.put_u64_le(self.size);
        } else {
            out.put_u32_le(capped(self.size));
            out.put_u32_le(capped(self.size));
        }
        out.freeze()
    }

    fn line(&self, out: &mut BytesMut, crc: u32, offset: u64) {
        let extra = self.central_extra(offset);
        out.put_u32_le(CENTRAL);
        out.put_u16_le(MADE_BY);
        self.head(out, (crc, capped(self.size)), &extra);
        // No comment, one disk, binary.
        out.put_u16_le(0);
        out.put_u16_le(0);
        out.put_u16_le(0);
        out.put_u32_le(PLAIN_FILE);
        out.put_u32_le(capped(offset));
        out.put(self.name.as_bytes());
        out.put(extra);
    }
}

/// One file on its way: its checksum grows with its bytes.
#[derive(Clone, Debug)]
pub(super) struct Part {
    entry: Entry,
    sum: Arc<Mutex<(Hasher, u64)>>,
}

impl Part {
    /// What stands before the bytes.
    pub fn start(&self) -> Bytes {
        self.entry.start()
    }

    /// Takes notice of a piece that goes out.
    pub fn count(&self, piece: &Bytes) {
        let mut sum = self.sum.lock().unwrap_or_else(PoisonError::into_inner);
        sum.0.update(piece);
        sum.1 += piece.len() as u64;
    }

    /// What stands after the bytes, where there were as many as promised.
    pub fn end(&self, size: u64) -> io::Result<Bytes> {
        let (crc, sent) = self.sum();
        if sent == size {
            Ok(self.entry.descriptor(crc))
        } else {
            Err(io::ErrorKind::UnexpectedEof.into())
        }
    }

    fn sum(&self) -> (u32, u64) {
        let sum = self.sum.lock().unwrap_or_else(PoisonError::into_inner);
        (sum.0.clone().finalize(), sum.1)
    }
}

/// A zip on its way: what the list at its end will say.
#[derive(Debug, Default)]
pub(super) struct Frame {
    parts: Vec<(Part, u64)>,
    offset: u64,
}

impl Frame {
    /// Goes on to the next file.
    pub fn begin(&mut self, entry: Entry) -> Part {
        let size = entry.local_size();
        let part = Part {
            entry,
            sum: Arc::default(),
        };
        self.parts.push((part.clone(), self.offset));
        self.offset += size;
        part
    }

    /// The list of all files, and the end.
    pub fn end(self) -> Bytes {
        let mut out = BytesMut::new();
        for (part, offset) in &self.parts {
            part.entry.line(&mut out, part.sum().0, *offset);
        }
        let list = out.len() as u64;
        put_end(&mut out, self.parts.len() as u64, list, self.offset);
        out.freeze()
    }
}

/// All the bytes of a zip of these files.
pub(super) fn size<'a>(entries: impl Iterator<Item = &'a Entry>) -> u64 {
    let (mut offset, mut list, mut count) = (0, 0, 0);
    for entry in entries {
        list += entry.central_size(offset);
        offset += entry.local_size();
        count += 1;
    }
    let mut end = BytesMut::new();
    put_end(&mut end, count, list, offset);
    offset + list + end.len() as u64
}

fn put_end(out: &mut BytesMut, count: u64, list: u64, offset: u64) {
    let is_large = count >= u64::from(u16::MAX) || list >= MOST_32 || offset >= MOST_32;
    if is_large {
        out.put_u32_le(END_64);
        out.put_u64_le(44);
        out.put_u16_le(MADE_BY);
        out.put_u16_le(VERSION);
        out.put_u32_le(0);
        out.put_u32_le(0);
        out.put_u64_le(count);
        out.put_u64_le(count);
        out.put_u64_le(list);
        out.put_u64_le(offset);
        out.put_u32_le(LOCATOR_64);
        out.put_u32_le(0);
        out.put_u64_le(offset + list);
        out.put_u32_le(1);
    }
    let short_count = u16::try_from(count).unwrap_or(u16::MAX);
    out.put_u32_le(END);
    out.put_u16_le(0);
    out.put_u16_le(0);
    out.put_u16_le(short_count);
    out.put_u16_le(short_count);
    out.put_u32_le(capped(list));
    out.put_u32_le(capped(offset));
    out.put_u16_le(0);
}

/// A size as far as 32 bits go; all ones mean that it stands elsewhere.
fn capped(size: u64) -> u32 {
    u32::try_from(size).unwrap_or(u32::MAX)
}

/// The length of a name or of what follows it; a path of 32 folders of 255 letters fits.
fn short(length: usize) -> u16 {
    u16::try_from(length).unwrap_or(u16::MAX)
}

/// A moment as DOS wrote it: the time, and the date since 1980.
fn dos_moment(at: Timestamp) -> (u16, u16) {
    let text = at.to_string();
    let number = |from: usize, to: usize| text.get(from..to).and_then(|part| part.parse().ok());
    let part = |from, to| number(from, to).unwrap_or(0_u16);
    let time = (part(11, 13) << 11) | (part(14, 16) << 5) | (part(17, 19) / 2);
    let year = part(0, 4).saturating_sub(1980).min(127);
    (time, (year << 9) | (part(5, 7) << 5) | part(8, 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_size_is_known_before_the_bytes_are() {
        let at = Timestamp::from_millis(1_795_253_400_000);
        let entries = [
            Entry::new("São Paulo/a.txt".to_owned(), 5, at),
            Entry::new("b.txt".to_owned(), 0, at),
        ];
        let mut frame = Frame::default();
        let mut sent = 0;
        for entry in &entries {
            let part = frame.begin(entry.clone());
            let bytes = Bytes::from(vec![b'x'; usize::try_from(entry.size).unwrap()]);
            part.count(&bytes);
            sent += part.start().len() + bytes.len() + part.end(entry.size).unwrap().len();
        }
        sent += frame.end().len();

        assert_eq!(sent as u64, size(entries.iter()));
    }

    #[test]
    fn a_zip_may_be_larger_than_four_gigabytes() {
        let at = Timestamp::from_millis(1_795_253_400_000);
        let large = Entry::new("a.mp4".to_owned(), 5_000_000_000, at);
        let behind = Entry::new("b.txt".to_owned(), 5, at);

        assert_eq!(large.descriptor(7).len(), 24);
        assert_eq!(large.central_extra(0).len(), 20);
        assert_eq!(behind.central_extra(large.local_size()).len(), 12);
        let all = size([&large, &behind].into_iter());
        assert!(all > 5_000_000_000 + 76 + 22);
    }

    #[test]
    fn a_file_that_ends_too_soon_is_an_error() {
        let at = Timestamp::from_millis(0);
        let part = Frame::default().begin(Entry::new("a".to_owned(), 3, at));
        part.count(&Bytes::from_static(b"ab"));

        assert!(part.end(3).is_err());
    }

    #[test]
    fn moments_are_written_as_dos_did() {
        // 2026-11-21T09:30:00Z
        let (time, date) = dos_moment(Timestamp::from_millis(1_795_253_400_000));

        assert_eq!((time >> 11, time >> 5 & 63, time & 31), (9, 30, 0));
        assert_eq!((date >> 9, date >> 5 & 15, date & 31), (46, 11, 21));
    }
}
