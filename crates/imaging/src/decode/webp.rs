//! WebP by libwebp, which scales while it decodes; of an animation, the first frame.

use super::{Raw, rgb, upright, webp_sys};
use crate::{
    Budget, Error, Facts, Format, Pixels, Result,
    probe::{Webp, parse_webp, webp_chunks},
};

pub(super) fn decode(bytes: &[u8], wanted: u32, budget: &Budget) -> Result<Raw> {
    let mut webp = parse_webp(bytes, budget)?;
    // Lossless pictures are held whole before they are scaled, and so are frames with their
    // canvas; the others go row by row, but for their transparency.
    let held = match (&webp.first, webp.lossless) {
        (Some(_), _) => 8,
        (None, true) => 4,
        (None, false) => 1,
    };
    budget.check_memory(webp.width, webp.height, held)?;
    let pixels = match webp.first.take() {
        Some((x, y, range)) => poster(bytes, &webp, x, y, range, budget)?,
        None => still(bytes, &webp, wanted, budget)?,
    };
    let animated = webp.frames > 0;
    let facts = Facts {
        frames: animated.then_some(webp.frames),
        duration_ms: Some(webp.duration_ms).filter(|duration| animated && *duration > 0),
        has_alpha: pixels.alpha,
        color: Some(rgb(pixels.alpha)),
        ..upright(Format::Webp, webp.width, webp.height, webp.orientation)
    };
    Ok(Raw {
        facts,
        pixels,
        icc: std::mem::take(&mut webp.icc),
    })
}

/// A still picture, twice as large as wanted where it is much larger.
fn still(bytes: &[u8], webp: &Webp, wanted: u32, budget: &Budget) -> Result<Pixels> {
    let longer = webp.width.max(webp.height);
    let factor = longer / wanted.saturating_mul(2).max(1);
    let scaled = (factor > 1).then(|| (webp.width.div_ceil(factor), webp.height.div_ceil(factor)));
    let (width, height) = scaled.unwrap_or((webp.width, webp.height));
    budget.check_memory(width, height, 4)?;
    webp_sys::decode(bytes, (webp.width, webp.height), scaled).ok_or_else(damaged)
}

fn damaged() -> Error {
    Error::corrupt("the picture is cut off or damaged")
}

/// One frame of an animation by itself.
pub(crate) fn frame(
    bytes: &[u8],
    range: std::ops::Range<usize>,
    budget: &Budget,
) -> Result<Pixels> {
    let file = alone(bytes, range);
    // What a frame says of itself in its own bits need not be what the animation says of it.
    let told = parse_webp(&file, budget)?;
    budget.check_memory(told.width, told.height, 4)?;
    webp_sys::decode(&file, (told.width, told.height), None).ok_or_else(damaged)
}

/// The first frame of an animation, laid on its canvas.
fn poster(
    bytes: &[u8],
    webp: &Webp,
    x: u32,
    y: u32,
    range: std::ops::Range<usize>,
    budget: &Budget,
) -> Result<Pixels> {
    let frame = frame(bytes, range, budget)?;
    if (frame.width, frame.height) == (webp.width, webp.height) {
        return Ok(frame);
    }
    let (width, height) = (webp.width as usize, webp.height as usize);
    let mut data = vec![0; width * height * 4];
    let lines = frame
        .data
        .chunks_exact(frame.width as usize * frame.channels());
    for (line, row) in lines.zip(data.chunks_exact_mut(width * 4).skip(y as usize)) {
        let places = row.chunks_exact_mut(4).skip(x as usize);
        for (pixel, place) in line.chunks_exact(frame.channels()).zip(places) {
            place[..3].copy_from_slice(&pixel[..3]);
            place[3] = pixel.get(3).copied().unwrap_or(255);
        }
    }
    Ok(Pixels {
        width: webp.width,
        height: webp.height,
        alpha: true,
        data,
    })
}

/// The chunks of a frame as a file of their own.
fn alone(bytes: &[u8], range: std::ops::Range<usize>) -> Vec<u8> {
    let inside = webp_chunks(&bytes[range.clone()], 0);
    let alpha = inside.iter().any(|chunk| &chunk.kind == b"ALPH");
    let lossy = inside.iter().find(|chunk| &chunk.kind == b"VP8 ");
    let mut body = b"WEBP".to_vec();
    if let Some(lossy) = lossy.filter(|_| alpha) {
        // An alpha plane is only read where the extended header announces it.
        let size = |at: usize| {
            let pair = lossy
                .body
                .get(at..at + 2)
                .map_or([0, 0], |pair| [pair[0], pair[1]]);
            (u32::from(u16::from_le_bytes(pair) & 0x3fff))
                .wrapping_sub(1)
                .to_le_bytes()
        };
        let (width, height) = (size(6), size(8));
        body.extend(b"VP8X\x0a\0\0\0\x10\0\0\0");
        body.extend([
            width[0], width[1], width[2], height[0], height[1], height[2],
        ]);
    }
    body.extend_from_slice(&bytes[range]);
    let mut file = b"RIFF".to_vec();
    file.extend(u32::try_from(body.len()).unwrap_or(u32::MAX).to_le_bytes());
    file.extend(body);
    file
}
