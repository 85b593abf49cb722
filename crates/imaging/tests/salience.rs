//! What stands out of a picture is found where it is, however far from the middle.

use std::io::Cursor;

use imaging::{Budget, Pixels, ThumbSpec, encode, inspect, salience::salient};
use model::FocalPoint;

/// A picture of so many pixels, each by its place.
fn drawn(width: u32, height: u32, color: impl Fn(u32, u32) -> [u8; 3]) -> Pixels {
    let rows = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    Pixels {
        width,
        height,
        alpha: false,
        data: rows.flat_map(|(x, y)| color(x, y)).collect(),
    }
}

/// A sky that is lighter at the bottom.
fn sky(y: u32, height: u32) -> [u8; 3] {
    let light = u8::try_from(y * 60 / height).unwrap();
    [120 + light, 160 + light, 190 + light]
}

fn is_within(x: u32, y: u32, center: (u32, u32), radius: u32) -> bool {
    x.abs_diff(center.0).pow(2) + y.abs_diff(center.1).pow(2) <= radius.pow(2)
}

/// A face with hair, eyes and a mouth, before the sky.
fn portrait(width: u32, height: u32, face: (u32, u32), radius: u32) -> Pixels {
    let (across, down) = face;
    let eye = radius / 3;
    drawn(width, height, move |x, y| {
        let is_eye = is_within(x, y, (across - eye, down - eye), radius / 8)
            || is_within(x, y, (across + eye, down - eye), radius / 8);
        let is_mouth =
            x.abs_diff(across) < radius / 2 && y.abs_diff(down + radius / 2) < radius / 12;
        match () {
            () if is_eye => [40, 30, 30],
            () if is_mouth => [150, 60, 60],
            () if is_within(x, y, face, radius) => [214, 160, 126],
            () if is_within(x, y, (across, down - radius / 4), radius + radius / 4) => [60, 42, 30],
            () => sky(y, height),
        }
    })
}

/// A ball of bold stripes on plain gray.
fn ball(width: u32, height: u32, center: (u32, u32), radius: u32) -> Pixels {
    drawn(width, height, move |x, y| {
        match (is_within(x, y, center, radius), (x / 9 + y / 9) % 2) {
            (true, 0) => [220, 30, 40],
            (true, _) => [250, 240, 60],
            (false, _) => [128, 128, 128],
        }
    })
}

#[track_caller]
fn is_near(found: FocalPoint, wanted: (u16, u16)) {
    let off = found.x.abs_diff(wanted.0).max(found.y.abs_diff(wanted.1));
    assert!(off <= 50, "wanted {wanted:?}, found {found:?}");
}

#[test]
fn a_face_at_the_edge_is_found() {
    for (x, y) in [(150, 120), (850, 200), (500, 480), (160, 500)] {
        let picture = portrait(1_000, 625, (x, y), 60);
        let wanted = [x, y * 1_000 / 625].map(|at| u16::try_from(at).unwrap());
        is_near(salient(&picture).unwrap(), (wanted[0], wanted[1]));
    }
}

#[test]
fn a_bold_thing_on_plain_ground_is_found() {
    for (center, wanted) in [
        ((1_080, 120), (900, 150)),
        ((90, 700), (75, 875)),
        ((600, 60), (500, 75)),
    ] {
        let picture = ball(1_200, 800, center, 60);
        is_near(salient(&picture).unwrap(), wanted);
    }
    // In a picture that is very long, too.
    let picture = ball(3_000, 200, (2_800, 100), 80);
    is_near(salient(&picture).unwrap(), (933, 500));
}

#[test]
fn what_is_transparent_tells_nothing() {
    let picture = ball(600, 600, (480, 100), 70);
    let pixels = picture.data.chunks_exact(3).zip(0..);
    let data = pixels.flat_map(|(rgb, at): (&[u8], u32)| {
        let is_thing = is_within(at % 600, at / 600, (480, 100), 70);
        // Under what is transparent may lie anything.
        let noise = at.wrapping_mul(2_654_435_761).to_be_bytes();
        if is_thing {
            [rgb[0], rgb[1], rgb[2], 255]
        } else {
            [noise[0], noise[1], noise[2], 0]
        }
    });
    let sticker = Pixels {
        alpha: true,
        data: data.collect(),
        ..picture
    };
    is_near(salient(&sticker).unwrap(), (800, 167));
}

#[test]
fn where_nothing_stands_out_it_is_the_middle() {
    let plain = drawn(300, 200, |_, _| [90, 120, 40]);
    let fade = drawn(300, 200, |_, y| sky(y, 200));
    let noise = drawn(300, 200, |x, y| {
        let [a, b, c, _] = (x + y * 300).wrapping_mul(2_654_435_761).to_be_bytes();
        [a, b, c]
    });
    let pixel = drawn(1, 1, |_, _| [255, 0, 0]);
    let line = drawn(4_000, 1, |_, _| [255, 0, 0]);
    for picture in [plain, fade, noise, pixel, line] {
        assert_eq!(salient(&picture).unwrap(), FocalPoint::MIDDLE);
    }
}

#[test]
fn it_is_found_with_the_first_look_in_the_picture_as_it_is_seen() {
    let look = |bytes: &[u8]| {
        let (budget, thumb) = (Budget::default(), ThumbSpec::default());
        inspect(&mut Cursor::new(bytes), None, &budget, thumb).unwrap()
    };
    let picture = encode::jpeg(&ball(1_200, 800, (1_080, 120), 60), 85.0).unwrap();
    is_near(look(&picture).salient.unwrap(), (900, 150));
    // Turned a quarter clockwise, as its Exif says: what was right is at the bottom.
    let exif = b"\xff\xe1\x00\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let turned = [&picture[..2], exif, &picture[2..]].concat();
    is_near(look(&turned).salient.unwrap(), (850, 900));
    assert_eq!(
        look(b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ana\r\nEND:VCARD\r\n").salient,
        None
    );
}
