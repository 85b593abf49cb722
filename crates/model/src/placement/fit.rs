//! How a picture is made to fit a placement: what is cut, to which size, in which format.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::{Bound, Extent, Facts, Otherwise, Placement, Region, Rule, Strength, Verdict};
use crate::{Asset, ByteSize, FocalPoint, Mime, Problem, Slug};

/// The formats that pictures are written in.
const JPEG: &str = "image/jpeg";
const PNG: &str = "image/png";
const WEBP: &str = "image/webp";
const GIF: &str = "image/gif";
/// How far off a size that is advised may be from the ratio of a picture, in thousandths.
const NEAR: u32 = 15;

/// A picture that was made for a placement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Fitted {
    pub asset: Asset,
    /// What the placement says of it.
    pub verdict: Verdict,
    /// What was done, in this order.
    pub steps: Vec<Step>,
}

/// What came of making a picture for one of several placements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FitAnswer {
    /// The id of the placement.
    pub placement: Slug,
    /// The picture; absent where it could not be made.
    pub fitted: Option<Fitted>,
    /// Why it could not be made.
    pub problem: Option<Problem>,
}

/// Something that was done to a picture, with its figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(as = FitStep)
)]
#[serde(tag = "did", rename_all = "snake_case")]
pub enum Step {
    /// Only the first picture of an animation stayed.
    Stilled {
        /// How many there were.
        frames: u32,
    },
    /// Only a part of it stayed.
    Cropped { region: Region },
    /// It was made smaller.
    Resized { from: Extent, to: Extent },
    /// Transparency was laid on a color.
    Flattened { background: Rgb },
    /// It was written anew, without what the file told of its maker.
    Encoded {
        mime: Mime,
        /// 1 to 100, where the format knows any.
        #[serde(skip_serializing_if = "Option::is_none")]
        quality: Option<u8>,
        size: ByteSize,
    },
}

/// A color, written as `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, example = "#ffffff", pattern = "^#[0-9a-f]{6}$"))]
#[serde(try_from = "String", into = "String")]
pub struct Rgb(pub [u8; 3]);

impl Rgb {
    /// What pictures are laid on unless said.
    pub const WHITE: Self = Self([255; 3]);
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

/// Text that is not a color.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a color such as #ffffff")]
pub struct ParseRgbError;

impl FromStr for Rgb {
    type Err = ParseRgbError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.strip_prefix('#').filter(|digits| {
            digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
        });
        let digits = digits.ok_or(ParseRgbError)?;
        let value = u32::from_str_radix(digits, 16).map_err(|_| ParseRgbError)?;
        let [_, r, g, b] = value.to_be_bytes();
        Ok(Self([r, g, b]))
    }
}

impl TryFrom<String> for Rgb {
    type Error = ParseRgbError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Rgb> for String {
    fn from(color: Rgb) -> Self {
        color.to_string()
    }
}

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
    /// The most bytes to aim at.
    pub bytes: Option<ByteSize>,
    /// Whether nothing may be transparent.
    pub is_opaque: bool,
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
        is_opaque: asked.is_opaque,
    })
}

/// What the rules of a placement ask of a picture, put together.
struct Asked<'a> {
    types: Vec<&'a [Mime]>,
    least: Extent,
    most: Extent,
    /// The only sizes taken, where there are some.
    exact: Vec<Extent>,
    /// The sizes that do best.
    advised: Vec<Extent>,
    /// A ratio, how far off is still taken, and what happens to others.
    ratio: Option<(Extent, u32, Otherwise)>,
    stretch: Option<u32>,
    edge_sum: Option<u32>,
    frames: (u32, u32),
    bytes: Option<ByteSize>,
    is_opaque: bool,
}

impl<'a> Asked<'a> {
    fn of(rules: &'a [Rule]) -> Self {
        let mut asked = Self {
            types: Vec::new(),
            least: Extent {
                width: 1,
                height: 1,
            },
            most: Extent {
                width: u32::MAX,
                height: u32::MAX,
            },
            exact: Vec::new(),
            advised: Vec::new(),
            ratio: None,
            stretch: None,
            edge_sum: None,
            frames: (1, u32::MAX),
            bytes: None,
            is_opaque: false,
        };
        for rule in rules {
            asked.add(rule);
        }
        asked
    }

    fn add(&mut self, rule: &'a Rule) {
        let is_must = rule.strength == Strength::Must;
        match &rule.limit {
            Bound::Bytes { max } => {
                self.bytes = Some(self.bytes.map_or(*max, |before| before.min(*max)));
            }
            Bound::Pixels {
                max_width,
                max_height,
                exact,
                ..
            } if !is_must => {
                self.advised.extend(exact);
                self.limit(*max_width, *max_height);
            }
            _ if !is_must => {}
            Bound::Types { any } => self.types.push(any),
            Bound::Pixels {
                min_width,
                min_height,
                max_width,
                max_height,
                exact,
            } => {
                self.least.width = self.least.width.max(min_width.unwrap_or(1));
                self.least.height = self.least.height.max(min_height.unwrap_or(1));
                self.limit(*max_width, *max_height);
                self.exact.extend(exact);
            }
            Bound::Ratio {
                width,
                height,
                tolerance,
                otherwise,
            } => {
                let ratio = Extent {
                    width: *width,
                    height: *height,
                };
                self.ratio = Some((ratio, *tolerance, *otherwise));
            }
            Bound::Stretch { max } => self.stretch = Some(*max),
            Bound::EdgeSum { max } => self.edge_sum = Some(*max),
            Bound::Frames { min, max } => {
                self.frames = (min.unwrap_or(1), max.unwrap_or(u32::MAX));
            }
            Bound::Alpha { allowed } => self.is_opaque |= !allowed,
            Bound::Color { .. }
            | Bound::Duration { .. }
            | Bound::Codecs { .. }
            | Bound::Pages { .. } => {}
        }
    }

    fn limit(&mut self, width: Option<u32>, height: Option<u32>) {
        self.most.width = self.most.width.min(width.unwrap_or(u32::MAX));
        self.most.height = self.most.height.min(height.unwrap_or(u32::MAX));
    }

    /// The formats that are taken and written, the best first.
    fn formats(&self, facts: &Facts) -> Result<Vec<(Mime, bool)>, String> {
        let frames = facts.frames.unwrap_or(1);
        let is_clear = facts.has_alpha != Some(false) && !self.is_opaque;
        let order = if is_clear {
            [PNG, WEBP, GIF, JPEG]
        } else {
            [JPEG, WEBP, PNG, GIF]
        };
        let own = Some(facts.mime.as_str()).filter(|own| order.contains(own));
        let mut formats: Vec<(Mime, bool)> = Vec::new();
        for name in own.into_iter().chain(order) {
            let mime = Mime(name.to_owned());
            let is_taken = self.types.iter().all(|any| any.contains(&mime));
            let moves =
                frames > 1 && (name, facts.mime.as_str()) == (GIF, GIF) && frames <= self.frames.1;
            let enough = self.frames.0 <= if moves { frames } else { 1 };
            if is_taken && enough && !formats.iter().any(|(known, _)| *known == mime) {
                formats.push((mime, frames > 1 && !moves));
            }
        }
        if !formats.is_empty() {
            return Ok(formats);
        }
        if self.frames.0 > 1 {
            return Err("only animations are taken, in a format that none is made in".to_owned());
        }
        let taken: Vec<_> = self.types.iter().flat_map(|any| any.iter()).collect();
        let taken: Vec<_> = taken.iter().map(|mime| mime.as_str()).collect();
        Err(format!(
            "it takes {}, and no format that pictures are made in",
            taken.join(", ")
        ))
    }

    /// What stays, and how large it comes out.
    fn size(&self, pixels: Extent, focus: FocalPoint) -> Result<(Region, Extent), String> {
        let fits = |size: &&Extent, within: Extent| {
            size.width <= within.width && size.height <= within.height
        };
        if !self.exact.is_empty() {
            let found = self.exact.iter().filter(|size| fits(size, pixels));
            let Some(size) = found.max_by_key(|size| size.width) else {
                let nearest = self.exact.iter().min_by_key(|size| size.width);
                return Err(too_small(pixels, nearest.copied().unwrap_or(self.least)));
            };
            return Ok((pixels.around(*size, focus), *size));
        }
        let part = self.part(pixels)?;
        if part.width < self.least.width || part.height < self.least.height {
            return Err(too_small(part, self.least));
        }
        let room = self.room(part);
        let best = self.advised.iter().filter(|size| {
            fits(size, part)
                && fits(size, room)
                && size.is_like(part, NEAR)
                && fits(&&self.least, **size)
        });
        let size = match best.max_by_key(|size| size.width) {
            Some(size) => *size,
            None => self.shaped(room, part),
        };
        if size.width < self.least.width || size.height < self.least.height {
            return Err(too_small(size, self.least));
        }
        Ok((pixels.placed(part, focus), size))
    }

    /// The largest part that has the ratio asked for.
    fn part(&self, pixels: Extent) -> Result<Extent, String> {
        let cut = match self.ratio {
            Some((_, _, Otherwise::Letterbox)) | None => None,
            Some((ratio, tolerance, _)) if pixels.is_like(ratio, tolerance) => None,
            Some((ratio, _, Otherwise::CutSides))
                if pixels.middle(ratio).height < pixels.height =>
            {
                None
            }
            Some((ratio, tolerance, _)) => Some((ratio, tolerance)),
        };
        if let Some((ratio, tolerance)) = cut {
            let Extent { width, height } = ratio;
            return shaped(pixels, ratio, tolerance).ok_or_else(|| {
                let Extent {
                    width: w,
                    height: h,
                } = pixels;
                format!("of {w} × {h} pixels no part has the ratio {width} to {height}")
            });
        }
        let (short, long) = (
            pixels.width.min(pixels.height),
            pixels.width.max(pixels.height),
        );
        Ok(match self.stretch {
            Some(max) if u64::from(long) > u64::from(short) * u64::from(max) => Extent {
                width: pixels.width.min(short.saturating_mul(max)),
                height: pixels.height.min(short.saturating_mul(max)),
            },
            _ => pixels,
        })
    }

    /// The most pixels across and down that are taken.
    fn room(&self, part: Extent) -> Extent {
        let sum = u64::from(part.width) + u64::from(part.height);
        let share = |edge: u32| match self.edge_sum {
            Some(max) if sum > u64::from(max) => {
                u32::try_from(u64::from(edge) * u64::from(max) / sum).unwrap_or(edge)
            }
            _ => edge,
        };
        Extent {
            width: share(part.width).min(self.most.width).max(1),
            height: share(part.height).min(self.most.height).max(1),
        }
    }

    /// The part made smaller to fit into a room, with its ratio kept.
    fn shaped(&self, room: Extent, part: Extent) -> Extent {
        if part.width <= room.width && part.height <= room.height {
            return part;
        }
        let exact = self.ratio.and_then(|(ratio, tolerance, _)| {
            let is_kept = part.is_like(ratio, tolerance);
            is_kept.then(|| shaped(room, ratio, tolerance)).flatten()
        });
        exact.unwrap_or_else(|| room.middle(part).extent())
    }
}

/// The largest size within another that has a ratio.
fn shaped(within: Extent, ratio: Extent, tolerance: u32) -> Option<Extent> {
    let most = within.middle(ratio).width;
    (1..=most).rev().take(1_000).find_map(|width| {
        let down = u64::from(width) * u64::from(ratio.height) + u64::from(ratio.width) / 2;
        let height = u32::try_from(down / u64::from(ratio.width.max(1))).ok()?;
        let size = Extent { width, height };
        let is_inside = (1..=within.height).contains(&height);
        (is_inside && size.is_like(ratio, tolerance)).then_some(size)
    })
}

fn too_small(has: Extent, needed: Extent) -> String {
    let Extent { width, height } = has;
    let Extent {
        width: across,
        height: down,
    } = needed;
    format!("{width} × {height} pixels would stay of it, and {across} × {down} are needed")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Color, ColorMode, Outcome, catalogue, judge};
    use super::*;
    use crate::Kind;

    fn picture(mime: &str, width: u32, height: u32, frames: u32) -> Facts {
        Facts {
            pixels: Some(Extent { width, height }),
            frames: Some(frames),
            has_alpha: Some(mime != JPEG),
            color: Some(Color {
                mode: ColorMode::Rgb,
                bits: 8,
            }),
            ..Facts::new(Kind::Image, Mime(mime.to_owned()), ByteSize::megabytes(4))
        }
    }

    /// The picture as a plan leaves it, small enough in bytes.
    fn done(plan: &Plan, facts: &Facts) -> Facts {
        let (mime, still) = plan.formats[0].clone();
        Facts {
            mime,
            size: ByteSize::bytes(1),
            pixels: Some(plan.size),
            frames: Some(if still { 1 } else { facts.frames.unwrap_or(1) }),
            has_alpha: facts.has_alpha.map(|alpha| alpha && !plan.is_opaque),
            ..facts.clone()
        }
    }

    #[test]
    fn colors_are_written_as_they_are_read() {
        assert_eq!("#0a10FF".parse::<Rgb>().unwrap().to_string(), "#0a10ff");
        for text in ["", "#", "#12345", "ffffff", "#gggggg", "#é12345"] {
            assert!(text.parse::<Rgb>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_large_photo_fits_wherever_still_pictures_are_taken() {
        let facts = picture(JPEG, 4_000, 3_000, 1);
        let unmet: Vec<_> = catalogue()
            .iter()
            .filter(|one| plan(one, &facts, FocalPoint::MIDDLE).is_err())
            .map(|one| one.id.as_str())
            .filter(|id| {
                !["audio", "video", "pdf", "-file", "document"]
                    .iter()
                    .any(|word| id.contains(word))
            })
            .collect();
        assert_eq!(unmet, ["whatsapp-sticker-animated"]);
    }

    #[test]
    fn an_animation_moves_where_it_may() {
        let facts = picture(GIF, 900, 900, 12);
        let format = |id: &str| {
            let placement = catalogue()
                .iter()
                .find(|one| one.id.as_str() == id)
                .unwrap();
            plan(placement, &facts, FocalPoint::MIDDLE).unwrap().formats[0].clone()
        };
        assert_eq!(format("push-ios"), (Mime(GIF.to_owned()), false));
        assert_eq!(format("whatsapp-image"), (Mime(PNG.to_owned()), true));
    }

    proptest! {
        #[test]
        fn what_is_planned_fits_or_the_reason_is_told(
            (width, height) in (1_u32..12_000, 1_u32..12_000),
            mime in prop::sample::select(vec![JPEG, PNG, WEBP, GIF, "image/avif"]),
            frames in prop::sample::select(vec![1_u32, 12]),
            (x, y) in (0_u16..=1_000, 0_u16..=1_000),
        ) {
            let facts = picture(mime, width, height, frames);
            for placement in catalogue() {
                match plan(placement, &facts, FocalPoint { x, y }) {
                    Ok(plan) => {
                        let verdict = judge(placement, &done(&plan, &facts));
                        prop_assert_eq!(&verdict.outcome, &Outcome::Fits, "{} {:?}", &placement.id, plan);
                        let whole = Extent { width, height };
                        prop_assert!(plan.region.check_in(whole).is_ok());
                        prop_assert!(plan.size.width <= plan.region.width);
                        prop_assert!(plan.size.height <= plan.region.height);
                    }
                    Err(why) => prop_assert!(!why.is_empty()),
                }
            }
        }
    }
}
