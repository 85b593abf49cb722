//! The languages and the looks that the interface has.

use serde::{Deserialize, Serialize};

use crate::word::words;

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "sqlx",
    derive(sqlx::Type),
    sqlx(type_name = "text", rename_all = "lowercase")
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Language {
    /// English.
    #[default]
    #[serde(rename = "en")]
    #[cfg_attr(feature = "sqlx", sqlx(rename = "en"))]
    English,
    /// Portuguese as Brazil writes it.
    #[serde(rename = "pt-BR")]
    #[cfg_attr(feature = "sqlx", sqlx(rename = "pt-BR"))]
    Portuguese,
}

words!(Language, ParseLanguageError: "not a language of the interface", [
    English = "en",
    Portuguese = "pt-BR",
]);

impl Language {
    /// What the language calls itself.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Portuguese => "Português (Brasil)",
        }
    }

    /// The language that an `Accept-Language` header asks for most; English where we speak none.
    ///
    /// Any region of a language is answered with the one we have.
    pub fn negotiate(accept_language: &str) -> Self {
        let mut best = (0, Self::English);
        for range in accept_language.split(',') {
            let (tag, weight) = read_range(range);
            if let Some(language) = Self::of_tag(tag)
                && weight > best.0
            {
                best = (weight, language);
            }
        }
        best.1
    }

    /// The language of a tag such as `pt-PT`; any will do where it is `*`.
    fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split('-').next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "en" | "*" => Some(Self::English),
            "pt" => Some(Self::Portuguese),
            _ => None,
        }
    }
}

/// The tag of a range and its weight in thousandths; one that makes no sense weighs nothing.
fn read_range(range: &str) -> (&str, u32) {
    let mut parts = range.split(';').map(str::trim);
    let tag = parts.next().unwrap_or_default();
    let weight = parts.find_map(|part| part.strip_prefix("q=").or(part.strip_prefix("Q=")));
    (tag, weight.map_or(1_000, thousandths))
}

fn thousandths(weight: &str) -> u32 {
    let (whole, fraction) = weight.split_once('.').unwrap_or((weight, ""));
    if fraction.len() > 3 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return 0;
    }
    match whole {
        "1" => 1_000,
        "0" => format!("{fraction:0<3}").parse().unwrap_or(0),
        _ => 0,
    }
}

/// The look of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "sqlx",
    derive(sqlx::Type),
    sqlx(type_name = "text", rename_all = "snake_case")
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

words!(Theme, ParseThemeError: "not a look: system, light or dark", [
    System = "system",
    Light = "light",
    Dark = "dark",
]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_language_we_speak_wins() {
        for (header, language) in [
            ("", Language::English),
            ("*", Language::English),
            ("de, fr", Language::English),
            ("pt-BR", Language::Portuguese),
            ("pt", Language::Portuguese),
            ("PT-pt;q=0.8, en;q=0.7", Language::Portuguese),
            ("pt;q=0.5,en;q=0.9", Language::English),
            ("de, pt;q=0.3, *;q=0.1", Language::Portuguese),
            ("en-GB,en;q=0.9,pt;q=0.9", Language::English),
            ("pt-BR,pt;q=0.9,en-US;q=0.8,en;q=0.7", Language::Portuguese),
        ] {
            assert_eq!(Language::negotiate(header), language, "{header}");
        }
    }

    #[test]
    fn what_is_refused_or_makes_no_sense_weighs_nothing() {
        for header in [
            "pt;q=0",
            "pt;q=0.000",
            "pt;q=x",
            "pt;q=0.1234",
            ";;,,;q=",
            "pt;q=-1",
        ] {
            assert_eq!(Language::negotiate(header), Language::English, "{header}");
        }
    }

    #[test]
    fn languages_and_looks_are_read_as_they_are_written() {
        for language in Language::ALL {
            assert_eq!(language.to_string().parse(), Ok(language));
        }
        for theme in Theme::ALL {
            assert_eq!(theme.to_string().parse(), Ok(theme));
        }
        assert_eq!("pt".parse::<Language>(), Err(ParseLanguageError));
        assert_eq!("pink".parse::<Theme>(), Err(ParseThemeError));
    }
}
