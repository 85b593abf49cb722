//! Verdicts: how a file would do in a placement, with the figures.

use serde::{Deserialize, Serialize};

use super::{Bound, BoundName, Color, Extent, Region};
use crate::{ByteSize, Mime, PlayTime, Slug};

/// How a file would do in a placement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Verdict {
    /// The id of the placement.
    pub placement: Slug,
    #[serde(flatten)]
    pub outcome: Outcome,
    /// What works, but would work better otherwise.
    pub advice: Vec<Finding>,
    /// Rules that cannot be told, because nobody knows that of the file yet.
    pub unknown: Vec<BoundName>,
}

/// What would happen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(as = VerdictOutcome)
)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Outcome {
    /// It is taken as it is.
    Fits,
    /// It is taken, and shown in part.
    Cut {
        /// What is seen of it.
        region: Region,
    },
    /// It has too few pixels.
    TooSmall {
        /// How many are missing across and down; nothing where there are enough.
        missing: Extent,
        /// The fewest there may be; nothing where any will do.
        needed: Extent,
    },
    /// It is not taken.
    Refused {
        /// Each rule it breaks, with its own figure.
        broken: Vec<Finding>,
    },
    /// What is known of it fits, but not everything is known.
    Unsure,
}

impl Outcome {
    /// Whether it would be taken, as far as anybody knows.
    pub const fn is_taken(&self) -> bool {
        matches!(self, Self::Fits | Self::Cut { .. } | Self::Unsure)
    }
}

/// A rule that is not kept, and the file's own figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Finding {
    pub limit: Bound,
    pub found: Found,
    /// The address of the page that says so.
    pub source: String,
}

/// What a file has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Found {
    /// Its media type.
    Type(Mime),
    /// Its bytes.
    Bytes(ByteSize),
    /// Its pixels.
    Pixels(Extent),
    /// Its frames.
    Frames(u32),
    /// Whether anything in it is transparent.
    Alpha(bool),
    /// How its colors are told.
    Color(Color),
    /// How long it plays.
    Duration(PlayTime),
    /// A codec that is not taken.
    Codec(String),
    /// Its pages.
    Pages(u32),
}
