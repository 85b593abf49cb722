//! What is cropped in the picker: a file of the library, which is saved by a copy.

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{CropTarget, Language};
use web_sys::Url;

use super::panel::save;
use super::studio::Studio;
use crate::api::crop::Bench;
use crate::picker::cropping::Picked;
use crate::text::{Word, use_text};

/// What is cropped.
#[derive(Clone, Copy)]
pub struct Subject(pub Picked);

impl Subject {
    /// Whether what must stay in sight is remembered with it: not with a copy.
    pub const fn has_focal_point(self) -> bool {
        false
    }

    /// What becomes of it.
    pub fn told(self) -> Word {
        use_text().picker().crop_told
    }

    /// Where it is used, and shows what is saved: a copy is used nowhere.
    pub const fn used(self) -> Option<AnyView> {
        None
    }

    /// What saves.
    pub fn acts(self, studio: Studio) -> AnyView {
        let text = use_text().crop();
        save(studio, text.save_copy, "primary", CropTarget::Copy)
    }

    /// Saves what is seen, as a copy.
    pub fn save(self, studio: Studio, _: CropTarget) {
        spawn_local(async move {
            let edit = studio.now.get_untracked().draft.edit();
            let version = studio.bench.with_value(|bench| bench.version);
            let outcome = self.0.save(edit, version).await;
            // Where it is saved, the editor is gone by now.
            let _ = studio.busy.try_set(false);
            if let Err(problem) = outcome {
                let told = use_text().problem(&problem);
                let _ = studio.problem.try_set(Some(told));
            }
        });
    }

    /// The element that has the focus afterwards, where no other had it before.
    pub fn home(self) -> String {
        self.0.home()
    }

    /// What the editor opens with; absent where it cannot, which has been said then.
    pub async fn begin(self, language: Language) -> Option<Bench> {
        self.0.begin(language).await
    }

    /// Leaves the editor with nothing changed.
    pub fn close(self) {
        self.0.close();
    }

    /// Lets go of the picture that the editor showed.
    pub fn clean_up(self, bench: &Bench) {
        let _ = Url::revoke_object_url(&bench.picture);
    }
}
