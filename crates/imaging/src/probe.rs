//! Facts that are in the bytes: sizes, durations, frames, codecs. Files of gigabytes cost a few
//! short reads, and no figure in a file decides how much memory is taken.

mod adts;
mod amr;
mod avi;
mod compound;
mod document;
mod ebml;
mod flac;
mod gif;
mod heif;
mod jpeg;
mod mp3;
mod mp4;
mod mp4_fragments;
mod office;
mod ogg;
mod png;
mod wav;
mod webp;

use model::{placement::Color, preview::About};
use serde::{Deserialize, Serialize};

pub(crate) use adts::is_adts;
pub(crate) use gif::{after_blocks, palette as gif_palette, parse as parse_gif};
pub(crate) use heif::{Heif, parse as parse_heif};
pub(crate) use jpeg::{Jpeg, parse as parse_jpeg, segments as jpeg_segments};
pub(crate) use mp3::{after_id3, is_mp3};
pub(crate) use mp4::{BoxHeader, boxes};
pub(crate) use png::{check_sum as png_check_sum, chunks as png_chunks, parse as parse_png};
pub(crate) use webp::{Chunk as WebpChunk, Webp, chunks as webp_chunks, parse as parse_webp};

use crate::{Error, Format, Result, Source};

/// What is known of a file from its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// The format; for containers it depends on what they hold.
    pub format: Format,
    /// Pixels across, upright; of films as they are stored.
    pub width: Option<u32>,
    /// Pixels down, upright; of films as they are stored.
    pub height: Option<u32>,
    /// How long it plays.
    pub duration_ms: Option<u64>,
    /// How many pictures it holds, where there can be several.
    pub frames: Option<u32>,
    /// Pages of a document.
    pub pages: Option<u32>,
    /// Cards in a contact file.
    pub contacts: Option<u32>,
    /// Whether anything may be transparent.
    pub has_alpha: bool,
    /// How the colors of a picture are told.
    pub color: Option<Color>,
    /// The EXIF orientation, 1 to 8, that had to be undone or, for films, is still to be.
    pub orientation: u8,
    /// The codecs, video first.
    pub codecs: Vec<String>,
    /// The character set of text.
    pub charset: Option<String>,
    /// What an office file says about itself.
    pub about: About,
}

impl Facts {
    /// Nothing known but the format.
    pub fn new(format: Format) -> Self {
        Self {
            format,
            width: None,
            height: None,
            duration_ms: None,
            frames: None,
            pages: None,
            contacts: None,
            has_alpha: false,
            color: None,
            orientation: 1,
            codecs: Vec::new(),
            charset: None,
            about: About::default(),
        }
    }

    /// Sound of one codec.
    fn sound(format: Format, codec: impl Into<String>, seconds: f64) -> Self {
        Self {
            duration_ms: millis(seconds),
            codecs: vec![codec.into()],
            ..Self::new(format)
        }
    }
}

/// Milliseconds of seconds, `None` for what is no length of time.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "range is checked"
)]
fn millis(seconds: f64) -> Option<u64> {
    (seconds.is_finite() && seconds > 0.0 && seconds < 1e9)
        .then(|| (seconds * 1000.0).round() as u64)
}

/// `a / b` in seconds, of whole numbers that fit a `f64` well enough for milliseconds.
#[expect(clippy::cast_precision_loss, reason = "only beyond 2^53 ticks")]
fn ratio(a: u64, b: u64) -> f64 {
    if b == 0 { 0.0 } else { a as f64 / b as f64 }
}

/// Facts of sound, films and documents.
///
/// # Errors
/// `Corrupt` for what is cut off or damaged, `Unsupported` for pictures, which are decoded to know.
pub fn probe(source: &mut dyn Source, format: Format) -> Result<Facts> {
    match format {
        Format::Mp4 | Format::Mov | Format::ThreeGp | Format::M4a | Format::ThreeGpAudio => {
            mp4::probe(source, format)
        }
        Format::Mkv | Format::Mka | Format::Webm | Format::WebmAudio => ebml::probe(source),
        Format::Avi => avi::probe(source),
        Format::Mp3 => mp3::probe(source),
        Format::Aac => adts::probe(source),
        Format::Amr => amr::probe(source),
        Format::Ogg => ogg::probe(source),
        Format::Wav => wav::probe(source),
        Format::Flac => flac::probe(source),
        Format::Pdf => document::pdf(source),
        Format::Text | Format::Csv => document::text(source, format),
        Format::Vcard => document::vcard(source),
        Format::Jpeg | Format::Png | Format::Gif | Format::Webp | Format::Avif | Format::Heic => {
            Err(Error::unsupported("pictures are decoded, not probed"))
        }
        Format::Zip => Ok(Facts::new(format)),
        _ => office::probe(source, format),
    }
}
