//! Short names for machines, such as `whatsapp-sticker`.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A short name for machines: 1 to 64 of `a`–`z`, `0`–`9` and `-`, without a dash at an end.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(String);

impl Slug {
    /// The most characters.
    pub const MAX_CHARS: usize = 64;

    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Text that is not a short name for machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a short name of a–z, 0–9 and dashes")]
pub struct ParseSlugError;

impl FromStr for Slug {
    type Err = ParseSlugError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let is_good = (1..=Self::MAX_CHARS).contains(&text.len())
            && text.bytes().all(|byte| is_letter(byte) || byte == b'-')
            && !text.starts_with('-')
            && !text.ends_with('-');
        is_good.then(|| Self(text.to_owned())).ok_or(ParseSlugError)
    }
}

impl Serialize for Slug {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Slug {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(feature = "sqlx")]
crate::id::as_text!(Slug);

#[cfg(feature = "openapi")]
crate::id::as_schema!(Slug, "whatsapp-sticker");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_name_has_letters_digits_and_dashes() {
        for good in ["push", "in-app-modal", "a", "3gp"] {
            assert!(good.parse::<Slug>().is_ok(), "{good}");
        }
        let long = "a".repeat(65);
        for bad in ["", "-push", "push-", "Push", "in app", "ação", "a/b", &long] {
            assert!(bad.parse::<Slug>().is_err(), "{bad}");
        }
    }
}
