//! Proof of color: pictures of four known colors, in every form that files have, come out of
//! every road (thumbnail, renditions, edits) with each color in its place.

mod color;
mod files;

use std::io::Cursor;

use color::{distance, number, of_display_p3};
use files::{
    HEIGHT, Jpeg, STORED, WIDTH, deep, interlaced, jpeg, png as png_file, profiled, quarters,
    turned, webp,
};
use imaging::{
    Budget, Format, Pixels, Preset, Recipe, ThumbSpec, decode::decode, inspect, render, transform,
};
use model::{Edit, RenditionFormat, Turn, placement::Region};
use moxcms::ColorProfile;
use mozjpeg::ColorSpace;
use png::{BitDepth, ColorType};

/// As seen: 0 1 over 2 3. None is outside sRGB where its numbers are of Display P3.
const COLORS: [[u8; 3]; 4] = [
    [200, 60, 60],
    [120, 180, 110],
    [50, 80, 200],
    [230, 220, 120],
];
/// What may be lost by encoding a flat color with loss.
const LOSSY: f64 = 3.0;
/// What may be lost by rounding.
const ROUNDED: f64 = 1.0;

fn slices<const N: usize>(colors: &[[u8; N]; 4]) -> [&[u8]; 4] {
    [&colors[0], &colors[1], &colors[2], &colors[3]]
}

fn opened(bytes: &[u8], format: Format) -> Pixels {
    let decoded = decode(bytes, format, u32::MAX, &Budget::default()).expect("decodes");
    decoded.pixels.expect("pixels")
}

fn made(bytes: &[u8], recipe: Recipe) -> (Format, Pixels) {
    let made = transform(&mut Cursor::new(bytes), &Budget::default(), &recipe).expect("a picture");
    let pixels = opened(&made.bytes, made.format);
    assert_eq!(made.size, pixels.extent());
    (made.format, pixels)
}

fn rendition(bytes: &[u8], format: RenditionFormat) -> Pixels {
    let preset = Preset::of(model::Preset::Preview, format);
    let picture = render(&mut Cursor::new(bytes), &Budget::default(), preset).expect("a rendition");
    opened(&picture.bytes, told(format))
}

fn told(format: RenditionFormat) -> Format {
    match format {
        RenditionFormat::Avif => Format::Avif,
        RenditionFormat::Webp => Format::Webp,
        RenditionFormat::Jpeg => Format::Jpeg,
    }
}

/// What every road makes of a file.
fn roads(bytes: &[u8]) -> Vec<(&'static str, Pixels)> {
    let source = &mut Cursor::new(bytes);
    let seen = inspect(source, None, &Budget::default(), ThumbSpec::default()).expect("kept");
    let thumb = seen.thumb.expect("a thumbnail");
    vec![
        ("thumbnail", opened(&thumb.bytes, told(thumb.format))),
        ("WebP", rendition(bytes, RenditionFormat::Webp)),
        ("JPEG", rendition(bytes, RenditionFormat::Jpeg)),
        ("AVIF", rendition(bytes, RenditionFormat::Avif)),
        ("edit", made(bytes, still(None)).1),
        ("edit to PNG", made(bytes, still(Some(Format::Png))).1),
    ]
}

fn still(format: Option<Format>) -> Recipe {
    Recipe {
        format,
        still: true,
        ..Recipe::of(Edit::default())
    }
}

/// The middles of the four quarters.
fn middles(pixels: &Pixels) -> [[u8; 3]; 4] {
    let (width, height) = (pixels.width, pixels.height);
    [(1, 1), (3, 1), (1, 3), (3, 3)].map(|(across, down)| {
        let pixel = pixels.at(width * across / 4, height * down / 4);
        [pixel[0], pixel[1], pixel[2]]
    })
}

fn near(what: &str, pixels: &Pixels, wanted: [[u8; 3]; 4], tolerance: f64) {
    for (got, wanted) in middles(pixels).into_iter().zip(wanted) {
        let off = distance(got, wanted);
        assert!(
            off <= tolerance,
            "{what}: {got:?} is {off:.1} off {wanted:?}"
        );
    }
}

/// Every road leads to these colors; what PNG holds is but rounded where the source has no loss.
fn leads_to(what: &str, bytes: &[u8], wanted: [[u8; 3]; 4], lossless: bool) {
    for (road, pixels) in roads(bytes) {
        let exact = lossless && road == "edit to PNG";
        let tolerance = if exact { ROUNDED } else { LOSSY };
        near(&format!("{what}, {road}"), &pixels, wanted, tolerance);
    }
}

#[test]
fn each_of_the_eight_orientations_is_seen_upright() {
    for (orientation, stored) in (1..).zip(STORED) {
        let colors = stored.map(|quarter| COLORS[quarter]);
        let samples = quarters(slices(&colors));
        let pixels = Pixels {
            width: WIDTH,
            height: HEIGHT,
            alpha: false,
            data: samples.clone(),
        };
        let how = Jpeg {
            orientation,
            ..Jpeg::default()
        };
        let files = [
            ("JPEG", jpeg(&samples, &how)),
            (
                "PNG",
                png_file(
                    &samples,
                    ColorType::Rgb,
                    BitDepth::Eight,
                    &[turned(orientation)],
                ),
            ),
            ("WebP", webp(&pixels, orientation)),
        ];
        for (name, file) in files {
            let what = format!("{name} of orientation {orientation}");
            leads_to(&what, &file, COLORS, name != "JPEG");
            let (width, height) = if orientation > 4 {
                (HEIGHT, WIDTH)
            } else {
                (WIDTH, HEIGHT)
            };
            for (road, pixels) in roads(&file) {
                assert_eq!(
                    (pixels.width, pixels.height),
                    (width, height),
                    "{what}, {road}"
                );
            }
        }
    }
}

#[test]
fn a_turn_comes_after_the_orientation_and_a_crop_after_the_turn() {
    for (orientation, stored) in (1..).zip(STORED) {
        let colors = stored.map(|quarter| COLORS[quarter]);
        let samples = quarters(slices(&colors));
        let file = png_file(
            &samples,
            ColorType::Rgb,
            BitDepth::Eight,
            &[turned(orientation)],
        );
        let edit = Edit {
            turn: Turn::Quarter,
            ..Edit::default()
        };
        let (_, whole) = made(&file, Recipe::of(edit));
        // Clockwise: what was at the bottom left is at the top left.
        assert_eq!(middles(&whole), [2, 0, 3, 1].map(|quarter| COLORS[quarter]));

        let region = Region {
            x: whole.width / 2,
            y: 0,
            width: whole.width / 2,
            height: whole.height / 2,
        };
        let (_, part) = made(
            &file,
            Recipe::of(Edit {
                region: Some(region),
                ..edit
            }),
        );
        assert_eq!(middles(&part), [COLORS[0]; 4], "orientation {orientation}");
    }
}

#[test]
fn four_inks_become_the_light_they_reflect() {
    let inks: [[u8; 4]; 4] = [
        [20, 200, 180, 10],
        [160, 30, 200, 0],
        [220, 170, 0, 40],
        [0, 0, 0, 128],
    ];
    let light = |ink: u8, black: u8| (255.0 - f64::from(ink)) * (255.0 - f64::from(black)) / 255.0;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a byte"
    )]
    let wanted = inks.map(|[c, m, y, k]| [c, m, y].map(|ink| light(ink, k).round() as u8));
    // Adobe's files, as all that are found, hold how much ink is missing.
    let stored = inks.map(|inks| inks.map(|ink| 255 - ink));
    for kept in [ColorSpace::JCS_CMYK, ColorSpace::JCS_YCCK] {
        for progressive in [false, true] {
            let how = Jpeg {
                given: ColorSpace::JCS_CMYK,
                kept,
                progressive,
                ..Jpeg::default()
            };
            let file = jpeg(&quarters(slices(&stored)), &how);
            leads_to("inks", &file, wanted, false);
        }
    }
}

#[test]
fn display_p3_is_brought_to_srgb_whatever_carries_it() {
    let icc = ColorProfile::new_display_p3().encode().expect("a profile");
    let samples = quarters(slices(&COLORS));
    let wanted = COLORS.map(of_display_p3);
    let how = Jpeg {
        icc: &icc,
        ..Jpeg::default()
    };
    leads_to("JPEG", &jpeg(&samples, &how), wanted, false);
    let profile = [profiled(&icc)];
    for (what, samples, depth) in [
        ("PNG", samples.clone(), BitDepth::Eight),
        ("deep PNG", deep(&samples), BitDepth::Sixteen),
    ] {
        let file = png_file(&samples, ColorType::Rgb, depth, &profile);
        leads_to(what, &file, wanted, true);
    }
}

#[test]
fn a_profile_of_gray_is_heeded() {
    // Linear light: half of it is far brighter than the number says.
    let icc = ColorProfile::new_gray_with_gamma(1.0)
        .encode()
        .expect("a profile");
    let grays = [[20], [90], [128], [250]];
    let samples = quarters(slices(&grays));
    let wanted = grays.map(|[gray]| [number(f64::from(gray) / 255.0); 3]);
    let file = png_file(
        &samples,
        ColorType::Grayscale,
        BitDepth::Eight,
        &[profiled(&icc)],
    );
    leads_to("PNG", &file, wanted, true);
    let how = Jpeg {
        given: ColorSpace::JCS_GRAYSCALE,
        kept: ColorSpace::JCS_GRAYSCALE,
        icc: &icc,
        ..Jpeg::default()
    };
    leads_to("JPEG", &jpeg(&samples, &how), wanted, false);
    // On a picture in color it means nothing.
    let colors = png_file(
        &quarters(slices(&COLORS)),
        ColorType::Rgb,
        BitDepth::Eight,
        &[profiled(&icc)],
    );
    leads_to("colors", &colors, COLORS, true);
}

#[test]
fn sixteen_bits_a_channel_become_the_nearest_eight() {
    let grays = COLORS.map(|[red, _, _]| [red]);
    let wanted_grays = grays.map(|[gray]| [gray; 3]);
    for (what, samples, color, wanted) in [
        ("RGB", quarters(slices(&COLORS)), ColorType::Rgb, COLORS),
        (
            "gray",
            quarters(slices(&grays)),
            ColorType::Grayscale,
            wanted_grays,
        ),
    ] {
        for file in [
            png_file(&deep(&samples), color, BitDepth::Sixteen, &[]),
            interlaced(&deep(&samples), color, BitDepth::Sixteen),
        ] {
            leads_to(what, &file, wanted, true);
            let (format, kept) = made(&file, Recipe::of(Edit::default()));
            assert_eq!((format, middles(&kept)), (Format::Png, wanted), "{what}");
        }
    }
}

#[test]
fn lines_that_come_in_passes_are_put_in_their_places() {
    let samples = quarters(slices(&COLORS));
    let file = interlaced(&samples, ColorType::Rgb, BitDepth::Eight);
    leads_to("interlaced", &file, COLORS, true);
    assert_eq!(made(&file, Recipe::of(Edit::default())).1.data, samples);
    let how = Jpeg {
        progressive: true,
        ..Jpeg::default()
    };
    leads_to("progressive", &jpeg(&samples, &how), COLORS, false);
}

#[test]
fn transparency_stays_with_its_colors_and_is_laid_on_white_in_jpeg() {
    let alphas = [255, 128, 64, 0];
    let over = |channel: u8, alpha: u8| {
        let (channel, alpha) = (u32::from(channel), u32::from(alpha));
        u8::try_from((channel * alpha + 255 * (255 - alpha) + 127) / 255).expect("a byte")
    };
    let mut colors = [[0; 4]; 4];
    for (at, color) in colors.iter_mut().enumerate() {
        let [red, green, blue] = COLORS[at];
        *color = [red, green, blue, alphas[at]];
    }
    let on_white = colors.map(|[r, g, b, alpha]| [r, g, b].map(|channel| over(channel, alpha)));
    let samples = quarters(slices(&colors));
    for file in [
        png_file(&samples, ColorType::Rgba, BitDepth::Eight, &[]),
        png_file(&deep(&samples), ColorType::Rgba, BitDepth::Sixteen, &[]),
        interlaced(&samples, ColorType::Rgba, BitDepth::Eight),
    ] {
        let (_, edited) = made(&file, Recipe::of(Edit::default()));
        assert_eq!(edited.data, samples, "every pixel, seen or not");
        for (road, pixels) in roads(&file) {
            let shown = if pixels.alpha {
                pixels.on_white()
            } else {
                pixels
            };
            near(road, &shown, on_white, LOSSY);
        }
    }
}

#[test]
fn of_an_animation_the_first_picture_is_shown() {
    let palette = COLORS.concat();
    let indices = quarters([&[0], &[1], &[2], &[3]]);
    let mirrored = quarters([&[3], &[2], &[1], &[0]]);
    let edge = |edge: u32| u16::try_from(edge).expect("small");
    let mut gif = gif::Encoder::new(Vec::new(), edge(WIDTH), edge(HEIGHT), &palette).expect("film");
    let mut apng = Vec::new();
    let mut encoder = png::Encoder::new(&mut apng, WIDTH, HEIGHT);
    encoder.set_color(ColorType::Rgb);
    encoder.set_animated(2, 0).expect("two pictures");
    let mut writer = encoder.write_header().expect("starts");
    for frame in [&indices, &mirrored] {
        let shown = gif::Frame {
            width: edge(WIDTH),
            height: edge(HEIGHT),
            buffer: frame.into(),
            ..gif::Frame::default()
        };
        gif.write_frame(&shown).expect("a frame");
        let pixels: Vec<_> = frame.iter().flat_map(|i| COLORS[usize::from(*i)]).collect();
        writer.write_image_data(&pixels).expect("a frame");
    }
    writer.finish().expect("ends");
    let gif = gif.into_inner().expect("a film");
    leads_to("GIF", &gif, COLORS, true);
    leads_to("APNG", &apng, COLORS, true);

    // Edited as a whole, each picture keeps its colors to the bit.
    let film = transform(
        &mut Cursor::new(&gif),
        &Budget::default(),
        &Recipe::of(Edit::default()),
    );
    let film = film.expect("a film");
    assert_eq!((film.format, film.frames), (Format::Gif, 2));
    assert_eq!(middles(&opened(&film.bytes, Format::Gif)), COLORS);
}
