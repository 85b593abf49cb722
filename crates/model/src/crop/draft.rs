//! An edit in the making, as people change it: what they see is turned, mirrored and cropped.

use super::Frame;
use crate::edit::{Edit, Turn};
use crate::focal_point::FocalPoint;
use crate::placement::{Extent, Region};

/// An edit in the making.
///
/// What a person does is done to what they see; a draft knows which [`Edit`] of the upright picture
/// comes to the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Draft {
    upright: Extent,
    /// The edit, without its region.
    shape: Edit,
    /// What stays, in pixels of the canvas.
    pub region: Region,
    /// The ratio that the region is kept in.
    pub ratio: Option<Extent>,
}

impl Draft {
    /// The draft of a picture nobody has changed, or as it was changed before.
    pub fn new(upright: Extent, before: Option<Edit>) -> Self {
        let before = before.filter(|edit| edit.kept(upright).is_ok());
        let before = before.unwrap_or_default();
        let shape = Edit {
            region: None,
            ..before
        };
        let all = shape.canvas(upright).unwrap_or(upright).whole();
        Self {
            upright,
            shape,
            region: before.region.unwrap_or(all),
            ratio: None,
        }
    }

    /// The picture as it is before any edit.
    pub const fn upright(self) -> Extent {
        self.upright
    }

    /// The edit that makes what is seen.
    pub fn edit(self) -> Edit {
        let region = Some(self.region).filter(|region| *region != self.canvas().whole());
        Edit {
            region,
            ..self.shape
        }
    }

    /// The pixels of the picture as turned, mirrored and straightened.
    pub fn canvas(self) -> Extent {
        self.shape.canvas(self.upright).unwrap_or(self.upright)
    }

    /// Where the region may lie.
    pub fn frame(self) -> Frame {
        Frame {
            within: self.canvas(),
            ratio: self.ratio,
        }
    }

    /// The draft with another region, as near as its ratio lets it be.
    #[must_use]
    pub fn with_region(self, region: Region) -> Self {
        Self { region, ..self }
    }

    /// The draft kept in another ratio, or in none.
    #[must_use]
    pub fn in_ratio(self, ratio: Option<Extent>) -> Self {
        let changed = Self { ratio, ..self };
        changed.with_region(changed.frame().fitted(self.region))
    }

    /// What is seen turned clockwise by a quarter.
    #[must_use]
    pub fn turned(self) -> Self {
        let turn = self.shape.turn;
        // Behind a mirror, clockwise is the other way.
        let turn = if self.shape.flip {
            turn.and_quarter().and_quarter().and_quarter()
        } else {
            turn.and_quarter()
        };
        let region = self.region.turned(self.canvas());
        self.shaped(Edit { turn, ..self.shape }, region)
    }

    /// What is seen mirrored left to right.
    #[must_use]
    pub fn mirrored(self) -> Self {
        let shape = Edit {
            flip: !self.shape.flip,
            straighten: -self.shape.straighten,
            ..self.shape
        };
        let region = self.region.mirrored(self.canvas());
        self.shaped(shape, region)
    }

    /// What is seen mirrored top to bottom.
    #[must_use]
    pub fn overturned(self) -> Self {
        let in_ratio = self.ratio;
        let free = Self {
            ratio: None,
            ..self
        };
        let mirrored = free.turned().turned().mirrored();
        Self {
            ratio: in_ratio,
            ..mirrored
        }
    }

    /// What is seen straightened by so many tenths of a degree in all.
    #[must_use]
    pub fn straightened(self, tenths: i16) -> Self {
        let most = Edit::MOST_STRAIGHTEN;
        let shape = Edit {
            straighten: tenths.clamp(-most, most),
            ..self.shape
        };
        let (before, was) = (self.canvas(), self.frame().whole());
        let changed = Self { shape, ..self };
        let frame = changed.frame();
        let region = if self.region == was {
            frame.whole()
        } else {
            frame.carried(self.region, before)
        };
        changed.with_region(region)
    }

    /// The tenths of a degree it is straightened by.
    pub const fn straighten(self) -> i16 {
        self.shape.straighten
    }

    /// Where a point of the canvas lies in the upright picture, in thousandths of its edges.
    pub fn focal_at(self, x: f64, y: f64) -> FocalPoint {
        let canvas = self.canvas();
        let (x, y) = (x - half(canvas.width), y - half(canvas.height));
        let (sine, cosine) = self.shape.radians().sin_cos();
        let (x, y) = (x * cosine + y * sine, y * cosine - x * sine);
        let x = if self.shape.flip { -x } else { x };
        let (x, y) = match self.shape.turn {
            Turn::None => (x, y),
            Turn::Quarter => (y, -x),
            Turn::Half => (-x, -y),
            Turn::ThreeQuarters => (-y, x),
        };
        FocalPoint {
            x: thousandths(x, self.upright.width),
            y: thousandths(y, self.upright.height),
        }
    }

    /// Where a point of the upright picture lies on the canvas, in pixels.
    pub fn focal_on(self, point: FocalPoint) -> (f64, f64) {
        let from = |part: u16, edge: u32| (f64::from(part) / 1_000.0 - 0.5) * f64::from(edge);
        let (x, y) = (
            from(point.x, self.upright.width),
            from(point.y, self.upright.height),
        );
        let (x, y) = match self.shape.turn {
            Turn::None => (x, y),
            Turn::Quarter => (-y, x),
            Turn::Half => (-x, -y),
            Turn::ThreeQuarters => (y, -x),
        };
        let x = if self.shape.flip { -x } else { x };
        let (sine, cosine) = self.shape.radians().sin_cos();
        let (x, y) = (x * cosine - y * sine, y * cosine + x * sine);
        let canvas = self.canvas();
        (x + half(canvas.width), y + half(canvas.height))
    }

    /// Where a point of the upright picture lies in the region, in thousandths of its edges; absent
    /// where it is cut away.
    pub fn focal_in(self, point: FocalPoint) -> Option<FocalPoint> {
        let (x, y) = self.focal_on(point);
        let region = self.region;
        let x = x - f64::from(region.x) - half(region.width);
        let y = y - f64::from(region.y) - half(region.height);
        let is_inside = x.abs() <= half(region.width) && y.abs() <= half(region.height);
        is_inside.then(|| FocalPoint {
            x: thousandths(x, region.width),
            y: thousandths(y, region.height),
        })
    }

    /// The point of the upright picture that lies at a point of the region.
    pub fn focal_from(self, point: FocalPoint) -> FocalPoint {
        let at = |start: u32, length: u32, part: u16| {
            f64::from(start) + f64::from(length) * f64::from(part) / 1_000.0
        };
        let region = self.region;
        self.focal_at(
            at(region.x, region.width, point.x),
            at(region.y, region.height, point.y),
        )
    }

    fn shaped(self, shape: Edit, region: Region) -> Self {
        let changed = Self { shape, ..self };
        changed.with_region(changed.frame().fitted(region))
    }
}

fn half(edge: u32) -> f64 {
    f64::from(edge) / 2.0
}

/// A distance from the middle of an edge, in thousandths from its start.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "from nothing to a thousand"
)]
fn thousandths(from_middle: f64, edge: u32) -> u16 {
    let part = (from_middle / f64::from(edge.max(1)) + 0.5) * 1_000.0;
    part.round().clamp(0.0, 1_000.0) as u16
}
