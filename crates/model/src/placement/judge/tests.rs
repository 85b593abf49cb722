//! Verdicts at the edges of every placement, and what holds for all of them.

mod messages;
mod pages;

use std::collections::HashSet;

use proptest::prelude::*;

use super::*;
use crate::placement::{Color, ColorMode, catalogue};
use crate::{ByteSize, Mime};

const PNG: &str = "image/png";
const JPEG: &str = "image/jpeg";
const GIF: &str = "image/gif";
const WEBP: &str = "image/webp";
const PDF: &str = "application/pdf";
const MP4: &str = "video/mp4";

fn file(kind: Kind, mime: &str, size: u64) -> Facts {
    Facts::new(kind, Mime(mime.to_owned()), ByteSize::bytes(size))
}

/// A still picture of which all is known.
fn picture(mime: &str, width: u32, height: u32, size: u64) -> Facts {
    Facts {
        pixels: Some(Extent { width, height }),
        frames: Some(1),
        has_alpha: Some(false),
        color: Some(Color {
            mode: ColorMode::Rgb,
            bits: 8,
        }),
        ..file(Kind::Image, mime, size)
    }
}

fn animated(mime: &str, width: u32, height: u32, size: u64) -> Facts {
    Facts {
        frames: Some(12),
        ..picture(mime, width, height, size)
    }
}

fn colored(mode: ColorMode, bits: u8) -> Facts {
    Facts {
        color: Some(Color { mode, bits }),
        ..picture(JPEG, 100, 100, 1)
    }
}

fn film(mime: &str, codecs: &[&str], size: u64) -> Facts {
    Facts {
        pixels: Some(Extent {
            width: 1440,
            height: 720,
        }),
        codecs: Some(codecs.iter().map(|codec| (*codec).to_owned()).collect()),
        duration: Some(PlayTime::from_millis(9_000)),
        ..file(Kind::Video, mime, size)
    }
}

fn sound(mime: &str, codec: &str, size: u64) -> Facts {
    Facts {
        codecs: Some(vec![codec.to_owned()]),
        ..file(Kind::Audio, mime, size)
    }
}

fn paper(mime: &str, size: u64) -> Facts {
    file(Kind::Document, mime, size)
}

/// A verdict in a few words.
fn told(verdict: &Verdict) -> String {
    let names = |findings: &[Finding]| {
        let names: Vec<_> = findings
            .iter()
            .map(|one| one.limit.name().as_str())
            .collect();
        names.join(" ")
    };
    let outcome = match &verdict.outcome {
        Outcome::Fits => "fits".to_owned(),
        Outcome::Cut { region } => format!(
            "cut {}x{}+{}+{}",
            region.width, region.height, region.x, region.y
        ),
        Outcome::TooSmall { missing, .. } => format!("small {}x{}", missing.width, missing.height),
        Outcome::Refused { broken } => format!("refused {}", names(broken)),
        Outcome::Unsure => "unsure".to_owned(),
    };
    let mut words = vec![outcome];
    if !verdict.advice.is_empty() {
        words.push(format!("better {}", names(&verdict.advice)));
    }
    let unknown = verdict.unknown.iter();
    words.extend(unknown.map(|name| format!("unknown {name}")));
    words.join("; ")
}

/// A placement, a file at one of its edges, and what is said of it.
type Row = (&'static str, Facts, &'static str);

fn rows() -> Vec<Row> {
    [pages::rows(), messages::rows()].concat()
}

fn place(id: &str) -> &'static Placement {
    catalogue()
        .iter()
        .find(|one| one.id.as_str() == id)
        .unwrap()
}

#[test]
fn every_placement_judges_at_its_edges() {
    let rows = rows();
    let other: Vec<_> = rows
        .iter()
        .map(|(id, facts, expected)| (id, facts, told(&judge(place(id), facts)), *expected))
        .filter(|(_, _, told, expected)| told != expected)
        .collect();
    assert!(other.is_empty(), "{other:#?}");
    let judged: HashSet<_> = rows.iter().map(|(id, ..)| *id).collect();
    for one in catalogue() {
        assert!(judged.contains(one.id.as_str()), "{}", one.id);
    }
}

#[test]
fn a_refusal_tells_the_rule_and_the_figure() {
    let verdict = judge(place("push-android-icon"), &picture(PNG, 9, 9, 1_200_000));
    let Outcome::Refused { broken } = verdict.outcome else {
        panic!("{verdict:?}");
    };

    assert_eq!(broken[0].found, Found::Bytes(ByteSize::bytes(1_200_000)));
    let max = ByteSize::megabytes(1);
    assert_eq!(broken[0].limit, Bound::Bytes { max });
    assert!(broken[0].source.contains("firebase"));
}

fn any_facts() -> impl Strategy<Value = Facts> {
    let mimes = prop::sample::select(vec![PNG, JPEG, GIF, WEBP]);
    let color = prop::option::of((prop::sample::select(ColorMode::ALL.to_vec()), 1_u8..=16));
    let pixels = prop::option::of((1_u32..12_000, 1_u32..12_000));
    let frames = prop::option::of(1_u32..40);
    (mimes, 1_u64..30_000_000, pixels, frames, color).prop_map(
        |(mime, size, pixels, frames, color)| Facts {
            pixels: pixels.map(|(width, height)| Extent { width, height }),
            frames,
            color: color.map(|(mode, bits)| Color { mode, bits }),
            ..file(Kind::Image, mime, size)
        },
    )
}

fn any_place() -> impl Strategy<Value = &'static Placement> {
    prop::sample::select(catalogue().iter().collect::<Vec<_>>())
}

proptest! {
    #[test]
    fn what_keeps_every_rule_fits(place in any_place(), facts in any_facts()) {
        let is_kept = |rule: &Rule| {
            rule.strength == Strength::Advised || matches!(rule_on(&rule.limit, &facts), Ruling::Kept)
        };
        if place.rules.iter().all(is_kept) {
            prop_assert_eq!(judge(place, &facts).outcome, Outcome::Fits);
        }
    }

    #[test]
    fn what_fits_breaks_no_rule(place in any_place(), facts in any_facts()) {
        let verdict = judge(place, &facts);
        if verdict.outcome == Outcome::Fits {
            for rule in place.rules.iter().filter(|rule| rule.strength == Strength::Must) {
                let ruling = rule_on(&rule.limit, &facts);
                prop_assert!(matches!(ruling, Ruling::Kept | Ruling::Banded(_)));
            }
        }
    }

    #[test]
    fn more_bytes_never_help(place in any_place(), facts in any_facts(), more in 1_u64..90_000_000) {
        let larger = Facts { size: facts.size + ByteSize::bytes(more), ..facts.clone() };
        if !judge(place, &facts).outcome.is_taken() {
            prop_assert!(!judge(place, &larger).outcome.is_taken());
        }
    }

    #[test]
    fn what_is_not_known_is_never_said_to_be_kept(place in any_place(), facts in any_facts()) {
        let verdict = judge(place, &Facts { color: None, ..facts });
        let asks = place.rules.iter().any(|rule| matches!(rule.limit, Bound::Color { .. }));
        prop_assert!(!(asks && verdict.outcome == Outcome::Fits));
    }

    #[test]
    fn knowing_more_never_turns_a_refusal_away(place in any_place(), facts in any_facts()) {
        let less = Facts { frames: None, color: None, ..facts.clone() };
        if matches!(judge(place, &less).outcome, Outcome::Refused { .. }) {
            let refused = matches!(judge(place, &facts).outcome, Outcome::Refused { .. });
            prop_assert!(refused);
        }
    }

    #[test]
    fn what_is_left_of_a_cut_lies_inside_and_has_the_ratio(
        width in 1_u32..40_000, height in 1_u32..40_000,
        across in 1_u32..40, down in 1_u32..40,
    ) {
        let whole = Extent { width, height };
        let region = whole.middle(Extent { width: across, height: down });

        prop_assert!(region.width >= 1 && region.height >= 1);
        prop_assert!(region.x + region.width <= width && region.y + region.height <= height);
        prop_assert!(region.width == width || region.height == height);
        // Within a pixel of the ratio, where it has more than one.
        let (wide, high) = (u64::from(region.width), u64::from(region.height));
        let off = (wide * u64::from(down)).abs_diff(high * u64::from(across));
        let is_near = off <= u64::from(down.max(across));
        prop_assert!(is_near || region.width == 1 || region.height == 1);
        // In the middle, within a pixel.
        let (left, right) = (region.x, width - region.width - region.x);
        let (above, below) = (region.y, height - region.height - region.y);
        prop_assert!(left.abs_diff(right) <= 1 && above.abs_diff(below) <= 1);
    }

    #[test]
    fn a_verdict_travels_as_json(place in any_place(), facts in any_facts()) {
        let verdict = judge(place, &facts);
        let text = serde_json::to_string(&verdict).unwrap();
        prop_assert_eq!(serde_json::from_str::<Verdict>(&text).unwrap(), verdict);
    }
}

#[test]
fn an_account_s_own_placements_come_in_their_channel_or_instead() {
    let mut own = place("push-ios").clone();
    own.is_own = true;
    let mut new = own.clone();
    new.id = "push-watch".parse().unwrap();
    let all = super::super::with_own(catalogue(), vec![own, new]);

    assert_eq!(all.len(), catalogue().len() + 1);
    let at = |id: &str| all.iter().position(|one| one.id.as_str() == id).unwrap();
    assert!(all[at("push-ios")].is_own);
    assert_eq!(at("push-watch"), at("push-web-image") + 1);
}

/// The first catalog placement under one rule alone.
fn under(limit: Bound) -> Placement {
    let mut place = place("push-ios").clone();
    let mut rule = place.rules[0].clone();
    (rule.limit, rule.strength) = (limit, Strength::Must);
    place.rules = vec![rule];
    place
}

#[test]
fn rules_that_only_operators_set_judge_at_their_edges() {
    let second = |seconds: u64, more: u64| Some(PlayTime::from_millis(seconds * 1_000 + more));
    let film = |duration| Facts {
        duration,
        ..file(Kind::Video, MP4, 1_000)
    };
    let paper = |pages| Facts {
        pages,
        ..file(Kind::Document, PDF, 1_000)
    };
    let drawing = |has_alpha| Facts {
        has_alpha,
        ..file(Kind::Image, PNG, 1_000)
    };
    let (short, thin) = (Bound::Duration { max: 30 }, Bound::Pages { max: 8 });
    let (opaque, clear) = (
        Bound::Alpha { allowed: false },
        Bound::Alpha { allowed: true },
    );
    let unsure = |name: &str| format!("unsure; unknown {name}");
    for (limit, facts, expected) in [
        (&short, film(second(30, 0)), "fits".to_owned()),
        (&short, film(second(30, 1)), "refused duration".to_owned()),
        (&short, film(None), unsure("duration")),
        (&short, drawing(None), "fits".to_owned()),
        (&thin, paper(Some(8)), "fits".to_owned()),
        (&thin, paper(Some(9)), "refused pages".to_owned()),
        (&thin, paper(None), unsure("pages")),
        (&thin, film(None), "fits".to_owned()),
        (&opaque, drawing(Some(false)), "fits".to_owned()),
        (&opaque, drawing(Some(true)), "refused alpha".to_owned()),
        (&opaque, drawing(None), unsure("alpha")),
        (&opaque, paper(None), "fits".to_owned()),
        (&clear, drawing(Some(true)), "fits".to_owned()),
        (&clear, drawing(None), "fits".to_owned()),
    ] {
        let told = told(&judge(&under(limit.clone()), &facts));
        assert_eq!(told, expected, "{limit:?} {facts:?}");
    }
}
