//! What of a picture stays where a place has another ratio.

use serde::{Deserialize, Serialize};

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

impl Extent {
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
