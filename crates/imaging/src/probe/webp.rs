//! WebP's chunks: canvas, frames, profile and orientation.

use crate::{Budget, Error, Result, exif, source::Numbers};

/// What the chunks tell before anything is decoded.
#[derive(Debug, Default)]
pub(crate) struct Webp {
    pub width: u32,
    pub height: u32,
    pub frames: u32,
    pub duration_ms: u64,
    pub orientation: u8,
    pub icc: Vec<u8>,
    pub lossless: bool,
    /// The first frame of an animation: where it lies on the canvas, and its chunks.
    pub first: Option<(u32, u32, std::ops::Range<usize>)>,
}

/// Type and place of a chunk, head included.
pub(crate) struct Chunk<'a> {
    pub kind: [u8; 4],
    pub start: usize,
    pub end: usize,
    pub body: &'a [u8],
}

/// The chunks from a place on, the last one cut where the bytes end.
pub(crate) fn chunks(bytes: &[u8], start: usize) -> Vec<Chunk<'_>> {
    let (mut at, mut found) = (start, Vec::new());
    while let (Some(kind), Some(size)) = (bytes.array::<4>(at), bytes.le32(at + 4)) {
        let size = size as usize;
        let body_end = (at + 8).saturating_add(size).min(bytes.len());
        let end = (at + 8).saturating_add(size + (size & 1)).min(bytes.len());
        found.push(Chunk {
            kind,
            start: at,
            end,
            body: &bytes[at + 8..body_end],
        });
        at = end;
    }
    found
}

/// Reads the chunks and checks the budget.
pub(crate) fn parse(bytes: &[u8], budget: &Budget) -> Result<Webp> {
    let mut webp = Webp {
        orientation: 1,
        ..Webp::default()
    };
    for chunk in chunks(bytes, 12) {
        let body = chunk.body;
        match &chunk.kind {
            // Readers heed it before the picture alone, where it tells the size of the canvas.
            b"VP8X" if webp.width == 0 => {
                if let (Some(width), Some(height)) = (body.le24(4), body.le24(7)) {
                    (webp.width, webp.height) = (width + 1, height + 1);
                }
            }
            b"VP8 " | b"VP8L" => {
                webp.lossless = &chunk.kind == b"VP8L";
                if webp.width == 0 {
                    (webp.width, webp.height) = size(body, webp.lossless).unwrap_or_default();
                }
            }
            b"ANMF" => {
                webp.frames += 1;
                webp.duration_ms += u64::from(body.le24(12).unwrap_or(0));
                if webp.first.is_none() && body.len() > 16 {
                    let x = body.le24(0).unwrap_or(0) * 2;
                    let y = body.le24(3).unwrap_or(0) * 2;
                    let start = chunk.start + 8;
                    webp.first = Some((x, y, start + 16..start + body.len()));
                }
            }
            b"EXIF" => webp.orientation = exif::orientation(body),
            b"ICCP" => webp.icc = body.to_vec(),
            _ => {}
        }
    }
    if webp.width == 0 {
        return Err(Error::corrupt(
            "the picture is cut off or damaged: it has no image data",
        ));
    }
    budget.check_pixels(webp.width, webp.height)?;
    Ok(webp)
}

/// The size told by a bit stream of its own.
fn size(body: &[u8], lossless: bool) -> Option<(u32, u32)> {
    if lossless {
        let packed = body.le32(1).filter(|_| body.first() == Some(&0x2f))?;
        return Some(((packed & 0x3fff) + 1, (packed >> 14 & 0x3fff) + 1));
    }
    let (width, height) = body.le16(6).zip(body.le16(8))?;
    Some((u32::from(width & 0x3fff), u32::from(height & 0x3fff)))
}
