//! What of a picture stays where a place has another ratio.

use serde::{Deserialize, Serialize};

use crate::Problem;

/// Pixels across and down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Extent {
    pub width: u32,
    pub height: u32,
}

/// A part of an upright picture, in pixels from its top left corner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Region {
    pub x: u32,
    pub y: u32,
    pub width: u32,
    pub height: u32,
}

impl Region {
    /// Its pixels across and down.
    pub const fn extent(self) -> Extent {
        Extent {
            width: self.width,
            height: self.height,
        }
    }

    /// The part of another whole that has its shape and lies where it lies, as large as can be.
    #[must_use]
    pub fn onto(self, from: Extent, to: Extent) -> Self {
        let (wide, high) = (cross(to, from), cross(from, to));
        let (part, of) = if wide <= high {
            (to.width, from.width)
        } else {
            (to.height, from.height)
        };
        let scaled = |edge: u32, most: u32| {
            let edge = (u64::from(edge) * u64::from(part)).div_ceil(u64::from(of.max(1)));
            u32::try_from(edge).unwrap_or(most).clamp(1, most.max(1))
        };
        let (width, height) = (scaled(self.width, to.width), scaled(self.height, to.height));
        let placed = |start: u32, edge: u32, before: u32, after: u32, length: u32| {
            let twice = u64::from(start) * 2 + u64::from(edge);
            let middle = twice * u64::from(after) / (u64::from(before.max(1)) * 2);
            let start = middle.saturating_sub(u64::from(length) / 2);
            u32::try_from(start)
                .unwrap_or(after)
                .min(after.saturating_sub(length))
        };
        Self {
            x: placed(self.x, self.width, from.width, to.width, width),
            y: placed(self.y, self.height, from.height, to.height, height),
            width,
            height,
        }
    }

    /// Checks that it has pixels, and that all of them are the picture's.
    pub fn check_in(self, whole: Extent) -> Result<(), Problem> {
        let Self { width, height, .. } = self;
        if width == 0 || height == 0 {
            let detail =
                format!("A region has at least 1 × 1 pixels; this one has {width} × {height}.");
            return Err(Problem::invalid("region", detail));
        }
        let right = u64::from(self.x) + u64::from(width);
        let bottom = u64::from(self.y) + u64::from(height);
        if right > u64::from(whole.width) || bottom > u64::from(whole.height) {
            let detail = format!(
                "The region reaches to {right} × {bottom} pixels; the picture has {} × {}.",
                whole.width, whole.height
            );
            return Err(Problem::invalid("region", detail));
        }
        Ok(())
    }
}

impl Extent {
    /// All of it.
    pub const fn whole(self) -> Region {
        Region {
            x: 0,
            y: 0,
            width: self.width,
            height: self.height,
        }
    }

    /// Whether its ratio is that of `other`, within thousandths.
    pub fn is_like(self, other: Self, tolerance: u32) -> bool {
        let (ours, theirs) = (cross(self, other), cross(other, self));
        ours.abs_diff(theirs) * 1_000 <= theirs * u128::from(tolerance)
    }

    /// The largest part in the middle that has the ratio, as near as whole pixels come.
    pub fn middle(self, ratio: Self) -> Region {
        let Self { width, height } = self;
        if cross(self, ratio) > cross(ratio, self) {
            let kept = scaled(height, ratio.width, ratio.height).clamp(1, width);
            return Region {
                x: (width - kept) / 2,
                y: 0,
                width: kept,
                height,
            };
        }
        let kept = scaled(width, ratio.height, ratio.width).clamp(1, height);
        Region {
            x: 0,
            y: (height - kept) / 2,
            width,
            height: kept,
        }
    }
}

/// The width of one by the height of the other.
fn cross(one: Extent, other: Extent) -> u128 {
    u128::from(one.width) * u128::from(other.height)
}

/// `length * over / under`, to the nearest pixel.
fn scaled(length: u32, over: u32, under: u32) -> u32 {
    let (length, over, under) = (u64::from(length), u64::from(over), u64::from(under.max(1)));
    u32::try_from((length * over + under / 2) / under).unwrap_or(u32::MAX)
}
