//! How the editor of the library saves: an asset by asking for it, a file by cutting it here.

use leptos::prelude::*;
use model::{Asset, AssetId, CropTarget};

use super::studio::{Step, Studio};
use crate::api::Failure;
use crate::api::crop::save_crop;
use crate::browse::Desk;
use crate::browser::cut::cut;
use crate::text::use_text;
use crate::upload::{Uploads, item::ItemId};

impl Studio {
    /// Saves an asset: as a copy, or as its next version.
    pub async fn save_asset(self, desk: StoredValue<Desk>, id: AssetId, target: CropTarget) {
        let Step { draft, focal, .. } = self.now.get_untracked();
        let version = self.bench.with_value(|bench| bench.version);
        let focal = focal.and_then(|point| draft.focal_in(point));
        let outcome = save_crop(id, draft.edit(), target, version, focal).await;
        if self.busy.try_set(false).is_none() {
            self.conclude(desk.get_value(), target, outcome);
        }
    }

    /// Cuts a file here and sends what stays of it.
    pub async fn send(self, uploads: Uploads, id: ItemId) {
        let edit = self.now.get_untracked().draft.edit();
        let Some(file) = Uploads::file(id) else {
            return self.close();
        };
        let outcome = cut(&file, edit).await;
        if self.busy.try_set(false).is_some() {
            return;
        }
        match outcome {
            Ok(part) => uploads.send_cropped(id, part),
            Err(_) => self.problem.set(Some(use_text().crop().not_cut.to_owned())),
        }
    }

    fn conclude(self, desk: Desk, target: CropTarget, outcome: Result<Asset, Failure>) {
        let text = use_text();
        match (outcome, target) {
            (Ok(asset), CropTarget::Version) => {
                desk.put(asset);
                desk.recount();
                desk.toasts.say(text.crop().applied);
                self.close();
            }
            (Ok(asset), CropTarget::Copy) => {
                let (id, name) = (asset.id, asset.name.to_string());
                desk.receive(vec![asset]);
                desk.toasts.say(text.copied_as(&name));
                desk.open(Some(id));
            }
            (Err(failure), _) if failure.needs_sign_in() => desk.complain(&failure),
            (Err(failure), _) => self.problem.set(Some(text.problem(&failure.0))),
        }
    }
}
