//! The file says what was found out, and says it soundly.

use std::collections::HashSet;

use super::*;
use crate::placement::BoundName;

/// Each place that messages have, and the figures that were found of it.
const FOUND: &[(&str, &[&str])] = &[
    (
        "content-card-classic",
        &["5000000", "1:1", ">=60x60", "60x60"],
    ),
    ("content-card-captioned", &["5000000", "4:3", ">=600x0"]),
    ("content-card-banner", &["5000000", ">=600x0"]),
    ("email-header", &["5000000", "<=600x0"]),
    ("email-body", &["5000000", "<=480x0"]),
    ("email-attachment", &["10000000"]),
    (
        "in-app-full-image-text",
        &["5000000", "500000", "6:5", ">=600x500", "1200x1000"],
    ),
    (
        "in-app-full-image",
        &["5000000", "500000", "3:5", ">=600x1000", "1200x2000"],
    ),
    (
        "in-app-landscape",
        &["5000000", "500000", "10:3", "2000x600"],
    ),
    (
        "in-app-modal-image-text",
        &["5000000", "500000", "29:10", ">=600x205", "1450x500"],
    ),
    (
        "in-app-modal-image",
        &["5000000", "500000", ">=600x600", "1200x2000"],
    ),
    (
        "in-app-slideup",
        &["5000000", "500000", "1:1", ">=50x50", "150x150"],
    ),
    (
        "push-ios",
        &["5000000", "500000", "2:1", "<=1038x1038", "10000000"],
    ),
    ("push-android-icon", &["1000000", "500000", "1:1"]),
    (
        "push-android-expanded",
        &[
            "1000000",
            "500000",
            "2:1",
            ">=600x300",
            "1024x512 2048x1024",
        ],
    ),
    ("push-android-inline", &["1000000", "500000", "3:2"]),
    ("push-web-icon", &["5000000", "1:1", ">=192x192"]),
    ("push-web-image", &["5000000", "2:1"]),
    ("whatsapp-image", &["5000000", "8 bit"]),
    ("whatsapp-audio", &["16000000", "aac mp3 amrnb amrwb opus"]),
    ("whatsapp-video", &["16000000", "h264 aac once"]),
    ("whatsapp-document", &["100000000"]),
    ("whatsapp-sticker", &["100000", "512x512", "frames 0..1"]),
    (
        "whatsapp-sticker-animated",
        &["500000", "512x512", "frames 2..0"],
    ),
    (
        "whatsapp-header-image",
        &["5000000", "8 bit", "191:100", "800x418"],
    ),
    ("whatsapp-header-video", &["16000000", "h264 aac once"]),
    ("whatsapp-header-document", &["100000000"]),
    ("telegram-photo", &["w+h 10000", "stretch 20", "10000000"]),
    (
        "telegram-photo-by-url",
        &["w+h 10000", "stretch 20", "5000000"],
    ),
    ("telegram-document", &["50000000"]),
    ("telegram-document-by-url", &["20000000"]),
    ("telegram-video", &["50000000"]),
    ("telegram-video-by-url", &["20000000"]),
    ("telegram-audio", &["50000000"]),
    ("telegram-audio-by-url", &["20000000"]),
    ("messenger-image", &["25000000"]),
    ("messenger-image-by-url", &["8000000"]),
    ("messenger-audio", &["25000000"]),
    ("messenger-video", &["25000000"]),
    ("messenger-file", &["25000000"]),
    ("instagram-image", &["8000000"]),
    ("instagram-audio", &["25000000"]),
    ("instagram-video", &["25000000"]),
    ("instagram-file", &["25000000"]),
    ("mms-image", &["5000000", "600000", "300000", "<=640x480"]),
    ("rcs-image", &["100000000"]),
    ("rcs-video", &["100000000"]),
    ("rcs-pdf", &["100000000"]),
    ("rcs-card-image", &["2000000", "2:1", "1440x720"]),
    ("rcs-card-video", &["10000000", "2:1", "1440x720"]),
];

/// The figures of a limit, in a word.
fn figures(limit: &Bound) -> Option<String> {
    let size = |width: Option<u32>, height: Option<u32>| {
        format!("{}x{}", width.unwrap_or(0), height.unwrap_or(0))
    };
    Some(match limit {
        Bound::Types { .. } => return None,
        Bound::Bytes { max } => max.as_u64().to_string(),
        Bound::Pixels { exact, .. } if !exact.is_empty() => {
            let sizes: Vec<_> = exact
                .iter()
                .map(|one| size(Some(one.width), Some(one.height)))
                .collect();
            sizes.join(" ")
        }
        Bound::Pixels {
            min_width,
            min_height,
            ..
        } if min_width.is_some() => format!(">={}", size(*min_width, *min_height)),
        Bound::Pixels {
            max_width,
            max_height,
            ..
        } => format!("<={}", size(*max_width, *max_height)),
        Bound::Ratio { width, height, .. } => format!("{width}:{height}"),
        Bound::Stretch { max } => format!("stretch {max}"),
        Bound::EdgeSum { max } => format!("w+h {max}"),
        Bound::Frames { min, max } => {
            format!("frames {}..{}", min.unwrap_or(0), max.unwrap_or(0))
        }
        Bound::Alpha { allowed } => format!("alpha {allowed}"),
        Bound::Color { max_bits, .. } => format!("{max_bits} bit"),
        Bound::Duration { max } => format!("{max} s"),
        Bound::Codecs { any, once } => any.join(" ") + if *once { " once" } else { "" },
        Bound::Pages { max } => format!("{max} pages"),
    })
}

#[test]
fn every_place_is_there_with_the_figures_that_were_found() {
    let all = catalogue();
    let ids: Vec<_> = all.iter().map(|one| one.id.as_str()).collect();
    let found: HashSet<_> = FOUND.iter().map(|(id, _)| *id).collect();
    assert_eq!(ids.iter().copied().collect::<HashSet<_>>(), found);

    for (id, expected) in FOUND {
        let one = all.iter().find(|one| one.id.as_str() == *id).unwrap();
        let figures: Vec<_> = one
            .rules
            .iter()
            .filter_map(|rule| figures(&rule.limit))
            .collect();
        assert_eq!(figures, *expected, "{id}");
    }
}

#[test]
fn ids_are_unique_and_begin_with_their_channel() {
    let mut seen = HashSet::new();
    for one in catalogue() {
        assert!(seen.insert(&one.id), "{}", one.id);
        let channel = one.channel.id.as_str();
        assert!(one.id.as_str().starts_with(channel), "{}", one.id);
    }
}

#[test]
fn every_rule_has_a_unit_a_source_and_a_day() {
    let known = |text: &str| text.parse::<Day>().unwrap();
    for one in catalogue() {
        assert_eq!(one.check(), Ok(()), "{}", one.id);
        for rule in &one.rules {
            assert_eq!(rule.unit, rule.limit.name().unit(), "{}", one.id);
            assert!(rule.source.starts_with("https://"), "{}", one.id);
            assert!(rule.checked_on >= known("2026-01-01"), "{}", one.id);
        }
    }
}

#[test]
fn names_are_told_in_both_languages() {
    for one in catalogue() {
        assert!(one.name.pt_br.is_some(), "{}", one.id);
        assert!(
            one.note.as_ref().is_none_or(|note| note.pt_br.is_some()),
            "{}",
            one.id
        );
    }
}

#[test]
fn every_place_says_how_many_bytes_it_takes() {
    for one in catalogue() {
        let mut names = one.rules.iter().map(|rule| rule.limit.name());
        assert!(names.any(|name| name == BoundName::Bytes), "{}", one.id);
    }
}

#[test]
fn a_placement_travels_as_json() {
    for one in catalogue() {
        let text = serde_json::to_string(one).unwrap();
        assert_eq!(serde_json::from_str::<Placement>(&text).unwrap(), *one);
    }
}

#[test]
fn nonsense_is_no_catalogue() {
    let with = |rules: &str| {
        format!(
            "[sources]\n\
             us = {{ url = \"https://example.com\", checked_on = \"2026-11-21\", confidence = \"provider\" }}\n\
             [[channels]]\nid = \"push\"\nname = {{ en = \"Push\" }}\n\
             [[channels.placements]]\nid = \"push-own\"\nname = {{ en = \"Own\" }}\nrules = [{rules}]"
        )
    };
    let bytes = |rest: &str| {
        format!("{{ limit = {{ of = \"bytes\", {rest} }}, unit = \"bytes\", by = \"us\" }}")
    };
    assert!(parse_catalogue(&with(&bytes("max = 1"))).is_ok());
    for bad in [
        String::new(),
        bytes("max = 0"),
        bytes("max = -1"),
        bytes("mx = 1"),
        bytes("max = 1").replace("\"us\"", "\"them\""),
        bytes("max = 1").replace("unit = \"bytes\"", "unit = \"pixels\""),
        "{ limit = { of = \"pixels\" }, unit = \"pixels\", by = \"us\" }".to_owned(),
        "{ limit = { of = \"pixels\", min_width = 9, max_width = 3 }, unit = \"pixels\", by = \"us\" }".to_owned(),
        "{ limit = { of = \"ratio\", width = 0, height = 1, tolerance = 0, otherwise = \"cut\" }, unit = \"ratio\", by = \"us\" }".to_owned(),
        "{ limit = { of = \"types\", any = [\"png\"] }, unit = \"media_types\", by = \"us\" }".to_owned(),
    ] {
        assert!(parse_catalogue(&with(&bad)).is_err(), "{bad}");
    }
}
