//! Edits: how a picture is turned, mirrored, straightened and cropped.

use std::f64::consts::PI;

use serde::{Deserialize, Serialize};

use crate::{
    Problem,
    placement::{Extent, Region},
    word::words,
};

/// How a picture is changed; applied to the upright picture in this order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Edit {
    /// Clockwise, first of all.
    pub turn: Turn,
    /// Mirrored left to right, after the turn; top to bottom is a half turn and this.
    pub flip: bool,
    /// Clockwise, in tenths of a degree; the corners that come up empty are cut: the largest
    /// upright rectangle of the same ratio stays.
    #[cfg_attr(feature = "openapi", schema(minimum = -450, maximum = 450))]
    pub straighten: i16,
    /// What stays of it, in pixels of the picture as turned, mirrored and straightened; absent: all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<Region>,
}

/// Quarter turns, clockwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// As it is.
    #[default]
    None,
    /// What was on top is on the right.
    Quarter,
    /// Upside down.
    Half,
    /// What was on top is on the left.
    ThreeQuarters,
}

words!(Turn, ParseTurnError: "not a turn: none, quarter, half or `three_quarters`", [
    None = "none",
    Quarter = "quarter",
    Half = "half",
    ThreeQuarters = "three_quarters",
]);

impl Turn {
    /// The turn that a quarter clockwise makes of it.
    #[must_use]
    pub const fn and_quarter(self) -> Self {
        match self {
            Self::None => Self::Quarter,
            Self::Quarter => Self::Half,
            Self::Half => Self::ThreeQuarters,
            Self::ThreeQuarters => Self::None,
        }
    }

    /// The pixels of a picture that was turned so.
    pub const fn extent(self, of: Extent) -> Extent {
        match self {
            Self::None | Self::Half => of,
            Self::Quarter | Self::ThreeQuarters => Extent {
                width: of.height,
                height: of.width,
            },
        }
    }
}

impl Edit {
    /// How far a picture may be straightened to either side, in tenths of a degree.
    pub const MOST_STRAIGHTEN: i16 = 450;

    /// The angle it is straightened by, in radians.
    pub fn radians(self) -> f64 {
        f64::from(self.straighten) * PI / 1_800.0
    }

    /// The pixels of a picture as turned, mirrored and straightened: what regions lie in.
    pub fn canvas(self, upright: Extent) -> Result<Extent, Problem> {
        let most = Self::MOST_STRAIGHTEN;
        if !(-most..=most).contains(&self.straighten) {
            let detail = format!(
                "A picture can be straightened by -{most} to {most} tenths of a degree; {} were \
                 asked for.",
                self.straighten
            );
            return Err(Problem::invalid("straighten", detail));
        }
        Ok(straightened(self.turn.extent(upright), self.radians()))
    }

    /// The part that stays, in pixels of the canvas.
    pub fn kept(self, upright: Extent) -> Result<Region, Problem> {
        let canvas = self.canvas(upright)?;
        let Some(region) = self.region else {
            return Ok(canvas.whole());
        };
        region.check_in(canvas)?;
        Ok(region)
    }

    /// The pixels that come out.
    pub fn extent(self, upright: Extent) -> Result<Extent, Problem> {
        self.kept(upright).map(Region::extent)
    }

    /// The same change of another picture: the part that stays keeps its shape and its place.
    #[must_use]
    pub fn onto(self, from: Extent, to: Extent) -> Self {
        let moved = |region: Region| {
            let (from, to) = (self.canvas(from).ok()?, self.canvas(to).ok()?);
            Some(region.onto(from, to))
        };
        Self {
            region: self.region.and_then(moved),
            ..self
        }
    }

    /// Whether it leaves a picture as it is.
    pub fn is_identity(self, upright: Extent) -> bool {
        let stays = (self.turn, self.flip, self.straighten) == (Turn::None, false, 0);
        stays && self.region.is_none_or(|region| region == upright.whole())
    }
}

/// The largest upright rectangle of the same ratio in a picture that was turned by an angle.
fn straightened(of: Extent, angle: f64) -> Extent {
    let (width, height) = (f64::from(of.width), f64::from(of.height));
    let (sine, cosine) = (angle.sin().abs(), angle.cos());
    let across = width / (width * cosine + height * sine);
    let down = height / (width * sine + height * cosine);
    let scale = across.min(down);
    Extent {
        width: whole_pixels(width * scale, of.width),
        height: whole_pixels(height * scale, of.height),
    }
}

/// Whole pixels, at least one; what two machines reckon a hair apart comes out the same.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a positive length of a picture, which fits"
)]
fn whole_pixels(length: f64, most: u32) -> u32 {
    ((length + 1e-6).floor() as u32).clamp(1, most.max(1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PHOTO: Extent = Extent {
        width: 120,
        height: 80,
    };

    fn cropped(x: u32, y: u32, width: u32, height: u32) -> Edit {
        let region = Region {
            x,
            y,
            width,
            height,
        };
        Edit {
            region: Some(region),
            ..Edit::default()
        }
    }

    #[test]
    fn nothing_asked_for_changes_nothing() {
        let edit: Edit = serde_json::from_str("{}").unwrap();

        assert_eq!(edit.extent(PHOTO).unwrap(), PHOTO);
        assert!(edit.is_identity(PHOTO));
        assert!(cropped(0, 0, 120, 80).is_identity(PHOTO));
        assert!(!cropped(0, 0, 119, 80).is_identity(PHOTO));
    }

    #[test]
    fn regions_lie_in_the_turned_picture() {
        let turned = Edit {
            turn: Turn::Quarter,
            ..cropped(0, 0, 80, 120)
        };
        let upright = cropped(0, 0, 80, 120);

        assert_eq!(turned.extent(PHOTO).unwrap().height, 120);
        assert!(upright.extent(PHOTO).is_err());
    }

    #[test]
    fn what_cannot_be_cut_is_refused_with_the_figure() {
        for (edit, figure) in [
            (cropped(0, 0, 0, 80), "0 × 80"),
            (cropped(0, 0, 80, 0), "80 × 0"),
            (cropped(100, 0, 21, 80), "121 × 80"),
            (cropped(0, 80, 1, 1), "1 × 81"),
            (cropped(u32::MAX, 0, u32::MAX, 1), "8589934590 × 1"),
        ] {
            let problem = edit.extent(PHOTO).unwrap_err();
            assert_eq!(problem.field.as_deref(), Some("region"));
            assert!(problem.detail.contains(figure), "{}", problem.detail);
        }
    }

    #[test]
    fn an_edit_is_made_of_another_picture() {
        let edit = cropped(20, 10, 60, 40);
        let other = |width, height| edit.onto(PHOTO, Extent { width, height }).region;

        assert_eq!(edit.onto(PHOTO, PHOTO), edit);
        assert_eq!(other(240, 160), cropped(40, 20, 120, 80).region);
        assert_eq!(other(60, 40), cropped(10, 5, 30, 20).region);
        // Wider, and no higher: as large as before, and as far from the left in proportion.
        assert_eq!(other(240, 80), cropped(70, 10, 60, 40).region);
        let turned = Edit {
            turn: Turn::Quarter,
            ..cropped(0, 0, 80, 120)
        };
        let small = Extent {
            width: 60,
            height: 40,
        };
        assert_eq!(
            turned.onto(PHOTO, small).region,
            cropped(0, 0, 40, 60).region
        );
        assert_eq!(Edit::default().onto(PHOTO, small), Edit::default());
    }

    #[test]
    fn a_region_left_of_the_picture_is_no_region() {
        let text = r#"{"region": {"x": -5, "y": 0, "width": 10, "height": 10}}"#;
        let error = serde_json::from_str::<Edit>(text).unwrap_err();

        assert!(error.to_string().contains("-5"), "{error}");
    }

    #[test]
    fn nobody_straightens_by_more_than_an_eighth_of_a_turn() {
        for straighten in [-451, 451, i16::MIN, i16::MAX] {
            let edit = Edit {
                straighten,
                ..Edit::default()
            };
            let problem = edit.extent(PHOTO).unwrap_err();
            assert!(problem.detail.contains(&straighten.to_string()));
        }
    }

    #[test]
    fn straightening_cuts_the_empty_corners() {
        let edit = Edit {
            straighten: 450,
            ..Edit::default()
        };
        let square = Extent {
            width: 1_000,
            height: 1_000,
        };

        assert_eq!(edit.extent(square).unwrap().width, 707);
    }

    #[test]
    fn a_single_pixel_stays_one() {
        let pixel = Extent {
            width: 1,
            height: 1,
        };
        for straighten in [0, 1, 449, -450] {
            let edit = Edit {
                straighten,
                ..Edit::default()
            };
            assert_eq!(edit.extent(pixel).unwrap(), pixel);
        }
    }

    proptest! {
        #[test]
        fn a_part_of_another_picture_lies_in_it(
            (width, height) in (1_u32..5_000, 1_u32..5_000),
            (across, down) in (1_u32..5_000, 1_u32..5_000),
            (x, y, w, h) in (0.0..1.0, 0.0..1.0, 0.0..1.0, 0.0..1.0),
        ) {
            let part = |of: u32, share: f64| whole_pixels(f64::from(of) * share, of) - 1;
            let (x, y) = (part(width, x), part(height, y));
            let edit = cropped(x, y, part(width - x, w).max(1), part(height - y, h).max(1));
            let (from, to) = (Extent { width, height }, Extent { width: across, height: down });
            prop_assert!(edit.extent(from).is_ok());
            prop_assert!(edit.onto(from, to).extent(to).is_ok());
        }

        #[test]
        fn every_region_lies_inside_or_is_refused(
            (width, height) in (1_u32..40_000, 1_u32..40_000),
            (x, y) in (0_u32..50_000, 0_u32..50_000),
            (across, down) in (0_u32..50_000, 0_u32..50_000),
            straighten in -500_i16..500,
            turn in prop::sample::select(Turn::ALL.to_vec()),
            flip: bool,
        ) {
            let upright = Extent { width, height };
            let edit = Edit { turn, flip, straighten, ..cropped(x, y, across, down) };
            if let Ok(kept) = edit.kept(upright) {
                let canvas = edit.canvas(upright).unwrap();
                let turned = turn.extent(upright);
                prop_assert!(kept.width > 0 && kept.height > 0);
                prop_assert!(kept.x + kept.width <= canvas.width);
                prop_assert!(kept.y + kept.height <= canvas.height);
                prop_assert!(canvas.width <= turned.width && canvas.height <= turned.height);
            }
        }

        #[test]
        fn what_stays_of_a_straightened_picture_has_no_empty_corner(
            (width, height) in (1_u32..40_000, 1_u32..40_000),
            straighten in -450_i16..=450,
        ) {
            let upright = Extent { width, height };
            let edit = Edit { straighten, ..Edit::default() };
            let kept = edit.extent(upright).unwrap();
            prop_assume!(kept.width > 1 && kept.height > 1);
            let (sine, cosine) = (edit.radians().sin().abs(), edit.radians().cos());
            let (across, down) = (f64::from(kept.width), f64::from(kept.height));
            prop_assert!(across * cosine + down * sine <= f64::from(width) + 1e-3);
            prop_assert!(across * sine + down * cosine <= f64::from(height) + 1e-3);
        }
    }
}
