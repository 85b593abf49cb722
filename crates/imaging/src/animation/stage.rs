//! What is seen while an animation plays: frames laid on one another.

use model::placement::Extent;

use crate::Pixels;

/// One frame, and what it does to what is seen.
pub(super) struct Frame {
    pub left: u32,
    pub top: u32,
    pub pixels: Pixels,
    /// Whether it is laid over what is there; else it takes its place.
    pub blends: bool,
    pub after: After,
}

impl Frame {
    /// Whether all of it can be seen on a canvas of that size.
    pub(super) fn lies_in(&self, canvas: Extent) -> bool {
        let ends = |start: u32, edge: u32| u64::from(start) + u64::from(edge);
        ends(self.left, self.pixels.width) <= canvas.width.into()
            && ends(self.top, self.pixels.height) <= canvas.height.into()
    }
}

/// What becomes of a frame's place before the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum After {
    Stays,
    Cleared,
    AsBefore,
}

/// What is seen, with transparency.
pub(super) struct Stage(Pixels);

impl Stage {
    pub(super) fn new(size: Extent) -> Self {
        Self(Pixels {
            width: size.width,
            height: size.height,
            alpha: true,
            data: vec![0; size.width as usize * size.height as usize * 4],
        })
    }

    /// Draws a frame and gives what is seen; then does with its place as it says.
    pub(super) fn show(&mut self, frame: &Frame) -> Pixels {
        let before = (frame.after == After::AsBefore).then(|| self.0.clone());
        if frame.blends {
            self.each(frame, over);
        } else {
            self.each(frame, |place, pixel| place.copy_from_slice(&pixel));
        }
        let shown = self.0.clone();
        match (frame.after, before) {
            (_, Some(before)) => self.0 = before,
            (After::Cleared, _) => self.each(frame, |place, _| place.fill(0)),
            _ => {}
        }
        shown
    }

    /// Every pixel that a frame covers, with the frame's own.
    fn each(&mut self, frame: &Frame, change: impl Fn(&mut [u8], [u8; 4])) {
        let pixels = &frame.pixels;
        let channels = pixels.channels();
        let rows = self.0.data.chunks_exact_mut(self.0.width as usize * 4);
        let drawn = pixels
            .data
            .chunks_exact(pixels.width.max(1) as usize * channels);
        for (row, line) in rows.skip(frame.top as usize).zip(drawn) {
            let places = row.chunks_exact_mut(4).skip(frame.left as usize);
            for (place, pixel) in places.zip(line.chunks_exact(channels)) {
                let alpha = pixel.get(3).copied().unwrap_or(255);
                change(place, [pixel[0], pixel[1], pixel[2], alpha]);
            }
        }
    }
}

/// Lays a pixel over another, both with straight alpha.
fn over(place: &mut [u8], pixel: [u8; 4]) {
    match pixel[3] {
        0 => return,
        255 => return place.copy_from_slice(&pixel),
        _ => {}
    }
    let (upper, lower) = (u32::from(pixel[3]), u32::from(place[3]));
    // In parts of 255 × 255.
    let (upper, lower) = (upper * 255, lower * (255 - upper));
    let whole = upper + lower;
    if whole == 0 {
        return place.fill(0);
    }
    for (channel, color) in place.iter_mut().zip(&pixel[..3]) {
        let sum = u32::from(*color) * upper + u32::from(*channel) * lower;
        *channel = byte((sum + whole / 2) / whole);
    }
    place[3] = byte((whole + 127) / 255);
}

fn byte(value: u32) -> u8 {
    u8::try_from(value).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_laid_over_is_mixed_by_its_alpha() {
        let mixed = |below: [u8; 4], above: [u8; 4]| {
            let mut place = below;
            over(&mut place, above);
            place
        };
        assert_eq!(
            mixed([9, 9, 9, 255], [200, 100, 0, 255]),
            [200, 100, 0, 255]
        );
        assert_eq!(mixed([9, 9, 9, 255], [200, 100, 0, 0]), [9, 9, 9, 255]);
        assert_eq!(
            mixed([0, 0, 0, 255], [255, 255, 255, 128]),
            [128, 128, 128, 255]
        );
        assert_eq!(mixed([7, 7, 7, 0], [10, 20, 30, 40]), [10, 20, 30, 40]);
    }
}
