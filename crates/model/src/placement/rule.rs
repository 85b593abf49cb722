//! Rules: what a placement takes, and who says so.

use serde::{Deserialize, Serialize};

use super::{ColorMode, Day, Extent};
use crate::{ByteSize, Mime, word::words};

/// One thing that a placement asks of files, and who says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Rule {
    pub limit: Bound,
    /// What the figures of the limit count.
    pub unit: Unit,
    #[serde(default)]
    pub strength: Strength,
    /// The address of the page that says so.
    #[cfg_attr(feature = "openapi", schema(max_length = 500, pattern = "^https://"))]
    pub source: String,
    /// The day that page was last read.
    pub checked_on: Day,
    pub confidence: Confidence,
}

/// What is limited, and to which figures; all of them are still let in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "of", rename_all = "snake_case", deny_unknown_fields)]
pub enum Bound {
    /// The media types taken.
    Types { any: Vec<Mime> },
    /// The largest file.
    Bytes { max: ByteSize },
    /// Pixels across and down; absent is any.
    Pixels {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min_width: Option<u32>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min_height: Option<u32>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max_width: Option<u32>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max_height: Option<u32>,
        /// Only these sizes, where there are any.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        exact: Vec<Extent>,
    },
    /// Width to height.
    Ratio {
        width: u32,
        height: u32,
        /// How far off is still taken, in thousandths of the ratio.
        tolerance: u32,
        /// What happens to a picture of another ratio.
        otherwise: Otherwise,
    },
    /// How many times the longer edge may be as long as the shorter one.
    Stretch { max: u32 },
    /// Width and height together.
    EdgeSum { max: u32 },
    /// Pictures of an animation; a still picture has one.
    Frames {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<u32>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<u32>,
    },
    /// Whether anything may be transparent.
    Alpha { allowed: bool },
    /// How colors are told, and in how many bits each.
    Color { any: Vec<ColorMode>, max_bits: u8 },
    /// How long it may play, in seconds.
    Duration { max: u32 },
    /// The codecs of sound and moving pictures.
    Codecs {
        any: Vec<String>,
        /// Whether each may be there once alone: one track of sound, or none.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        once: bool,
    },
    /// Pages of a document.
    Pages { max: u32 },
}

impl Bound {
    /// What is limited.
    pub const fn name(&self) -> BoundName {
        match self {
            Self::Types { .. } => BoundName::Types,
            Self::Bytes { .. } => BoundName::Bytes,
            Self::Pixels { .. } => BoundName::Pixels,
            Self::Ratio { .. } => BoundName::Ratio,
            Self::Stretch { .. } => BoundName::Stretch,
            Self::EdgeSum { .. } => BoundName::EdgeSum,
            Self::Frames { .. } => BoundName::Frames,
            Self::Alpha { .. } => BoundName::Alpha,
            Self::Color { .. } => BoundName::Color,
            Self::Duration { .. } => BoundName::Duration,
            Self::Codecs { .. } => BoundName::Codecs,
            Self::Pages { .. } => BoundName::Pages,
        }
    }
}

/// What a rule limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BoundName {
    Types,
    Bytes,
    Pixels,
    Ratio,
    Stretch,
    EdgeSum,
    Frames,
    Alpha,
    Color,
    Duration,
    Codecs,
    Pages,
}

words!(BoundName, ParseBoundNameError: "not something that rules limit", [
    Types = "types",
    Bytes = "bytes",
    Pixels = "pixels",
    Ratio = "ratio",
    Stretch = "stretch",
    EdgeSum = "edge_sum",
    Frames = "frames",
    Alpha = "alpha",
    Color = "color",
    Duration = "duration",
    Codecs = "codecs",
    Pages = "pages",
]);

impl BoundName {
    /// What its figures count.
    pub const fn unit(self) -> Unit {
        match self {
            Self::Types => Unit::MediaTypes,
            Self::Bytes => Unit::Bytes,
            Self::Pixels | Self::EdgeSum => Unit::Pixels,
            Self::Ratio | Self::Stretch => Unit::Ratio,
            Self::Frames => Unit::Frames,
            Self::Alpha => Unit::Transparency,
            Self::Color => Unit::Bits,
            Self::Duration => Unit::Seconds,
            Self::Codecs => Unit::Codecs,
            Self::Pages => Unit::Pages,
        }
    }
}

/// What figures count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    MediaTypes,
    Bytes,
    Pixels,
    /// One length to another.
    Ratio,
    Frames,
    Transparency,
    /// Bits of each color.
    Bits,
    Seconds,
    Codecs,
    Pages,
}

/// What happens to a picture whose ratio is another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Otherwise {
    /// What sticks out is cut, alike on both sides.
    Cut,
    /// What is too wide is cut, alike on both sides; what is too high is shown whole.
    CutSides,
    /// It is shown whole, with empty bands.
    Letterbox,
    /// It is not taken.
    Refuse,
}

/// Whether a rule must be kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// What breaks it does not do.
    #[default]
    Must,
    /// What breaks it works, but not as well.
    Advised,
}

/// How sure a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// The provider's own documentation says so.
    Provider,
    /// A vendor or another page says so.
    Secondary,
    /// Nobody has looked it up yet.
    Unconfirmed,
}

words!(Confidence, ParseConfidenceError: "not a confidence", [
    Provider = "provider",
    Secondary = "secondary",
    Unconfirmed = "unconfirmed",
]);
