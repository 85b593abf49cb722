//! Teams: groups of people that assets are for.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::{ParseIdError, TeamId, UserId};

/// A group of people that assets are for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Team {
    pub id: TeamId,
    pub name: String,
    /// Who is in it, by name.
    pub members: Vec<TeamMember>,
    /// Assets in sight that are for it; counted up to 10 000.
    pub asset_count: u64,
    /// Whether the one who asks is in it.
    pub is_mine: bool,
    /// Counts its changes, from 1: said with a change, it keeps that from undoing somebody else's.
    pub version: u32,
}

/// Somebody in a team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamMember {
    pub id: UserId,
    pub name: String,
}

/// Which team's assets a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TeamChoice {
    /// Those of every team that the one who asks is in.
    Mine,
    /// Those of one team.
    Team(TeamId),
}

impl TeamChoice {
    /// The word for the teams of the one who asks.
    pub const MINE: &'static str = "mine";
}

impl fmt::Display for TeamChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mine => f.write_str(Self::MINE),
            Self::Team(id) => id.fmt(f),
        }
    }
}

impl FromStr for TeamChoice {
    type Err = ParseIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            Self::MINE => Ok(Self::Mine),
            id => id.parse().map(Self::Team),
        }
    }
}

impl Serialize for TeamChoice {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TeamChoice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(feature = "openapi")]
crate::id::as_schema!(TeamChoice, TeamChoice::MINE);
