//! Tags and teams that were deleted or merged, as long as they can be brought back.

use serde::{Deserialize, Serialize};

use crate::{FolderColor, TagId, TeamId, Timestamp};

/// A tag that was deleted or merged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GoneTag {
    pub id: TagId,
    pub name: String,
    pub color: Option<FolderColor>,
    /// What the tag was called that is carried in its place, where it was merged.
    pub merged_into: Option<String>,
    pub gone: Gone,
}

/// A team that was deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GoneTeam {
    pub id: TeamId,
    pub name: String,
    pub gone: Gone,
}

/// When something went, and until when it can be brought back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Gone {
    pub at: Timestamp,
    /// The name of who did it; `null` where it was a program.
    pub by: Option<String>,
    /// It goes for good some time after this.
    pub until: Timestamp,
}
