//! API tokens and what they are good for.

use serde::{Deserialize, Serialize};

use crate::{Right, Role, Timestamp, TokenId, UserId, word::words};

/// An API token, without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
        "id": "tok_01J8Z3V5T0M6W2Q4R8X9Y7B1CD", "name": "Website", "role": "agent", "scopes": ["read", "write"],
        "created_at": "2026-11-21T09:30:00.000Z", "created_by": "usr_01J8Z3V5T0M6W2Q4R8X9Y7B1CD"
    }))))]
pub struct Token {
    pub id: TokenId,
    pub name: String,
    pub role: Role,
    pub scopes: Vec<Scope>,
    pub created_at: Timestamp,
    /// Who made it; it is revoked when they are switched off or may less. Absent where nobody
    /// did who signs in.
    pub created_by: Option<UserId>,
    pub last_used_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
}

/// What a token is good for, within what its role may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Scope {
    /// Look and download.
    #[serde(rename = "read")]
    Read,
    /// Upload and change.
    #[serde(rename = "write")]
    Write,
    /// Delete for good.
    #[serde(rename = "purge")]
    Purge,
    /// Manage people, tokens and settings.
    #[serde(rename = "administer")]
    Administer,
}

words!(Scope, ParseScopeError: "not a scope: read, write, purge or administer", [
    Read = "read",
    Write = "write",
    Purge = "purge",
    Administer = "administer",
]);

impl Scope {
    /// The scope a right asks of a token; no token operates.
    pub const fn for_right(right: Right) -> Option<Self> {
        match right {
            Right::View => Some(Self::Read),
            Right::Edit => Some(Self::Write),
            Right::Purge => Some(Self::Purge),
            Right::Administer => Some(Self::Administer),
            Right::Operate => None,
        }
    }
}
