//! Pixels as planes: light of each, and color of each four.

use rav1e::prelude::Plane;

use crate::Picture;

/// Writes the transparency of a picture that has some.
pub fn write_transparency(picture: &Picture<'_>, plane: &mut Plane<u8>) {
    let rows = picture.data.chunks_exact(picture.width as usize * 4);
    for (row, out) in rows.zip(plane.rows_iter_mut()) {
        for (pixel, out) in row.chunks_exact(4).zip(out) {
            *out = pixel[3];
        }
    }
}

/// Writes light, and blue and red against it, which two by two pixels share.
pub fn write_colors(picture: &Picture<'_>, [light, blue, red]: &mut [Plane<u8>; 3]) {
    let line = picture.width as usize * picture.channels();
    let mut light = light.rows_iter_mut();
    let chroma = blue.rows_iter_mut().zip(red.rows_iter_mut());
    for (pair, (blue, red)) in picture.data.chunks(line * 2).zip(chroma) {
        let rows: Vec<_> = pair
            .chunks_exact(line)
            .map(|row| seen(row, picture.channels()))
            .collect();
        for (row, out) in rows.iter().zip(&mut light) {
            for (color, out) in row.iter().zip(out) {
                *out = byte(light_of(*color));
            }
        }
        let width = (picture.width as usize).div_ceil(2);
        for (at, (blue, red)) in blue.iter_mut().zip(red).take(width).enumerate() {
            let four = rows.iter().flat_map(|row| row.iter().skip(at * 2).take(2));
            let [r, g, b] = mean(four);
            let light = light_of([r, g, b]);
            *blue = byte((b - light) / 1.772 + 128.0);
            *red = byte((r - light) / 1.402 + 128.0);
        }
    }
}

/// The colors of a row; one that cannot be seen is as the last that can, which costs nothing.
fn seen(row: &[u8], channels: usize) -> Vec<[f32; 3]> {
    let mut last = [0.0; 3];
    let colors = row.chunks_exact(channels).map(|pixel| {
        if pixel.get(3) != Some(&0) {
            last = [pixel[0], pixel[1], pixel[2]].map(f32::from);
        }
        last
    });
    colors.collect()
}

fn mean<'a>(colors: impl Iterator<Item = &'a [f32; 3]>) -> [f32; 3] {
    let (mut sum, mut count) = ([0.0; 3], 0.0);
    for color in colors {
        sum = [0, 1, 2].map(|channel| sum[channel] + color[channel]);
        count += 1.0;
    }
    sum.map(|channel| channel / count)
}

/// Light by BT.601, as the file says.
fn light_of([red, green, blue]: [f32; 3]) -> f32 {
    0.114f32.mul_add(blue, 0.299f32.mul_add(red, 0.587 * green))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a byte, and casts of floats keep to its bounds"
)]
fn byte(sample: f32) -> u8 {
    (sample + 0.5) as u8
}
