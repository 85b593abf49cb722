//! MP3: a Xing or VBRI header tells the number of frames, else the bit rate must do.

use std::io::SeekFrom;

use super::{Facts, ratio};
use crate::{
    Error, Format, Result, Source,
    source::{Numbers, find, read_at},
};

/// How far the first frame may be from where it should be.
const WINDOW: usize = 64 * 1024;

const RATES: [[u32; 3]; 4] = [
    [11025, 12000, 8000],
    [0, 0, 0],
    [22050, 24000, 16000],
    [44100, 48000, 32000],
];
const LAYER_3: [u32; 15] = [
    0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320,
];
const LAYER_2: [u32; 15] = [
    0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384,
];
const LAYER_1: [u32; 15] = [
    0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448,
];
const LOW_1: [u32; 15] = [
    0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256,
];
const LOW_23: [u32; 15] = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

/// What a frame's header tells.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Frame {
    version: u8,
    layer: u8,
    rate: u32,
    kilobits: u32,
    samples: u32,
    len: usize,
    mono: bool,
}

fn frame(bytes: &[u8]) -> Option<Frame> {
    let [0xff, b, c, d, ..] = *bytes else {
        return None;
    };
    let (version, layer) = (b >> 3 & 3, 4 - (b >> 1 & 3));
    if b & 0xe0 != 0xe0 || version == 1 || layer == 4 {
        return None;
    }
    let rate = *RATES[usize::from(version)].get(usize::from(c >> 2 & 3))?;
    let table = match (version, layer) {
        (3, 1) => LAYER_1,
        (3, 2) => LAYER_2,
        (3, _) => LAYER_3,
        (_, 1) => LOW_1,
        _ => LOW_23,
    };
    let kilobits = *table.get(usize::from(c >> 4)).filter(|rate| **rate > 0)?;
    let samples = match (version, layer) {
        (_, 1) => 384,
        (3, _) | (_, 2) => 1152,
        _ => 576,
    };
    let padding = u32::from(c >> 1 & 1) * if layer == 1 { 4 } else { 1 };
    let len = (samples / 8 * kilobits * 1000 / rate + padding) as usize;
    Some(Frame {
        version,
        layer,
        rate,
        kilobits,
        samples,
        len,
        mono: d >> 6 == 3,
    })
}

/// Where the first frame stands whose successor is one too.
fn first(bytes: &[u8]) -> Option<(usize, Frame)> {
    (0..bytes.len().saturating_sub(4)).find_map(|at| {
        let found = frame(&bytes[at..])?;
        let next = bytes.get(at + found.len..).filter(|rest| rest.len() >= 4);
        let alike = |next: Frame| {
            (next.version, next.layer, next.rate) == (found.version, found.layer, found.rate)
        };
        next.is_none_or(|rest| frame(rest).is_some_and(alike))
            .then_some((at, found))
    })
}

/// Whether MP3 begins here; after a tag it may begin a little later.
pub(crate) fn is_mp3(bytes: &[u8], tagged: bool) -> bool {
    first(bytes).is_some_and(|(at, found)| {
        let followed = at + found.len + 4 <= bytes.len();
        at == 0 && followed || tagged || (at == 0 && found.layer == 3)
    })
}

/// Where the sound begins after an ID3 tag.
pub(crate) fn after_id3(head: &[u8]) -> u64 {
    let [b'I', b'D', b'3', _, _, flags, a, b, c, d, ..] = *head else {
        return 0;
    };
    let size = [a, b, c, d]
        .iter()
        .fold(0, |size, byte| size << 7 | u64::from(byte & 0x7f));
    10 + size + if flags & 0x10 == 0 { 0 } else { 10 }
}

pub(super) fn probe(source: &mut dyn Source) -> Result<Facts> {
    let len = source.seek(SeekFrom::End(0))?;
    let start = after_id3(&read_at(source, 0, 10)?);
    let bytes = read_at(source, start, WINDOW)?;
    let (at, found) = first(&bytes).ok_or_else(|| Error::corrupt("no frame of sound was found"))?;
    let here = &bytes[at..bytes.len().min(at + found.len.max(64))];
    let seconds = frames(here, found).map_or_else(
        || {
            let sound = len.saturating_sub(start + at as u64);
            ratio(sound * 8, u64::from(found.kilobits) * 1000)
        },
        |frames| {
            ratio(
                u64::from(frames) * u64::from(found.samples),
                u64::from(found.rate),
            )
        },
    );
    let codec = ["", "mp1", "mp2", "mp3"][usize::from(found.layer)];
    Ok(Facts::sound(Format::Mp3, codec, seconds))
}

/// The number of frames, where an encoder wrote it down.
fn frames(bytes: &[u8], found: Frame) -> Option<u32> {
    let side = match (found.version == 3, found.mono) {
        (true, false) => 32,
        (true, true) | (false, false) => 17,
        (false, true) => 9,
    };
    let xing = bytes.get(4 + side..)?;
    if (xing.starts_with(b"Xing") || xing.starts_with(b"Info")) && xing.be32(4)? & 1 == 1 {
        return xing.be32(8).filter(|frames| *frames > 0);
    }
    let vbri = bytes
        .get(36..)
        .filter(|rest| find(rest, b"VBRI") == Some(0))?;
    vbri.be32(14).filter(|frames| *frames > 0)
}
