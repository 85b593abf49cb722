//! Embed sessions: what a page of another program may do here for a short while.

mod origin;

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, de};

pub use origin::WebOrigin;

use crate::{
    EmbedSessionId, FolderId, Kind, NewUsage, Problem, Timestamp, TokenId, UserId,
    name::{is_hidden, text},
    word::words,
};

/// What a page of another program may do here for a short while, without the token that lets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EmbedSession {
    pub id: EmbedSessionId,
    /// The only page that may frame the picker and talk to it.
    pub origin: WebOrigin,
    pub scopes: Vec<EmbedScope>,
    /// Nothing outside this folder and those below is there; absent for the whole library.
    pub folder_id: Option<FolderId>,
    /// Nothing of another kind is there; empty for all kinds.
    pub kinds: Vec<Kind>,
    /// The most times it may write; absent where nobody counts.
    pub max_operations: Option<u32>,
    /// What is written there: what is chosen is recorded as used in it, and in nothing else.
    pub used_in: Option<NewUsage>,
    /// Who sits there, as the other program calls them.
    pub user: Option<EmbedUser>,
    /// The API token that made it; absent where a person did.
    pub token_id: Option<TokenId>,
    /// The person who made it; absent where a token did.
    pub created_by: Option<UserId>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

/// What the page around the picker is told of a session without a token: who may frame it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmbedFrame {
    pub origin: WebOrigin,
}

/// Something an embed session is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EmbedScope {
    /// Look, search, choose, and say that what was chosen is used where the session is for.
    Browse,
    /// Bring files.
    Upload,
    /// Make copies that are cropped or fit a placement.
    Crop,
    /// Give public addresses.
    Share,
}

words!(EmbedScope, ParseEmbedScopeError: "not a scope of an embed session: browse, upload, crop or share", [
    Browse = "browse",
    Upload = "upload",
    Crop = "crop",
    Share = "share",
]);

text!(/// Who sits at another program, as that calls them: 1 to 200 characters on one line.
    EmbedUser);

impl EmbedUser {
    /// The most characters.
    pub const MAX_CHARS: usize = 200;
}

impl FromStr for EmbedUser {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let is_good = !text.is_empty()
            && !text.chars().any(is_hidden)
            && text.chars().nth(Self::MAX_CHARS).is_none();
        is_good.then(|| Self(text.to_owned())).ok_or_else(|| {
            Problem::invalid("user", "`user` has 1 to 200 characters on one line.")
                .at_most(Self::MAX_CHARS as u64)
        })
    }
}
