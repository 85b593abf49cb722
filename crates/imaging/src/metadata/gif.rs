//! GIF keeps its frames and its loop, and loses comments and foreign application blocks.

use crate::{
    Error, Result,
    probe::{after_blocks, gif_palette},
};

const TRAILER: u8 = 0x3b;

pub(super) fn strip(bytes: &[u8]) -> Result<Vec<u8>> {
    let cut = || Error::corrupt("the picture is cut off");
    let mut at = 13 + gif_palette(*bytes.get(10).ok_or_else(cut)?);
    let mut kept = bytes.get(..at).ok_or_else(cut)?.to_vec();
    loop {
        let end = match bytes.get(at) {
            Some(0x21) => after_blocks(bytes, at + 2),
            Some(0x2c) => {
                let flags = *bytes.get(at + 9).ok_or_else(cut)?;
                after_blocks(bytes, at + 11 + gif_palette(flags))
            }
            // Old writers leave the trailer out.
            _ => break,
        };
        let block = bytes.get(at..end).ok_or_else(cut)?;
        if stays(block) {
            kept.extend_from_slice(block);
        }
        at = end;
    }
    kept.push(TRAILER);
    Ok(kept)
}

/// Frames, their timing, text drawn over them, and how often they loop.
fn stays(block: &[u8]) -> bool {
    match block {
        [0x21, 0xfe, ..] => false,
        [0x21, 0xff, ..] => {
            let name = block.get(3..14);
            name == Some(b"NETSCAPE2.0") || name == Some(b"ANIMEXTS1.0")
        }
        _ => true,
    }
}
