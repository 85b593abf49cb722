//! Presets: the named transforms that renditions are made by, and the only ones served.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

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

impl Preset {
    /// All presets.
    pub const ALL: [Self; 2] = [Self::Thumb, Self::Preview];

    /// The longest edge in pixels; smaller pictures keep their size.
    pub const fn max_edge(self) -> u32 {
        match self {
            Self::Thumb => 320,
            Self::Preview => 1600,
        }
    }

    /// The word of the contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Thumb => "thumb",
            Self::Preview => "preview",
        }
    }
}

impl fmt::Display for Preset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A word that names no preset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a preset: thumb or preview")]
pub struct ParsePresetError;

impl FromStr for Preset {
    type Err = ParsePresetError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|preset| preset.as_str() == text)
            .ok_or(ParsePresetError)
    }
}
