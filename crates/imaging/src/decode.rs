//! Pixels out of bytes: checked against the budget first, and no larger than they are wanted.

mod avif;
mod gif;
mod jpeg;
mod png;
mod shrink;
mod webp;
mod webp_sys;
mod yuv;

pub(crate) use webp::frame as webp_frame;
pub(crate) use webp_sys::encode as encode_webp;

use model::placement::{Color, ColorMode};

use crate::{
    Budget, Error, Facts, Format, Pixels, Result, color, orient,
    probe::{Heif, parse_heif},
};

/// A decoded picture: its facts, and pixels at least as large as wanted where it is that large.
#[derive(Debug)]
pub struct Decoded {
    /// What is known of the whole picture.
    pub facts: Facts,
    /// sRGB, not yet turned upright; `None` where the format is kept without renditions.
    pub pixels: Option<Pixels>,
}

/// Raw pixels of one decoder, and how their colours are meant.
pub(crate) struct Raw {
    facts: Facts,
    pixels: Pixels,
    icc: Vec<u8>,
}

/// Decodes a picture so that its longer edge is at least `wanted` pixels, or its own size.
///
/// # Errors
/// As the decoders find: `Corrupt`, `TooManyPixels`, or `Unsupported` for what is no picture.
pub fn decode(bytes: &[u8], format: Format, wanted: u32, budget: &Budget) -> Result<Decoded> {
    let raw = match format {
        Format::Jpeg => jpeg::decode(bytes, wanted, budget)?,
        Format::Png => png::decode(bytes, wanted, budget)?,
        Format::Gif => gif::decode(bytes, wanted, budget)?,
        Format::Webp => webp::decode(bytes, wanted, budget)?,
        Format::Avif => match avif::decode(bytes, budget) {
            Err(Error::Unsupported { .. }) => return heif(bytes, format, budget),
            other => other?,
        },
        Format::Heic => return heif(bytes, format, budget),
        _ => return Err(Error::unsupported("this is no picture")),
    };
    let mode = raw.facts.color.map(|color| color.mode);
    let gray = matches!(mode, Some(ColorMode::Gray | ColorMode::GrayAlpha));
    let pixels = color::to_srgb(raw.pixels, &raw.icc, gray);
    Ok(Decoded {
        facts: raw.facts,
        pixels: Some(pixels),
    })
}

/// Facts alone, for what is kept without renditions.
fn heif(bytes: &[u8], format: Format, budget: &Budget) -> Result<Decoded> {
    Ok(Decoded {
        facts: heif_facts(&parse_heif(bytes, budget)?, format),
        pixels: None,
    })
}

fn heif_facts(heif: &Heif, format: Format) -> Facts {
    let facts = upright(format, heif.width, heif.height, heif.orientation);
    let codec = if format == Format::Avif {
        "av1"
    } else {
        "hevc"
    };
    Facts {
        has_alpha: heif.has_alpha,
        codecs: vec![codec.to_owned()],
        ..facts
    }
}

/// Colors of eight bits each, as most pictures have them.
const fn rgb(alpha: bool) -> Color {
    let mode = if alpha {
        ColorMode::Rgba
    } else {
        ColorMode::Rgb
    };
    Color { mode, bits: 8 }
}

/// Facts with the size as people see it.
fn upright(format: Format, width: u32, height: u32, orientation: u8) -> Facts {
    let (width, height) = orient::size(width, height, orientation);
    Facts {
        width: Some(width),
        height: Some(height),
        orientation,
        ..Facts::new(format)
    }
}
