//! HEIC, which few browsers and few messages read: made into JPEG before it goes up, where that is
//! wanted and this browser can.

use std::slice;

use leptos::{prelude::*, task::spawn_local};
use model::{
    ByteSize, Kind, Limits, Mime, Placement,
    placement::{Facts, Outlook, foresee},
};
use web_sys::File;

use super::{
    hands,
    item::{FileFacts, ItemId, Made, Sending},
    outlook,
    uploads::Uploads,
    verdict::extension,
};
use crate::browser::cut;

const HEIC: &str = "image/heic";
const JPEG: &str = "image/jpeg";

impl Uploads {
    /// Holds HEIC pictures back until it is known what becomes of them.
    pub(super) fn convert(self, ids: &[ItemId]) {
        for id in ids.iter().copied() {
            let is_waiting = self.queue.with_untracked(|queue| {
                queue.find(id).is_some_and(|item| {
                    matches!(item.state, Sending::Waiting { .. }) && is_heic(&item.facts)
                })
            });
            if let Some(file) = hands::file(id).filter(|_| is_waiting) {
                self.queue.update(|queue| queue.making(id, Made::Jpeg));
                spawn_local(self.convert_file(id, file));
            }
        }
    }

    async fn convert_file(self, id: ItemId, file: File) {
        let decoded = cut::jpeg(&file).await.ok();
        let is_unseen = decoded.is_none();
        let wanted = match decoded {
            Some(jpeg) if self.wants_jpeg().await => Some(jpeg),
            _ => None,
        };
        let is_there = self
            .queue
            .try_with_untracked(|queue| queue.find(id).is_some());
        match wanted {
            _ if is_there != Some(true) => {}
            Some(jpeg) => self.replace(id, jpeg, Made::Jpeg),
            None => {
                self.queue.update(|queue| queue.keep(id, is_unseen));
                self.pump();
            }
        }
    }

    async fn wants_jpeg(self) -> bool {
        let placements = outlook::placements().await.unwrap_or_default();
        wants_jpeg(&self.limits(), &placements)
    }
}

/// Whether a file is HEIC, as far as its name and the browser's belief tell.
pub fn is_heic(facts: &FileFacts) -> bool {
    let extension = extension(&facts.name);
    ["heic", "heif", "hif"].contains(&extension.as_str())
        || [HEIC, "image/heif"].contains(&facts.mime.as_str())
}

/// Whether the account does not take HEIC, or a placement of it takes JPEG in its stead.
fn wants_jpeg(limits: &Limits, placements: &[Placement]) -> bool {
    let is_taken = |limit: &model::KindLimit| limit.mimes.iter().any(|mime| mime == HEIC);
    let takes = |placement: &Placement, mime: &str| {
        let facts = Facts::new(Kind::Image, Mime(mime.to_owned()), ByteSize::bytes(1));
        let outlook = foresee(slice::from_ref(placement), &facts);
        !matches!(outlook, Outlook::Nowhere(_))
    };
    let rather = |placement: &Placement| takes(placement, JPEG) && !takes(placement, HEIC);
    !limits.kinds.iter().any(is_taken) || placements.iter().any(rather)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::upload::verdict::tests::{facts, limits};

    #[test]
    fn heic_is_known_by_name_or_type() {
        assert!(is_heic(&facts("IMG_0042.HEIC", "", 1)));
        assert!(is_heic(&facts("pasted", "image/heif", 1)));
        assert!(!is_heic(&facts("beach.avif", "image/avif", 1)));
    }

    #[test]
    fn an_account_wants_jpeg_where_heic_is_not_taken_by_it_or_by_a_message() {
        let mut limits = limits();
        assert!(wants_jpeg(&limits, &[]), "the account takes JPEG alone");

        limits.kinds[0].mimes.push(HEIC.to_owned());
        assert!(!wants_jpeg(&limits, &[]));
        let placements = model::placement::catalogue();
        assert!(wants_jpeg(&limits, placements));
    }
}
