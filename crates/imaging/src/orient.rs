//! Pictures turned upright, as EXIF's eight orientations ask.

use crate::Pixels;

/// The size a picture has once it is upright.
pub fn size(width: u32, height: u32, orientation: u8) -> (u32, u32) {
    if (5..=8).contains(&orientation) {
        (height, width)
    } else {
        (width, height)
    }
}

/// The picture turned and mirrored.
#[must_use]
pub fn upright(pixels: Pixels, orientation: u8) -> Pixels {
    if !(2..=8).contains(&orientation) {
        return pixels;
    }
    let (width, height) = size(pixels.width, pixels.height, orientation);
    let (right, bottom) = (pixels.width - 1, pixels.height - 1);
    let from = |x: u32, y: u32| match orientation {
        2 => (right - x, y),
        3 => (right - x, bottom - y),
        4 => (x, bottom - y),
        5 => (y, x),
        6 => (y, bottom - x),
        7 => (right - y, bottom - x),
        _ => (right - y, x),
    };
    let mut data = Vec::with_capacity(pixels.data.len());
    for y in 0..height {
        for x in 0..width {
            let (x, y) = from(x, y);
            data.extend_from_slice(pixels.at(x, y));
        }
    }
    Pixels {
        width,
        height,
        alpha: pixels.alpha,
        data,
    }
}
