//! What came of making a picture fit, and what was done to it.

use serde::{Deserialize, Serialize};

use super::{
    super::{Extent, Region, Verdict},
    Rgb,
};
use crate::{Asset, ByteSize, FocalPoint, Mime, Problem, Slug};

/// A picture that was made for a placement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Fitted {
    pub asset: Asset,
    /// What the placement says of it.
    pub verdict: Verdict,
    /// What was done, in this order.
    pub steps: Vec<Step>,
}

/// What came of making a picture for one of several placements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FitAnswer {
    /// The id of the placement.
    pub placement: Slug,
    /// The picture; absent where it could not be made.
    pub fitted: Option<Fitted>,
    /// Why it could not be made.
    pub problem: Option<Problem>,
}

/// Something that was done to a picture, with its figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(as = FitStep)
)]
#[serde(tag = "did", rename_all = "snake_case")]
pub enum Step {
    /// Only the first picture of an animation stayed.
    Stilled {
        /// How many there were.
        frames: u32,
    },
    /// Only a part of it stayed.
    Cropped { region: Region, around: Focus },
    /// It was made smaller.
    Resized { from: Extent, to: Extent },
    /// Transparency was laid on a color.
    Flattened { background: Rgb },
    /// It was written anew, without what the file told of its maker.
    Encoded {
        mime: Mime,
        /// 1 to 100, where the format knows any.
        #[serde(skip_serializing_if = "Option::is_none")]
        quality: Option<u8>,
        size: ByteSize,
    },
}

/// What a picture is cut around.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Focus {
    /// What somebody said must stay visible.
    FocalPoint,
    /// What stands out.
    Salient,
    /// The middle: nobody said anything, and nothing stands out.
    Middle,
}

impl Focus {
    /// What is cut around, and where that is.
    pub fn of(said: Option<FocalPoint>, salient: Option<FocalPoint>) -> (Self, FocalPoint) {
        let salient = salient.filter(|point| *point != FocalPoint::MIDDLE);
        match (said, salient) {
            (Some(point), _) => (Self::FocalPoint, point),
            (None, Some(point)) => (Self::Salient, point),
            (None, None) => (Self::Middle, FocalPoint::MIDDLE),
        }
    }
}
