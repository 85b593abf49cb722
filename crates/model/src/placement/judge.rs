//! How verdicts are found: every rule by itself, then what weighs most.

use super::{Bound, Extent, Facts, Finding, Found, Otherwise, Outcome, Placement, Region, Rule};
use super::{Strength, Verdict};
use crate::{Kind, PlayTime};

/// Tells how a file would do in a placement.
pub fn judge(placement: &Placement, facts: &Facts) -> Verdict {
    let mut sums = Sums::default();
    for rule in &placement.rules {
        sums.add(rule, facts);
    }
    Verdict {
        placement: placement.id.clone(),
        advice: sums.advice,
        outcome: if !sums.broken.is_empty() {
            sums.unknown.clear();
            Outcome::Refused {
                broken: sums.broken,
            }
        } else if let Some((missing, needed)) = sums.missing {
            Outcome::TooSmall { missing, needed }
        } else if let Some(region) = sums.region {
            Outcome::Cut { region }
        } else if sums.unknown.is_empty() {
            Outcome::Fits
        } else {
            Outcome::Unsure
        },
        unknown: sums.unknown,
    }
}

/// What the rules came to so far.
#[derive(Default)]
struct Sums {
    broken: Vec<Finding>,
    /// Pixels that are missing, and those that are needed.
    missing: Option<(Extent, Extent)>,
    region: Option<Region>,
    advice: Vec<Finding>,
    unknown: Vec<super::BoundName>,
}

impl Sums {
    fn add(&mut self, rule: &Rule, facts: &Facts) {
        let ruling = rule_on(&rule.limit, facts);
        match (ruling, rule.strength) {
            (Ruling::Kept, _) | (Ruling::Unknown, Strength::Advised) => {}
            (Ruling::Unknown, Strength::Must) => {
                let name = rule.limit.name();
                if !self.unknown.contains(&name) {
                    self.unknown.push(name);
                }
            }
            (
                Ruling::Small {
                    missing, needed, ..
                },
                Strength::Must,
            ) => {
                self.missing = Some(match self.missing {
                    None => (missing, needed),
                    Some((before, other)) => (larger(before, missing), larger(other, needed)),
                });
            }
            (Ruling::Cut { region, .. }, Strength::Must) => self.region = Some(region),
            (Ruling::Broken(found), Strength::Must) => self.broken.push(finding(rule, found)),
            (
                Ruling::Broken(found)
                | Ruling::Banded(found)
                | Ruling::Small { found, .. }
                | Ruling::Cut { found, .. },
                _,
            ) => self.advice.push(finding(rule, found)),
        }
    }
}

fn finding(rule: &Rule, found: Found) -> Finding {
    Finding {
        limit: rule.limit.clone(),
        found,
        source: rule.source.clone(),
    }
}

fn larger(one: Extent, other: Extent) -> Extent {
    Extent {
        width: one.width.max(other.width),
        height: one.height.max(other.height),
    }
}

/// What one rule says of a file.
enum Ruling {
    Kept,
    Unknown,
    Broken(Found),
    Small {
        missing: Extent,
        needed: Extent,
        found: Found,
    },
    Cut {
        region: Region,
        found: Found,
    },
    /// It is shown whole, with empty bands.
    Banded(Found),
}

/// What a rule says where it is kept, or else what was found.
fn unless(kept: bool, found: impl FnOnce() -> Found) -> Ruling {
    if kept {
        Ruling::Kept
    } else {
        Ruling::Broken(found())
    }
}

/// What a rule says of something that some kinds have, and that may not be known.
fn known<T>(asked: bool, fact: Option<T>, rule: impl FnOnce(T) -> Ruling) -> Ruling {
    match fact {
        _ if !asked => Ruling::Kept,
        Some(fact) => rule(fact),
        None => Ruling::Unknown,
    }
}

fn rule_on(limit: &Bound, facts: &Facts) -> Ruling {
    let is_seen = matches!(facts.kind, Kind::Image | Kind::Video);
    let is_played = matches!(facts.kind, Kind::Audio | Kind::Video);
    let is_picture = facts.kind == Kind::Image;
    match limit {
        Bound::Types { any } => unless(any.contains(&facts.mime), || {
            Found::Type(facts.mime.clone())
        }),
        Bound::Bytes { max } => unless(facts.size <= *max, || Found::Bytes(facts.size)),
        Bound::Pixels { .. }
        | Bound::Ratio { .. }
        | Bound::Stretch { .. }
        | Bound::EdgeSum { .. } => known(is_seen, facts.pixels, |pixels| shape(limit, pixels)),
        Bound::Frames { min, max } => known(is_picture, facts.frames, |frames| {
            let is_kept =
                min.is_none_or(|min| frames >= min) && max.is_none_or(|max| frames <= max);
            unless(is_kept, || Found::Frames(frames))
        }),
        Bound::Alpha { allowed } => known(is_picture && !allowed, facts.has_alpha, |has_alpha| {
            unless(!has_alpha, || Found::Alpha(true))
        }),
        Bound::Color { any, max_bits } => known(is_picture, facts.color, |color| {
            let is_kept = any.contains(&color.mode) && color.bits <= *max_bits;
            unless(is_kept, || Found::Color(color))
        }),
        Bound::Duration { max } => known(is_played, facts.duration, |plays| {
            let most = PlayTime::from_millis(u64::from(*max) * 1_000);
            unless(plays <= most, || Found::Duration(plays))
        }),
        Bound::Codecs { any, once } => known(is_played, facts.codecs.as_ref(), |codecs| {
            if let Some(other) = codecs.iter().find(|codec| !any.contains(codec)) {
                return Ruling::Broken(Found::Codec(other.clone()));
            }
            let times = |codec: &String| codecs.iter().filter(|other| *other == codec).count();
            let twice = codecs.iter().find(|codec| *once && times(codec) > 1);
            twice.map_or(Ruling::Kept, |codec| {
                Ruling::Broken(Found::Codec(format!("{} × {codec}", times(codec))))
            })
        }),
        Bound::Pages { max } => known(facts.kind == Kind::Document, facts.pages, |pages| {
            unless(pages <= *max, || Found::Pages(pages))
        }),
    }
}

/// What a rule about pixels says.
fn shape(limit: &Bound, pixels: Extent) -> Ruling {
    let found = || Found::Pixels(pixels);
    let Extent { width, height } = pixels;
    match limit {
        Bound::Pixels {
            min_width,
            min_height,
            max_width,
            max_height,
            exact,
        } => {
            let least = Extent {
                width: min_width.unwrap_or(0),
                height: min_height.unwrap_or(0),
            };
            let most = Extent {
                width: max_width.unwrap_or(u32::MAX),
                height: max_height.unwrap_or(u32::MAX),
            };
            sized(pixels, least, most, exact)
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
            let region = pixels.middle(ratio);
            match otherwise {
                _ if pixels.is_like(ratio, *tolerance) => Ruling::Kept,
                Otherwise::Refuse => Ruling::Broken(found()),
                Otherwise::CutSides if region.height < pixels.height => Ruling::Banded(found()),
                Otherwise::Letterbox => Ruling::Banded(found()),
                Otherwise::Cut | Otherwise::CutSides => Ruling::Cut {
                    region,
                    found: found(),
                },
            }
        }
        Bound::Stretch { max } => {
            let (short, long) = (width.min(height), width.max(height));
            unless(u64::from(long) <= u64::from(short) * u64::from(*max), found)
        }
        Bound::EdgeSum { max } => unless(
            u64::from(width) + u64::from(height) <= u64::from(*max),
            found,
        ),
        _ => Ruling::Kept,
    }
}

/// Whether pixels are enough, not too many, and of an exact size where there are some.
fn sized(pixels: Extent, least: Extent, most: Extent, exact: &[Extent]) -> Ruling {
    let nearest = exact.iter().min_by_key(|size| missing(pixels, **size));
    let needed = match nearest {
        Some(size) if !exact.contains(&pixels) => larger(least, *size),
        _ => least,
    };
    let lacking = missing(pixels, needed);
    if lacking != (0, 0) {
        return Ruling::Small {
            missing: Extent {
                width: lacking.0,
                height: lacking.1,
            },
            needed,
            found: Found::Pixels(pixels),
        };
    }
    let is_kept = pixels.width <= most.width
        && pixels.height <= most.height
        && (exact.is_empty() || exact.contains(&pixels));
    unless(is_kept, || Found::Pixels(pixels))
}

/// How many pixels there are too few, across and down.
fn missing(pixels: Extent, needed: Extent) -> (u32, u32) {
    (
        needed.width.saturating_sub(pixels.width),
        needed.height.saturating_sub(pixels.height),
    )
}

#[cfg(test)]
mod tests;
