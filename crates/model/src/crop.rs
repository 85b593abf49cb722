//! The region of a picture that stays, as it is moved and resized by hand.
//!
//! Every verb of a [`Frame`] takes a region and what a hand did, and gives the region that comes of
//! it: always inside the picture, never empty, and in the ratio as near as whole pixels come.

mod draft;
#[cfg(test)]
mod tests;

pub use draft::Draft;

use crate::placement::{Extent, Region};

/// Where a region may lie, and which ratio it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The picture.
    pub within: Extent,
    /// The ratio; absent is any.
    pub ratio: Option<Extent>,
}

/// What a region is resized by: a corner or the middle of an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Handle {
    /// Which vertical edge it pulls: -1 is the left one, 1 the right one, 0 none.
    pub across: i8,
    /// Which horizontal edge it pulls: -1 is the upper one, 1 the lower one, 0 none.
    pub down: i8,
}

impl Handle {
    /// All eight, from the upper left corner clockwise.
    pub const ALL: [Self; 8] = [
        Self::new(-1, -1),
        Self::new(0, -1),
        Self::new(1, -1),
        Self::new(1, 0),
        Self::new(1, 1),
        Self::new(0, 1),
        Self::new(-1, 1),
        Self::new(-1, 0),
    ];

    /// The lower right corner, which exact sizes pull at.
    pub const LAST: Self = Self::new(1, 1);

    const fn new(across: i8, down: i8) -> Self {
        Self { across, down }
    }
}

impl Frame {
    /// The largest region there is, in the middle.
    pub fn whole(self) -> Region {
        self.fitted(self.within.whole())
    }

    /// The region moved so many pixels, as far as there is room.
    pub fn moved(self, region: Region, across: i64, down: i64) -> Region {
        let region = self.inside(region);
        Region {
            x: put(
                i64::from(region.x).saturating_add(across),
                region.width,
                self.within.width,
            ),
            y: put(
                i64::from(region.y).saturating_add(down),
                region.height,
                self.within.height,
            ),
            ..region
        }
    }

    /// The region after a handle was pulled so many pixels; what is opposite stays where it is.
    pub fn resized(self, region: Region, handle: Handle, across: i64, down: i64) -> Region {
        let region = self.inside(region);
        let pull = |length: u32, by: i64, side: i8| {
            i64::from(length).saturating_add(by.saturating_mul(i64::from(side)))
        };
        let room = Extent {
            width: room(region.x, region.width, self.within.width, handle.across),
            height: room(region.y, region.height, self.within.height, handle.down),
        };
        let width = pull(region.width, across, handle.across);
        let height = pull(region.height, down, handle.down);
        let size = match self.ratio {
            None => Extent {
                width: clamp(width, room.width),
                height: clamp(height, room.height),
            },
            Some(ratio) => led(ratio, handle, width, height, room),
        };
        Region {
            x: anchor(
                region.x,
                region.width,
                size.width,
                handle.across,
                self.within.width,
            ),
            y: anchor(
                region.y,
                region.height,
                size.height,
                handle.down,
                self.within.height,
            ),
            width: size.width,
            height: size.height,
        }
    }

    /// The region so many times as large; the point of the picture it is pinched at stays in place.
    pub fn pinched(self, region: Region, times: f64, at: (f64, f64)) -> Region {
        let region = self.inside(region);
        if !(times.is_finite() && at.0.is_finite() && at.1.is_finite()) {
            return region;
        }
        let (width, height) = (f64::from(region.width), f64::from(region.height));
        let most =
            (f64::from(self.within.width) / width).min(f64::from(self.within.height) / height);
        let times = times.clamp(0.0, most);
        let size = match self.ratio {
            None => Extent {
                width: clamp(whole(width * times), self.within.width),
                height: clamp(whole(height * times), self.within.height),
            },
            Some(ratio) => near(ratio, width * times, height * times, self.within),
        };
        let start = |at: f64, from: u32, before: f64, after: u32| {
            whole(at - (at - f64::from(from)) * f64::from(after) / before)
        };
        Region {
            x: put(
                start(at.0, region.x, width, size.width),
                size.width,
                self.within.width,
            ),
            y: put(
                start(at.1, region.y, height, size.height),
                size.height,
                self.within.height,
            ),
            width: size.width,
            height: size.height,
        }
    }

    /// The region with another width or height, from the same corner where there is room.
    pub fn sized(self, region: Region, width: Option<u32>, height: Option<u32>) -> Region {
        let region = self.inside(region);
        let wanted = |length: Option<u32>, before: u32| i64::from(length.unwrap_or(before));
        let (across, down) = (wanted(width, region.width), wanted(height, region.height));
        let size = match (self.ratio, width) {
            (None, _) => Extent {
                width: clamp(across, self.within.width),
                height: clamp(down, self.within.height),
            },
            (Some(ratio), Some(_)) => by_width(ratio, across, self.within),
            (Some(ratio), None) => by_height(ratio, down, self.within),
        };
        Region {
            x: put(i64::from(region.x), size.width, self.within.width),
            y: put(i64::from(region.y), size.height, self.within.height),
            width: size.width,
            height: size.height,
        }
    }

    /// The region that comes nearest: about as large, around the same middle.
    pub fn fitted(self, region: Region) -> Region {
        let region = self.inside(region);
        let size = match self.ratio {
            None => Extent {
                width: region.width,
                height: region.height,
            },
            Some(ratio) => near(
                ratio,
                f64::from(region.width),
                f64::from(region.height),
                self.within,
            ),
        };
        let middle = |from: u32, before: u32, after: u32| {
            i64::from(from) + (i64::from(before) - i64::from(after)).div_euclid(2)
        };
        Region {
            x: put(
                middle(region.x, region.width, size.width),
                size.width,
                self.within.width,
            ),
            y: put(
                middle(region.y, region.height, size.height),
                size.height,
                self.within.height,
            ),
            width: size.width,
            height: size.height,
        }
    }

    /// A region of a picture of another size about the same middle, as it lies here.
    pub fn carried(self, region: Region, from: Extent) -> Region {
        let shift = |at: u32, before: u32, after: u32| {
            let by = (i64::from(after) - i64::from(before)).div_euclid(2);
            i64::from(at) + by
        };
        let (width, height) = (
            region.width.min(self.within.width),
            region.height.min(self.within.height),
        );
        let cut = |before: u32, after: u32| i64::from((before - after) / 2);
        let x = shift(region.x, from.width, self.within.width) + cut(region.width, width);
        let y = shift(region.y, from.height, self.within.height) + cut(region.height, height);
        self.fitted(Region {
            x: put(x, width, self.within.width),
            y: put(y, height, self.within.height),
            width,
            height,
        })
    }

    /// The region, or what of it is inside.
    fn inside(self, region: Region) -> Region {
        let width = clamp(i64::from(region.width), self.within.width);
        let height = clamp(i64::from(region.height), self.within.height);
        Region {
            x: put(i64::from(region.x), width, self.within.width),
            y: put(i64::from(region.y), height, self.within.height),
            width,
            height,
        }
    }
}

impl Region {
    /// Where it lies once its picture is turned clockwise by a quarter.
    #[must_use]
    pub fn turned(self, picture: Extent) -> Self {
        Self {
            x: picture
                .height
                .saturating_sub(self.y.saturating_add(self.height)),
            y: self.x,
            width: self.height,
            height: self.width,
        }
    }

    /// Where it lies once its picture is mirrored left to right.
    #[must_use]
    pub fn mirrored(self, picture: Extent) -> Self {
        Self {
            x: picture
                .width
                .saturating_sub(self.x.saturating_add(self.width)),
            ..self
        }
    }
}

/// How long an edge can become that a handle pulls.
const fn room(from: u32, length: u32, within: u32, side: i8) -> u32 {
    match side {
        -1 => from + length,
        1 => within - from,
        _ => within,
    }
}

/// Where an edge starts whose length changed: opposite the handle, or around its middle.
fn anchor(from: u32, before: u32, after: u32, side: i8, within: u32) -> u32 {
    let (from, before, length) = (i64::from(from), i64::from(before), i64::from(after));
    let start = match side {
        -1 => from + before - length,
        1 => from,
        _ => from + (before - length).div_euclid(2),
    };
    put(start, after, within)
}

/// A place for so long an edge, as near to the wanted one as there is room.
fn put(wanted: i64, length: u32, within: u32) -> u32 {
    let last = i64::from(within.saturating_sub(length));
    u32::try_from(wanted.clamp(0, last)).unwrap_or(0)
}

/// A length of at least one pixel.
fn clamp(length: i64, most: u32) -> u32 {
    u32::try_from(length.clamp(1, i64::from(most.max(1)))).unwrap_or(1)
}

/// The size of a ratio that a pulled handle asks for.
fn led(ratio: Extent, handle: Handle, width: i64, height: i64, room: Extent) -> Extent {
    let wide = ratio.width >= ratio.height;
    match (handle.across, handle.down) {
        (0, _) => by_height(ratio, height, room),
        (_, 0) => by_width(ratio, width, room),
        _ if wide => by_width(ratio, width.max(across(ratio, height)), room),
        _ => by_height(ratio, height.max(across(turned(ratio), width)), room),
    }
}

/// The size of a ratio that covers about as much.
fn near(ratio: Extent, width: f64, height: f64, room: Extent) -> Extent {
    let shape = f64::from(ratio.width.max(1)) / f64::from(ratio.height.max(1));
    let area = width * height;
    if ratio.width >= ratio.height {
        by_width(ratio, whole((area * shape).sqrt()), room)
    } else {
        by_height(ratio, whole((area / shape).sqrt()), room)
    }
}

/// The size of a ratio that is so wide, or as wide as there is room.
fn by_width(ratio: Extent, wanted: i64, room: Extent) -> Extent {
    let tallest = u64::from(room.height) * u64::from(ratio.width) / u64::from(ratio.height.max(1));
    let widest = u32::try_from(tallest).unwrap_or(u32::MAX).min(room.width);
    let width = clamp(wanted, widest);
    let height = clamp(across(turned(ratio), i64::from(width)), room.height);
    Extent { width, height }
}

/// The size of a ratio that is so high, or as high as there is room.
fn by_height(ratio: Extent, wanted: i64, room: Extent) -> Extent {
    turned(by_width(turned(ratio), wanted, turned(room)))
}

/// The width that goes with a height, to the nearest pixel.
fn across(ratio: Extent, height: i64) -> i64 {
    let (over, under) = (i64::from(ratio.width), i64::from(ratio.height.max(1)));
    height
        .saturating_mul(over)
        .saturating_add(under / 2)
        .div_euclid(under)
}

const fn turned(extent: Extent) -> Extent {
    Extent {
        width: extent.height,
        height: extent.width,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "lengths of pictures are far below what fits"
)]
fn whole(length: f64) -> i64 {
    length.round() as i64
}
