//! Pictures come out upright, in the right colors, at the right size, from every codec.

use std::io::Cursor;

use imaging::{
    Budget, Error, Format, Inspected, Picture, Pixels, Preset, ThumbSpec, decode::decode, encode,
    inspect, render,
};
use model::RenditionFormat;
use moxcms::ColorProfile;
use mozjpeg::{ColorSpace, Compress};

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!("fixtures/", $name)).as_slice()
    };
}

fn look(bytes: &[u8]) -> Inspected {
    inspect(
        &mut Cursor::new(bytes),
        None,
        &Budget::default(),
        ThumbSpec::default(),
    )
    .expect("kept")
}

fn refusal(bytes: &[u8]) -> Error {
    let done = inspect(
        &mut Cursor::new(bytes),
        None,
        &Budget::default(),
        ThumbSpec::default(),
    );
    done.expect_err("refused")
}

fn rendition(bytes: &[u8], max_edge: u32, format: RenditionFormat) -> Picture {
    let preset = Preset {
        max_edge,
        ..Preset::of(model::Preset::Preview, format)
    };
    render(&mut Cursor::new(bytes), &Budget::default(), preset).expect("a rendition")
}

/// The pixels of an encoded picture.
fn pixels(picture: &Picture) -> Pixels {
    let format = match picture.format {
        RenditionFormat::Avif => Format::Avif,
        RenditionFormat::Webp => Format::Webp,
        RenditionFormat::Jpeg => Format::Jpeg,
    };
    let decoded = decode(&picture.bytes, format, u32::MAX, &Budget::default()).expect("decodes");
    decoded.pixels.expect("pixels")
}

fn near(pixel: &[u8], wanted: [u8; 3], tolerance: u8) {
    let off = pixel
        .iter()
        .zip(wanted)
        .any(|(got, wanted)| got.abs_diff(wanted) > tolerance);
    assert!(!off, "wanted {wanted:?}, got {pixel:?}");
}

fn mean(pixels: &Pixels) -> Vec<u64> {
    let count = u64::from(pixels.width) * u64::from(pixels.height);
    let channel = |c: usize| pixels.data.iter().skip(c).step_by(pixels.channels());
    (0..3)
        .map(|c| channel(c).map(|byte| u64::from(*byte)).sum::<u64>() / count)
        .collect()
}

/// A JPEG of one color with a profile.
fn tagged_jpeg(color: [u8; 3], width: usize, height: usize, icc: &[u8]) -> Vec<u8> {
    let mut compress = Compress::new(ColorSpace::JCS_RGB);
    compress.set_size(width, height);
    compress.set_quality(95.0);
    let mut started = compress.start_compress(Vec::new()).expect("starts");
    if !icc.is_empty() {
        started.write_icc_profile(icc);
    }
    started
        .write_scanlines(&color.repeat(width * height))
        .expect("lines");
    started.finish().expect("ends")
}

#[test]
fn turned_pictures_come_out_upright() {
    for bytes in [fixture!("quad_o6.jpg"), fixture!("png_exif_o6.png")] {
        let found = look(bytes);
        assert_eq!(
            (found.facts.width, found.facts.height),
            (Some(96), Some(64))
        );
        assert_eq!(found.facts.orientation, 6);
        let thumb = pixels(&found.thumb.expect("a thumbnail"));
        assert_eq!((thumb.width, thumb.height), (96, 64));
        near(thumb.at(12, 12), [255, 0, 0], 40);
        near(thumb.at(84, 12), [0, 200, 0], 40);
        near(thumb.at(12, 52), [0, 0, 255], 40);
        near(thumb.at(84, 52), [255, 230, 0], 40);
    }
}

#[test]
fn inks_are_not_inverted() {
    let thumb = pixels(&look(fixture!("cmyk.jpg")).thumb.expect("a thumbnail"));
    assert!(
        mean(&thumb)
            .iter()
            .all(|channel| channel.abs_diff(127) <= 40),
        "{:?}",
        mean(&thumb)
    );
}

#[test]
fn a_wide_profile_is_brought_to_srgb() {
    let icc = ColorProfile::new_display_p3().encode().expect("a profile");
    let thumb = look(&tagged_jpeg([200, 60, 60], 64, 64, &icc))
        .thumb
        .expect("a thumbnail");
    // The same light in sRGB: more red, less green than the numbers of Display P3.
    near(pixels(&thumb).at(32, 32), [217, 48, 55], 10);
    let plain = look(&tagged_jpeg([200, 60, 60], 64, 64, b"no profile"))
        .thumb
        .expect("a thumbnail");
    near(pixels(&plain).at(32, 32), [200, 60, 60], 8);
}

#[test]
fn transparency_is_kept_and_laid_on_white_for_jpeg() {
    let bytes = fixture!("sticker_512.webp");
    let found = look(bytes);
    assert!(found.facts.has_alpha);
    let thumb = pixels(&found.thumb.expect("a thumbnail"));
    assert!(thumb.alpha && thumb.at(0, 0)[3] < 20);
    assert_eq!((thumb.width, thumb.height), (320, 320));
    let flat = pixels(&rendition(bytes, 320, RenditionFormat::Jpeg));
    near(flat.at(0, 0), [255, 255, 255], 4);
}

#[test]
fn animations_give_their_first_frame_as_poster() {
    for (bytes, format) in [
        (fixture!("anim_8f.gif"), Format::Gif),
        (fixture!("anim_8f.webp"), Format::Webp),
        (fixture!("anim_8f.apng.png"), Format::Png),
    ] {
        let found = look(bytes);
        assert_eq!(found.facts.format, format);
        assert_eq!(
            (found.facts.width, found.facts.height),
            (Some(120), Some(80))
        );
        assert_eq!(found.facts.frames, Some(8), "{format:?}");
        let thumb = found.thumb.expect("a poster");
        assert_eq!((thumb.width, thumb.height), (120, 80));
    }
}

#[test]
fn avif_is_decoded_and_heic_is_kept_without_renditions() {
    let avif = look(fixture!("pil_hopper.avif"));
    assert_eq!(
        (avif.facts.width, avif.facts.height),
        (Some(128), Some(128))
    );
    let thumb = pixels(&avif.thumb.expect("a thumbnail"));
    assert_eq!((thumb.width, thumb.height), (128, 128));
    let heic = look(fixture!("ph_RGBA_8__29x100.heif"));
    assert_eq!((heic.facts.width, heic.facts.height), (Some(29), Some(100)));
    assert!(heic.facts.has_alpha && heic.thumb.is_none());
}

#[test]
fn renditions_fit_inside_and_never_grow() {
    let wide = tagged_jpeg([90, 120, 150], 2000, 500, b"");
    let picture = rendition(&wide, 1600, RenditionFormat::Webp);
    assert_eq!((picture.width, picture.height), (1600, 400));
    near(pixels(&picture).at(800, 200), [90, 120, 150], 6);
    let picture = rendition(&wide, 4000, RenditionFormat::Jpeg);
    assert_eq!((picture.width, picture.height), (2000, 500));
    let strip = look(&tagged_jpeg([90, 120, 150], 8000, 2, b""))
        .thumb
        .expect("a thumbnail");
    assert_eq!((strip.width, strip.height), (320, 1));
}

#[test]
fn the_main_color_and_the_blur_are_told() {
    let found = look(&tagged_jpeg([90, 120, 150], 640, 480, b""));
    let color = found.color.expect("a color");
    let channel = |at| u8::from_str_radix(&color[at..at + 2], 16).expect("digits");
    near(&[channel(1), channel(3), channel(5)], [90, 120, 150], 4);
    let url = found.placeholder.expect("a blur");
    assert!(url.starts_with("data:image/webp;base64,") && url.len() <= 300);
}

#[test]
fn v5_2_6_a_bomb_is_refused_by_its_header() {
    for bytes in [
        fixture!("png_claims_2g_x_2g.png"),
        fixture!("webp_16383sq_lossless.webp"),
        fixture!("gif_65535x65535_1px.gif"),
    ] {
        let error = refusal(bytes);
        assert!(
            matches!(
                error,
                Error::TooManyPixels {
                    max: 64_000_000,
                    ..
                }
            ),
            "{error:?}"
        );
    }
}

#[test]
fn damaged_and_truncated_pictures_are_refused() {
    for bytes in [
        fixture!("xfilter_9.png"),
        fixture!("xzlib_garbage.png"),
        fixture!("xhd_bad_ihdr_crc.png"),
        fixture!("gif_sig_then_html.gif"),
    ] {
        let error = refusal(bytes);
        assert!(matches!(error, Error::Corrupt { .. }), "{error:?}");
    }
    for whole in [
        fixture!("cmyk.jpg"),
        fixture!("gps.png"),
        fixture!("sticker_512.webp"),
        fixture!("pil_hopper.avif"),
    ] {
        assert!(matches!(
            refusal(&whole[..whole.len() / 2]),
            Error::Corrupt { .. }
        ));
    }
}

#[test]
fn too_little_memory_is_told_before_it_is_taken() {
    let tight = Budget {
        max_memory: 10_000,
        ..Budget::default()
    };
    let wide = tagged_jpeg([1, 2, 3], 200, 200, b"");
    let done = inspect(&mut Cursor::new(wide), None, &tight, ThumbSpec::default());
    assert!(
        matches!(done, Err(Error::TooHeavy { max: 10_000, .. })),
        "{done:?}"
    );
}

#[test]
fn every_rendition_opens_again() {
    let noise: Vec<u8> = (0..200 * 100 * 4_u32)
        .map(|i| i.wrapping_mul(2_654_435_761).to_be_bytes()[0])
        .collect();
    let source = Pixels {
        width: 200,
        height: 100,
        alpha: true,
        data: noise,
    };
    for format in RenditionFormat::ALL {
        let bytes = encode::encode(source.clone(), format).expect("encodes");
        let again = pixels(&Picture {
            width: 200,
            height: 100,
            format,
            bytes,
        });
        assert_eq!((again.width, again.height), (200, 100));
        assert_eq!(again.alpha, format != RenditionFormat::Jpeg);
    }
}

#[test]
fn a_size_that_is_told_after_the_picture_is_none() {
    let pixels = Pixels {
        width: 64,
        height: 48,
        alpha: false,
        data: vec![90; 64 * 48 * 3],
    };
    let mut file = encode::lossless_webp(&pixels).expect("a picture");
    // A canvas of one pixel.
    file.extend(b"VP8X\x0a\0\0\0\0\0\0\0\0\0\0\0\0\0");
    let length = u32::try_from(file.len() - 8).expect("a size");
    file[4..8].copy_from_slice(&length.to_le_bytes());

    let facts = look(&file).facts;

    assert_eq!((facts.width, facts.height), (Some(64), Some(48)));
}

#[test]
fn a_picture_of_hundreds_of_passes_is_refused_before_it_is_drawn() {
    let pixels = Pixels {
        width: 16,
        height: 16,
        alpha: false,
        data: vec![90; 16 * 16 * 3],
    };
    let file = encode::jpeg(&pixels, 80.0).expect("a picture");
    let scan = file.windows(2).position(|pair| pair == [0xff, 0xda]);
    let (head, scan) = file.split_at(scan.expect("a scan"));
    let scan = &scan[..scan.len() - 2];
    let passes = |count: usize| [head, &scan.repeat(count), &[0xff, 0xd9]].concat();

    assert!(refusal(&passes(300)).to_string().contains("300 passes"));
    assert_eq!(look(&passes(1)).facts.width, Some(16));
}
