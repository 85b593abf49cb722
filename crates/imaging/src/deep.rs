//! PNG of sixteen bits a channel, cropped and turned without losing any of them.
//!
//! Each pixel is moved as it is. So the upper and the lower bytes go each by themselves, as
//! pictures of eight bits do.

use std::io::Cursor;

use moxcms::{Layout, Transform16BitExecutor};
use png::{BitDepth, ColorType, Decoder, Limits, Transformations};

use crate::{
    Budget, Error, Format, Made, Pixels, Recipe, Result, color, encode, geometry, probe::parse_png,
};

/// What the decoder may take for itself: rows, profile, tables.
const OWN_MEMORY: usize = 32 << 20;
/// The most bytes that are held of a picture; a larger one goes the way of all others.
const MOST: u64 = 240 << 20;

/// The picture with all its bits; nothing where it has no more than eight, or where its pixels are
/// mixed and not only moved.
pub(crate) fn transform(bytes: &[u8], budget: &Budget, recipe: &Recipe) -> Result<Option<Made>> {
    let png = parse_png(bytes, budget)?;
    let is_moved = recipe.edit.straighten == 0
        && recipe.size.is_none()
        && recipe.format.is_none()
        && recipe.background.is_none();
    if !is_moved || png.interlaced || png.frames.is_some() {
        return Ok(None);
    }
    let limits = Limits { bytes: OWN_MEMORY };
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_ignore_text_chunk(true);
    decoder.ignore_checksums(false);
    decoder.set_transformations(Transformations::EXPAND);
    let damaged = |_| Error::corrupt("the picture is damaged");
    let mut reader = decoder.read_info().map_err(damaged)?;
    let (told, depth) = reader.output_color_type();
    let icc = reader.info().icc_profile.as_deref().unwrap_or_default();
    let is_gray = matches!(told, ColorType::Grayscale | ColorType::GrayscaleAlpha);
    if depth != BitDepth::Sixteen || (is_gray && !icc.is_empty()) {
        return Ok(None);
    }
    let alpha = matches!(told, ColorType::GrayscaleAlpha | ColorType::Rgba);
    let channels: u64 = if alpha { 4 } else { 3 };
    let samples = u64::from(png.width) * u64::from(png.height) * channels;
    if samples * 4 > MOST {
        return Ok(None);
    }
    budget.check_memory(png.width, png.height, channels * 4)?;
    let meant = color::deep(icc, if alpha { Layout::Rgba } else { Layout::Rgb });
    let (mut upper, mut lower) = (Vec::new(), Vec::new());
    while let Some(row) = reader.next_row().map_err(damaged)? {
        for sample in in_srgb(widen(row.data(), told), meant.as_deref()) {
            let [high, low] = sample.to_be_bytes();
            upper.push(high);
            lower.push(low);
        }
    }
    if upper.len() as u64 != samples {
        return Err(Error::corrupt("the picture is cut off"));
    }
    let moved = |data| {
        let pixels = Pixels {
            width: png.width,
            height: png.height,
            alpha,
            data,
        };
        geometry::apply(pixels, png.orientation, recipe.edit, budget)
    };
    let (upper, lower) = (moved(upper)?, moved(lower)?);
    let is_opaque = alpha && is_full(&upper) && is_full(&lower);
    let bytes = encode::deep_png(&upper, &lower, is_opaque)?;
    if recipe
        .max_bytes
        .is_some_and(|most| bytes.len() as u64 > most)
    {
        return Ok(None);
    }
    Ok(Some(Made {
        format: Format::Png,
        size: upper.extent(),
        frames: 1,
        quality: None,
        flattened: false,
        has_alpha: alpha && !is_opaque,
        bytes,
    }))
}

/// The samples of a row, gray as three equal ones.
fn widen(row: &[u8], told: ColorType) -> Vec<u16> {
    let samples = row
        .chunks_exact(2)
        .map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    match told {
        ColorType::Grayscale => samples.flat_map(|gray| [gray; 3]).collect(),
        ColorType::GrayscaleAlpha => {
            let samples: Vec<_> = samples.collect();
            let pairs = samples.chunks_exact(2);
            pairs
                .flat_map(|pair| [pair[0], pair[0], pair[0], pair[1]])
                .collect()
        }
        _ => samples.collect(),
    }
}

/// A row in sRGB; as it is where no profile says otherwise.
fn in_srgb(row: Vec<u16>, meant: Option<&Transform16BitExecutor>) -> Vec<u16> {
    let Some(meant) = meant else { return row };
    let mut told = vec![0; row.len()];
    match meant.transform(&row, &mut told) {
        Ok(()) => told,
        Err(_) => row,
    }
}

/// Whether the bytes of every pixel's alpha are full.
fn is_full(pixels: &Pixels) -> bool {
    pixels.data.chunks_exact(4).all(|pixel| pixel[3] == 255)
}
