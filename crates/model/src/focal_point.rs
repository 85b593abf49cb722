//! Focal points: what of a picture must stay visible.

use serde::{Deserialize, Serialize};

use crate::{
    Problem,
    placement::{Extent, Region},
};

/// What of a picture must stay visible, in thousandths of its width and height.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "Given")]
pub struct FocalPoint {
    /// From the left edge.
    #[cfg_attr(feature = "openapi", schema(maximum = 1000))]
    pub x: u16,
    /// From the top edge.
    #[cfg_attr(feature = "openapi", schema(maximum = 1000))]
    pub y: u16,
}

/// A focal point as it comes in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    x: u16,
    y: u16,
}

impl TryFrom<Given> for FocalPoint {
    type Error = Problem;

    fn try_from(Given { x, y }: Given) -> Result<Self, Problem> {
        Self::new(x, y)
    }
}

impl FocalPoint {
    /// The middle of any picture.
    pub const MIDDLE: Self = Self { x: 500, y: 500 };
    /// The last thousandth of an edge.
    const LAST: u16 = 1_000;

    /// A point of the picture.
    pub fn new(x: u16, y: u16) -> Result<Self, Problem> {
        if x > Self::LAST || y > Self::LAST {
            let detail =
                format!("A focal point lies at 0 to 1000 thousandths, not at {x} and {y}.");
            return Err(Problem::invalid("focal_point", detail));
        }
        Ok(Self { x, y })
    }
}

impl Extent {
    /// The largest part that has the ratio, with the focal point as near its middle as it comes.
    pub fn around(self, ratio: Self, focus: FocalPoint) -> Region {
        self.placed(self.middle(ratio).extent(), focus)
    }

    /// A part of this size, no larger than the whole, with the focal point as near its middle as it
    /// comes.
    pub fn placed(self, part: Self, focus: FocalPoint) -> Region {
        Region {
            x: start(self.width, part.width, focus.x),
            y: start(self.height, part.height, focus.y),
            width: part.width,
            height: part.height,
        }
    }
}

/// Where a part of an edge starts that has a point in its middle.
fn start(edge: u32, part: u32, thousandths: u16) -> u32 {
    let point = u64::from(edge) * u64::from(thousandths) / 1_000;
    let start = point.saturating_sub(u64::from(part) / 2);
    u32::try_from(start).unwrap_or(u32::MAX).min(edge - part)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_matters_stays_visible() {
        let photo = Extent {
            width: 400,
            height: 100,
        };
        let square = Extent {
            width: 1,
            height: 1,
        };
        let start = |x| photo.around(square, FocalPoint { x, y: 500 }).x;

        assert_eq!(start(0), 0);
        assert_eq!(start(250), 50);
        assert_eq!(start(1_000), 300);
        assert_eq!(
            photo.around(square, FocalPoint::MIDDLE),
            photo.middle(square)
        );
    }

    #[test]
    fn a_point_outside_is_refused_with_the_figure() {
        let problem = FocalPoint::new(1_001, 0).unwrap_err();
        assert!(problem.detail.contains("1001"));
        assert!(serde_json::from_str::<FocalPoint>(r#"{"x": 0, "y": 2000}"#).is_err());
        assert!(serde_json::from_str::<FocalPoint>(r#"{"x": -1, "y": 0}"#).is_err());
    }

    proptest! {
        #[test]
        fn a_part_never_leaves_the_picture(
            (width, height) in (1_u32..40_000, 1_u32..40_000),
            (across, down) in (1_u32..5_000, 1_u32..5_000),
            (x, y) in (0_u16..=1_000, 0_u16..=1_000),
        ) {
            let whole = Extent { width, height };
            let part = whole.around(Extent { width: across, height: down }, FocalPoint { x, y });
            prop_assert!(part.check_in(whole).is_ok());
        }
    }
}
