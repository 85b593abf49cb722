//! How a picture is made to fit a placement: what is cut, to which size, in which format.

mod answer;
mod asked;
mod color;
#[cfg(test)]
mod tests;

pub use answer::{FitAnswer, Fitted, Focus, Step};
pub use color::{Backdrop, ParseRgbError, Rgb};

use super::{Extent, Facts, Placement, Region};
use crate::{ByteSize, FocalPoint, Mime};
use asked::{Asked, JPEG};

/// How a picture could be made to fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The formats to try, the best first, and whether only a still is written in it.
    pub formats: Vec<(Mime, bool)>,
    /// What stays of it.
    pub region: Region,
    /// The pixels that come out.
    pub size: Extent,
    /// The fewest pixels it may be shrunk to for the bytes' sake, where it may.
    pub least: Option<Extent>,
    /// The most bytes that are taken.
    pub bytes: Option<ByteSize>,
    /// The most bytes that are advised: worth some quality, and no pixels.
    pub advised_bytes: Option<ByteSize>,
    /// Whether nothing may be transparent.
    pub is_opaque: bool,
}

impl Plan {
    /// Whether what is transparent is laid on a color.
    ///
    /// A picture of one size that must be small in bytes may end as a JPEG.
    pub fn is_flat(&self) -> bool {
        let is_jpeg = |(mime, _): &(Mime, bool)| mime.as_str() == JPEG;
        let is_last_resort = self.least.is_none() && self.bytes.is_some();
        self.is_opaque
            || self.formats.first().is_some_and(is_jpeg)
            || (is_last_resort && self.formats.iter().any(is_jpeg))
    }
}

/// Tells how a picture is made to fit, or why it cannot be, as the end of a sentence.
pub fn plan(placement: &Placement, facts: &Facts, focus: FocalPoint) -> Result<Plan, String> {
    let asked = Asked::of(&placement.rules);
    let formats = asked.formats(facts)?;
    let pixels = facts.pixels.ok_or("nobody knows its pixels")?;
    let (region, size) = asked.size(pixels, focus)?;
    let least = asked.exact.is_empty().then(|| Extent {
        width: asked.least.width.max(size.width / 4).max(1),
        height: asked.least.height.max(size.height / 4).max(1),
    });
    Ok(Plan {
        formats,
        region,
        size,
        least,
        bytes: asked.bytes,
        advised_bytes: asked.advised_bytes,
        is_opaque: asked.is_opaque,
    })
}
