//! Words of placements: what each takes, and how a file would do there.
//!
//! A table of its own: the picker fetches it once a place is asked for.

use model::placement::{
    Bound, BoundName, Confidence, Extent, Finding, Focus, Found, Otherwise, Outcome, Region, Step,
    Verdict,
};
use model::{Language, Mime};

use super::{Counted, Text, Word, fill, words};
use crate::format;

words! {
    /// Words of placements.
    pub struct PlacementsText {
        title: Word,
        about: Word,
        about_file: Word,
        every_placement: Word,
        own: Word,
        advised: Word,
        source: Word,
        checked: Word,
        confidence: [Word; 3],
        fits: Word,
        cut_sides: Word,
        cut_ends: Word,
        too_small: Word,
        across: Word,
        down: Word,
        and: Word,
        refused: Word,
        unsure: Word,
        better: Word,
        stilled: Word,
        cropped: Word,
        around: [Word; 3],
        instead: [Word; 2],
        resized: Word,
        flattened: Word,
        encoded: Word,
        encoded_at: Word,
        facts: [Word; 12],
        only: Word,
        exactly: Word,
        at_least: Word,
        at_most: Word,
        wide: Word,
        high: Word,
        others_cut: Word,
        sides_cut: Word,
        bands: Word,
        no_other: Word,
        stretch: Word,
        edge_sum: Word,
        frames: Counted,
        pages: Counted,
        alpha: Word,
        no_alpha: Word,
        each_once: Word,
        is_transparent: Word,
        is_solid: Word,
        bits: Word,
        modes: [Word; 5],
        own_title: Word,
        own_hint: Word,
        place: Word,
        new_place: Word,
        new_name: Word,
        types: Word,
        largest: Word,
        least_wide: Word,
        least_high: Word,
        most_wide: Word,
        most_high: Word,
        source_page: Word,
        read_on: Word,
        how_sure: Word,
        remove: Word,
    }
}

impl Text {
    /// Words of placements.
    pub const fn placements(&self) -> &'static PlacementsText {
        match self.language {
            Language::English => &super::english::placements::PLACEMENTS,
            Language::Portuguese => &super::portuguese::placements::PLACEMENTS,
        }
    }

    /// How a file would do, in sentences.
    pub fn verdict(&self, verdict: &Verdict, pixels: Option<Extent>) -> Vec<String> {
        let words = self.placements();
        let mut said = match &verdict.outcome {
            Outcome::Fits => vec![words.fits.to_owned()],
            Outcome::Cut { region } => vec![self.cut(*region, pixels)],
            Outcome::TooSmall { missing, .. } => {
                vec![fill(
                    words.too_small,
                    &[("missing", &self.missing(*missing))],
                )]
            }
            Outcome::Refused { broken } => {
                let each = broken.iter().map(|one| self.finding(one));
                each.map(|why| fill(words.refused, &[("why", &why)]))
                    .collect()
            }
            Outcome::Unsure => {
                let facts: Vec<_> = verdict
                    .unknown
                    .iter()
                    .map(|name| self.fact(*name))
                    .collect();
                vec![fill(words.unsure, &[("facts", &facts.join(", "))])]
            }
        };
        // Advice about a file that is not taken would only be in the way.
        if verdict.outcome.is_taken() {
            let better = verdict.advice.iter().map(|one| self.limit(&one.limit));
            said.extend(better.map(|limit| fill(words.better, &[("limit", &limit)])));
        }
        said
    }

    /// What was done to a picture so that it fits, a sentence each.
    pub fn steps(&self, steps: &[Step]) -> Vec<String> {
        steps.iter().map(|step| self.step(step)).collect()
    }

    fn step(&self, step: &Step) -> String {
        let words = self.placements();
        match step {
            Step::Stilled { frames } => {
                fill(words.stilled, &[("count", &self.number((*frames).into()))])
            }
            Step::Cropped { region, around } => fill(
                words.cropped,
                &[
                    ("seen", &size(region.width, region.height)),
                    ("around", words.around[*around as usize]),
                ],
            ),
            Step::Resized { to, .. } => fill(words.resized, &[("to", &size(to.width, to.height))]),
            Step::Flattened { background } => {
                fill(words.flattened, &[("color", &background.to_string())])
            }
            Step::Encoded {
                mime,
                quality,
                size,
            } => {
                let (kind, bytes) = (self.mime_word(mime.as_str()), self.size(*size));
                let quality = quality.map(|quality| quality.to_string());
                match &quality {
                    Some(quality) => fill(
                        words.encoded_at,
                        &[("type", &kind), ("quality", quality), ("size", &bytes)],
                    ),
                    None => fill(words.encoded, &[("type", &kind), ("size", &bytes)]),
                }
            }
        }
    }

    /// What a copy is cut around, where that is not the middle, as a place would cut it.
    pub const fn instead(&self, around: Focus) -> Option<Word> {
        match around {
            Focus::FocalPoint => Some(self.placements().instead[0]),
            Focus::Salient => Some(self.placements().instead[1]),
            Focus::Middle => None,
        }
    }

    fn cut(&self, region: Region, pixels: Option<Extent>) -> String {
        let words = self.placements();
        let seen = size(region.width, region.height);
        let is_narrower = pixels.is_some_and(|pixels| region.width < pixels.width);
        let sentence = if is_narrower {
            words.cut_sides
        } else {
            words.cut_ends
        };
        fill(sentence, &[("seen", &seen)])
    }

    fn missing(&self, missing: Extent) -> String {
        let words = self.placements();
        let told = |pixels: u32, sentence| {
            (pixels > 0).then(|| fill(sentence, &[("pixels", &self.number(pixels.into()))]))
        };
        let parts = [
            told(missing.width, words.across),
            told(missing.height, words.down),
        ];
        let parts: Vec<_> = parts.into_iter().flatten().collect();
        parts.join(&format!(" {} ", words.and))
    }

    /// A rule that is broken: what was found, and what is taken.
    fn finding(&self, finding: &Finding) -> String {
        format!(
            "{}; {}",
            self.found(&finding.found, &finding.limit),
            self.limit(&finding.limit)
        )
    }

    fn found(&self, found: &Found, limit: &Bound) -> String {
        let words = self.placements();
        match found {
            Found::Type(mime) => self.mime_word(mime.as_str()),
            Found::Bytes(bytes) => self.size(*bytes),
            Found::Pixels(pixels) => match limit {
                Bound::EdgeSum { .. } => {
                    let sum = u64::from(pixels.width) + u64::from(pixels.height);
                    format!("{} px", self.number(sum))
                }
                _ => size(pixels.width, pixels.height),
            },
            Found::Frames(count) => self.counted(&words.frames, (*count).into(), &[]),
            Found::Alpha(true) => words.is_transparent.to_owned(),
            Found::Alpha(false) => words.is_solid.to_owned(),
            Found::Color(color) => {
                let bits = fill(words.bits, &[("bits", &color.bits.to_string())]);
                format!("{}, {bits}", words.modes[color.mode as usize])
            }
            Found::Duration(plays) => format::play_time(*plays),
            Found::Codec(codec) => codec.clone(),
            Found::Pages(count) => self.counted(&words.pages, (*count).into(), &[]),
        }
    }

    /// What a rule takes.
    pub fn limit(&self, limit: &Bound) -> String {
        let words = self.placements();
        let most = |what: &str| fill(words.at_most, &[("what", what)]);
        let only = |what: &str| fill(words.only, &[("what", what)]);
        match limit {
            Bound::Types { any } => only(&self.types(any)),
            Bound::Bytes { max } => most(&self.size(*max)),
            Bound::Pixels { .. } => self.pixels(limit),
            Bound::Ratio {
                width,
                height,
                otherwise,
                ..
            } => format!("{width}:{height}; {}", self.otherwise(*otherwise)),
            Bound::Stretch { max } => fill(words.stretch, &[("max", &max.to_string())]),
            Bound::EdgeSum { max } => fill(words.edge_sum, &[("max", &self.number((*max).into()))]),
            Bound::Frames { min, max } => {
                let frames = |count: u32| self.counted(&words.frames, count.into(), &[]);
                let least = min.map(|min| fill(words.at_least, &[("what", &frames(min))]));
                joined([least, max.map(|max| most(&frames(max)))])
            }
            Bound::Alpha { allowed: true } => words.alpha.to_owned(),
            Bound::Alpha { allowed: false } => words.no_alpha.to_owned(),
            Bound::Color { any, max_bits } => {
                let modes: Vec<_> = any.iter().map(|mode| words.modes[*mode as usize]).collect();
                let bits = fill(words.bits, &[("bits", &max_bits.to_string())]);
                format!("{}, {}", only(&modes.join(", ")), most(&bits))
            }
            Bound::Duration { max } => {
                let plays = model::PlayTime::from_millis(u64::from(*max) * 1_000);
                most(&format::play_time(plays))
            }
            Bound::Codecs { any, once } => {
                let each = once.then(|| words.each_once.to_owned());
                joined([Some(only(&any.join(", "))), each])
            }
            Bound::Pages { max } => most(&self.counted(&words.pages, (*max).into(), &[])),
        }
    }

    /// Media types, each by its short word.
    fn types(&self, any: &[Mime]) -> String {
        let mut known: Vec<String> = Vec::new();
        for mime in any {
            let word = self.mime_word(mime.as_str());
            if !known.contains(&word) {
                known.push(word);
            }
        }
        known.join(", ")
    }

    fn pixels(&self, limit: &Bound) -> String {
        let Bound::Pixels {
            min_width,
            min_height,
            max_width,
            max_height,
            exact,
        } = limit
        else {
            return String::new();
        };
        let words = self.placements();
        let told = |sentence, width: &Option<u32>, height: &Option<u32>| {
            let what = match (width, height) {
                (Some(width), Some(height)) => size(*width, *height),
                (Some(width), None) => fill(words.wide, &[("pixels", &width.to_string())]),
                (None, Some(height)) => fill(words.high, &[("pixels", &height.to_string())]),
                (None, None) => return None,
            };
            Some(fill(sentence, &[("what", &what)]))
        };
        let sizes: Vec<_> = exact
            .iter()
            .map(|one| size(one.width, one.height))
            .collect();
        let exact =
            (!sizes.is_empty()).then(|| fill(words.exactly, &[("what", &sizes.join(", "))]));
        joined([
            exact,
            told(words.at_least, min_width, min_height),
            told(words.at_most, max_width, max_height),
        ])
    }

    const fn otherwise(&self, otherwise: Otherwise) -> Word {
        let words = self.placements();
        match otherwise {
            Otherwise::Cut => words.others_cut,
            Otherwise::CutSides => words.sides_cut,
            Otherwise::Letterbox => words.bands,
            Otherwise::Refuse => words.no_other,
        }
    }

    /// When a rule was read.
    pub fn checked(&self, day: &str) -> String {
        fill(self.placements().checked, &[("day", day)])
    }

    /// What a list of verdicts is about.
    pub fn how_it_would_do(&self, name: &str) -> String {
        fill(self.placements().about_file, &[("name", name)])
    }

    /// What of a file a rule is about.
    pub const fn fact(&self, name: BoundName) -> Word {
        self.placements().facts[name as usize]
    }

    /// How sure a rule is.
    pub const fn confidence(&self, confidence: Confidence) -> Word {
        self.placements().confidence[confidence as usize]
    }
}

/// Pixels across and down.
fn size(width: u32, height: u32) -> String {
    format!("{width} × {height} px")
}

/// Those parts that there are, with commas between.
fn joined<const N: usize>(parts: [Option<String>; N]) -> String {
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use model::placement::{Facts, catalogue, judge};
    use model::{ByteSize, Kind, Mime};

    use crate::text::{ENGLISH, PORTUGUESE};

    use super::*;

    fn said(id: &str, mime: &str, width: u32, height: u32, bytes: u64) -> [String; 2] {
        let place = catalogue()
            .iter()
            .find(|one| one.id.as_str() == id)
            .unwrap();
        let pixels = Some(Extent { width, height });
        let mime = Mime(mime.to_owned());
        let facts = Facts {
            pixels,
            frames: Some(1),
            ..Facts::new(Kind::Image, mime, ByteSize::bytes(bytes))
        };
        let verdict = judge(place, &facts);
        [&ENGLISH, &PORTUGUESE].map(|text| text.verdict(&verdict, pixels).join(" "))
    }

    #[test]
    fn a_verdict_names_the_rule_and_the_figures() {
        assert_eq!(
            said("push-android-icon", "image/png", 64, 64, 1_200_000),
            [
                "Not taken: 1.2 MB; at most 1 MB.",
                "Não é aceito: 1,2 MB; no máximo 1 MB."
            ]
        );
        assert_eq!(
            said("email-header", "image/webp", 900, 300, 1),
            [
                "Not taken: WEBP; only PNG, JPEG, GIF. Not taken: 900 × 300 px; at most 600 px wide.",
                "Não é aceito: WEBP; somente PNG, JPEG, GIF. Não é aceito: 900 × 300 px; no máximo 600 px de largura."
            ]
        );
        assert_eq!(
            said("in-app-full-image-text", "image/png", 588, 500, 1)[0],
            "Too small by 12 px across."
        );
        assert_eq!(
            said("push-web-image", "image/png", 720, 720, 1),
            [
                "Top and bottom are cut: 720 × 360 px stay.",
                "Corta em cima e embaixo: ficam 720 × 360 px."
            ]
        );
        assert_eq!(
            said("whatsapp-image", "image/jpeg", 64, 64, 1)[0],
            "Fits as far as is known. Not known: colors."
        );
    }

    #[test]
    fn every_rule_of_the_catalogue_is_told() {
        for place in catalogue() {
            for rule in &place.rules {
                for text in [&ENGLISH, &PORTUGUESE] {
                    let told = text.limit(&rule.limit);
                    assert!(!told.is_empty() && !told.contains(['{', '}']), "{told}");
                }
            }
        }
    }
}
