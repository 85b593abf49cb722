//! Bytes that can be read anywhere: files of gigabytes are probed by a few short reads.

use std::io::{Read, Seek, SeekFrom};

use crate::{Error, Result};

/// Something to read facts from.
pub trait Source: Read + Seek {}

impl<T: Read + Seek + ?Sized> Source for T {}

/// Up to `limit` bytes from `offset`.
pub(crate) fn read_at(source: &mut dyn Source, offset: u64, limit: usize) -> Result<Vec<u8>> {
    source.seek(SeekFrom::Start(offset))?;
    let mut bytes = Vec::new();
    source.take(limit as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Exactly `N` bytes from `offset`.
pub(crate) fn array_at<const N: usize>(source: &mut dyn Source, offset: u64) -> Result<[u8; N]> {
    source.seek(SeekFrom::Start(offset))?;
    let mut bytes = [0; N];
    source.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// The whole, if it is at most `limit` bytes.
pub(crate) fn read_all(source: &mut dyn Source, limit: u64) -> Result<Vec<u8>> {
    let len = source.seek(SeekFrom::End(0))?;
    if len > limit {
        return Err(Error::TooHeavy {
            bytes: len,
            max: limit,
        });
    }
    source.rewind()?;
    let mut bytes = Vec::with_capacity(usize::try_from(len).unwrap_or(0));
    source.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Big-endian and little-endian numbers out of a slice, `None` past its end.
pub(crate) trait Numbers {
    /// `N` bytes at `at`.
    fn array<const N: usize>(&self, at: usize) -> Option<[u8; N]>;

    fn be16(&self, at: usize) -> Option<u16> {
        self.array(at).map(u16::from_be_bytes)
    }
    fn be32(&self, at: usize) -> Option<u32> {
        self.array(at).map(u32::from_be_bytes)
    }
    fn be64(&self, at: usize) -> Option<u64> {
        self.array(at).map(u64::from_be_bytes)
    }
    fn le16(&self, at: usize) -> Option<u16> {
        self.array(at).map(u16::from_le_bytes)
    }
    fn le24(&self, at: usize) -> Option<u32> {
        self.array(at)
            .map(|[a, b, c]: [u8; 3]| u32::from_le_bytes([a, b, c, 0]))
    }
    fn le32(&self, at: usize) -> Option<u32> {
        self.array(at).map(u32::from_le_bytes)
    }
    fn le64(&self, at: usize) -> Option<u64> {
        self.array(at).map(u64::from_le_bytes)
    }
}

impl Numbers for [u8] {
    fn array<const N: usize>(&self, at: usize) -> Option<[u8; N]> {
        self.get(at..at.checked_add(N)?)?.try_into().ok()
    }
}

/// Where `needle` first stands in `haystack`.
pub(crate) fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack
        .windows(needle.len())
        .position(|window| window == needle)
}
