//! What is known of a file that would go somewhere.

use serde::{Deserialize, Serialize};

use super::Extent;
use crate::{Asset, ByteSize, FocalPoint, Kind, Mime, PlayTime, preview::About, word::words};

/// What is known of a file; what nobody knows yet is absent, and never guessed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    pub kind: Kind,
    pub mime: Mime,
    pub size: ByteSize,
    /// Pixels, upright.
    pub pixels: Option<Extent>,
    /// Pictures of an animation; 1 for a still picture.
    pub frames: Option<u32>,
    /// Whether anything is transparent.
    pub has_alpha: Option<bool>,
    pub color: Option<Color>,
    pub duration: Option<PlayTime>,
    /// All its codecs.
    pub codecs: Option<Vec<String>>,
    pub pages: Option<u32>,
}

impl Facts {
    /// What every file tells: its type and its bytes.
    pub fn new(kind: Kind, mime: Mime, size: ByteSize) -> Self {
        let has_alpha = (mime.as_str() == "image/jpeg").then_some(false);
        Self {
            kind,
            frames: has_alpha.map(|_| 1),
            has_alpha,
            mime,
            size,
            pixels: None,
            color: None,
            duration: None,
            codecs: None,
            pages: None,
        }
    }

    /// What is known of an asset.
    pub fn of(asset: &Asset) -> Self {
        let facts = Self::new(asset.kind, asset.mime.clone(), asset.size);
        let pixels = asset.width.zip(asset.height);
        let is_decoded = asset.kind == Kind::Image && asset.has_renditions;
        Self {
            pixels: pixels.map(|(width, height)| Extent { width, height }),
            // A picture that was decoded and tells no frames stands still.
            frames: asset.frames.or(is_decoded.then_some(1)),
            duration: asset.duration,
            ..facts
        }
    }

    /// The same with what its bytes tell.
    #[must_use]
    pub fn with(self, learned: Learned) -> Self {
        Self {
            has_alpha: learned.has_alpha.or(self.has_alpha),
            color: learned.color,
            codecs: learned.codecs,
            pages: learned.pages,
            pixels: self.pixels.map(|pixels| {
                if learned.is_turned {
                    Extent {
                        width: pixels.height,
                        height: pixels.width,
                    }
                } else {
                    pixels
                }
            }),
            ..self
        }
    }
}

/// What bytes tell about themselves besides what lists show.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Learned {
    /// Whether anything is transparent.
    pub has_alpha: Option<bool>,
    pub color: Option<Color>,
    pub codecs: Option<Vec<String>>,
    pub pages: Option<u32>,
    /// What of a picture stands out.
    pub salient: Option<FocalPoint>,
    /// Whether a film is played a quarter turned from how its pixels are stored, as telephones do.
    #[serde(default)]
    pub is_turned: bool,
    /// What an office file says about itself.
    #[serde(default)]
    pub about: About,
}

/// How the colors of a picture are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Color {
    pub mode: ColorMode,
    /// Bits of each color.
    pub bits: u8,
}

/// What colors are mixed of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ColorMode {
    /// Shades of gray.
    Gray,
    /// Shades of gray, some transparent.
    GrayAlpha,
    /// Red, green and blue, also by a palette.
    Rgb,
    /// Red, green and blue, some transparent.
    Rgba,
    /// Inks of a press.
    Cmyk,
}

words!(ColorMode, ParseColorModeError: "not a color mode", [
    Gray = "gray",
    GrayAlpha = "gray_alpha",
    Rgb = "rgb",
    Rgba = "rgba",
    Cmyk = "cmyk",
]);
