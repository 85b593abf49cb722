//! Animated PNG and `WebP`, cropped: every picture, every delay and as many rounds.

use std::io::Cursor;

use imaging::{Budget, Format, Made, Pixels, Recipe, decode::decode, encode, transform};
use model::{
    Edit, Turn,
    placement::{Extent, Region},
};
use png::{BlendOp, DisposeOp};

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

/// A film that relies on everything PNG has: a poster of its own, parts, blending, disposal.
fn png_film() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 20, 10);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_animated(3, 5).expect("a film");
    encoder.set_sep_def_img(true).expect("a poster");
    let mut writer = encoder.write_header().expect("a head");
    let poster = plain(20, [9, 9, 9, 255]);
    writer.write_image_data(&poster.data).expect("a poster");
    let mut push = |left, width, color, delay, dispose, blend| {
        writer.reset_frame_position().expect("a place");
        writer.set_frame_dimension(width, 10).expect("a size");
        writer.set_frame_position(left, 0).expect("a place");
        writer.set_frame_delay(delay, 100).expect("a delay");
        writer.set_dispose_op(dispose).expect("a manner");
        writer.set_blend_op(blend).expect("a manner");
        let frame = plain(width, color);
        writer.write_image_data(&frame.data).expect("a frame");
    };
    push(0, 20, RED, 10, DisposeOp::None, BlendOp::Source);
    push(0, 10, GREEN, 25, DisposeOp::Previous, BlendOp::Source);
    push(10, 10, [0, 0, 255, 128], 40, DisposeOp::None, BlendOp::Over);
    writer.finish().expect("a file");
    bytes
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

/// Delays and edges of every picture as it is seen, and how often they are shown.
fn png_frames(bytes: &[u8]) -> (u32, Vec<(u16, Edges)>) {
    let mut reader = png::Decoder::new(Cursor::new(bytes))
        .read_info()
        .expect("a film");
    let control = reader.info().animation_control.expect("an animation");
    let mut screen = plain(reader.info().width, CLEAR);
    let mut frames = Vec::new();
    for _ in 0..control.num_frames {
        let mut data = vec![0; reader.output_buffer_size().expect("a size")];
        let found = reader.next_frame(&mut data).expect("a frame");
        let part = Pixels {
            width: found.width,
            height: found.height,
            alpha: true,
            data,
        };
        let told = reader.info().frame_control.expect("a control");
        lay(&mut screen, &part, told.x_offset, told.y_offset);
        frames.push((told.delay_num, edges(&screen)));
    }
    (control.num_plays, frames)
}

#[test]
fn an_animated_png_keeps_its_pictures_and_delays_when_cropped() {
    let cropped = made(&png_film(), middle());

    assert_eq!((cropped.format, cropped.frames), (Format::Png, 3));
    let mixed = [127, 0, 128, 255];
    assert_eq!(
        png_frames(&cropped.bytes),
        (
            5,
            vec![(10, [RED, RED]), (25, [GREEN, RED]), (40, [RED, mixed]),]
        )
    );
}

/// A film of frames that take each other's place, are cleared, and blend.
fn webp_film() -> Vec<u8> {
    let mut body =
        b"WEBPVP8X\x0a\0\0\0\x12\0\0\0\x13\0\0\x09\0\0ANIM\x06\0\0\0\0\0\0\0\x07\0".to_vec();
    let mut push = |left: u8, width: u8, color, delay: u8, flags: u8| {
        let file = encode::lossless_webp(&plain(width.into(), color)).expect("a frame");
        let frame = &file[12..];
        let length = u32::try_from(frame.len() + 16).expect("a size");
        body.extend(b"ANMF");
        body.extend(length.to_le_bytes());
        body.extend([
            left / 2,
            0,
            0,
            0,
            0,
            0,
            width - 1,
            0,
            0,
            9,
            0,
            0,
            delay,
            0,
            0,
            flags,
        ]);
        body.extend(frame);
    };
    push(0, 20, RED, 100, 2);
    push(0, 10, GREEN, 150, 3);
    push(10, 10, BLUE, 200, 0);
    let mut file = b"RIFF".to_vec();
    file.extend(u32::try_from(body.len()).expect("a size").to_le_bytes());
    file.extend(body);
    file
}

/// Delays and edges of every picture as it is seen, and how often they are shown.
fn webp_frames(bytes: &[u8]) -> (u8, Vec<(u8, Edges)>) {
    let (mut at, mut rounds, mut frames) = (12, 0, Vec::new());
    let mut screen = plain(u32::from(bytes[24]) + 1, CLEAR);
    while at + 8 <= bytes.len() {
        let size = u32::from_le_bytes(bytes[at + 4..at + 8].try_into().expect("four")) as usize;
        let body = &bytes[at + 8..at + 8 + size];
        match &bytes[at..at + 4] {
            b"ANIM" => rounds = body[4],
            b"ANMF" => {
                let mut inside = b"WEBP".to_vec();
                if &body[16..20] == b"ALPH" {
                    // Transparency of its own has to be announced.
                    inside.extend(b"VP8X\x0a\0\0\0\x10\0\0\0");
                    inside.extend(&body[6..12]);
                }
                inside.extend(&body[16..]);
                let mut file = b"RIFF".to_vec();
                let length = u32::try_from(inside.len()).expect("a size");
                file.extend(length.to_le_bytes());
                file.extend(inside);
                let decoded = decode(&file, Format::Webp, u32::MAX, &Budget::default());
                let part = decoded.expect("decodes").pixels.expect("pixels");
                lay(
                    &mut screen,
                    &part,
                    u32::from(body[0]) * 2,
                    u32::from(body[3]) * 2,
                );
                assert_eq!(body[15], 2, "it takes the place of what is there");
                frames.push((body[12], edges(&screen)));
            }
            _ => {}
        }
        at += 8 + size + size % 2;
    }
    (rounds, frames)
}

#[test]
fn an_animated_webp_keeps_its_pictures_and_delays_when_cropped() {
    let cropped = made(&webp_film(), middle());

    assert_eq!((cropped.format, cropped.frames), (Format::Webp, 3));
    assert!(cropped.has_alpha && cropped.quality.is_none());
    let (rounds, frames) = webp_frames(&cropped.bytes);
    assert_eq!(rounds, 7);
    assert_eq!(
        frames,
        [(100, [RED, RED]), (150, [GREEN, RED]), (200, [CLEAR, BLUE]),]
    );
}

#[test]
fn animations_of_the_wild_are_turned_with_all_their_pictures() {
    let quarter = Recipe::of(Edit {
        turn: Turn::Quarter,
        ..Edit::default()
    });
    let films = [
        (
            include_bytes!("fixtures/anim_8f.apng.png").as_slice(),
            Format::Png,
        ),
        (include_bytes!("fixtures/anim_8f.webp"), Format::Webp),
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

/// Delays and edges of every picture as it is seen, and how often they are shown again.
fn gif_frames(bytes: &[u8]) -> (gif::Repeat, Vec<(u16, Edges)>) {
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::RGBA);
    let mut decoder = options.read_info(bytes).expect("a film");
    let repeat = decoder.repeat();
    let mut screen = plain(decoder.width().into(), CLEAR);
    let mut frames = Vec::new();
    while let Some(frame) = decoder.read_next_frame().expect("a frame") {
        let before = screen.clone();
        for (at, color) in frame.buffer.chunks_exact(4).enumerate() {
            let (x, y) = (at % usize::from(frame.width), at / usize::from(frame.width));
            let row = usize::from(frame.top) + y;
            let at = (row * screen.width as usize + usize::from(frame.left) + x) * 4;
            if color[3] > 0 {
                screen.data[at..at + 4].copy_from_slice(color);
            }
        }
        frames.push((frame.delay, edges(&screen)));
        if frame.dispose == gif::DisposalMethod::Background {
            assert_eq!(u32::from(frame.width), before.width, "all of it is cleared");
            screen.data.fill(0);
        }
    }
    (repeat, frames)
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

#[test]
fn a_gif_of_all_its_colors_keeps_every_one_of_them() {
    let palette: Vec<u8> = (0..=255_u8)
        .flat_map(|step| [step, 255 - step, step / 2])
        .collect();
    let mut encoder = gif::Encoder::new(Vec::new(), 16, 16, &palette).expect("a film");
    let pictures: [Vec<u8>; 2] = [(0..=255).collect(), (0..=255).rev().collect()];
    for picture in &pictures {
        let mut buffer = picture.clone();
        // One pixel stays as it was.
        buffer[0] = 0;
        let frame = gif::Frame {
            width: 16,
            height: 16,
            delay: 10,
            buffer: buffer.into(),
            ..gif::Frame::default()
        };
        encoder.write_frame(&frame).expect("a frame");
    }
    let film = encoder.into_inner().expect("a file");

    let seen = |bytes: &[u8]| {
        let mut options = gif::DecodeOptions::new();
        options.set_color_output(gif::ColorOutput::RGBA);
        let mut decoder = options.read_info(bytes).expect("a film");
        let mut screen = vec![0; 16 * 16 * 4];
        let mut pictures = Vec::new();
        while let Some(frame) = decoder.read_next_frame().expect("a frame") {
            let (left, top) = (usize::from(frame.left), usize::from(frame.top));
            for (at, color) in frame.buffer.chunks_exact(4).enumerate() {
                let (x, y) = (at % usize::from(frame.width), at / usize::from(frame.width));
                let at = ((top + y) * 16 + left + x) * 4;
                if color[3] > 0 {
                    screen[at..at + 4].copy_from_slice(color);
                }
            }
            pictures.push(screen.clone());
        }
        pictures
    };
    let same = made(&film, Recipe::of(Edit::default()));
    assert!(seen(&film) == seen(&same.bytes), "a color moved");
}

#[test]
fn a_frame_far_larger_than_its_canvas_costs_no_more_than_the_canvas() {
    let mut encoder =
        gif::Encoder::new(Vec::new(), 10, 10, &[255, 0, 0, 0, 0, 255]).expect("a film");
    for (edge, index) in [(10, 0), (3_000, 1)] {
        let frame = gif::Frame {
            width: edge,
            height: edge,
            left: 5,
            buffer: vec![index; usize::from(edge) * usize::from(edge)].into(),
            ..gif::Frame::default()
        };
        encoder.write_frame(&frame).expect("a frame");
    }
    let film = encoder.into_inner().expect("a file");

    let same = made(&film, Recipe::of(Edit::default()));

    assert_eq!((same.size.width, same.frames), (10, 2));
    let (_, frames) = gif_frames(&same.bytes);
    assert_eq!(frames[0].1, [CLEAR, RED]);
    assert_eq!(frames[1].1, [CLEAR, BLUE]);
}

#[test]
fn parts_of_an_interlaced_film_stay_what_they_are() {
    let plain = include_bytes!("fixtures/interlaced.apng.png");
    let recipe = Recipe {
        format: Some(Format::Webp),
        ..Recipe::of(Edit::default())
    };
    let made = made(plain, recipe);

    assert_eq!((made.size.width, made.frames), (20, 2));
    let (_, frames) = webp_frames(&made.bytes);
    let near = |one: [u8; 4], other: [u8; 4]| {
        one.iter()
            .zip(other)
            .all(|(one, other)| one.abs_diff(other) < 16)
    };
    assert!(
        near(frames[0].1[0], RED) && near(frames[0].1[1], RED),
        "{frames:?}"
    );
    assert!(
        near(frames[1].1[0], GREEN) && near(frames[1].1[1], RED),
        "{frames:?}"
    );
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
        include_bytes!("fixtures/anim_8f.apng.png"),
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
fn a_frame_outside_the_picture_is_refused() {
    let mut film = webp_film();
    let first = position(&film, *b"ANMF");
    // Its place is counted in steps of two pixels.
    film[first + 8] = 1;
    let refusal = transform(&mut Cursor::new(film), &Budget::default(), &middle());
    assert!(told(refusal).contains("a frame lies outside the picture"));

    let mut film = png_film();
    let last = film.len() - position(&film.iter().rev().copied().collect::<Vec<_>>(), *b"LTcf");
    // Type and number, then width, height and place.
    let place = last + 4 + 8;
    film[place + 3] = 11;
    let check = crc(&film[last - 4..last + 26]);
    film[last + 26..last + 30].copy_from_slice(&check.to_be_bytes());
    let refusal = transform(&mut Cursor::new(film), &Budget::default(), &middle());
    assert!(told(refusal).contains("cut off or damaged"));
}

#[test]
fn a_frame_that_is_larger_than_it_says_is_held_to_the_budget() {
    let large = encode::lossless_webp(&Pixels {
        width: 3000,
        height: 1000,
        alpha: true,
        data: vec![7; 12_000_000],
    });
    let large = large.expect("a picture");
    let mut film = webp_film();
    let second = {
        let first = position(&film, *b"ANMF");
        first + 8 + size_at(&film, first + 4)
    };
    let length = size_at(&film, second + 4);
    let head = film[second + 8..second + 24].to_vec();
    let body = [&head, &large[12..]].concat();
    let mut chunk = b"ANMF".to_vec();
    chunk.extend(u32::try_from(body.len()).expect("a size").to_le_bytes());
    chunk.extend(body);
    film.splice(second..second + 8 + length, chunk);
    let budget = Budget {
        max_pixels: 1_000_000,
        ..Budget::default()
    };

    let refusal = transform(&mut Cursor::new(film), &budget, &middle());
    assert!(matches!(
        refusal,
        Err(imaging::Error::TooManyPixels {
            pixels: 3_000_000,
            ..
        })
    ));
}

#[test]
fn thousands_of_frames_without_a_delay_keep_their_number_and_no_delay() {
    const FRAMES: u32 = 2_000;
    let mut film = Vec::new();
    let mut encoder = png::Encoder::new(&mut film, 20, 10);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_animated(FRAMES, 0).expect("a film");
    encoder.set_frame_delay(0, 0).expect("no delay");
    let mut writer = encoder.write_header().expect("a head");
    for at in 0..FRAMES {
        let color = if at % 2 == 0 { RED } else { BLUE };
        writer
            .write_image_data(&plain(20, color).data)
            .expect("a frame");
    }
    writer.finish().expect("a file");

    let cropped = made(&film, middle());

    assert_eq!(cropped.frames, FRAMES);
    let (rounds, frames) = png_frames(&cropped.bytes);
    assert_eq!((rounds, frames.len()), (0, FRAMES as usize));
    assert!(frames.iter().all(|(delay, _)| *delay == 0));
    assert_eq!(frames[0].1, [RED, RED]);
    assert_eq!(frames[1_999].1, [BLUE, BLUE]);
}

#[test]
fn more_frames_than_a_file_holds_are_refused() {
    let promise = |frames: u32| {
        let mut film = png_film();
        let control = position(&film, *b"acTL");
        film[control + 4..control + 8].copy_from_slice(&frames.to_be_bytes());
        let check = crc(&film[control..control + 12]);
        film[control + 12..control + 16].copy_from_slice(&check.to_be_bytes());
        transform(&mut Cursor::new(film), &Budget::default(), &middle())
    };
    assert!(told(promise(4)).contains("cut off or damaged"));
    assert!(told(promise(i32::MAX.unsigned_abs())).contains("cut off or damaged"));
}

#[test]
fn more_pixels_than_can_be_drawn_in_time_are_refused() {
    let mut film = webp_film();
    // Width and height, each less one.
    film[24..30].copy_from_slice(&[0xff, 0x3f, 0, 0xff, 0x3f, 0]);
    let budget = Budget {
        max_pixels: 300_000_000,
        ..Budget::default()
    };

    let refusal = transform(&mut Cursor::new(film), &budget, &middle());
    assert!(matches!(
        refusal,
        Err(imaging::Error::TooManyPixels {
            pixels: 805_306_368,
            max: 300_000_000
        })
    ));
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

fn size_at(bytes: &[u8], at: usize) -> usize {
    u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four")) as usize
}

/// The checksum of a PNG's chunk, over its type and body.
fn crc(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            let is_odd = sum & 1 == 1;
            sum >>= 1;
            if is_odd {
                sum ^= 0xedb8_8320;
            }
        }
    }
    !sum
}
