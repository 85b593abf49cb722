//! Where assets came from.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// Where an asset came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "sqlx",
    derive(sqlx::Type),
    sqlx(type_name = "text", rename_all = "snake_case")
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Somebody brought it in.
    #[default]
    Upload,
    /// Received in a conversation.
    Conversation,
    /// From the customer records.
    Crm,
    /// From a task.
    Task,
    /// From the catalog.
    Catalog,
    /// Brought over from what existed before.
    Import,
    /// Made from a description.
    Generation,
}

impl Source {
    /// All sources.
    pub const ALL: [Self; 7] = [
        Self::Upload,
        Self::Conversation,
        Self::Crm,
        Self::Task,
        Self::Catalog,
        Self::Import,
        Self::Generation,
    ];

    /// The word of the contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Upload => "upload",
            Self::Conversation => "conversation",
            Self::Crm => "crm",
            Self::Task => "task",
            Self::Catalog => "catalog",
            Self::Import => "import",
            Self::Generation => "generation",
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A word that names no source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a source")]
pub struct ParseSourceError;

impl FromStr for Source {
    type Err = ParseSourceError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|source| source.as_str() == text)
            .ok_or(ParseSourceError)
    }
}
