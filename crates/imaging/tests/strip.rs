//! Public copies: what tells of people is gone, what decides the looks is there, byte for byte.

use std::io::Cursor;

use imaging::{
    Budget, Format, Pixels,
    decode::decode,
    inspect,
    metadata::{Stripped, strip},
};

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!("fixtures/", $name)).as_slice()
    };
}

fn public(bytes: &[u8], format: Format) -> Vec<u8> {
    match strip(&mut Cursor::new(bytes), format, &Budget::default()).expect("a copy") {
        Stripped::Unchanged => bytes.to_vec(),
        Stripped::Bytes(copy) => copy,
        Stripped::Patches(patches) => {
            let mut copy = bytes.to_vec();
            for patch in patches {
                let at = usize::try_from(patch.offset).expect("small");
                copy[at..at + patch.bytes.len()].copy_from_slice(&patch.bytes);
            }
            copy
        }
    }
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|window| window == text.as_bytes())
}

fn pixels(bytes: &[u8], format: Format) -> Pixels {
    let decoded = decode(bytes, format, u32::MAX, &Budget::default()).expect("decodes");
    decoded.pixels.expect("pixels")
}

#[test]
fn place_device_and_words_are_gone_and_the_pixels_are_the_same() {
    for (bytes, format) in [
        (fixture!("gps.jpg"), Format::Jpeg),
        (fixture!("xmp_gps.jpg"), Format::Jpeg),
        (fixture!("gps.png"), Format::Png),
        (fixture!("png_text_canary.png"), Format::Png),
        (fixture!("gps.webp"), Format::Webp),
    ] {
        let copy = public(bytes, format);
        for canary in [
            "CanaryPhone",
            "Canary Maker",
            "CANARY",
            "GPSLatitude",
            "http://ns.adobe",
        ] {
            assert!(!holds(&copy, canary), "{format:?} still holds {canary}");
        }
        assert!(copy.len() < bytes.len());
        assert_eq!(pixels(bytes, format), pixels(&copy, format));
        assert_eq!(public(&copy, format), copy, "a copy of a copy differs");
    }
}

#[test]
fn orientation_stays() {
    for (bytes, format) in [
        (fixture!("quad_o6.jpg"), Format::Jpeg),
        (fixture!("png_exif_o6.png"), Format::Png),
    ] {
        let copy = public(bytes, format);
        let found = decode(&copy, format, 320, &Budget::default()).expect("decodes");
        assert_eq!(found.facts.orientation, 6, "{format:?}");
    }
}

#[test]
fn what_follows_the_end_of_a_picture_is_gone() {
    let bytes = [fixture!("quad_o6.jpg"), b"PK\x03\x04secret".as_slice()].concat();
    assert!(!holds(&public(&bytes, Format::Jpeg), "secret"));
    let bytes = [fixture!("anim_8f.gif"), b"PK\x03\x04secret".as_slice()].concat();
    assert!(!holds(&public(&bytes, Format::Gif), "secret"));
    let bytes = [fixture!("gps.png"), b"PK\x03\x04secret".as_slice()].concat();
    assert!(!holds(&public(&bytes, Format::Png), "secret"));
}

#[test]
fn animations_keep_frames_and_loop_without_comments() {
    let gif = fixture!("anim_8f.gif");
    let comment = b"\x21\xfe\x06secret\0";
    let at = 13 + (3 << ((gif[10] & 7) + 1));
    let with_comment = [&gif[..at], comment, &gif[at..]].concat();
    let copy = public(&with_comment, Format::Gif);
    assert!(!holds(&copy, "secret"));
    let found = decode(&copy, Format::Gif, 320, &Budget::default()).expect("decodes");
    assert_eq!(found.facts.frames, Some(8));
    assert_eq!(holds(gif, "NETSCAPE2.0"), holds(&copy, "NETSCAPE2.0"));
    for (bytes, format) in [
        (fixture!("anim_8f.webp"), Format::Webp),
        (fixture!("anim_8f.apng.png"), Format::Png),
    ] {
        let found = decode(&public(bytes, format), format, 320, &Budget::default());
        assert_eq!(found.expect("decodes").facts.frames, Some(8));
    }
}

#[test]
fn a_film_keeps_its_length_and_loses_its_place() {
    let film = fixture!("gps_location.mp4");
    assert!(holds(film, "loci") && holds(film, "Lavf"));
    let copy = public(film, Format::Mp4);
    assert_eq!(copy.len(), film.len());
    assert!(!holds(&copy, "loci") && !holds(&copy, "Lavf"));
    let look = |bytes: &[u8]| {
        inspect(
            &mut Cursor::new(bytes),
            None,
            &Budget::default(),
            imaging::ThumbSpec::default(),
        )
    };
    assert_eq!(look(film), look(&copy));
}

#[test]
fn heif_keeps_its_length_too() {
    let heif = fixture!("ph_RGBA_8__29x100.heif");
    let copy = public(heif, Format::Heic);
    assert_eq!(copy.len(), heif.len());
}
