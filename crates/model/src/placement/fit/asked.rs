//! What the rules of a placement ask of a picture, put together.

use super::super::{Bound, Extent, Facts, Otherwise, Region, Rule, Strength};
use crate::{ByteSize, FocalPoint, Mime};

/// The formats that pictures are written in.
pub(super) const JPEG: &str = "image/jpeg";
pub(super) const PNG: &str = "image/png";
pub(super) const WEBP: &str = "image/webp";
pub(super) const GIF: &str = "image/gif";
/// How far off a size that is advised may be from the ratio of a picture, in thousandths.
const NEAR: u32 = 15;

/// What the rules of a placement ask of a picture, put together.
pub(super) struct Asked<'a> {
    types: Vec<&'a [Mime]>,
    pub least: Extent,
    most: Extent,
    /// The only sizes taken, where there are some.
    pub exact: Vec<Extent>,
    /// The sizes that do best.
    advised: Vec<Extent>,
    /// A ratio, how far off is still taken, and what happens to others.
    ratio: Option<(Extent, u32, Otherwise)>,
    stretch: Option<u32>,
    edge_sum: Option<u32>,
    frames: (u32, u32),
    pub bytes: Option<ByteSize>,
    /// The most bytes that do best.
    pub advised_bytes: Option<ByteSize>,
    pub is_opaque: bool,
}

impl<'a> Asked<'a> {
    pub fn of(rules: &'a [Rule]) -> Self {
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
            advised_bytes: None,
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
                let most = if is_must {
                    &mut self.bytes
                } else {
                    &mut self.advised_bytes
                };
                *most = Some(most.map_or(*max, |before| before.min(*max)));
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
    pub fn formats(&self, facts: &Facts) -> Result<Vec<(Mime, bool)>, String> {
        let frames = facts.frames.unwrap_or(1);
        let is_clear = facts.has_alpha != Some(false) && !self.is_opaque;
        let order = if is_clear {
            [PNG, WEBP, GIF, JPEG]
        } else {
            [JPEG, WEBP, PNG, GIF]
        };
        let own = Some(facts.mime.as_str()).filter(|own| order.contains(own));
        // An animated PNG is a still to many who take PNG: a film becomes one only where it is one.
        let moving = (frames > 1 && own.is_some_and(|own| own != JPEG)).then_some([GIF, WEBP]);
        let moving = moving.into_iter().flatten();
        let mut formats: Vec<(Mime, bool)> = Vec::new();
        for name in own.into_iter().chain(moving.clone()).chain(order) {
            let mime = Mime(name.to_owned());
            let is_taken = self.types.iter().all(|any| any.contains(&mime));
            let may_move = own == Some(name) || moving.clone().any(|moving| moving == name);
            let moves = frames > 1 && may_move && frames <= self.frames.1;
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
    pub fn size(&self, pixels: Extent, focus: FocalPoint) -> Result<(Region, Extent), String> {
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
