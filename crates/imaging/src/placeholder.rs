//! What stands where a picture will be: a color, and a blur small enough to live in the page.

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::{Pixels, Result, encode, resize};

/// The longest data URL that is kept with an asset.
pub const MAX_BYTES: usize = 300;
/// Edges that are tried, the finest first.
const EDGES: [u32; 4] = [16, 12, 8, 4];
/// Quality that is enough for a blur.
const QUALITY: f32 = 30.0;

/// A tiny picture as a `data:` URL of at most [`MAX_BYTES`], to be shown blurred.
///
/// # Errors
/// As resizing and encoding.
pub fn data_url(pixels: &Pixels) -> Result<Option<String>> {
    for edge in EDGES {
        let (width, height) = resize::fit(pixels.width, pixels.height, edge);
        let tiny = resize::resize(pixels, width, height)?.without_idle_alpha();
        let url = format!(
            "data:image/webp;base64,{}",
            STANDARD.encode(encode::webp(&tiny, QUALITY)?)
        );
        if url.len() <= MAX_BYTES {
            return Ok(Some(url));
        }
    }
    Ok(None)
}

/// The color that most of the picture has, as `#rrggbb`.
pub fn dominant_color(pixels: &Pixels) -> String {
    // Sums by the upper three bits of each channel: 512 families of color.
    let mut families = vec![[0_u64; 4]; 512];
    for pixel in pixels.data.chunks_exact(pixels.channels()) {
        if pixel.get(3).is_some_and(|alpha| *alpha < 128) {
            continue;
        }
        let family = pixel[..3]
            .iter()
            .fold(0, |family, c| family << 3 | usize::from(c >> 5));
        for channel in 0..3 {
            families[family][channel] += u64::from(pixel[channel]);
        }
        families[family][3] += 1;
    }
    let largest = families
        .into_iter()
        .max_by_key(|sums| sums[3])
        .unwrap_or_default();
    match largest {
        [_, _, _, 0] => "#ffffff".to_owned(),
        [r, g, b, count] => format!("#{:02x}{:02x}{:02x}", r / count, g / count, b / count),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_color_of_most_pixels_wins_and_transparent_ones_have_no_say() {
        let mut data = [200, 10, 10, 255].repeat(3);
        data.extend([10, 10, 200, 255].repeat(2));
        data.extend([10, 200, 10, 0].repeat(9));
        let pixels = Pixels {
            width: 14,
            height: 1,
            alpha: true,
            data,
        };
        assert_eq!(dominant_color(&pixels), "#c80a0a");
    }

    #[test]
    fn a_blur_fits_into_the_page() {
        let noise = (0..64 * 64 * 3).map(|i: u32| i.wrapping_mul(2_654_435_761).to_be_bytes()[0]);
        let pixels = Pixels {
            width: 64,
            height: 64,
            alpha: false,
            data: noise.collect(),
        };
        let url = data_url(&pixels).expect("encodes").expect("fits");
        assert!(url.starts_with("data:image/webp;base64,") && url.len() <= MAX_BYTES);
    }
}
