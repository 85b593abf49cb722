//! What a search found, and why.

use serde::{Deserialize, Serialize};

use crate::{Asset, Cursor};

/// A page of a list of assets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AssetPage {
    /// What is on this page, in the order of the list.
    pub items: Vec<Asset>,
    /// Where the next page starts; absent on the last one.
    pub next_cursor: Option<Cursor>,
    /// The words that were looked for instead, where nothing has those that were asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub searched_instead: Option<String>,
}

/// Why a search found an asset: a place where its words stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Hit {
    pub field: HitField,
    /// The place, cut short, in pieces; joined they read as it does.
    pub snippet: Vec<Span>,
}

/// Where words stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HitField {
    Name,
    Tag,
    Team,
    AltText,
    Folder,
    /// In the document itself.
    Content,
}

/// A piece of text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Span {
    pub text: String,
    /// Whether this is one of the words looked for.
    pub is_match: bool,
}
