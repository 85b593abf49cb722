//! Facts of sound, films, documents and cards; and what is refused whatever it is called.

use std::io::{Cursor, Write as _};

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

/// Values with their numbers, as office files of before 2007 keep them: text and numbers.
fn values(texts: &[(u32, &[u8])], numbers: &[(u32, u32)], page: u16) -> Vec<u8> {
    let text = |text: &[u8]| {
        let length = u32::try_from(text.len() + 1).expect("short");
        let mut value = [30_u32.to_le_bytes(), length.to_le_bytes()].concat();
        value.extend(text);
        value.resize(value.len().next_multiple_of(4) + 4, 0);
        value
    };
    let mut all = vec![(1, [2_u32, page.into()].map(u32::to_le_bytes).concat())];
    all.extend(texts.iter().map(|(id, value)| (*id, text(value))));
    let number = |number: u32| [3, number].map(u32::to_le_bytes).concat();
    all.extend(numbers.iter().map(|(id, value)| (*id, number(*value))));

    let (mut places, mut held) = (Vec::new(), Vec::new());
    for (id, value) in &all {
        let at = 8 + all.len() * 8 + held.len();
        places.extend(
            [*id, u32::try_from(at).expect("short")]
                .map(u32::to_le_bytes)
                .concat(),
        );
        held.extend(value);
    }
    let size = u32::try_from(8 + places.len() + held.len()).expect("short");
    let count = u32::try_from(all.len()).expect("short");
    let mut set = vec![0; 48];
    set[..2].copy_from_slice(&[0xfe, 0xff]);
    set[24] = 1;
    set[44] = 48;
    set.extend([size, count].map(u32::to_le_bytes).concat());
    [set, places, held].concat()
}

/// An office file of before 2007, told by a stream of its own.
fn compound(told_by: &str, streams: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a file");
    let own = (told_by, vec![0; 5_000]);
    for (name, bytes) in std::iter::once(&own).chain(streams) {
        let mut stream = file.create_stream(format!("/{name}")).expect("a stream");
        stream.write_all(bytes).expect("written");
        stream.flush().expect("written");
    }
    file.flush().expect("written");
    file.into_inner().into_inner()
}

#[test]
fn office_files_of_before_2007_tell_what_they_say_of_themselves() {
    let (summary, more) = ("\u{5}SummaryInformation", "\u{5}DocumentSummaryInformation");
    let western = values(
        &[(2, b"Relat\xf3rio"), (4, b"Jo\xe3o")],
        &[(14, 3), (15, 420)],
        1252,
    );
    let letter = facts(&compound("WordDocument", &[(summary, western)]));
    assert_eq!((letter.format, letter.pages), (Format::Doc, Some(3)));
    assert_eq!(letter.about.title.as_deref(), Some("Relatório"));
    assert_eq!(letter.about.author.as_deref(), Some("João"));
    assert_eq!(letter.about.words, Some(420));

    let japanese = values(&[(2, b"\x90\xbf\x8b\x81\x8f\x91")], &[], 932);
    // Two sheets, one of them hidden, and a chart.
    let sheet = |state: u8, sort: u8| [0x85, 0, 8, 0, 0, 0, 0, 0, state, sort, 1, b'A'];
    let names = [sheet(0, 0), sheet(1, 0), sheet(0, 2)].concat();
    let cells = [
        [9, 8, 0, 0].as_slice(),
        &names,
        &[10, 0, 0, 0],
        &sheet(0, 0),
    ]
    .concat();
    let table = facts(&compound(
        "Workbook",
        &[("Workbook", cells), (summary, japanese)],
    ));
    assert_eq!((table.format, table.pages), (Format::Xls, None));
    assert_eq!(table.about.sheets, Some(2));
    assert_eq!(table.about.title.as_deref(), Some("請求書"));

    let slides = values(&[], &[(7, 12)], 1252);
    let talk = facts(&compound("PowerPoint Document", &[(more, slides)]));
    assert_eq!((talk.format, talk.pages), (Format::Ppt, Some(12)));
}

#[test]
fn a_letter_that_a_program_of_today_saved_in_the_old_way_is_read() {
    let letter = facts(fixture!("letter.doc"));
    assert_eq!(letter.format, Format::Doc);
    assert_eq!(letter.about.title.as_deref(), Some("Relatório"));
    assert_eq!(letter.about.author.as_deref(), Some("João"));
}

#[test]
fn office_files_of_before_2007_that_are_broken_tell_their_kind_alone() {
    let endless = values(&[(2, b"A")], &[], 1252);
    let summary = "\u{5}SummaryInformation";
    for length in [0, 10, 47, 50, 60, 70] {
        let mut cut = endless.clone();
        cut.truncate(length);
        let letter = facts(&compound("WordDocument", &[(summary, cut)]));
        assert_eq!((letter.format, letter.about.title), (Format::Doc, None));
    }
    let mut lies = endless;
    lies[52..56].fill(0xff);
    for at in 56..lies.len() {
        let mut lies = lies.clone();
        lies[at] = 0xff;
        let letter = facts(&compound("WordDocument", &[(summary, lies)]));
        assert_eq!(letter.format, Format::Doc);
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
