//! API tokens and what they are good for.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{Right, Role, Timestamp, TokenId};

/// An API token, without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Token {
    pub id: TokenId,
    pub name: String,
    pub role: Role,
    pub scopes: Vec<Scope>,
    pub created_at: Timestamp,
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

impl Scope {
    /// All scopes.
    pub const ALL: [Self; 4] = [Self::Read, Self::Write, Self::Purge, Self::Administer];

    /// The word of the contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Purge => "purge",
            Self::Administer => "administer",
        }
    }

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

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A word that names no scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a scope: read, write, purge or administer")]
pub struct ParseScopeError;

impl FromStr for Scope {
    type Err = ParseScopeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|scope| scope.as_str() == text)
            .ok_or(ParseScopeError)
    }
}
