//! GIF: the first frame on its canvas is the poster.

use std::num::NonZeroU64;

use gif::{DecodeOptions, MemoryLimit};

use super::{Raw, rgb, shrink::Shrinker, upright};
use crate::{Budget, Error, Facts, Format, Result, probe::parse_gif};

pub(super) fn decode(bytes: &[u8], wanted: u32, budget: &Budget) -> Result<Raw> {
    let head = parse_gif(bytes, budget)?;
    // One byte a pixel while a frame is unpacked.
    budget.check_memory(head.width, head.height, 1)?;
    let damaged = |_| Error::corrupt("the picture is cut off or damaged");
    let mut options = DecodeOptions::new();
    options.set_memory_limit(MemoryLimit::Bytes(
        budget.max_memory.try_into().unwrap_or(NonZeroU64::MIN),
    ));
    options.check_frame_consistency(false);
    let mut decoder = options.read_info(bytes).map_err(damaged)?;
    let global = decoder.global_palette().map(<[u8]>::to_vec);
    let frame = decoder.read_next_frame().map_err(damaged)?;
    let frame = frame.ok_or_else(|| Error::corrupt("the picture holds no image"))?;
    let palette = frame.palette.as_ref().or(global.as_ref());
    let palette = palette.ok_or_else(|| Error::corrupt("the picture has no colors"))?;
    let (left, width) = (usize::from(frame.left), usize::from(frame.width));
    let top = u32::from(frame.top);
    let covers = left == 0
        && top == 0
        && width >= head.width as usize
        && u32::from(frame.height) >= head.height;
    let alpha = frame.transparent.is_some() || !covers;

    let channels = if alpha { 4 } else { 3 };
    let mut shrinker = Shrinker::new(head.width, head.height, alpha, wanted, budget)?;
    let mut row = vec![0; head.width as usize * channels];
    for y in 0..head.height {
        row.fill(0);
        let line = y.checked_sub(top).map(|line| line as usize * width);
        let indices = line.and_then(|start| frame.buffer.get(start..start + width));
        let places = row.chunks_exact_mut(channels).skip(left);
        for (pixel, index) in places.zip(indices.unwrap_or_default()) {
            if frame.transparent == Some(*index) {
                continue;
            }
            let start = usize::from(*index) * 3;
            let color = palette.get(start..start + 3).unwrap_or(&[0, 0, 0]);
            pixel[..3].copy_from_slice(color);
            if alpha {
                pixel[3] = 255;
            }
        }
        shrinker.push(&row);
    }
    let animated = head.frames > 1;
    let facts = Facts {
        frames: animated.then_some(head.frames),
        duration_ms: Some(head.duration_ms).filter(|duration| animated && *duration > 0),
        has_alpha: alpha,
        color: Some(rgb(alpha)),
        ..upright(Format::Gif, head.width, head.height, 1)
    };
    Ok(Raw {
        facts,
        pixels: shrinker.finish(),
        icc: Vec::new(),
    })
}
