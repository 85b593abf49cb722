//! Versions: the originals an asset has and had.

use serde::{Deserialize, Serialize};

use crate::{ByteSize, Mime, Sha256, Timestamp, UserId};

/// An original of an asset; the one with the greatest number is what the asset shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Version {
    /// Counted from 1.
    pub number: u32,
    pub mime: Mime,
    pub size: ByteSize,
    pub sha256: Sha256,
    /// When it became the asset's.
    pub created_at: Timestamp,
    pub created_by: Option<UserId>,
    /// The name of the person who brought it, where there is one.
    pub created_by_name: Option<String>,
    /// Whether it was made here of another picture.
    pub is_made: bool,
    /// Whether it is what the asset shows.
    pub is_current: bool,
}
