//! Pictures made smaller, by SIMD and with alpha premultiplied; never larger.

use fast_image_resize::{
    FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer,
    images::{Image, ImageRef},
};

use crate::{Error, Pixels, Result};

/// The size that fits inside a square, at least one pixel each way, never larger than it was.
pub fn fit(width: u32, height: u32, max_edge: u32) -> (u32, u32) {
    let longer = width.max(height);
    if longer <= max_edge || longer == 0 {
        return (width, height);
    }
    let scaled = |edge: u32| {
        let rounded =
            (u64::from(edge) * u64::from(max_edge) + u64::from(longer) / 2) / u64::from(longer);
        u32::try_from(rounded).unwrap_or(max_edge).max(1)
    };
    (scaled(width), scaled(height))
}

/// The picture at another size.
///
/// # Errors
/// `Corrupt` where the pixels are not as many as their size tells.
pub fn resize(pixels: &Pixels, width: u32, height: u32) -> Result<Pixels> {
    let kind = if pixels.alpha {
        PixelType::U8x4
    } else {
        PixelType::U8x3
    };
    let wrong = || Error::corrupt("the picture could not be resized");
    let source =
        ImageRef::new(pixels.width, pixels.height, &pixels.data, kind).map_err(|_| wrong())?;
    let mut target = Image::new(width, height, kind);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
    Resizer::new()
        .resize(&source, &mut target, &options)
        .map_err(|_| wrong())?;
    Ok(Pixels {
        width,
        height,
        alpha: pixels.alpha,
        data: target.into_vec(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fit_keeps_the_shape_and_never_grows() {
        assert_eq!(fit(4000, 3000, 320), (320, 240));
        assert_eq!(fit(3000, 4000, 320), (240, 320));
        assert_eq!(fit(100, 50, 320), (100, 50));
        assert_eq!(fit(16000, 2, 320), (320, 1));
    }
}
