//! Cropping a file without leaving the picker: the editor of the library, which saves a copy.

use std::sync::Arc;

use leptos::prelude::*;
use model::placement::Extent;
use model::{Asset, AssetId, Crop, CropTarget, Edit, Language, Preset, Problem};
use serde::Deserialize;
use web_sys::Url;

use super::state::{Picker, element_id};
use crate::api::crop::Bench;
use crate::crop::{Subject, editor};
use crate::parts::{Part, later, part};
use crate::text::use_text;

/// The name of the part.
const PART: &str = "crop";

/// The most pixels that a browser is given as they are.
const DRAWN_WHOLE: u64 = 24_000_000;

/// A file of the picker that is cropped; cheap to copy.
#[derive(Clone, Copy)]
pub struct Picked {
    picker: Picker,
    id: AssetId,
}

/// What a file was made of; lists of the client do without it.
#[derive(Deserialize)]
struct Origin {
    #[serde(default)]
    derived_from: Option<Base>,
}

#[derive(Deserialize)]
struct Base {
    asset_id: AssetId,
    version: u32,
    edit: Edit,
}

/// The editor, while a file is being cropped.
pub fn crop(picker: Picker) -> AnyView {
    let drawn = move || {
        let id = picker.cropping.get()?;
        let chosen = Picked { picker, id };
        Some(later(PART, move || chosen.drawn()))
    };
    drawn.into_any()
}

part! { crop;
    fn stage(picked: Picked) -> AnyView {
        editor(Subject(picked))
    }
}

impl Picked {
    /// The editor; where its code does not come, that is said, and the file can be opened again.
    async fn drawn(self) -> Part {
        let drawn = stage(self).await;
        if drawn.is_err() {
            self.picker.tell(use_text().general.part_absent);
            self.close();
        }
        drawn
    }

    /// What the editor opens with; absent where it cannot, which has been said then.
    pub async fn begin(self, language: Language) -> Option<Bench> {
        match self.bench(language).await {
            Ok(bench) => Some(bench),
            Err(problem) => {
                if problem.status == 404 {
                    self.picker.tell(use_text().picker().not_opened);
                } else {
                    self.picker.complain(&problem);
                }
                self.close();
                None
            }
        }
    }

    async fn bench(self, language: Language) -> Result<Bench, Problem> {
        let asset = self.picker.find(self.id).ok_or_else(Problem::not_found)?;
        let (whole, edit) = self.whole(&asset).await?;
        let size = whole.width.zip(whole.height);
        let (width, height) = size.ok_or_else(Problem::not_found)?;
        let picture = self.picker.door().bytes(&address(&whole)).await?;
        let picture = Url::create_object_url_with_blob(&picture);
        let place = self.picker.place.get_untracked();
        Ok(Bench {
            name: asset.name.clone(),
            version: asset.version,
            picture: picture.map_err(|_| Problem::not_found())?,
            upright: Extent { width, height },
            edit,
            focal_point: None,
            places: place.map_or_else(Vec::new, |place| place.shapes(language)),
        })
    }

    /// The picture that edits of the file begin with, and how it was changed.
    ///
    /// A session may see no earlier versions, and nothing outside its folder: where the picture was
    /// made of such a one, it is taken as it is, as the library does.
    async fn whole(self, asset: &Asset) -> Result<(Asset, Option<Edit>), Problem> {
        let door = self.picker.door();
        let origin: Origin = door.get(&format!("assets/{}", self.id)).await?;
        let Some(base) = origin.derived_from else {
            return Ok((asset.clone(), None));
        };
        if base.asset_id == self.id {
            return Err(Problem::not_found());
        }
        match door
            .get::<Asset>(&format!("assets/{}", base.asset_id))
            .await
        {
            Ok(whole) if whole.version == base.version => Ok((whole, Some(base.edit))),
            Ok(_) => Err(Problem::not_found()),
            Err(problem) if problem.status == 404 => Ok((asset.clone(), None)),
            Err(problem) => Err(problem),
        }
    }

    /// Saves what is seen as a copy, and chooses it.
    pub async fn save(self, edit: Edit, version: u32) -> Result<(), Problem> {
        let crop = Crop {
            edit,
            target: CropTarget::Copy,
            if_version: Some(version),
            name: None,
        };
        let address = format!("assets/{}/crop", self.id);
        let copy: Asset = self.picker.door().tell(&address, &crop).await?;
        let (copy, of) = (Arc::new(copy), self.id);
        self.picker.show_first(Arc::clone(&copy));
        // The copy takes the place of what it was made of.
        self.picker.chosen.update(|chosen| chosen.leave(of));
        self.picker.take(&copy);
        self.close();
        Ok(())
    }

    /// Leaves the editor.
    pub fn close(self) {
        let _ = self.picker.cropping.try_set(None);
    }

    /// The element that has the focus afterwards.
    pub fn home(self) -> String {
        element_id(self.id)
    }
}

/// What a browser reads and draws with ease.
fn address(asset: &Asset) -> String {
    let pixels = asset.width.zip(asset.height);
    let pixels = pixels.map_or(0, |(width, height)| u64::from(width) * u64::from(height));
    let common = ["image/jpeg", "image/png", "image/webp", "image/gif"];
    if common.contains(&asset.mime.as_str()) && pixels <= DRAWN_WHOLE {
        asset.content_path()
    } else {
        asset.rendition_path(Preset::Preview)
    }
}
