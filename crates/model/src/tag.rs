//! Tags: words people find assets by.

use serde::{Deserialize, Serialize};

use crate::{Problem, Reason, TagId, platform::normalize};

/// A word people find assets by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tag {
    pub id: TagId,
    pub name: String,
    /// Assets in sight that carry it.
    pub asset_count: u64,
}

/// Reads tag words: trimmed, without doubles, at most 64 characters each and 50 in all.
pub fn clean_tags<'a>(words: impl IntoIterator<Item = &'a str>) -> Result<Vec<String>, Problem> {
    let mut tags: Vec<String> = Vec::new();
    for word in words {
        let word: String = normalize(word.trim());
        if word.is_empty()
            || tags
                .iter()
                .any(|tag| tag.to_lowercase() == word.to_lowercase())
        {
            continue;
        }
        if word.chars().count() > 64 || word.chars().any(char::is_control) {
            return Err(
                Problem::invalid("tags", "A tag has at most 64 characters on one line.")
                    .because(Reason::TagTooLong)
                    .at_most(64),
            );
        }
        tags.push(word);
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
    fn a_tag_that_is_too_long_is_refused() {
        assert!(clean_tags(["x".repeat(65).as_str()]).is_err());
    }
}
