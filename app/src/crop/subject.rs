//! What is cropped: an asset of the library, or a file of this computer before it goes up.

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{AssetId, CropTarget, FileName, Language, Selection, UsageCount};
use web_sys::Url;

use super::panel::save;
use super::studio::Studio;
use crate::api::crop::{Bench, Place, begin_crop};
use crate::api::used_in::count_usages;
use crate::browse::Desk;
use crate::browse::tile::element_id;
use crate::browser::{cut, pixels::pixels};
use crate::text::{Word, use_text};
use crate::upload::{Uploads, item::ItemId, outlook};

/// What is cropped.
#[derive(Clone, Copy)]
pub enum Subject {
    Asset(StoredValue<Desk>, AssetId),
    File(Uploads, ItemId),
}

impl Subject {
    /// Whether it is not in the library yet.
    const fn is_file(self) -> bool {
        matches!(self, Self::File(..))
    }

    /// Whether what must stay in sight is remembered with it.
    pub const fn has_focal_point(self) -> bool {
        matches!(self, Self::Asset(..))
    }

    /// What becomes of it.
    pub fn told(self) -> Word {
        let text = use_text().crop();
        if self.is_file() {
            text.send_told
        } else {
            text.apply_told
        }
    }

    /// Where it is used, and shows what is saved; of a file that comes nobody knows yet.
    pub fn used(self) -> Option<AnyView> {
        let Self::Asset(_, id) = self else {
            return None;
        };
        let used = RwSignal::new(None::<UsageCount>);
        Effect::new(move || {
            spawn_local(async move {
                // Where it cannot be asked, the details have said so.
                if let Ok(count) = count_usages(Selection::Ids(vec![id])).await {
                    used.try_set(Some(count));
                }
            });
        });
        let told = move || {
            let count = used.get().filter(|count| count.places > 0)?;
            let told = use_text().crop_changes_in(&count);
            Some(view! {
                <p class="crop-hint" dir="auto">
                    {told}
                </p>
            })
        };
        Some(told.into_any())
    }

    /// What saves: an asset anew or beside itself, a file by sending it.
    pub fn acts(self, studio: Studio) -> AnyView {
        let text = use_text().crop();
        let Self::File(uploads, id) = self else {
            let copy = save(studio, text.save_copy, "", CropTarget::Copy);
            let apply = save(studio, text.apply, "primary", CropTarget::Version);
            return (copy, apply).into_any();
        };
        let whole = uploads.is_paused(id).then(|| {
            view! {
                <button
                    type="button"
                    disabled=move || studio.busy.get()
                    on:click=move |_| uploads.send_whole(id)
                >
                    {text.send_whole}
                </button>
            }
        });
        (
            whole,
            save(studio, text.send, "primary", CropTarget::Version),
        )
            .into_any()
    }

    /// Saves what is seen.
    pub fn save(self, studio: Studio, target: CropTarget) {
        match self {
            Self::Asset(desk, id) => spawn_local(studio.save_asset(desk, id, target)),
            Self::File(uploads, id) => spawn_local(studio.send(uploads, id)),
        }
    }

    /// The element that has the focus afterwards, where no other had it before.
    pub fn home(self) -> String {
        match self {
            Self::Asset(_, id) => element_id(id),
            Self::File(..) => "upload-tray".to_owned(),
        }
    }

    /// What the editor opens with; absent where it cannot, which has been said then.
    pub async fn begin(self, language: Language) -> Option<Bench> {
        match self {
            Self::Asset(desk, id) => match begin_crop(id, language).await {
                Ok(bench) => Some(bench),
                Err(failure) => {
                    let desk = desk.get_value();
                    desk.complain(&failure);
                    desk.adjust(&desk.query.get_untracked().with_asset(Some(id)));
                    None
                }
            },
            Self::File(uploads, id) => {
                let bench = begin_file(id, language).await;
                if bench.is_none() {
                    uploads.cannot_crop(id);
                }
                bench
            }
        }
    }

    /// Leaves the editor with nothing changed.
    pub fn close(self) {
        match self {
            Self::Asset(desk, _) => {
                let desk = desk.get_value();
                let query = desk.query.get_untracked();
                if query.crop {
                    desk.adjust(&query.with_asset(query.asset));
                }
            }
            Self::File(uploads, _) => uploads.leave_crop(),
        }
    }

    /// Lets go of the picture that the editor showed.
    pub fn clean_up(self, bench: &Bench) {
        if self.is_file() {
            let _ = Url::revoke_object_url(&bench.picture);
        }
    }
}

/// What the editor opens with for a file; nothing is sent for it.
async fn begin_file(id: ItemId, language: Language) -> Option<Bench> {
    let file = Uploads::file(id)?;
    if cut::moves(&file).await {
        return None;
    }
    let upright = pixels(&file).await.ok()?;
    // Without the places every shape can still be cut.
    let placements = outlook::placements().await;
    let places = placements.map(|all| Place::all(&all, language));
    Some(Bench {
        name: FileName::clean(&file.name()),
        version: 0,
        picture: Url::create_object_url_with_blob(&file).ok()?,
        upright,
        edit: None,
        focal_point: None,
        places: places.unwrap_or_default(),
    })
}
