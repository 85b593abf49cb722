//! Facts of sound, films, documents and cards; and what is refused whatever it is called.

use std::io::Cursor;

use imaging::{Budget, Error, Facts, Format, ThumbSpec, inspect};

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!("fixtures/", $name)).as_slice()
    };
}

fn told(bytes: &[u8], name: &str) -> Result<Facts, Error> {
    let source = &mut Cursor::new(bytes);
    inspect(source, Some(name), &Budget::default(), ThumbSpec::default()).map(|found| found.facts)
}

fn facts(bytes: &[u8]) -> Facts {
    told(bytes, "file").expect("kept")
}

#[test]
fn films_tell_size_length_and_codecs() {
    let film = facts(fixture!("gps_location.mp4"));
    assert_eq!(film.format, Format::Mp4);
    assert_eq!((film.width, film.height), (Some(320), Some(240)));
    assert_eq!(film.duration_ms, Some(3000));
    assert_eq!(film.codecs, ["h264", "aac"]);
    assert_eq!(facts(fixture!("one_frame.mp4")).duration_ms, Some(1000));
}

#[test]
fn a_film_cut_off_is_told() {
    let film = fixture!("gps_location.mp4");
    assert!(matches!(
        told(&film[..600], "a.mp4"),
        Err(Error::Corrupt { .. })
    ));
}

#[test]
fn sound_tells_length_and_codec() {
    for (bytes, format, codec, wanted) in [
        (fixture!("voice.ogg"), Format::Ogg, "vorbis", 3000_u64),
        (fixture!("voice.amr"), Format::Amr, "amrnb", 3000),
        (fixture!("pcm.wav"), Format::Wav, "pcm_s16le", 3000),
    ] {
        let sound = facts(bytes);
        assert_eq!(
            (sound.format, sound.codecs.as_slice()),
            (format, [codec.to_owned()].as_slice())
        );
        let duration = sound.duration_ms.expect("a length");
        assert!(duration.abs_diff(wanted) <= 30, "{format:?}: {duration}");
    }
}

#[test]
fn documents_are_told_by_content() {
    assert_eq!(facts(fixture!("doc.odt")).format, Format::Odt);
    assert_eq!(facts(fixture!("pdf_zip.pdf")).format, Format::Pdf);
    assert_eq!(
        facts(fixture!("text_utf-16.txt")).charset.as_deref(),
        Some("utf-16")
    );
    assert_eq!(
        facts(fixture!("text_latin-1.txt")).charset.as_deref(),
        Some("iso-8859-1")
    );
}

#[test]
fn cards_are_counted() {
    let cards = facts(fixture!("multi_3.vcf"));
    assert_eq!((cards.format, cards.contacts), (Format::Vcard, Some(3)));
    assert_eq!(facts(b"begin:vcard\nFN:A\nend:vcard").contacts, Some(1));
    assert!(matches!(
        told(b"BEGIN:VCARD\nFN:A", "a.vcf"),
        Err(Error::Corrupt { .. })
    ));
}

#[test]
fn a_lying_name_helps_nobody() {
    for (bytes, name) in [
        (fixture!("svg_named_png.png"), "a.png"),
        (fixture!("exe_named_jpg.jpg"), "a.jpg"),
        (fixture!("not_vcard.vcf"), "a.vcf"),
        (b"just words".as_slice(), "a.mp4"),
        (b"just words", "a.docx"),
    ] {
        assert!(
            matches!(told(bytes, name), Err(Error::Unsupported { .. })),
            "{name}"
        );
    }
    assert_eq!(
        told(fixture!("multi_3.vcf"), "a.jpg").map(|facts| facts.format),
        Ok(Format::Vcard)
    );
}

#[test]
fn no_cut_and_no_flipped_bit_brings_a_parser_down() {
    let whole = [
        fixture!("gps_location.mp4"),
        fixture!("voice.ogg"),
        fixture!("voice.amr"),
        fixture!("pcm.wav"),
        fixture!("doc.odt"),
        fixture!("ph_RGBA_8__29x100.heif"),
        fixture!("quad_o6.jpg"),
        fixture!("png_exif_o6.png"),
        fixture!("anim_8f.gif"),
        fixture!("anim_8f.webp"),
    ];
    for bytes in whole {
        for cut in (0..bytes.len().min(2000)).step_by(7) {
            let _kept_or_refused = told(&bytes[..cut], "file");
        }
        let mut seed = 1_u32;
        for _ in 0..300 {
            let mut broken = bytes.to_vec();
            for _ in 0..4 {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let at = (seed >> 8) as usize % broken.len().min(4000);
                broken[at] ^= 1 << (seed >> 5 & 7);
            }
            let _kept_or_refused = told(&broken, "file");
        }
    }
}
