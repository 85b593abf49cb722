//! Doors to cropping: what the editor opens with, and what it saves.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::placement::{Extent, Target};
use model::{Asset, AssetId, CropTarget, Edit, FileName, FocalPoint, Language, Placement};
use serde::{Deserialize, Serialize};

use super::Failure;

/// What the editor opens with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bench {
    pub name: FileName,
    /// The version it opens with: nobody replaces what somebody else made meanwhile.
    pub version: u32,
    /// The address of the picture that is cropped, upright and whole.
    pub picture: String,
    /// Its pixels.
    pub upright: Extent,
    /// How it was cropped before.
    pub edit: Option<Edit>,
    /// What must stay in sight, in thousandths of what is left of it.
    pub focal_point: Option<FocalPoint>,
    /// Places that ask for a shape.
    pub places: Vec<Place>,
}

/// A place that asks for a shape.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub channel: String,
    pub channel_name: String,
    pub name: String,
    pub target: Target,
}

impl Place {
    /// The places that ask for a shape, in the reader's words.
    pub fn all(placements: &[Placement], language: Language) -> Vec<Self> {
        let place = |placement: &Placement| {
            Some(Self {
                target: placement.target()?,
                channel: placement.channel.id.as_str().to_owned(),
                channel_name: placement.channel.name.of(language).to_owned(),
                name: placement.name.of(language).to_owned(),
            })
        };
        placements.iter().filter_map(place).collect()
    }
}

/// What the editor opens with.
#[server(prefix = "/rpc", endpoint = "begin_crop", input = Json)]
pub async fn begin_crop(id: AssetId, language: Language) -> Result<Bench, Failure> {
    use super::context::{actor, library};

    let (library, actor) = (library(), actor()?);
    let asset = library.get_asset(&actor, id).await?;
    let placements = library.list_placements(&actor, None, model::Limit::MOST);
    let places = Place::all(&placements.await?.items, language);
    let upright = library.measure_source(&actor, id).await?;
    Ok(Bench {
        picture: picture(&asset, upright),
        name: asset.name,
        version: asset.version,
        upright,
        edit: asset.derived_from.map(|from| from.edit),
        focal_point: asset.focal_point,
        places,
    })
}

/// Saves a crop, and what must stay in sight of it.
#[server(prefix = "/rpc", endpoint = "save_crop", input = Json)]
pub async fn save_crop(
    id: AssetId,
    edit: Edit,
    target: CropTarget,
    version: u32,
    focal_point: Option<FocalPoint>,
) -> Result<Asset, Failure> {
    use super::context::{actor, library};
    use model::{AssetPatch, Crop};

    let (library, actor) = (library(), actor()?);
    let crop = Crop {
        edit,
        target,
        if_version: Some(version),
        name: None,
    };
    let asset = library.get_asset(&actor, id).await?;
    let before = asset.derived_from.as_ref().map(|from| from.edit);
    let is_cut_so = target == CropTarget::Version && before.unwrap_or_default() == edit;
    let made = if is_cut_so {
        asset
    } else {
        library.crop_asset(&actor, id, crop).await?
    };
    if made.focal_point == focal_point {
        return Ok(made);
    }
    let patch = AssetPatch {
        focal_point: Some(focal_point),
        ..AssetPatch::default()
    };
    Ok(library.update_asset(&actor, made.id, patch).await?)
}

/// The most pixels that a browser is given as they are: it draws them at every step of a hand.
#[cfg(feature = "ssr")]
const DRAWN_WHOLE: u64 = 24_000_000;

/// Where the whole picture is: what it was made of, or the original, or what stands for that where
/// not every browser reads it or draws it with ease.
#[cfg(feature = "ssr")]
fn picture(asset: &Asset, upright: Extent) -> String {
    if asset.derived_from.is_some() {
        let (id, version) = (asset.id, asset.version);
        return format!("/api/v1/assets/{id}/source?v={version}");
    }
    let pixels = u64::from(upright.width) * u64::from(upright.height);
    let common = ["image/jpeg", "image/png", "image/webp", "image/gif"];
    if common.contains(&asset.mime.as_str()) && pixels <= DRAWN_WHOLE {
        asset.content_path()
    } else {
        asset.rendition_path(model::Preset::Preview)
    }
}
