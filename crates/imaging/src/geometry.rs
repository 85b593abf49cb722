//! Edits done to pixels: turned, mirrored, straightened and cropped, each pixel moved once.

use model::{Edit, Turn, placement::Extent, placement::Region};

use crate::{Budget, Error, Pixels, Result, orient};

/// Fractions of a pixel, in bits.
const BITS: u32 = 16;
const ONE: i64 = 1 << BITS;

/// The picture as the edit leaves it; `orientation` is what EXIF asks for before.
///
/// # Errors
/// `Unsupported` for a region that is not inside, `TooHeavy` where two pictures are too many.
pub fn apply(pixels: Pixels, orientation: u8, edit: Edit, budget: &Budget) -> Result<Pixels> {
    let (width, height) = orient::size(pixels.width, pixels.height, orientation);
    let upright = Extent { width, height };
    let outside = |problem: model::Problem| Error::unsupported(problem.detail);
    let kept = edit.kept(upright).map_err(outside)?;
    let total = orient::after(orientation, of_edit(edit));
    if edit.straighten == 0 {
        let part = before(&pixels, total, kept);
        let pixels = pixels.cropped(part);
        weigh(&pixels, pixels.extent(), total == 1, budget)?;
        return Ok(orient::upright(pixels, total));
    }
    weigh(&pixels, pixels.extent(), total == 1, budget)?;
    let pixels = orient::upright(pixels, total);
    weigh(&pixels, kept.extent(), false, budget)?;
    let canvas = edit.canvas(upright).map_err(outside)?;
    Ok(straightened(&pixels, edit.radians(), canvas, kept))
}

/// The turn and the mirror of an edit as one orientation of EXIF.
fn of_edit(edit: Edit) -> u8 {
    let turn = match edit.turn {
        Turn::None => 1,
        Turn::Quarter => 6,
        Turn::Half => 3,
        Turn::ThreeQuarters => 8,
    };
    orient::after(turn, if edit.flip { 2 } else { 1 })
}

/// Refuses two pictures at once that are more than may be held.
fn weigh(pixels: &Pixels, made: Extent, is_free: bool, budget: &Budget) -> Result<()> {
    let made = u64::from(made.width) * u64::from(made.height) * pixels.channels() as u64;
    let bytes = pixels.data.len() as u64 + made;
    if !is_free && bytes > budget.max_memory {
        return Err(Error::TooHeavy {
            bytes,
            max: budget.max_memory,
        });
    }
    Ok(())
}

/// Where a part of the oriented picture lies in the one that is stored.
fn before(pixels: &Pixels, orientation: u8, part: Region) -> Region {
    let from = orient::from(orientation, pixels.width, pixels.height);
    let (left, top) = from(part.x, part.y);
    let (right, bottom) = from(part.x + part.width - 1, part.y + part.height - 1);
    Region {
        x: left.min(right),
        y: top.min(bottom),
        width: left.abs_diff(right) + 1,
        height: top.abs_diff(bottom) + 1,
    }
}

/// The part of a canvas in the middle of the picture that is turned clockwise by an angle.
fn straightened(pixels: &Pixels, angle: f64, canvas: Extent, kept: Region) -> Pixels {
    let (sine, cosine) = (fixed(angle.sin()), fixed(angle.cos()));
    let mut data =
        Vec::with_capacity(kept.width as usize * kept.height as usize * pixels.channels());
    // Twice the distance from the middle of the canvas to the middle of a pixel.
    let off = |at: u32, edge: u32| 2 * i64::from(at) + 1 - i64::from(edge);
    for y in kept.y..kept.y + kept.height {
        let down = off(y, canvas.height);
        for x in kept.x..kept.x + kept.width {
            let across = off(x, canvas.width);
            let left = (across * cosine + down * sine + i64::from(pixels.width) * ONE - ONE) / 2;
            let top = (down * cosine - across * sine + i64::from(pixels.height) * ONE - ONE) / 2;
            blend(pixels, left, top, &mut data);
        }
    }
    Pixels {
        width: kept.width,
        height: kept.height,
        alpha: pixels.alpha,
        data,
    }
}

#[expect(clippy::cast_possible_truncation, reason = "at most one, scaled")]
fn fixed(number: f64) -> i64 {
    (number * f64::from(1_u32 << BITS)).round() as i64
}

/// The mean of the four pixels around a place, each by its nearness and its opacity.
fn blend(pixels: &Pixels, left: i64, top: i64, data: &mut Vec<u8>) {
    let (x, x_part) = place(left, pixels.width);
    let (y, y_part) = place(top, pixels.height);
    let (next_x, next_y) = (
        (x + 1).min(pixels.width - 1),
        (y + 1).min(pixels.height - 1),
    );
    let corners = [
        (pixels.at(x, y), (256 - x_part) * (256 - y_part)),
        (pixels.at(next_x, y), x_part * (256 - y_part)),
        (pixels.at(x, next_y), (256 - x_part) * y_part),
        (pixels.at(next_x, next_y), x_part * y_part),
    ];
    let opacity = |pixel: &[u8]| pixel.get(3).map_or(255, |alpha| u64::from(*alpha));
    let total: u64 = corners
        .iter()
        .map(|(pixel, near)| near * opacity(pixel))
        .sum();
    for channel in 0..3 {
        let sum: u64 = corners
            .iter()
            .map(|(pixel, near)| near * opacity(pixel) * u64::from(pixel[channel]))
            .sum();
        data.push(byte((sum + total / 2).checked_div(total).unwrap_or(0)));
    }
    if pixels.alpha {
        data.push(byte((total + (1 << 15)) >> 16));
    }
}

/// The pixel at or before a place, and how far on the place is, in 256ths.
fn place(at: i64, edge: u32) -> (u32, u64) {
    let last = i64::from(edge - 1) << BITS;
    let at = at.clamp(0, last);
    let whole = u32::try_from(at >> BITS).unwrap_or(0);
    let part = u64::try_from((at & (ONE - 1)) >> (BITS - 8)).unwrap_or(0);
    (whole, part)
}

fn byte(value: u64) -> u8 {
    u8::try_from(value).unwrap_or(255)
}
