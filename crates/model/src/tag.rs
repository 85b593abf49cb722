//! Tags: words people find assets by.

use serde::{Deserialize, Serialize};

use crate::{
    FolderColor, Problem, Reason, TagId, asset::present, name::is_hidden, platform::normalize,
};

/// A word people find assets by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({ "id": "tag_01J8Z3V5T0M6W2Q4R8X9Y7B1CD", "name": "summer", "color": null, "asset_count": 12, "version": 1 }))))]
pub struct Tag {
    pub id: TagId,
    pub name: String,
    pub color: Option<FolderColor>,
    /// Assets in sight that carry it; counted up to 10 000.
    pub asset_count: u64,
    /// Counts its changes, from 1: said with a change, it keeps that from undoing somebody else's.
    pub version: u32,
}

/// What about a tag changes; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "openapi", schema(examples(json!({ "name": "summer", "color": "blue", "version": 1 }))))]
pub struct TagPatch {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `null` takes the color away.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<FolderColor>))]
    pub color: Option<Option<FolderColor>>,
    /// The version this change is made to; another one is a conflict, and nothing changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
}

/// Counting assets of a tag or a team stops here.
pub const COUNT_MOST: u64 = 10_000;

/// Reads one tag word: trimmed, 1 to 64 characters on one line, without commas.
pub fn clean_tag(word: &str) -> Result<String, Problem> {
    clean_name("name", "A tag", word)
}

/// Reads a name of 1 to 64 characters on one line, without commas, which part names in a list.
pub fn clean_name(field: &str, what: &str, word: &str) -> Result<String, Problem> {
    let word = normalize(word.trim());
    let is_good =
        (1..=64).contains(&word.chars().count()) && !word.chars().any(|c| is_hidden(c) || c == ',');
    if is_good {
        return Ok(word);
    }
    let detail = format!("{what} has 1 to 64 characters on one line, and no comma.");
    Err(Problem::invalid(field, detail)
        .because(Reason::TagTooLong)
        .at_most(64))
}

/// Reads tag words: trimmed, without doubles, at most 64 characters each and 50 in all.
pub fn clean_tags<'a>(words: impl IntoIterator<Item = &'a str>) -> Result<Vec<String>, Problem> {
    let mut tags: Vec<String> = Vec::new();
    for word in words {
        if word.trim().is_empty() {
            continue;
        }
        let word = clean_name("tags", "A tag", word)?;
        if tags
            .iter()
            .all(|tag| tag.to_lowercase() != word.to_lowercase())
        {
            tags.push(word);
        }
    }
    if tags.len() > 50 {
        return Err(
            Problem::invalid("tags", "An asset carries at most 50 tags.")
                .because(Reason::TooManyTags)
                .at_most(50),
        );
    }
    Ok(tags)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_trimmed_and_not_doubled() {
        assert_eq!(
            clean_tags([" Beach ", "beach", "", "Sun"]).unwrap(),
            ["Beach", "Sun"]
        );
    }

    #[test]
    fn a_tag_that_is_too_long_or_parted_is_refused() {
        for word in [
            "x".repeat(65).as_str(),
            "sea, sun",
            "sea\nsun",
            "se\u{200b}a",
        ] {
            assert!(clean_tags([word]).is_err(), "{word}");
        }
        assert!(clean_tag(" ").is_err());
    }
}
