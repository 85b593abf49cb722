//! Presets: the named transforms that renditions are made by, and the only ones served.

use serde::{Deserialize, Serialize};

use crate::word::words;

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
    /// For a whole screen.
    Preview,
}

words!(Preset, ParsePresetError: "not a preset: thumb or preview", [
    Thumb = "thumb",
    Preview = "preview",
]);

impl Preset {
    /// The longest edge in pixels; smaller pictures keep their size.
    pub const fn max_edge(self) -> u32 {
        match self {
            Self::Thumb => 320,
            Self::Preview => 1600,
        }
    }
}
