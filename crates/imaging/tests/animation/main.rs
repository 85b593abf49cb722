//! Animations, cropped: every picture, every delay and as many rounds.

mod of_gif;
mod of_png;
mod of_webp;
#[path = "../support/screen.rs"]
mod screen;

use std::io::Cursor;

use imaging::{Budget, Format, Made, Pixels, Recipe, decode::decode, encode, transform};
use model::{
    Edit, Turn,
    placement::{Extent, Region},
};

use self::{
    of_gif::gif_frames,
    of_png::{png_film, png_frames},
    of_webp::{webp_film, webp_frames},
};

const RED: [u8; 4] = [255, 0, 0, 255];
const GREEN: [u8; 4] = [0, 255, 0, 255];
const BLUE: [u8; 4] = [0, 0, 255, 255];
const CLEAR: [u8; 4] = [0; 4];

fn made(bytes: &[u8], recipe: Recipe) -> Made {
    transform(&mut Cursor::new(bytes), &Budget::default(), &recipe).expect("an animation")
}

/// The middle ten of twenty columns.
fn middle() -> Recipe {
    let region = Region {
        x: 5,
        y: 0,
        width: 10,
        height: 10,
    };
    Recipe::of(Edit {
        region: Some(region),
        ..Edit::default()
    })
}

fn plain(width: u32, color: [u8; 4]) -> Pixels {
    Pixels {
        width,
        height: 10,
        alpha: true,
        data: color.repeat(width as usize * 10),
    }
}

/// The colors at the left and at the right edge.
type Edges = [[u8; 4]; 2];

fn edges(pixels: &Pixels) -> Edges {
    [0, pixels.width - 1].map(|x| match *pixels.at(x, 3) {
        [r, g, b] => [r, g, b, 255],
        [r, g, b, alpha] => [r, g, b, alpha],
        _ => unreachable!("three or four channels"),
    })
}

/// Puts a part in the place of what is seen there.
fn lay(screen: &mut Pixels, part: &Pixels, left: u32, top: u32) {
    for y in 0..part.height {
        for x in 0..part.width {
            let at = ((top + y) * screen.width + left + x) as usize * 4;
            let color = match *part.at(x, y) {
                [r, g, b] => [r, g, b, 255],
                [r, g, b, alpha] => [r, g, b, alpha],
                _ => unreachable!("three or four channels"),
            };
            screen.data[at..at + 4].copy_from_slice(&color);
        }
    }
}

#[test]
fn animations_of_the_wild_are_turned_with_all_their_pictures() {
    let quarter = Recipe::of(Edit {
        turn: Turn::Quarter,
        ..Edit::default()
    });
    let films = [
        (
            include_bytes!("../fixtures/anim_8f.apng.png").as_slice(),
            Format::Png,
        ),
        (include_bytes!("../fixtures/anim_8f.webp"), Format::Webp),
    ];
    for (bytes, format) in films {
        let decoded = decode(bytes, format, u32::MAX, &Budget::default()).expect("decodes");
        let (frames, poster) = (decoded.facts.frames, decoded.pixels.expect("pixels"));
        let turned = made(bytes, quarter);
        let after = decode(&turned.bytes, format, u32::MAX, &Budget::default()).expect("decodes");

        let size = Extent {
            width: poster.height,
            height: poster.width,
        };
        assert_eq!(
            (turned.size, Some(turned.frames)),
            (size, frames),
            "{format:?}"
        );
        assert_eq!(after.facts.frames, frames, "{format:?}");
        assert_eq!(
            after.facts.duration_ms, decoded.facts.duration_ms,
            "{format:?}"
        );
        assert_eq!(after.pixels.expect("pixels").extent(), size, "{format:?}");
    }
}

#[test]
fn a_film_becomes_one_of_another_format_and_back() {
    let to = |bytes: &[u8], format| {
        let recipe = Recipe {
            format: Some(format),
            ..middle()
        };
        made(bytes, recipe)
    };
    let gif = to(&webp_film(), Format::Gif);
    // The crop was done: now all of it stays.
    let whole = |format| Recipe {
        format: Some(format),
        ..Recipe::of(Edit::default())
    };
    let png = made(&gif.bytes, whole(Format::Png));
    let webp = made(&png.bytes, whole(Format::Webp));

    assert_eq!(
        gif_frames(&gif.bytes),
        (
            gif::Repeat::Finite(6),
            vec![(10, [RED, RED]), (15, [GREEN, RED]), (20, [CLEAR, BLUE]),]
        )
    );
    assert_eq!(
        png_frames(&png.bytes),
        (
            7,
            vec![(10, [RED, RED]), (15, [GREEN, RED]), (20, [CLEAR, BLUE]),]
        )
    );
    let (rounds, frames) = webp_frames(&webp.bytes);
    let delays: Vec<_> = frames.iter().map(|(delay, _)| *delay).collect();
    assert_eq!((rounds, delays), (7, vec![100, 150, 200]));
    assert_eq!(frames[2].1[0][3], 0);
    assert_eq!((webp.quality, webp.frames), (Some(92), 3));
}

#[test]
fn what_does_not_change_is_not_written_again() {
    let mut film = Vec::new();
    let mut encoder = png::Encoder::new(&mut film, 200, 10);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_animated(8, 0).expect("a film");
    let mut writer = encoder.write_header().expect("a head");
    for step in 0..8_u8 {
        let mut picture = noise(200);
        picture.data[usize::from(step) * 4] = step;
        writer.write_image_data(&picture.data).expect("a frame");
    }
    writer.finish().expect("a file");
    let alone = encode::png(&noise(200)).expect("a picture").len();

    for format in [Format::Png, Format::Gif, Format::Webp] {
        let recipe = Recipe {
            format: Some(format),
            ..Recipe::of(Edit::default())
        };
        let made = made(&film, recipe);
        assert_eq!(made.frames, 8);
        assert!(
            made.bytes.len() < alone * 2,
            "{format:?}: {} of {alone}",
            made.bytes.len()
        );
    }
}

/// Colors that no format can make small.
fn noise(width: u32) -> Pixels {
    let mut seed = 7_u32;
    let mut next = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        seed.to_be_bytes()[0]
    };
    let mut pixels = plain(width, CLEAR);
    for pixel in pixels.data.chunks_exact_mut(4) {
        pixel.copy_from_slice(&[next(), next(), next(), 255]);
    }
    pixels
}

#[test]
fn a_film_is_made_worse_and_then_smaller_for_its_bytes() {
    let film = made(
        include_bytes!("../fixtures/anim_8f.apng.png"),
        Recipe::of(Edit::default()),
    );
    let within = |most, least| Recipe {
        format: Some(Format::Webp),
        max_bytes: Some(most),
        least,
        ..Recipe::of(Edit::default())
    };
    let best = made(&film.bytes, within(u64::MAX, None));
    let most = best.bytes.len() as u64;
    let worse = made(&film.bytes, within(most - 1, None));
    let least = Extent {
        width: 4,
        height: 4,
    };
    let smaller = made(&film.bytes, within(most / 4, Some(least)));

    assert_eq!((best.quality, best.size), (Some(92), film.size));
    assert!(worse.quality < Some(92) && worse.size == film.size);
    assert!(smaller.size.width < film.size.width);
    assert!(smaller.bytes.len() as u64 <= most / 4);
    assert!([best.frames, worse.frames, smaller.frames] == [film.frames; 3]);
}

#[test]
fn an_animation_that_is_to_be_something_else_asks_for_a_still() {
    let jpeg = |still| Recipe {
        format: Some(Format::Jpeg),
        still,
        ..middle()
    };
    let refusal = transform(
        &mut Cursor::new(png_film()),
        &Budget::default(),
        &jpeg(false),
    );

    assert!(
        refusal
            .expect_err("refused")
            .to_string()
            .contains("a still of it can")
    );
    assert_eq!(made(&png_film(), jpeg(true)).frames, 1);
}

#[test]
fn an_animation_cut_off_in_the_middle_is_refused() {
    for film in [png_film(), webp_film()] {
        let cut = film[..film.len() - 30].to_vec();
        let refusal = transform(&mut Cursor::new(cut), &Budget::default(), &middle());
        assert!(told(refusal).contains("cut off"));
    }
}

fn told(refusal: imaging::Result<Made>) -> String {
    refusal.expect_err("refused").to_string()
}

fn position(bytes: &[u8], of: [u8; 4]) -> usize {
    let found = bytes.windows(4).position(|four| *four == of);
    found.expect("it is there")
}
