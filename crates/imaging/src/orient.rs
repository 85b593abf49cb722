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

/// Where a pixel of the upright picture lies in the one that is stored.
pub(crate) fn from(orientation: u8, width: u32, height: u32) -> impl Fn(u32, u32) -> (u32, u32) {
    let (right, bottom) = (width - 1, height - 1);
    move |x, y| match orientation {
        2 => (right - x, y),
        3 => (right - x, bottom - y),
        4 => (x, bottom - y),
        5 => (y, x),
        6 => (y, bottom - x),
        7 => (right - y, bottom - x),
        8 => (right - y, x),
        _ => (x, y),
    }
}

/// The one orientation that does what `first` does and `then` after it.
pub(crate) fn after(first: u8, then: u8) -> u8 {
    // Three corners of a square tell the eight apart.
    let corners =
        |map: &dyn Fn(u32, u32) -> (u32, u32)| [(0, 0), (1, 0), (0, 1)].map(|(x, y)| map(x, y));
    let both = corners(&|x, y| {
        let (x, y) = from(then, 2, 2)(x, y);
        from(first, 2, 2)(x, y)
    });
    (1..=8)
        .find(|one| corners(&from(*one, 2, 2)) == both)
        .unwrap_or(1)
}

/// The picture turned and mirrored.
#[must_use]
pub fn upright(pixels: Pixels, orientation: u8) -> Pixels {
    if !(2..=8).contains(&orientation) {
        return pixels;
    }
    let (width, height) = size(pixels.width, pixels.height, orientation);
    let from = from(orientation, pixels.width, pixels.height);
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
