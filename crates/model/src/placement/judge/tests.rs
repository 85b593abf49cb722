//! Verdicts at the edges of every placement, and what holds for all of them.

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

fn rows() -> Vec<(&'static str, Facts, &'static str)> {
    vec![
        // Content cards
        (
            "content-card-classic",
            picture(PNG, 60, 60, 5_000_000),
            "fits",
        ),
        (
            "content-card-classic",
            picture(PNG, 59, 60, 1),
            "small 1x0; better pixels",
        ),
        (
            "content-card-classic",
            picture(PNG, 120, 60, 1),
            "cut 60x60+30+0; better pixels",
        ),
        (
            "content-card-classic",
            picture(WEBP, 60, 60, 1),
            "refused types",
        ),
        ("content-card-captioned", picture(JPEG, 600, 450, 1), "fits"),
        (
            "content-card-captioned",
            picture(JPEG, 599, 450, 1),
            "small 1x0",
        ),
        (
            "content-card-captioned",
            picture(JPEG, 600, 600, 1),
            "cut 600x450+0+75",
        ),
        (
            "content-card-banner",
            picture(GIF, 600, 20, 5_000_000),
            "fits",
        ),
        (
            "content-card-banner",
            picture(GIF, 599, 20, 5_000_001),
            "refused bytes",
        ),
        // Email
        ("email-header", picture(PNG, 600, 9_000, 5_000_000), "fits"),
        ("email-header", picture(PNG, 601, 100, 1), "refused pixels"),
        ("email-header", picture(WEBP, 600, 100, 1), "refused types"),
        ("email-body", picture(PNG, 480, 100, 1), "fits"),
        ("email-body", picture(PNG, 481, 100, 1), "refused pixels"),
        ("email-attachment", paper("text/csv", 10_000_000), "fits"),
        (
            "email-attachment",
            paper("text/csv", 10_000_001),
            "refused bytes",
        ),
        // In-app messages
        (
            "in-app-full-image-text",
            picture(PNG, 1200, 1000, 500_000),
            "fits",
        ),
        (
            "in-app-full-image-text",
            picture(PNG, 600, 500, 500_001),
            "fits; better bytes pixels",
        ),
        (
            "in-app-full-image-text",
            picture(PNG, 599, 499, 1),
            "small 1x1; better pixels",
        ),
        (
            "in-app-full-image-text",
            picture(PNG, 1200, 1200, 1),
            "cut 1200x1000+0+100; better pixels",
        ),
        ("in-app-full-image", picture(JPEG, 1200, 2000, 1), "fits"),
        (
            "in-app-full-image",
            picture(JPEG, 600, 999, 1),
            "small 0x1; better pixels",
        ),
        (
            "in-app-full-image",
            picture(JPEG, 2000, 2000, 1),
            "cut 1200x2000+400+0; better pixels",
        ),
        ("in-app-landscape", picture(JPEG, 2000, 600, 1), "fits"),
        (
            "in-app-landscape",
            picture(JPEG, 1000, 1000, 1),
            "cut 1000x300+0+350; better pixels",
        ),
        (
            "in-app-modal-image-text",
            picture(PNG, 1450, 500, 1),
            "fits",
        ),
        (
            "in-app-modal-image-text",
            picture(PNG, 600, 205, 1),
            "fits; better pixels",
        ),
        (
            "in-app-modal-image-text",
            picture(PNG, 600, 204, 1),
            "small 0x1; better pixels",
        ),
        (
            "in-app-modal-image-text",
            picture(PNG, 1850, 500, 1),
            "cut 1450x500+200+0; better pixels",
        ),
        (
            "in-app-modal-image-text",
            picture(PNG, 1450, 900, 1),
            "fits; better ratio pixels",
        ),
        (
            "in-app-modal-image",
            picture(PNG, 600, 600, 1),
            "fits; better pixels",
        ),
        (
            "in-app-modal-image",
            picture(PNG, 599, 2_000, 1),
            "small 1x0; better pixels",
        ),
        ("in-app-slideup", picture(PNG, 150, 150, 1), "fits"),
        (
            "in-app-slideup",
            picture(PNG, 300, 150, 1),
            "fits; better ratio pixels",
        ),
        (
            "in-app-slideup",
            picture(PNG, 49, 50, 1),
            "small 1x0; better ratio pixels",
        ),
        // Push
        ("push-ios", picture(JPEG, 1038, 519, 500_000), "fits"),
        ("push-ios", picture(JPEG, 1039, 519, 1), "refused pixels"),
        (
            "push-ios",
            picture(JPEG, 1000, 1000, 1),
            "cut 1000x500+0+250",
        ),
        (
            "push-ios",
            picture(JPEG, 1038, 519, 5_000_001),
            "refused bytes; better bytes",
        ),
        (
            "push-android-icon",
            picture(PNG, 1, 1, 1_000_000),
            "fits; better bytes",
        ),
        (
            "push-android-icon",
            picture(GIF, 64, 64, 1),
            "refused types",
        ),
        (
            "push-android-icon",
            picture(PNG, 64, 64, 1_000_001),
            "refused bytes; better bytes",
        ),
        (
            "push-android-expanded",
            picture(PNG, 1024, 512, 500_000),
            "fits",
        ),
        (
            "push-android-expanded",
            picture(PNG, 600, 300, 1),
            "fits; better pixels",
        ),
        (
            "push-android-expanded",
            picture(PNG, 512, 256, 1),
            "small 88x44",
        ),
        (
            "push-android-expanded",
            animated(GIF, 1024, 512, 1),
            "refused types",
        ),
        ("push-android-inline", picture(PNG, 300, 200, 1), "fits"),
        (
            "push-android-inline",
            picture(PNG, 400, 200, 1),
            "cut 300x200+50+0",
        ),
        ("push-web-icon", picture(PNG, 192, 192, 1), "fits"),
        ("push-web-icon", picture(PNG, 191, 191, 1), "small 1x1"),
        ("push-web-image", picture(PNG, 720, 360, 1), "fits"),
        (
            "push-web-image",
            picture(PNG, 720, 720, 1),
            "cut 720x360+0+180",
        ),
        // WhatsApp
        ("whatsapp-image", picture(JPEG, 9_000, 9, 5_000_000), "fits"),
        (
            "whatsapp-image",
            picture(JPEG, 9, 9, 5_000_001),
            "refused bytes",
        ),
        ("whatsapp-image", picture(WEBP, 9, 9, 1), "refused types"),
        (
            "whatsapp-image",
            colored(ColorMode::Cmyk, 8),
            "refused color",
        ),
        (
            "whatsapp-image",
            colored(ColorMode::Rgb, 16),
            "refused color",
        ),
        ("whatsapp-image", colored(ColorMode::Rgba, 8), "fits"),
        (
            "whatsapp-image",
            file(Kind::Image, PNG, 1),
            "unsure; unknown color",
        ),
        (
            "whatsapp-audio",
            sound("audio/ogg", "opus", 16_000_000),
            "fits",
        ),
        (
            "whatsapp-audio",
            sound("audio/ogg", "vorbis", 1),
            "refused codecs",
        ),
        (
            "whatsapp-audio",
            sound("audio/amr", "amrnb", 16_000_001),
            "refused bytes",
        ),
        (
            "whatsapp-audio",
            sound("audio/wav", "pcm", 1),
            "refused types codecs",
        ),
        (
            "whatsapp-video",
            film(MP4, &["h264", "aac"], 16_000_000),
            "fits",
        ),
        ("whatsapp-video", film(MP4, &["h264"], 1), "fits"),
        (
            "whatsapp-video",
            film(MP4, &["hevc", "aac"], 1),
            "refused codecs",
        ),
        (
            "whatsapp-video",
            film("video/webm", &["vp9"], 1),
            "refused types codecs",
        ),
        (
            "whatsapp-video",
            file(Kind::Video, MP4, 1),
            "unsure; unknown codecs",
        ),
        ("whatsapp-document", paper(PDF, 100_000_000), "fits"),
        (
            "whatsapp-document",
            paper(PDF, 100_000_001),
            "refused bytes",
        ),
        ("whatsapp-document", paper("text/csv", 1), "refused types"),
        ("whatsapp-sticker", picture(WEBP, 512, 512, 100_000), "fits"),
        (
            "whatsapp-sticker",
            picture(WEBP, 512, 500, 100_000),
            "small 0x12",
        ),
        (
            "whatsapp-sticker",
            picture(WEBP, 513, 512, 1),
            "refused pixels",
        ),
        (
            "whatsapp-sticker",
            picture(WEBP, 512, 512, 100_001),
            "refused bytes",
        ),
        (
            "whatsapp-sticker",
            animated(WEBP, 512, 512, 1),
            "refused frames",
        ),
        (
            "whatsapp-sticker-animated",
            animated(WEBP, 512, 512, 500_000),
            "fits",
        ),
        (
            "whatsapp-sticker-animated",
            animated(WEBP, 512, 512, 500_001),
            "refused bytes",
        ),
        (
            "whatsapp-sticker-animated",
            picture(WEBP, 512, 512, 1),
            "refused frames",
        ),
        (
            "whatsapp-header-image",
            picture(JPEG, 800, 418, 5_000_000),
            "fits",
        ),
        (
            "whatsapp-header-image",
            picture(JPEG, 800, 800, 1),
            "fits; better ratio pixels",
        ),
        (
            "whatsapp-header-image",
            picture(GIF, 800, 418, 1),
            "refused types",
        ),
        (
            "whatsapp-header-video",
            film("video/3gpp", &["h264", "aac"], 1),
            "fits",
        ),
        (
            "whatsapp-header-video",
            film(MP4, &["h264", "aac"], 16_000_001),
            "refused bytes",
        ),
        ("whatsapp-header-document", paper(PDF, 1), "fits"),
        (
            "whatsapp-header-document",
            picture(PNG, 9, 9, 1),
            "refused types",
        ),
        // Telegram
        (
            "telegram-photo",
            picture(JPEG, 9_000, 1_000, 10_000_000),
            "fits",
        ),
        (
            "telegram-photo",
            picture(JPEG, 9_000, 1_001, 1),
            "refused edge_sum",
        ),
        ("telegram-photo", picture(JPEG, 2_000, 100, 1), "fits"),
        (
            "telegram-photo",
            picture(JPEG, 2_001, 100, 1),
            "refused stretch",
        ),
        (
            "telegram-photo",
            picture(PNG, 9, 9, 10_000_001),
            "refused bytes",
        ),
        (
            "telegram-photo-by-url",
            picture(PNG, 9, 9, 5_000_000),
            "fits",
        ),
        (
            "telegram-photo-by-url",
            picture(PNG, 9, 9, 5_000_001),
            "refused bytes",
        ),
        ("telegram-document", paper("text/vcard", 50_000_000), "fits"),
        (
            "telegram-document",
            paper("text/vcard", 50_000_001),
            "refused bytes",
        ),
        ("telegram-document-by-url", paper(PDF, 20_000_000), "fits"),
        (
            "telegram-document-by-url",
            paper("text/plain", 20_000_001),
            "refused types bytes",
        ),
        ("telegram-video", film(MP4, &["hevc"], 50_000_000), "fits"),
        ("telegram-video", paper(PDF, 1), "refused types"),
        (
            "telegram-video-by-url",
            film(MP4, &["hevc"], 20_000_001),
            "refused bytes",
        ),
        (
            "telegram-audio",
            sound("audio/mpeg", "mp3", 50_000_000),
            "fits",
        ),
        (
            "telegram-audio",
            sound("audio/mpeg", "mp3", 50_000_001),
            "refused bytes",
        ),
        (
            "telegram-audio-by-url",
            sound("audio/mpeg", "mp3", 20_000_000),
            "fits",
        ),
        (
            "telegram-audio-by-url",
            sound("audio/mpeg", "mp3", 20_000_001),
            "refused bytes",
        ),
        // Messenger and Instagram
        ("messenger-image", picture(WEBP, 9, 9, 25_000_000), "fits"),
        (
            "messenger-image",
            picture(WEBP, 9, 9, 25_000_001),
            "refused bytes",
        ),
        (
            "messenger-image-by-url",
            picture(PNG, 9, 9, 8_000_000),
            "fits",
        ),
        (
            "messenger-image-by-url",
            picture(PNG, 9, 9, 8_000_001),
            "refused bytes",
        ),
        (
            "messenger-audio",
            sound("audio/mpeg", "mp3", 25_000_001),
            "refused bytes",
        ),
        ("messenger-video", film(MP4, &["h264"], 25_000_000), "fits"),
        ("messenger-file", paper("text/csv", 25_000_000), "fits"),
        (
            "messenger-file",
            paper("text/csv", 25_000_001),
            "refused bytes",
        ),
        ("instagram-image", picture(GIF, 9, 9, 8_000_000), "fits"),
        (
            "instagram-image",
            picture(GIF, 9, 9, 8_000_001),
            "refused bytes",
        ),
        ("instagram-image", picture(WEBP, 9, 9, 1), "refused types"),
        (
            "instagram-audio",
            sound("audio/wav", "pcm", 25_000_000),
            "fits",
        ),
        (
            "instagram-audio",
            sound("audio/mpeg", "mp3", 1),
            "refused types",
        ),
        (
            "instagram-video",
            film("video/webm", &["vp9"], 25_000_001),
            "refused bytes",
        ),
        ("instagram-file", paper(PDF, 25_000_000), "fits"),
        ("instagram-file", paper("text/plain", 1), "refused types"),
        // MMS and RCS
        ("mms-image", picture(JPEG, 640, 480, 300_000), "fits"),
        (
            "mms-image",
            picture(JPEG, 641, 480, 300_001),
            "fits; better bytes pixels",
        ),
        (
            "mms-image",
            picture(JPEG, 640, 480, 600_001),
            "fits; better bytes bytes",
        ),
        (
            "mms-image",
            picture(JPEG, 640, 480, 5_000_001),
            "refused bytes; better bytes bytes",
        ),
        (
            "mms-image",
            film(MP4, &["h264"], 1),
            "refused types; better pixels",
        ),
        ("rcs-image", picture(PNG, 9, 9, 100_000_000), "fits"),
        (
            "rcs-image",
            picture(WEBP, 9, 9, 100_000_001),
            "refused types bytes",
        ),
        (
            "rcs-video",
            film("video/webm", &["vp9"], 100_000_000),
            "fits",
        ),
        (
            "rcs-video",
            film("video/quicktime", &["h264"], 1),
            "refused types",
        ),
        ("rcs-pdf", paper(PDF, 100_000_000), "fits"),
        ("rcs-pdf", paper(PDF, 100_000_001), "refused bytes"),
        (
            "rcs-card-image",
            picture(JPEG, 1440, 720, 2_000_000),
            "fits",
        ),
        (
            "rcs-card-image",
            picture(JPEG, 1440, 720, 2_000_001),
            "refused bytes",
        ),
        (
            "rcs-card-image",
            picture(JPEG, 720, 720, 1),
            "cut 720x360+0+180; better pixels",
        ),
        ("rcs-card-video", film(MP4, &["h264"], 10_000_000), "fits"),
        (
            "rcs-card-video",
            film(MP4, &["h264"], 10_000_001),
            "refused bytes",
        ),
        (
            "rcs-card-video",
            file(Kind::Video, MP4, 1),
            "unsure; unknown ratio",
        ),
    ]
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
