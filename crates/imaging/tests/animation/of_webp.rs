//! Animated `WebP`: what only `WebP` has, and what is wrong with some.

use std::io::Cursor;

use imaging::{Budget, Format, Pixels, decode::decode, encode, transform};

use super::{BLUE, CLEAR, Edges, GREEN, RED, edges, lay, made, middle, plain, position, told};

/// A film of frames that take each other's place, are cleared, and blend.
pub fn webp_film() -> Vec<u8> {
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
pub fn webp_frames(bytes: &[u8]) -> (u8, Vec<(u8, Edges)>) {
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
fn a_frame_outside_the_picture_is_refused() {
    let mut film = webp_film();
    let first = position(&film, *b"ANMF");
    // Its place is counted in steps of two pixels.
    film[first + 8] = 1;
    let refusal = transform(&mut Cursor::new(film), &Budget::default(), &middle());
    assert!(told(refusal).contains("a frame lies outside the picture"));
}

fn size_at(bytes: &[u8], at: usize) -> usize {
    u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four")) as usize
}
