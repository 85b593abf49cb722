//! Pixels into bytes that browsers read.

use model::{Preset, RenditionFormat};
use mozjpeg::{ColorSpace, Compress};

use crate::{Error, Pixels, Result, decode::encode_webp};

/// From here on colors are kept as finely as light.
const FULL_COLOR: f32 = 90.0;
/// The longest edge that libjpeg takes.
const JPEG_EDGE: u32 = 65_500;
/// From 0, fast, to 6, small.
const METHOD: u8 = 2;

/// The picture as a file of the format, in the quality of previews.
///
/// # Errors
/// As [`rendition`].
pub fn encode(pixels: Pixels, format: RenditionFormat) -> Result<Vec<u8>> {
    rendition(pixels, format, Preset::Preview.quality(format))
}

/// The picture as a file of the format; JPEG lays transparency on white.
///
/// # Errors
/// `Unsupported` for a size that the format cannot hold.
pub fn rendition(pixels: Pixels, format: RenditionFormat, quality: u8) -> Result<Vec<u8>> {
    match format {
        RenditionFormat::Avif => avif(&pixels, quality),
        RenditionFormat::Webp => webp(&pixels, quality.into()),
        RenditionFormat::Jpeg => jpeg(&pixels.on_white(), quality.into()),
    }
}

/// The picture as WebP of a quality from 0 to 100.
///
/// # Errors
/// `Unsupported` for edges beyond 16 383 pixels.
pub fn webp(pixels: &Pixels, quality: f32) -> Result<Vec<u8>> {
    encode_webp(pixels, Some(quality), METHOD).ok_or_else(too_large)
}

/// The picture as WebP without any loss.
///
/// # Errors
/// `Unsupported` for edges beyond 16 383 pixels.
pub fn lossless_webp(pixels: &Pixels) -> Result<Vec<u8>> {
    encode_webp(pixels, None, METHOD).ok_or_else(too_large)
}

/// The picture as AVIF of a quality from 0 to 100; transparency is kept better than that.
///
/// # Errors
/// `Unsupported` for edges beyond 16 383 pixels.
pub fn avif(pixels: &Pixels, quality: u8) -> Result<Vec<u8>> {
    let picture = avif::Picture {
        width: pixels.width,
        height: pixels.height,
        alpha: pixels.alpha,
        data: &pixels.data,
    };
    avif::encode(&picture, quality).ok_or_else(too_large)
}

/// The picture as PNG, every pixel as it is.
///
/// # Errors
/// `Unsupported` for a size that the format cannot hold.
pub fn png(pixels: &Pixels) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, pixels.width, pixels.height);
    encoder.set_color(if pixels.alpha {
        png::ColorType::Rgba
    } else {
        png::ColorType::Rgb
    });
    let mut writer = encoder.write_header().map_err(|_| too_large())?;
    writer
        .write_image_data(&pixels.data)
        .map_err(|_| too_large())?;
    writer.finish().map_err(|_| too_large())?;
    Ok(bytes)
}

/// A picture of sixteen bits a channel as PNG, of its upper and its lower bytes; without its alpha
/// channel where that says nothing.
pub(crate) fn deep_png(upper: &Pixels, lower: &Pixels, is_opaque: bool) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, upper.width, upper.height);
    encoder.set_depth(png::BitDepth::Sixteen);
    let has_alpha = upper.alpha && !is_opaque;
    encoder.set_color(if has_alpha {
        png::ColorType::Rgba
    } else {
        png::ColorType::Rgb
    });
    let (channels, kept) = (upper.channels(), if has_alpha { 4 } else { 3 });
    let mut data = Vec::with_capacity(upper.data.len() * 2);
    let pixels = upper.data.chunks_exact(channels);
    for (high, low) in pixels.zip(lower.data.chunks_exact(channels)) {
        let samples = high.iter().zip(low).take(kept);
        data.extend(samples.flat_map(|(high, low)| [*high, *low]));
    }
    let mut writer = encoder.write_header().map_err(|_| too_large())?;
    writer.write_image_data(&data).map_err(|_| too_large())?;
    writer.finish().map_err(|_| too_large())?;
    Ok(bytes)
}

fn too_large() -> Error {
    Error::unsupported("the picture is too large for this format")
}

/// The opaque picture as JPEG of a quality from 0 to 100.
///
/// # Errors
/// `Unsupported` for edges beyond 65 500 pixels, and for transparency.
pub fn jpeg(pixels: &Pixels, quality: f32) -> Result<Vec<u8>> {
    if pixels.alpha {
        return Err(Error::unsupported("JPEG knows no transparency"));
    }
    if pixels.width.max(pixels.height) > JPEG_EDGE {
        return Err(too_large());
    }
    let mut compress = Compress::new(ColorSpace::JCS_RGB);
    compress.set_fastest_defaults();
    compress.set_size(pixels.width as usize, pixels.height as usize);
    compress.set_quality(quality);
    if quality >= FULL_COLOR {
        compress.set_chroma_sampling_pixel_sizes((1, 1), (1, 1));
    }
    compress.set_optimize_coding(true);
    let mut started = compress
        .start_compress(Vec::new())
        .map_err(|_| too_large())?;
    started
        .write_scanlines(&pixels.data)
        .map_err(|_| too_large())?;
    started.finish().map_err(|_| too_large())
}
