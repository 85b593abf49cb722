//! Where assets are used outside: in templates, campaigns, messages and pages of other programs.
//!
//! This is neither the storage meter (`usage`) nor when an asset was last opened (`used_at`).

pub mod links;
#[cfg(test)]
mod tests;

use std::{fmt, net::Ipv6Addr, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, de};

use crate::{
    AssetId, Problem, Timestamp, UsageId, UserId,
    name::{is_hidden, text},
    word::words,
};

/// The most places that are known of an asset, and the most assets that one place uses.
pub const MOST_USAGES: usize = 1_000;

/// A place outside that uses an asset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "sqlx", derive(sqlx::FromRow))]
pub struct AssetUsage {
    pub id: UsageId,
    pub asset_id: AssetId,
    pub kind: UsageKind,
    /// What the other program calls the place; an asset is used there once.
    pub reference: UsageReference,
    /// What people call the place.
    pub title: UsageTitle,
    /// Where the place is looked at; Satchel never goes there.
    pub url: Option<WebAddress>,
    /// How it was first known.
    pub known_by: KnownBy,
    pub created_at: Timestamp,
    /// Who recorded it, where that was a person.
    pub created_by: Option<UserId>,
    /// When it was last said that the place uses the asset.
    pub seen_at: Timestamp,
}

/// What sort of place uses an asset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "sqlx",
    derive(sqlx::Type),
    sqlx(type_name = "text", rename_all = "snake_case")
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum UsageKind {
    Template,
    Campaign,
    Message,
    Page,
    Other,
}

words!(UsageKind, ParseUsageKindError: "not a kind of place that uses assets", [
    Template = "template",
    Campaign = "campaign",
    Message = "message",
    Page = "page",
    Other = "other",
]);

/// How a usage came to be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "sqlx",
    derive(sqlx::Type),
    sqlx(type_name = "text", rename_all = "snake_case")
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum KnownBy {
    /// Somebody chose the asset for the place.
    Picker,
    /// The asset was sent.
    Delivery,
    /// A program said so.
    Api,
    /// It was found in what is written there.
    Scan,
}

words!(KnownBy, ParseKnownByError: "not a way to know of a usage", [
    Picker = "picker",
    Delivery = "delivery",
    Api = "api",
    Scan = "scan",
]);

/// A place that uses an asset, to be recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", schema(examples(json!({ "kind": "template", "reference": "welcome-7", "title": "Welcome mail", "url": "https://crm.example.com/templates/7" }))))]
pub struct NewUsage {
    pub kind: UsageKind,
    pub reference: UsageReference,
    /// What people call the place; its reference where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<UsageTitle>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<WebAddress>,
}

impl NewUsage {
    /// What people call the place.
    pub fn title(&self) -> UsageTitle {
        self.title
            .clone()
            .unwrap_or_else(|| UsageTitle(self.reference.0.clone()))
    }
}

/// What is written in a place, so that its assets can be found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", schema(examples(json!({ "kind": "template", "reference": "welcome-7", "html": "<img data-satchel-asset=\"ast_01J8Z3V5T0M6W2Q4R8X9Y7B1CD\">" }))))]
pub struct UsageScan {
    pub kind: UsageKind,
    pub reference: UsageReference,
    /// What people call the place; its reference where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<UsageTitle>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<WebAddress>,
    /// HTML or text, at most a million bytes; empty where the place is gone.
    pub html: String,
}

impl UsageScan {
    /// The most bytes that are read.
    pub const MAX_BYTES: usize = 1_000_000;

    /// The place, and what is written there.
    pub fn into_parts(self) -> (NewUsage, String) {
        let place = NewUsage {
            kind: self.kind,
            reference: self.reference,
            title: self.title,
            url: self.url,
        };
        (place, self.html)
    }
}

/// Which assets a place uses from now on, and which it no longer does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScannedUsages {
    /// Those that were not known to be used there.
    pub added: Vec<AssetId>,
    pub kept: Vec<AssetId>,
    /// Those that are no longer used there.
    pub removed: Vec<AssetId>,
}

/// In how many places some assets are used.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UsageCount {
    /// A place that uses several of them is one.
    pub places: u64,
    /// The titles of those that were seen last, three at most.
    pub latest: Vec<String>,
}

text!(/// What another program calls a place: 1 to 200 characters.
    UsageReference);

impl UsageReference {
    /// The most characters.
    pub const MAX_CHARS: usize = 200;
}

impl FromStr for UsageReference {
    type Err = Problem;

    /// Takes it as it is or not at all: another program looks for the same again.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refused = || Problem::invalid("reference", "A reference has 1 to 200 characters.");
        line(text, Self::MAX_CHARS, refused).map(Self)
    }
}

text!(/// What people call a place that uses assets: 1 to 200 characters.
    UsageTitle);

impl UsageTitle {
    /// The most characters.
    pub const MAX_CHARS: usize = 200;
}

impl FromStr for UsageTitle {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refused = || Problem::invalid("title", "A title has 1 to 200 characters on one line.");
        line(text, Self::MAX_CHARS, refused).map(Self)
    }
}

/// One line that is not blank and not too long, as it is.
fn line(text: &str, most: usize, refused: impl Fn() -> Problem) -> Result<String, Problem> {
    let is_good =
        !text.trim().is_empty() && !text.chars().any(is_hidden) && text.chars().nth(most).is_none();
    let too_long = || refused().at_most(most as u64);
    is_good.then(|| text.to_owned()).ok_or_else(too_long)
}

text!(/// An address on the web, to be followed by people: at most 2 000 characters.
    WebAddress);

impl WebAddress {
    /// The most characters.
    pub const MAX_CHARS: usize = 2_000;
}

impl FromStr for WebAddress {
    type Err = Problem;

    /// Takes `http` and `https` with a host and without a user's name, which misleads people.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let after = |scheme: &str| {
            let start = text.get(..scheme.len())?;
            let is_it = start.eq_ignore_ascii_case(scheme);
            is_it.then(|| &text[scheme.len()..])
        };
        let rest = after("https://").or_else(|| after("http://"));
        let host = rest.and_then(|rest| rest.split(['/', '?', '#']).next());
        let is_plain = |c: char| !c.is_whitespace() && !is_hidden(c) && !r#"\<>"'`"#.contains(c);
        let is_good = host.is_some_and(is_host)
            && text.chars().all(is_plain)
            && text.chars().nth(Self::MAX_CHARS).is_none();
        is_good.then(|| Self(text.to_owned())).ok_or_else(|| {
            Problem::invalid(
                "url",
                "An address begins with https:// or http:// and has at most 2 000 characters.",
            )
            .at_most(Self::MAX_CHARS as u64)
        })
    }
}

/// Whether a name, an IPv4 address or an IPv6 address in brackets, and a port if any.
fn is_host(text: &str) -> bool {
    let is_port = |port: &str| port.parse::<u16>().is_ok() && !port.starts_with('+');
    if let Some((address, rest)) = text.strip_prefix('[').and_then(|it| it.split_once(']')) {
        let has_port = || rest.strip_prefix(':').is_some_and(is_port);
        return address.parse::<Ipv6Addr>().is_ok() && (rest.is_empty() || has_port());
    }
    let (name, port) = text
        .split_once(':')
        .map_or((text, None), |(name, port)| (name, Some(port)));
    // What no browser takes for a part of a host.
    let is_plain = !name.contains(['@', ':', '[', ']', '^', '|', '%']);
    !name.is_empty() && is_plain && port.is_none_or(is_port)
}
