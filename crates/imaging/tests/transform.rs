//! Pictures made of pictures: what is asked for stays pixel by pixel, and nothing else does.

#[path = "support/screen.rs"]
mod screen;

use std::io::Cursor;

use gif::{DisposalMethod, Encoder, Frame, Repeat};
use imaging::{
    Budget, Error, Format, Made, Pixels, Recipe, decode::decode, encode, inspect, transform,
};
use model::{
    Edit, Turn,
    placement::{Extent, Region},
};

use self::screen::Film;

/// A picture whose every pixel is another color.
fn grid(width: u32, height: u32) -> Pixels {
    let color = |x: u32, y: u32| [x, y, x * y].map(|c| u8::try_from(c % 251).expect("a byte"));
    let data = (0..height)
        .flat_map(|y| (0..width).flat_map(move |x| color(x, y)))
        .collect();
    Pixels {
        width,
        height,
        alpha: false,
        data,
    }
}

fn made(bytes: &[u8], recipe: Recipe) -> Made {
    transform(&mut Cursor::new(bytes), &Budget::default(), &recipe).expect("a picture")
}

fn refused(bytes: &[u8], recipe: Recipe) -> Error {
    transform(&mut Cursor::new(bytes), &Budget::default(), &recipe).expect_err("refused")
}

fn pixels(bytes: &[u8], format: Format) -> Pixels {
    let decoded = decode(bytes, format, u32::MAX, &Budget::default()).expect("decodes");
    decoded.pixels.expect("pixels")
}

/// What an edit makes of the grid, through a PNG.
fn edited(edit: Edit) -> Pixels {
    let png = encode::png(&grid(40, 30)).expect("a file");
    let made = made(&png, Recipe::of(edit));
    assert_eq!((made.format, made.frames), (Format::Png, 1));
    pixels(&made.bytes, Format::Png)
}

fn region(x: u32, y: u32, width: u32, height: u32) -> Region {
    Region {
        x,
        y,
        width,
        height,
    }
}

fn size(width: u32, height: u32) -> Extent {
    Extent { width, height }
}

#[test]
fn a_cropped_png_has_the_pixels_of_its_region() {
    let grid = grid(40, 30);
    for part in [
        region(0, 0, 40, 30),
        region(7, 5, 20, 11),
        region(39, 29, 1, 1),
    ] {
        let cropped = edited(Edit {
            region: Some(part),
            ..Edit::default()
        });
        assert_eq!(cropped.extent(), part.extent());
        for y in 0..part.height {
            for x in 0..part.width {
                assert_eq!(cropped.at(x, y), grid.at(part.x + x, part.y + y));
            }
        }
    }
}

#[test]
fn turns_and_mirrors_move_every_pixel() {
    type From = fn(u32, u32) -> (u32, u32);
    let grid = grid(40, 30);
    let cases: [(Turn, bool, From); 6] = [
        (Turn::None, true, |x, y| (39 - x, y)),
        (Turn::Quarter, false, |x, y| (y, 29 - x)),
        (Turn::Half, false, |x, y| (39 - x, 29 - y)),
        (Turn::ThreeQuarters, false, |x, y| (39 - y, x)),
        // Mirrored after the turn.
        (Turn::Quarter, true, |x, y| (y, x)),
        (Turn::Half, true, |x, y| (x, 29 - y)),
    ];
    for (turn, flip, from) in cases {
        let whole = edited(Edit {
            turn,
            flip,
            ..Edit::default()
        });
        let part = region(3, 2, 9, 5);
        let cropped = edited(Edit {
            turn,
            flip,
            region: Some(part),
            ..Edit::default()
        });
        assert_eq!(whole.extent(), turn.extent(size(40, 30)));
        for y in 0..whole.height {
            for x in 0..whole.width {
                let (from_x, from_y) = from(x, y);
                assert_eq!(whole.at(x, y), grid.at(from_x, from_y), "{turn} {flip}");
            }
        }
        assert_eq!(cropped, whole.cropped(part), "{turn} {flip}");
    }
}

#[test]
fn a_photo_that_lay_on_its_side_is_cropped_upright() {
    for (bytes, format) in [
        (
            include_bytes!("fixtures/quad_o6.jpg").as_slice(),
            Format::Jpeg,
        ),
        (include_bytes!("fixtures/png_exif_o6.png"), Format::Png),
    ] {
        let edit = Edit {
            region: Some(region(48, 0, 48, 32)),
            ..Edit::default()
        };
        let made = made(bytes, Recipe::of(edit));
        assert_eq!((made.format, made.size), (format, size(48, 32)));
        let corner = pixels(&made.bytes, format);
        let [r, g, b] = [0, 1, 2].map(|channel| corner.at(36, 12)[channel]);
        assert!(r < 40 && g > 160 && b < 40, "green, not {r} {g} {b}");
    }
}

#[test]
fn straightening_turns_around_the_middle_and_leaves_no_corner_empty() {
    // Left half black, right half white.
    let mut picture = grid(200, 200);
    for (at, pixel) in picture.data.chunks_exact_mut(3).enumerate() {
        pixel.fill(if at % 200 < 100 { 0 } else { 255 });
    }
    let png = encode::png(&picture).expect("a file");
    let edit = |straighten| Edit {
        straighten,
        ..Edit::default()
    };
    let turned = made(&png, Recipe::of(edit(100)));
    let turned_pixels = pixels(&turned.bytes, Format::Png);

    assert_eq!(
        turned.size,
        edit(100).extent(size(200, 200)).expect("a size")
    );
    let (last, middle) = (turned.size.width - 1, turned.size.width / 2);
    // Clockwise: what divides the halves leans to the right at the top.
    assert_eq!(turned_pixels.at(middle + 5, 0)[0], 0);
    assert_eq!(turned_pixels.at(middle - 5, last)[0], 255);
    assert_eq!(turned_pixels.at(0, middle)[0], 0);
    assert_eq!(turned_pixels.at(last, middle)[0], 255);
    assert_eq!(made(&png, Recipe::of(edit(0))).size, size(200, 200));
    assert_eq!(
        pixels(&made(&png, Recipe::of(edit(0))).bytes, Format::Png),
        picture
    );
}

#[test]
fn transparency_stays_or_is_laid_on_a_color() {
    let mut picture = grid(8, 8);
    picture.alpha = true;
    picture.data = [200, 100, 50, 128].repeat(64);
    let png = encode::png(&picture).expect("a file");
    let kept = made(&png, Recipe::of(Edit::default()));
    assert_eq!(pixels(&kept.bytes, Format::Png), picture);
    assert!(!kept.flattened);

    let recipe = Recipe {
        background: Some([0, 0, 255]),
        ..Recipe::of(Edit::default())
    };
    let laid = made(&png, recipe);
    assert!(laid.flattened);
    assert_eq!(pixels(&laid.bytes, Format::Png).at(0, 0), [100, 50, 152]);

    let jpeg = Recipe {
        format: Some(Format::Jpeg),
        ..Recipe::of(Edit::default())
    };
    let on_white = pixels(&made(&png, jpeg).bytes, Format::Jpeg);
    assert!(on_white.at(4, 4)[2].abs_diff(152) < 6);
}

/// A film of three pictures that relies on everything GIF has: parts, transparency, disposal.
fn film() -> Vec<u8> {
    let palette = [255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9];
    let mut encoder = Encoder::new(Vec::new(), 20, 10, &palette).expect("a film");
    encoder.set_repeat(Repeat::Infinite).expect("rounds");
    let mut push = |left, width, index: u8, delay, dispose, transparent| {
        let frame = Frame {
            left,
            width,
            height: 10,
            delay,
            dispose,
            transparent,
            buffer: vec![index; usize::from(width) * 10].into(),
            ..Frame::default()
        };
        encoder.write_frame(&frame).expect("a frame");
    };
    push(0, 20, 0, 10, DisposalMethod::Keep, None);
    push(0, 10, 1, 25, DisposalMethod::Previous, None);
    push(10, 10, 2, 40, DisposalMethod::Keep, Some(3));
    encoder.into_inner().expect("a file")
}

/// Delays and the colors at two places of the first row of every picture of a film.
fn frames(bytes: &[u8], places: [usize; 2]) -> Vec<(u16, [[u8; 4]; 2])> {
    let film = Film::read(bytes);
    assert_eq!(film.repeat, Repeat::Infinite);
    assert!(places.iter().all(|place| *place < film.across));
    let pictures = film.pictures.iter();
    pictures
        .map(|seen| (seen.delay, places.map(|place| seen.colors[place])))
        .collect()
}

#[test]
fn an_animation_keeps_its_pictures_and_delays_when_cropped() {
    let (red, green, blue) = ([255, 0, 0, 255], [0, 255, 0, 255], [0, 0, 255, 255]);
    let edit = Edit {
        region: Some(region(5, 0, 10, 10)),
        ..Edit::default()
    };
    let cropped = made(&film(), Recipe::of(edit));

    assert_eq!((cropped.frames, cropped.size), (3, size(10, 10)));
    assert_eq!(
        frames(&cropped.bytes, [0, 9]),
        [(10, [red, red]), (25, [green, red]), (40, [red, blue]),]
    );
}

#[test]
fn a_still_of_an_animation_is_its_first_picture() {
    let recipe = Recipe {
        still: true,
        format: Some(Format::Png),
        ..Recipe::of(Edit::default())
    };
    let still = made(&film(), recipe);

    assert_eq!((still.frames, still.size), (1, size(20, 10)));
    assert_eq!(pixels(&still.bytes, Format::Png).at(3, 3), [255, 0, 0]);
}

#[test]
fn an_animation_is_resized_with_all_its_pictures() {
    let recipe = Recipe {
        size: Some(size(10, 5)),
        ..Recipe::of(Edit::default())
    };
    let small = made(&film(), recipe);

    assert_eq!((small.frames, small.size), (3, size(10, 5)));
}

#[test]
fn a_byte_limit_is_met_by_quality_first_and_then_by_size() {
    let png = encode::png(&noise(300, 200)).expect("a file");
    for format in [Format::Jpeg, Format::Webp] {
        let recipe = |most, least| Recipe {
            format: Some(format),
            max_bytes: Some(most),
            least,
            ..Recipe::of(Edit::default())
        };
        let best = made(&png, recipe(u64::MAX, None));
        let worst = made(&png, recipe(1, None));
        let between = (best.bytes.len() as u64).midpoint(worst.bytes.len() as u64);
        let good = made(&png, recipe(between, None));
        assert!(good.bytes.len() as u64 <= between);
        assert_eq!(good.size, size(300, 200));
        assert!(good.quality < best.quality && good.quality > worst.quality);

        let tiny = made(&png, recipe(2_000, Some(size(15, 10))));
        assert!(tiny.bytes.len() <= 2_000 && tiny.size.width < 300);
        // What cannot be met is told by the bytes.
        let stuck = made(&png, recipe(100, None));
        assert!(stuck.bytes.len() > 100 && stuck.size == size(300, 200));
    }
}

/// A picture that no codec makes small.
fn noise(width: u32, height: u32) -> Pixels {
    let mut state = 1_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    Pixels {
        width,
        height,
        alpha: false,
        data: (0..width * height * 3).map(|_| next()).collect(),
    }
}

#[test]
fn nothing_of_the_maker_comes_along() {
    let bytes = include_bytes!("fixtures/quad_o6.jpg");
    let made = made(bytes, Recipe::of(Edit::default()));

    assert!(!made.bytes.windows(4).any(|part| part == b"Exif"));
    let seen = inspect(
        &mut Cursor::new(&made.bytes),
        None,
        &Budget::default(),
        imaging::ThumbSpec::default(),
    );
    assert_eq!(seen.expect("kept").facts.orientation, 1);
}

#[test]
fn what_is_no_picture_and_what_lies_outside_is_refused() {
    let png = encode::png(&grid(4, 4)).expect("a file");
    let outside = Edit {
        region: Some(region(2, 0, 3, 4)),
        ..Edit::default()
    };

    assert!(matches!(
        refused(b"only words", Recipe::of(Edit::default())),
        Error::Unsupported { .. }
    ));
    assert!(
        refused(&png, Recipe::of(outside))
            .to_string()
            .contains("5 × 4")
    );
}

#[test]
fn two_pictures_too_many_for_the_memory_are_refused() {
    let png = encode::png(&grid(100, 100)).expect("a file");
    let budget = Budget {
        max_memory: 50_000,
        ..Budget::default()
    };
    let edit = Edit {
        turn: Turn::Quarter,
        ..Edit::default()
    };
    let refusal = transform(&mut Cursor::new(&png), &budget, &Recipe::of(edit));
    assert!(matches!(refusal, Err(Error::TooHeavy { .. })));
    let kept = transform(
        &mut Cursor::new(&png),
        &budget,
        &Recipe::of(Edit::default()),
    );
    assert!(kept.is_ok());
}
