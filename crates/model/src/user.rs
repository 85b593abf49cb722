//! Users and their sessions.

use serde::{Deserialize, Serialize};

use crate::{
    AccountId, ByteSize, Email, Language, PersonName, Role, SessionId, Theme, Timestamp, UserId,
};

/// A person who signs in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct User {
    pub id: UserId,
    pub account_id: AccountId,
    pub email: Email,
    pub name: String,
    pub role: Role,
    /// Whether this is an operator of the whole installation.
    pub operator: bool,
    /// The language of the interface; absent: as the browser asks for.
    pub language: Option<Language>,
    /// The look of the interface.
    pub theme: Theme,
    /// The most bytes this person may bring, where they have a figure of their own.
    pub quota: Option<ByteSize>,
    pub created_at: Timestamp,
    pub disabled_at: Option<Timestamp>,
}

/// What about the own profile changes; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "openapi", schema(examples(json!({ "name": "Anna", "language": "en", "theme": "dark" }))))]
pub struct MePatch {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<PersonName>,
    /// The language of the interface; `null` follows the browser.
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::asset::present"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Language>))]
    pub language: Option<Option<Language>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theme: Option<Theme>,
}

/// One signed-in browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    pub id: SessionId,
    pub created_at: Timestamp,
    pub last_seen_at: Timestamp,
    pub ip: Option<String>,
    pub user_agent: Option<String>,
}
