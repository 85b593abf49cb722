//! Says of files on their way that no placement takes them: a hint, and never in their way.

use std::{cell::RefCell, rc::Rc};

use leptos::{prelude::*, task::spawn_local};
use model::{
    Kind, Mime, Placement,
    placement::{Facts, Nowhere, Outlook, foresee},
};
use web_sys::File;

use super::{
    hands,
    item::{FileFacts, ItemId, Sending},
    uploads::Uploads,
    verdict::seeming_kind,
};
use crate::{api::placements::list_placements, browser::pixels::pixels};

thread_local! {
    /// What placements take, once it was asked for.
    static PLACEMENTS: RefCell<Option<Rc<[Placement]>>> = RefCell::default();
}

impl Uploads {
    /// Looks ahead for files that have just come, one after another.
    pub(super) fn foresee(self, ids: Vec<ItemId>) {
        // A file is let go of as soon as it is up, which may be before the rules are here.
        let files: Vec<_> = ids
            .into_iter()
            .filter_map(|id| Some((id, hands::file(id)?)))
            .collect();
        spawn_local(async move {
            // Where the rules cannot be asked for there is no hint; the details tell later.
            let Some(placements) = placements().await else {
                return;
            };
            for (id, file) in files {
                if let Some(why) = self.find_nowhere(id, &file, &placements).await {
                    self.queue.try_update(|queue| queue.hint(id, why));
                }
            }
        });
    }

    async fn find_nowhere(
        self,
        id: ItemId,
        file: &File,
        placements: &[Placement],
    ) -> Option<Nowhere> {
        let sent = self.queue.try_with_untracked(|queue| {
            let item = queue.find(id)?;
            let is_taken = !matches!(item.state, Sending::Refused(_));
            is_taken.then(|| item.facts.clone())
        })??;
        let facts = self.known(&sent)?;
        match foresee(placements, &facts) {
            Outlook::Nowhere(why) => Some(why),
            Outlook::AskPixels if facts.kind == Kind::Image => {
                let pixels = Some(pixels(file).await.ok()?);
                match foresee(placements, &Facts { pixels, ..facts }) {
                    Outlook::Nowhere(why) => Some(why),
                    Outlook::Somewhere | Outlook::AskPixels => None,
                }
            }
            Outlook::Somewhere | Outlook::AskPixels => None,
        }
    }

    /// What can be judged by; nothing where browser and server may know the type by other names.
    fn known(self, file: &FileFacts) -> Option<Facts> {
        let limits = self.limits();
        let kind = seeming_kind(file, &limits)?;
        let known = limits.kinds.iter().find(|limit| limit.kind == kind)?;
        let mime = Mime(file.mime.clone());
        let is_known = known.mimes.contains(&file.mime);
        is_known.then(|| Facts::new(kind, mime, file.size))
    }
}

/// What placements take; absent where that cannot be asked for.
pub async fn placements() -> Option<Rc<[Placement]>> {
    if let Some(known) = PLACEMENTS.with_borrow(Clone::clone) {
        return Some(known);
    }
    let asked: Rc<[Placement]> = list_placements().await.ok()?.into();
    PLACEMENTS.set(Some(Rc::clone(&asked)));
    Some(asked)
}
