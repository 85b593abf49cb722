//! The whole corpus of files that people and attackers send, against its verdicts. It is too
//! large to be kept here: `SATCHEL_CORPUS` names it, or it lies beside the workspace.

use std::{
    collections::HashMap,
    fs,
    io::Cursor,
    path::PathBuf,
    time::{Duration, Instant},
};

use imaging::{
    Budget, Format, Inspected, Pixels, ThumbSpec,
    decode::decode,
    inspect,
    metadata::{Stripped, strip},
};
use model::preview::Content;
use serde_json::Value;

/// Classes that are uploads; the rest is for other tests.
const CLASSES: [&str; 21] = [
    "animated",
    "audio",
    "avif_heic",
    "decompression_bombs",
    "exif_orientation",
    "image_other",
    "jpeg",
    "metadata_privacy",
    "mutated",
    "office",
    "pdf",
    "png_bad",
    "png_valid",
    "polyglot_mismatch",
    "svg_active",
    "svg_benign",
    "vcard",
    "video",
    "webp",
    "malware_eicar",
    "zip_slip",
];

#[expect(
    clippy::disallowed_methods,
    reason = "whoever runs the test says where the corpus is"
)]
fn corpus() -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpus");
    let folder = std::env::var_os("SATCHEL_CORPUS").map_or_else(|| beside.into(), PathBuf::from);
    folder.join("manifest.csv").is_file().then_some(folder)
}

/// The rows of the manifest by column; quotes are doubled inside quotes.
fn rows(text: &str) -> Vec<HashMap<String, String>> {
    let mut records: Vec<Vec<String>> = vec![vec![String::new()]];
    let mut quoted = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let record = records.last_mut().expect("one record");
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                record.last_mut().expect("one field").push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => record.push(String::new()),
            '\n' if !quoted => records.push(vec![String::new()]),
            '\r' if !quoted => {}
            letter => record.last_mut().expect("one field").push(letter),
        }
    }
    let head = records.remove(0);
    let whole = records
        .into_iter()
        .filter(|record| record.len() == head.len());
    whole
        .map(|record| head.iter().cloned().zip(record).collect())
        .collect()
}

/// What is wrong with an accepted file, by the manifest's expectations.
fn mismatches(row: &HashMap<String, String>, found: &Inspected) -> Vec<String> {
    let expect: Value = serde_json::from_str(&row["expect"]).unwrap_or(Value::Null);
    let facts = &found.facts;
    let mut wrong = Vec::new();
    let mut check = |what: &str, wanted: Option<f64>, got: Option<f64>, tolerance: f64| {
        if let Some(wanted) = wanted
            && got.is_none_or(|got| (got - wanted).abs() > tolerance)
        {
            wrong.push(format!("{what}: wanted {wanted}, got {got:?}"));
        }
    };
    check(
        "width",
        expect["w"].as_f64(),
        facts.width.map(f64::from),
        0.0,
    );
    check(
        "height",
        expect["h"].as_f64(),
        facts.height.map(f64::from),
        0.0,
    );
    check(
        "frames",
        expect["frames"].as_f64(),
        facts.frames.map(f64::from),
        0.0,
    );
    check(
        "contacts",
        expect["contacts"].as_f64(),
        facts.contacts.map(f64::from),
        0.0,
    );
    check(
        "pages",
        expect["pages"].as_f64(),
        facts.pages.map(f64::from),
        0.0,
    );
    let seconds = facts
        .duration_ms
        .map(|ms| Duration::from_millis(ms).as_secs_f64());
    check("duration", expect["duration"].as_f64(), seconds, 0.06);
    if let Some(codecs) = expect["codecs"].as_array() {
        let codecs: Vec<_> = codecs.iter().filter_map(Value::as_str).collect();
        if facts.codecs != codecs {
            wrong.push(format!("codecs: wanted {codecs:?}, got {:?}", facts.codecs));
        }
    }
    wrong
}

#[test]
fn the_corpus_has_its_verdicts() {
    let Some(folder) = corpus() else {
        println!("no corpus here: set SATCHEL_CORPUS to its folder");
        return;
    };
    let manifest = fs::read_to_string(folder.join("manifest.csv")).expect("a manifest");
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for row in rows(&manifest)
        .iter()
        .filter(|row| CLASSES.contains(&row["cls"].as_str()))
    {
        let path = &row["path"];
        let Ok(bytes) = fs::read(folder.join(path)) else {
            continue;
        };
        seen += 1;
        let name = path.rsplit('/').next();
        let begun = Instant::now();
        let done = inspect(
            &mut Cursor::new(bytes),
            name,
            &Budget::default(),
            ThumbSpec::default(),
        );
        if begun.elapsed() > Duration::from_secs(5) {
            wrong.push(format!("{path}: took {:?}", begun.elapsed()));
        }
        // Drawings in SVG are refused altogether.
        let svg = row["mime"] == "image/svg+xml";
        match (row["verdict"].as_str(), &done) {
            ("ACCEPT" | "ACCEPT_INERT" | "ACCEPT_NORENDITION", Err(error)) if !svg => {
                wrong.push(format!("{path}: refused: {error}"));
            }
            ("REJECT", Ok(found)) => {
                wrong.push(format!("{path}: kept as {:?}", found.facts.format));
            }
            (_, Ok(found)) if svg => {
                wrong.push(format!("{path}: kept as {:?}", found.facts.format));
            }
            ("ACCEPT" | "ACCEPT_INERT", Ok(found)) => {
                wrong.extend(
                    mismatches(row, found)
                        .iter()
                        .map(|what| format!("{path}: {what}")),
                );
                if found.facts.format.has_renditions() && found.thumb.is_none() {
                    wrong.push(format!("{path}: has no thumbnail"));
                }
            }
            _ => {}
        }
    }
    println!("{seen} files of the corpus");
    assert!(seen > 100, "the corpus is not whole: {seen} files");
    assert!(
        wrong.is_empty(),
        "{} of {seen} are wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// A thumbnail's pixels.
fn pixels(found: &Inspected) -> Option<Pixels> {
    let bytes = &found.thumb.as_ref()?.bytes;
    decode(bytes, Format::Webp, u32::MAX, &Budget::default())
        .ok()?
        .pixels
}

#[test]
fn every_orientation_of_the_corpus_comes_out_upright() {
    let Some(folder) = corpus() else { return };
    let manifest = fs::read_to_string(folder.join("manifest.csv")).expect("a manifest");
    let mut seen = 0;
    for row in rows(&manifest) {
        let expect: Value = serde_json::from_str(&row["expect"]).unwrap_or(Value::Null);
        let (Some(_), Ok(bytes)) = (expect["tl"].as_str(), fs::read(folder.join(&row["path"])))
        else {
            continue;
        };
        let source = &mut Cursor::new(bytes);
        let found = inspect(source, None, &Budget::default(), ThumbSpec::default()).expect("kept");
        let thumb = pixels(&found).expect("a thumbnail");
        let (right, bottom) = (thumb.width - 12, thumb.height - 12);
        for (corner, x, y) in [
            ("tl", 12, 12),
            ("tr", right, 12),
            ("bl", 12, bottom),
            ("br", right, bottom),
        ] {
            let wanted = expect[corner].as_str().expect("a color");
            let channel = |at| u8::from_str_radix(&wanted[at..at + 2], 16).expect("digits");
            let wanted = [channel(1), channel(3), channel(5)];
            let got = thumb.at(x, y);
            let off = got
                .iter()
                .zip(wanted)
                .any(|(got, wanted)| got.abs_diff(wanted) > 40);
            assert!(
                !off,
                "{} {corner}: wanted {wanted:?}, got {got:?}",
                row["path"]
            );
        }
        seen += 1;
    }
    assert!(seen >= 8, "{seen} orientations");
}

#[test]
fn cs_5_no_canary_of_the_corpus_is_in_a_public_copy_or_a_thumbnail() {
    let Some(folder) = corpus() else { return };
    let manifest = fs::read_to_string(folder.join("manifest.csv")).expect("a manifest");
    let mut seen = 0;
    for row in rows(&manifest) {
        let expect: Value = serde_json::from_str(&row["expect"]).unwrap_or(Value::Null);
        let (Some(canaries), Ok(bytes)) = (
            expect["canaries"].as_array(),
            fs::read(folder.join(&row["path"])),
        ) else {
            continue;
        };
        let source = &mut Cursor::new(bytes);
        let found = inspect(source, None, &Budget::default(), ThumbSpec::default()).expect("kept");
        let copy = strip(source, found.facts.format, &Budget::default()).expect("a copy");
        let Stripped::Bytes(copy) = copy else {
            panic!("{}: nothing was taken", row["path"])
        };
        let thumb = found.thumb.expect("a thumbnail").bytes;
        for canary in canaries.iter().filter_map(Value::as_str) {
            for bytes in [&copy, &thumb] {
                let held = bytes
                    .windows(canary.len())
                    .any(|window| window == canary.as_bytes());
                assert!(!held, "{} still holds {canary}", row["path"]);
            }
        }
        seen += 1;
    }
    assert!(seen >= 5, "{seen} files with canaries");
}

#[test]
fn previews_of_the_corpus_are_made_in_time() {
    let Some(folder) = corpus() else { return };
    let manifest = fs::read_to_string(folder.join("manifest.csv")).expect("a manifest");
    let (mut heard, mut silent, mut cards) = (0, Vec::new(), 0);
    for row in rows(&manifest) {
        let path = &row["path"];
        let expect: Value = serde_json::from_str(&row["expect"]).unwrap_or(Value::Null);
        let Ok(bytes) = fs::read(folder.join(path)) else {
            continue;
        };
        let begun = Instant::now();
        let seen = imaging::preview::read(&mut Cursor::new(bytes), &Budget::default());
        let took = begun.elapsed();
        assert!(took < Duration::from_secs(5), "{path} took {took:?}");
        match seen {
            Ok(Content::Waveform(wave)) => {
                assert!((1..=200).contains(&wave.peaks.len()), "{path}");
                assert!(!wave.is_cut, "{path}");
                heard += 1;
            }
            Ok(Content::Contacts(found)) => {
                let wanted = expect["contacts"].as_u64();
                assert!(
                    wanted.is_none_or(|wanted| wanted == u64::from(found.total)),
                    "{path}: {}",
                    found.total
                );
                assert!(found.cards.len() <= 100, "{path}");
                cards += found.cards.len();
            }
            _ if row["cls"] == "audio" && row["verdict"] == "ACCEPT" => silent.push(path.clone()),
            _ => {}
        }
    }
    silent.sort();
    // Nothing decodes AMR here: the player of the browser may.
    assert_eq!(silent, ["audio/silence_sid.amr", "audio/voice.amr"]);
    assert!(heard >= 10 && cards >= 100, "{heard} sounds, {cards} cards");
}
