//! PNG row by row, strictly: a wrong check sum or filter anywhere in the picture refuses it.

use std::io::Cursor;

use model::placement::{Color, ColorMode};
use png::{BitDepth, ColorType, Decoder, DecodingError, Info, Limits, Reader, Transformations};

use super::{Raw, shrink::Shrinker, upright};
use crate::{Budget, Error, Facts, Format, Pixels, Result, probe::parse_png};

/// What the decoder may take for itself: rows, profile, tables.
const OWN_MEMORY: usize = 32 << 20;

type Png<'a> = Reader<Cursor<&'a [u8]>>;

pub(super) fn decode(bytes: &[u8], wanted: u32, budget: &Budget) -> Result<Raw> {
    let png = parse_png(bytes, budget)?;
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: OWN_MEMORY });
    decoder.set_ignore_text_chunk(true);
    decoder.ignore_checksums(false);
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    let mut reader = decoder.read_info().map_err(|error| refuse(&error))?;
    let (color, _) = reader.output_color_type();
    let alpha = matches!(color, ColorType::GrayscaleAlpha | ColorType::Rgba);
    let pixels = if png.interlaced {
        budget.check_memory(png.width, png.height, color.samples() as u64 + 1)?;
        whole(&mut reader, (png.width, png.height), wanted, color, budget)?
    } else {
        rows(&mut reader, (png.width, png.height), wanted, color, budget)?
    };
    let icc = reader.info().icc_profile.as_deref();
    let icc = icc.unwrap_or_default().to_vec();
    let told = told(reader.info(), alpha);
    let facts = upright(Format::Png, png.width, png.height, png.orientation);
    let facts = Facts {
        frames: png.frames,
        has_alpha: alpha,
        color: Some(told),
        ..facts
    };
    Ok(Raw { facts, pixels, icc })
}

/// How the file itself tells its colors, before they are brought to eight bits.
fn told(info: &Info<'_>, alpha: bool) -> Color {
    let mode = match (info.color_type, alpha) {
        (ColorType::Grayscale | ColorType::GrayscaleAlpha, true) => ColorMode::GrayAlpha,
        (ColorType::Grayscale | ColorType::GrayscaleAlpha, false) => ColorMode::Gray,
        (_, true) => ColorMode::Rgba,
        (_, false) => ColorMode::Rgb,
    };
    let bits = match info.bit_depth {
        BitDepth::Sixteen => 16,
        _ => 8,
    };
    Color { mode, bits }
}

fn refuse(error: &DecodingError) -> Error {
    match error {
        DecodingError::IoError(_) => Error::corrupt("the picture is cut off"),
        error => Error::corrupt(format!("the picture is damaged: {error}")),
    }
}

/// Row after row, so that the whole is never held.
fn rows(
    reader: &mut Png<'_>,
    (width, height): (u32, u32),
    wanted: u32,
    color: ColorType,
    budget: &Budget,
) -> Result<Pixels> {
    let alpha = matches!(color, ColorType::GrayscaleAlpha | ColorType::Rgba);
    let mut shrinker = Shrinker::new(width, height, alpha, wanted, budget)?;
    let mut wide = Vec::new();
    while let Some(row) = reader.next_row().map_err(|error| refuse(&error))? {
        shrinker.push(widen(row.data(), color, &mut wide));
    }
    Ok(shrinker.finish())
}

/// The whole at once: interlaced rows come in seven passes.
fn whole(
    reader: &mut Png<'_>,
    (width, height): (u32, u32),
    wanted: u32,
    color: ColorType,
    budget: &Budget,
) -> Result<Pixels> {
    let alpha = matches!(color, ColorType::GrayscaleAlpha | ColorType::Rgba);
    let size = reader
        .output_buffer_size()
        .ok_or_else(|| Error::corrupt("the picture is damaged"))?;
    let mut data = vec![0; size];
    let info = reader
        .next_frame(&mut data)
        .map_err(|error| refuse(&error))?;
    let mut shrinker = Shrinker::new(width, height, alpha, wanted, budget)?;
    let mut wide = Vec::new();
    for row in data.chunks_exact(info.line_size).take(height as usize) {
        shrinker.push(widen(row, color, &mut wide));
    }
    Ok(shrinker.finish())
}

/// Gray as three equal channels; the rest as it is.
fn widen<'a>(row: &'a [u8], color: ColorType, wide: &'a mut Vec<u8>) -> &'a [u8] {
    wide.clear();
    match color {
        ColorType::Grayscale => wide.extend(row.iter().flat_map(|gray| [*gray; 3])),
        ColorType::GrayscaleAlpha => {
            wide.extend(
                row.chunks_exact(2)
                    .flat_map(|pair| [pair[0], pair[0], pair[0], pair[1]]),
            );
        }
        _ => return row,
    }
    wide
}
