//! GIF's blocks: canvas and number of frames, counted without unpacking any.

use crate::{Budget, Error, Result, source::Numbers};

/// Frames that are counted; a film of more is told as this many.
const MAX_FRAMES: u32 = 100_000;

/// What the blocks tell before anything is decoded.
#[derive(Debug)]
pub(crate) struct Gif {
    pub width: u32,
    pub height: u32,
    pub frames: u32,
    /// How long the animation plays once, in milliseconds.
    pub duration_ms: u64,
}

/// Walks the blocks and checks the budget.
pub(crate) fn parse(bytes: &[u8], budget: &Budget) -> Result<Gif> {
    let damaged = || Error::corrupt("the picture's header is damaged");
    let (width, height) = bytes.le16(6).zip(bytes.le16(8)).ok_or_else(damaged)?;
    let mut gif = Gif {
        width: width.into(),
        height: height.into(),
        frames: 0,
        duration_ms: 0,
    };
    let flags = *bytes.get(10).ok_or_else(damaged)?;
    let mut at = 13 + palette(flags);
    while gif.frames < MAX_FRAMES {
        at = match bytes.get(at) {
            Some(0x21) => {
                if bytes.get(at + 1) == Some(&0xf9) {
                    gif.duration_ms += u64::from(bytes.le16(at + 4).unwrap_or(0)) * 10;
                }
                after_blocks(bytes, at + 2)
            }
            Some(0x2c) => {
                gif.frames += 1;
                let flags = bytes.get(at + 9).copied().unwrap_or(0);
                after_blocks(bytes, at + 11 + palette(flags))
            }
            _ => break,
        };
    }
    if gif.frames == 0 {
        return Err(Error::corrupt(
            "the picture is cut off or damaged: it has no image data",
        ));
    }
    budget.check_pixels(gif.width, gif.height)?;
    Ok(gif)
}

/// Bytes of the colour table that a flag byte announces.
pub(crate) fn palette(flags: u8) -> usize {
    if flags & 0x80 == 0 {
        0
    } else {
        3 << ((flags & 7) + 1)
    }
}

/// The place after a row of sub-blocks.
pub(crate) fn after_blocks(bytes: &[u8], mut at: usize) -> usize {
    while let Some(size) = bytes.get(at) {
        at += 1 + usize::from(*size);
        if *size == 0 {
            break;
        }
    }
    at
}
