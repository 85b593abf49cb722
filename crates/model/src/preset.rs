//! Presets: the named transforms that renditions are made by, and the only ones served.
//!
//! What each makes stands here and nowhere else: the decoder, the pages and the API go by it.

use serde::{Deserialize, Serialize};

use crate::{RenditionFormat, word::words};

/// A transform with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "sqlx",
    derive(sqlx::Type),
    sqlx(type_name = "text", rename_all = "snake_case")
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Preset {
    /// For grids.
    Thumb,
    /// For grids on dense screens, and the details beside a grid.
    Tile,
    /// For a whole screen.
    Preview,
    /// For a whole screen that is large or dense.
    Screen,
}

words!(Preset, ParsePresetError: "not a preset: thumb, tile, preview or screen", [
    Thumb = "thumb",
    Tile = "tile",
    Preview = "preview",
    Screen = "screen",
]);

/// What a preset makes: a picture that fits inside a square, whole, and never grown.
struct Spec {
    max_edge: u32,
    // JPEG needs a little more for the same look, AVIF less.
    webp: u8,
    jpeg: u8,
    // None where it would save too little for its work.
    avif: Option<u8>,
}

const THUMB: Spec = Spec {
    max_edge: 320,
    webp: 78,
    jpeg: 82,
    avif: None,
};
const TILE: Spec = Spec {
    max_edge: 640,
    ..THUMB
};
const PREVIEW: Spec = Spec {
    max_edge: 1600,
    avif: Some(50),
    ..THUMB
};
const SCREEN: Spec = Spec {
    max_edge: 2560,
    ..PREVIEW
};

impl Preset {
    const fn spec(self) -> &'static Spec {
        match self {
            Self::Thumb => &THUMB,
            Self::Tile => &TILE,
            Self::Preview => &PREVIEW,
            Self::Screen => &SCREEN,
        }
    }

    /// The longest edge in pixels; smaller pictures keep their size.
    pub const fn max_edge(self) -> u32 {
        self.spec().max_edge
    }

    /// Whether it is made as AVIF, too, once somebody has asked for it.
    pub const fn has_avif(self) -> bool {
        self.spec().avif.is_some()
    }

    /// How well it is encoded, from 0 to 100 as the format counts.
    pub const fn quality(self, format: RenditionFormat) -> u8 {
        match format {
            RenditionFormat::Avif => match self.spec().avif {
                Some(quality) => quality,
                None => self.spec().webp,
            },
            RenditionFormat::Webp => self.spec().webp,
            RenditionFormat::Jpeg => self.spec().jpeg,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_docs_tell_every_preset_as_it_is() {
        let formats = include_str!("../../../docs/formats.md");
        let api = include_str!("../../../docs/api.md");
        for preset in Preset::ALL {
            let edge = preset.max_edge();
            let [webp, jpeg] =
                [RenditionFormat::Webp, RenditionFormat::Jpeg].map(|format| preset.quality(format));
            let row = format!("| `{preset}` | {edge} px | WebP in quality {webp}; JPEG in {jpeg}");
            assert!(formats.contains(&row), "docs/formats.md lacks: {row}");
            assert!(
                api.contains(&format!("`{preset}` ({edge} px)")),
                "docs/api.md"
            );
        }
    }
}
