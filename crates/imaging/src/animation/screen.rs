//! What one picture of an animation changes of the one before: all else need not be written again.

use model::placement::Region;

use crate::Pixels;

/// A part of a picture, and where it lies.
pub(super) struct Part {
    pub left: u32,
    pub top: u32,
    pub pixels: Pixels,
}

/// What was seen last.
#[derive(Default)]
pub(super) struct Screen(Option<Pixels>);

impl Screen {
    /// The smallest part that holds all that is other than before, all of it at first, and never
    /// nothing; it begins at a multiple of `step`.
    pub(super) fn change(&mut self, pixels: Pixels, step: u32) -> Part {
        let whole = Region {
            x: 0,
            y: 0,
            width: pixels.width,
            height: pixels.height,
        };
        let part = match &self.0 {
            Some(before) => aligned(difference(before, &pixels), step),
            None => whole,
        };
        let changed = if part == whole {
            pixels.clone()
        } else {
            pixels.clone().cropped(part)
        };
        self.0 = Some(pixels);
        Part {
            left: part.x,
            top: part.y,
            pixels: changed,
        }
    }
}

/// The smallest part that holds all that differs; where nothing does, one pixel.
pub(super) fn difference(before: &Pixels, after: &Pixels) -> Region {
    let channels = after.channels();
    let line = after.width.max(1) as usize * channels;
    let (mut left, mut right) = (u32::MAX, 0);
    let (mut top, mut bottom) = (u32::MAX, 0);
    let rows = before
        .data
        .chunks_exact(line)
        .zip(after.data.chunks_exact(line));
    for (y, (old, new)) in (0_u32..).zip(rows) {
        if old == new {
            continue;
        }
        let differs = |(old, new): (&[u8], &[u8])| old != new;
        let pairs = || old.chunks_exact(channels).zip(new.chunks_exact(channels));
        let first = pairs().position(differs).unwrap_or(0);
        let last = pairs().rposition(differs).unwrap_or(0);
        let at = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        (left, right) = (left.min(at(first)), right.max(at(last)));
        (top, bottom) = (top.min(y), y);
    }
    if top == u32::MAX {
        (left, top) = (0, 0);
    }
    Region {
        x: left,
        y: top,
        width: right - left + 1,
        height: bottom - top + 1,
    }
}

/// The part with its left and upper edge moved out to a multiple of `step`.
fn aligned(part: Region, step: u32) -> Region {
    let (left, up) = (part.x % step, part.y % step);
    Region {
        x: part.x - left,
        y: part.y - up,
        width: part.width + left,
        height: part.height + up,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(width: u32, height: u32) -> Pixels {
        Pixels {
            width,
            height,
            alpha: false,
            data: vec![9; width as usize * height as usize * 3],
        }
    }

    fn with(mut pixels: Pixels, x: u32, y: u32) -> Pixels {
        let at = (y * pixels.width + x) as usize * 3;
        pixels.data[at] = 200;
        pixels
    }

    #[test]
    fn only_what_changed_is_given() {
        let mut screen = Screen::default();
        let first = screen.change(plain(8, 6), 1);
        let second = screen.change(with(with(plain(8, 6), 3, 1), 5, 4), 1);
        let same = screen.change(with(with(plain(8, 6), 3, 1), 5, 4), 1);

        assert_eq!((first.pixels.width, first.pixels.height), (8, 6));
        assert_eq!((second.left, second.top), (3, 1));
        assert_eq!((second.pixels.width, second.pixels.height), (3, 4));
        assert_eq!(second.pixels.at(0, 0)[0], 200);
        assert_eq!(second.pixels.at(2, 3)[0], 200);
        assert_eq!((same.pixels.width, same.pixels.height), (1, 1));
    }

    #[test]
    fn a_part_begins_where_the_format_lets_it() {
        let mut screen = Screen::default();
        screen.change(plain(8, 6), 2);
        let part = screen.change(with(plain(8, 6), 3, 5), 2);

        assert_eq!((part.left, part.top), (2, 4));
        assert_eq!((part.pixels.width, part.pixels.height), (2, 2));
        assert_eq!(part.pixels.at(1, 1)[0], 200);
    }
}
