//! Colors that pictures are laid on.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A color, written as `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, example = "#ffffff", pattern = "^#[0-9a-f]{6}$"))]
#[serde(try_from = "String", into = "String")]
pub struct Rgb(pub [u8; 3]);

impl Rgb {
    /// What pictures are laid on unless said.
    pub const WHITE: Self = Self([255; 3]);
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

/// What transparency is laid on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backdrop {
    /// This color, everywhere.
    Always(Rgb),
    /// This color where transparency is lost; elsewhere it stays.
    WhereLost(Rgb),
}

impl Default for Backdrop {
    fn default() -> Self {
        Self::WhereLost(Rgb::WHITE)
    }
}

impl From<Option<Rgb>> for Backdrop {
    fn from(asked: Option<Rgb>) -> Self {
        asked.map_or_else(Self::default, Self::Always)
    }
}

impl Backdrop {
    /// The color.
    pub const fn color(self) -> Rgb {
        match self {
            Self::Always(color) | Self::WhereLost(color) => color,
        }
    }

    /// What a picture is laid on, where it may or may not stay transparent.
    pub const fn under(self, is_lost: bool) -> Option<Rgb> {
        match self {
            Self::WhereLost(_) if !is_lost => None,
            Self::Always(color) | Self::WhereLost(color) => Some(color),
        }
    }
}

/// Text that is not a color.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a color such as #ffffff")]
pub struct ParseRgbError;

impl FromStr for Rgb {
    type Err = ParseRgbError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.strip_prefix('#').filter(|digits| {
            digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
        });
        let digits = digits.ok_or(ParseRgbError)?;
        let value = u32::from_str_radix(digits, 16).map_err(|_| ParseRgbError)?;
        let [_, r, g, b] = value.to_be_bytes();
        Ok(Self([r, g, b]))
    }
}

impl TryFrom<String> for Rgb {
    type Error = ParseRgbError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Rgb> for String {
    fn from(color: Rgb) -> Self {
        color.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colors_are_written_as_they_are_read() {
        assert_eq!("#0a10FF".parse::<Rgb>().unwrap().to_string(), "#0a10ff");
        for text in ["", "#", "#12345", "ffffff", "#gggggg", "#é12345"] {
            assert!(text.parse::<Rgb>().is_err(), "{text}");
        }
    }
}
