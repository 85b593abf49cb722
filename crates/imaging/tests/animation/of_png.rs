//! Animated PNG: what only PNG has, and what is wrong with some.

use std::io::Cursor;

use imaging::{Budget, Format, Pixels, Recipe, transform};
use model::Edit;
use png::{BlendOp, DisposeOp};

use super::{
    BLUE, CLEAR, Edges, GREEN, RED, edges, lay, made, middle, of_webp::webp_frames, plain,
    position, told,
};

/// A film that relies on everything PNG has: a poster of its own, parts, blending, disposal.
pub fn png_film() -> Vec<u8> {
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

/// Delays and edges of every picture as it is seen, and how often they are shown.
pub fn png_frames(bytes: &[u8]) -> (u32, Vec<(u16, Edges)>) {
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

#[test]
fn parts_of_an_interlaced_film_stay_what_they_are() {
    let plain = include_bytes!("../fixtures/interlaced.apng.png");
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
fn a_frame_outside_the_picture_is_refused() {
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
