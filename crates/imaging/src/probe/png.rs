//! PNG's chunks: orientation, number of frames, and whether the picture is whole.

use crate::{Budget, Error, Result, exif, source::Numbers};

/// What the chunks tell before anything is decoded.
#[derive(Debug)]
pub(crate) struct Png {
    pub width: u32,
    pub height: u32,
    pub interlaced: bool,
    pub frames: Option<u32>,
    pub orientation: u8,
}

/// Type and place of a chunk: length, type, body and check sum.
pub(crate) struct Chunk<'a> {
    pub kind: [u8; 4],
    pub start: usize,
    pub end: usize,
    pub body: &'a [u8],
}

/// The chunks that are there as a whole, up to `IEND`.
pub(crate) fn chunks(bytes: &[u8]) -> Vec<Chunk<'_>> {
    let (mut at, mut found) = (8, Vec::new());
    while let (Some(size), Some(kind)) = (bytes.be32(at), bytes.array::<4>(at + 4)) {
        let end = (at + 12).saturating_add(size as usize);
        let Some(body) = bytes.get(at + 8..end - 4).filter(|_| end <= bytes.len()) else {
            break;
        };
        found.push(Chunk {
            kind,
            start: at,
            end,
            body,
        });
        at = end;
        if &kind == b"IEND" {
            break;
        }
    }
    found
}

/// Reads the chunks and checks the budget.
pub(crate) fn parse(bytes: &[u8], budget: &Budget) -> Result<Png> {
    let damaged = || Error::corrupt("the picture's header is damaged");
    let header = bytes
        .get(16..29)
        .filter(|_| bytes.get(12..16) == Some(b"IHDR"));
    let header = header.ok_or_else(damaged)?;
    // A damaged header must not be taken at its word, not even to call it too large.
    if bytes.be32(29) != bytes.get(12..29).map(check_sum) {
        return Err(damaged());
    }
    let (width, height) = header.be32(0).zip(header.be32(4)).ok_or_else(damaged)?;
    budget.check_pixels(width, height)?;
    let mut png = Png {
        width,
        height,
        interlaced: header[12] == 1,
        frames: None,
        orientation: 1,
    };
    let (mut told, mut controls, mut ended) = (None, 0, false);
    for chunk in chunks(bytes) {
        match &chunk.kind {
            b"acTL" if told.is_none() => told = chunk.body.be32(0),
            b"fcTL" => controls += 1,
            b"eXIf" => png.orientation = exif::orientation(chunk.body),
            b"IEND" => ended = true,
            _ => {}
        }
    }
    if !ended {
        return Err(Error::corrupt("the picture is cut off"));
    }
    png.frames = told
        .map(|told| told.min(controls))
        .filter(|frames| *frames > 0);
    Ok(png)
}

/// CRC-32 bit by bit: it is asked for thirty bytes at most.
pub(crate) fn check_sum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            if sum & 1 == 1 {
                sum >> 1 ^ 0xedb8_8320
            } else {
                sum >> 1
            }
        })
    })
}
