//! Ogg: the first page names the codec, the last one the length.

use std::io::SeekFrom;

use super::{Facts, ratio};
use crate::{
    Error, Format, Result, Source,
    source::{Numbers, find, read_at},
};

/// The largest page there can be, and a little more.
const PAGE: usize = 66 * 1024;

pub(super) fn probe(source: &mut dyn Source) -> Result<Facts> {
    let len = source.seek(SeekFrom::End(0))?;
    let head = read_at(source, 0, PAGE)?;
    let serial = head
        .le32(14)
        .ok_or_else(|| Error::corrupt("the file ends too early"))?;
    let (codec, rate) = codec(&head)?;
    let start = len.saturating_sub(PAGE as u64);
    let tail = read_at(source, start, PAGE)?;
    let samples = last_position(&tail, serial).unwrap_or(0);
    Ok(Facts::sound(
        Format::Ogg,
        codec,
        ratio(samples, u64::from(rate)),
    ))
}

/// Codec and clock rate by the first packet.
fn codec(head: &[u8]) -> Result<(&'static str, u32)> {
    let segments = usize::from(head.get(26).copied().unwrap_or(0));
    let packet = head.get(27 + segments..).unwrap_or_default();
    let rate = |at| packet.le32(at).filter(|rate| (1..=768_000).contains(rate));
    let damaged = || Error::corrupt("the header of the sound is damaged");
    match packet {
        _ if packet.starts_with(b"OpusHead") => Ok(("opus", 48_000)),
        _ if packet.starts_with(b"\x01vorbis") => Ok(("vorbis", rate(12).ok_or_else(damaged)?)),
        _ if packet.starts_with(b"Speex   ") => Ok(("speex", rate(36).ok_or_else(damaged)?)),
        _ if packet.starts_with(b"\x7fFLAC") => {
            let info = find(packet, b"fLaC").and_then(|at| packet.be64(at + 18));
            let rate = info.and_then(|info| u32::try_from(info >> 44).ok());
            Ok(("flac", rate.filter(|rate| *rate > 0).ok_or_else(damaged)?))
        }
        _ => Err(Error::unsupported("this kind of Ogg file is not kept here")),
    }
}

/// The position told by the last page of a stream.
fn last_position(tail: &[u8], serial: u32) -> Option<u64> {
    let mut end = tail.len();
    while let Some(at) = tail[..end].windows(4).rposition(|window| window == b"OggS") {
        let position = tail.le64(at + 6);
        if tail.le32(at + 14) == Some(serial) && position != Some(u64::MAX) {
            return position;
        }
        end = at;
    }
    None
}
