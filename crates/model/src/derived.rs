//! Pictures made of pictures, and what they remember of it.

use serde::{Deserialize, Serialize};

use crate::{AssetId, Edit, FileName, Slug, Timestamp, placement::Rgb, word::words};

/// What an asset was made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Derived {
    /// The asset whose picture it was made of; it may be an earlier version of its own.
    pub asset_id: AssetId,
    /// The version of that asset.
    pub version: u32,
    /// How that picture was changed.
    pub edit: Edit,
    /// The id of the placement it was made for; absent where somebody cropped it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placement: Option<Slug>,
    /// The color that transparency was laid on; absent where nothing was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "#ffffff"))]
    pub background: Option<Rgb>,
    pub made_at: Timestamp,
    /// Whether the original has been replaced since.
    pub is_outdated: bool,
}

/// How a picture is to be cropped, and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", schema(examples(json!({ "edit": { "turn": "quarter", "region": { "x": 0, "y": 0, "width": 800, "height": 400 } }, "as": "copy", "name": "beach wide.jpg" }))))]
pub struct Crop {
    /// How it is changed; where it was cropped before, this is of the picture it was made of.
    pub edit: Edit,
    #[serde(rename = "as")]
    pub target: CropTarget,
    /// The version it has until then; where it has another by now, nothing changes, and the answer
    /// is 409.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub if_version: Option<u32>,
    /// The name of the copy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<FileName>,
}

/// What becomes of a cropped picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CropTarget {
    /// An asset of its own.
    Copy,
    /// A new version of the same asset.
    Version,
}

words!(CropTarget, ParseCropTargetError: "neither copy nor version", [
    Copy = "copy",
    Version = "version",
]);
