//! Many assets at once: the chosen ones, or all that match, however many are here.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{
    AssetFilter, AssetId, Batch, BatchAnswer, BatchId, BatchRequest, BatchState, BatchVerb,
    FolderId, Outcome, Right, Selection,
};

use crate::api::zips::check_zip;
use crate::api::{Failure, batches};
use crate::browse::desk::Desk;
use crate::browser::page;
use crate::text::{Text, use_text};

/// How often a batch is looked at.
const LOOK: Duration = Duration::from_millis(700);

/// What an act is about.
#[derive(Clone, Debug, PartialEq)]
pub enum Chosen {
    These(Vec<AssetId>),
    /// All that a filter shows.
    All(Box<AssetFilter>),
}

impl Chosen {
    /// The same as it is asked about; of those chosen one by one no more than may be asked at once.
    pub fn selection(self) -> Selection {
        match self {
            Self::These(mut ids) => {
                ids.truncate(Selection::MAX_IDS);
                Selection::Ids(ids)
            }
            Self::All(filter) => Selection::Filter(filter),
        }
    }

    pub fn request(self, action: BatchVerb) -> BatchRequest {
        let (ids, filter) = match self {
            Self::These(ids) => (Some(ids), None),
            Self::All(filter) => (None, Some(*filter)),
        };
        BatchRequest {
            action,
            ids,
            filter,
            folder_id: None,
            tags: None,
            teams: None,
        }
    }
}

impl Desk {
    /// What an act is about: all that match, the chosen ones, or the one the keys are at.
    pub fn chosen(self) -> Chosen {
        if self.selection.everything.get_untracked() {
            Chosen::All(Box::new(self.shelf.asked()))
        } else {
            Chosen::These(self.selection.subject())
        }
    }

    /// How many assets an act is about.
    pub fn chosen_count(self) -> u64 {
        if self.selection.everything.get() {
            self.shelf.total.get()
        } else {
            self.selection.len() as u64
        }
    }

    /// Whether the person may do what takes a right.
    pub fn may(self, right: Right) -> bool {
        self.me.with_value(|me| me.role.may(right, false))
    }

    /// Moves what is chosen to the trash, and asks first where something of it is used.
    pub fn trash_chosen(self) {
        self.ask_to_trash(self.chosen());
    }

    /// Moves assets to the trash.
    pub fn trash_these(self, chosen: Chosen) {
        match chosen {
            Chosen::These(ids) => self.trash(ids),
            all @ Chosen::All(_) => self.change_many(all.request(BatchVerb::Trash)),
        }
    }

    /// Brings what is chosen back from the trash.
    pub fn restore_chosen(self) {
        match self.chosen() {
            Chosen::These(ids) => self.restore(ids),
            all @ Chosen::All(_) => self.change_many(all.request(BatchVerb::Restore)),
        }
    }

    /// Keeps what is chosen out of sight.
    pub fn archive_chosen(self) {
        match self.chosen() {
            Chosen::These(ids) => self.archive(ids),
            all @ Chosen::All(_) => self.change_many(all.request(BatchVerb::Archive)),
        }
    }

    /// Brings what is chosen back in sight.
    pub fn unarchive_chosen(self) {
        match self.chosen() {
            Chosen::These(ids) => self.unarchive(ids),
            all @ Chosen::All(_) => self.change_many(all.request(BatchVerb::Unarchive)),
        }
    }

    /// Puts what is chosen into a folder, or at the top.
    pub fn move_chosen(self, chosen: Chosen, folder: Option<FolderId>) {
        match chosen {
            Chosen::These(ids) => self.move_to(ids, folder),
            all @ Chosen::All(_) => {
                let mut request = all.request(BatchVerb::Move);
                request.folder_id = Some(folder);
                self.change_many(request);
            }
        }
    }

    /// Removes what is chosen from the trash for good.
    pub fn purge(self, chosen: Chosen) {
        self.change_many(chosen.request(BatchVerb::Purge));
    }

    /// Removes all of the trash for good.
    pub fn empty_trash(self) {
        let text = use_text();
        spawn_local(async move {
            match batches::empty_trash().await {
                Ok(answer) => {
                    if answer.batch.is_none() {
                        self.toasts.say(text.order().emptied);
                    }
                    self.settle(answer.batch);
                }
                Err(failure) => self.complain(&failure),
            }
        });
    }

    /// Has the browser save what is chosen as one file.
    pub fn download_chosen(self) {
        let (name, value, check) = match self.chosen() {
            Chosen::These(ids) => {
                let all: Vec<_> = ids.iter().map(ToString::to_string).collect();
                ("ids", all.join(","), check_zip(None, None, ids))
            }
            Chosen::All(filter) => {
                let all = serde_json::to_string(&filter).unwrap_or_default();
                ("filter", all, check_zip(None, Some(*filter), Vec::new()))
            }
        };
        self.save_after(check, move || {
            page::send_form("/api/v1/assets/zip", name, &value);
        });
    }

    /// Has the browser save a folder with all below it as one file.
    pub fn download_folder(self, id: FolderId) {
        let check = check_zip(Some(id), None, Vec::new());
        self.save_after(check, move || {
            page::leave_for(&format!("/api/v1/folders/{id}/zip"));
        });
    }

    /// Has the browser save what can be had; why it cannot is told here, where the browser would
    /// show it in place of the page.
    fn save_after(
        self,
        check: impl Future<Output = Result<(), Failure>> + 'static,
        save: impl FnOnce() + 'static,
    ) {
        spawn_local(async move {
            match check.await {
                Ok(()) => save(),
                Err(failure) => self.complain(&failure),
            }
        });
    }

    fn change_many(self, request: BatchRequest) {
        let text = use_text();
        let action = request.action;
        self.selection.clear();
        spawn_local(async move {
            match batches::change_assets(request).await {
                Ok(answer) => {
                    self.say_what_came(text, action, &answer);
                    self.settle(answer.batch);
                }
                Err(failure) => self.complain(&failure),
            }
        });
    }

    fn say_what_came(self, text: &'static Text, action: BatchVerb, answer: &BatchAnswer) {
        if answer.batch.is_some() {
            return;
        }
        let changed: Vec<_> = answer
            .items
            .iter()
            .filter(|item| item.outcome == Outcome::Changed)
            .collect();
        if changed.is_empty() {
            return self.toasts.say(text.order().unchanged);
        }
        let count = changed.len();
        let ids: Vec<_> = changed.iter().map(|item| item.id).collect();
        let first = untrack(|| self.shelf.find(ids[0]));
        let first = first.as_ref().map_or("1", |asset| asset.name.as_str());
        let said = match action {
            BatchVerb::Archive => text.so_many(&text.browse.archived, count as u64),
            BatchVerb::Unarchive => text.so_many(&text.browse.unarchived, count as u64),
            BatchVerb::Trash => text.trashed(count, first),
            BatchVerb::Restore => {
                let said = text.restored(count, first);
                match changed.iter().filter(|item| item.elsewhere).count() {
                    0 => said,
                    elsewhere => {
                        let told = text.so_many(&text.order().elsewhere, elsewhere as u64);
                        format!("{said} · {told}")
                    }
                }
            }
            BatchVerb::Purge => text.so_many(&text.order().purged, count as u64),
            BatchVerb::Move => {
                let to = changed[0].after.and_then(|after| after.folder_id);
                text.moved(count, &self.name_of(to))
            }
            // Said where they are marked.
            _ => return,
        };
        match answer.undo {
            Some(batch) => self.toasts.offer_undo(said, move || self.undo_batch(batch)),
            None => self.toasts.say(said),
        }
    }

    /// Turns back what a batch changed.
    pub fn undo_batch(self, id: BatchId) {
        let text = use_text();
        self.tidying().batch.set(None);
        spawn_local(async move {
            match batches::undo_batch(id).await {
                Ok(batch) if batch.state == BatchState::Running => self.settle(Some(batch)),
                Ok(batch) => {
                    self.toasts
                        .say(text.turned_back(batch.changed, batch.refused));
                    self.settle(None);
                }
                Err(failure) => self.complain(&failure),
            }
        });
    }

    /// Watches a batch until it is over.
    pub fn watch(self, batch: Batch) {
        let id = batch.id;
        let is_over = batch.state != BatchState::Running;
        self.tidying().batch.set(Some(batch));
        if is_over {
            self.shelf.reload();
            self.recount();
            self.tidying().trash.update(|count| *count += 1);
            return;
        }
        set_timeout(
            move || {
                spawn_local(async move {
                    match batches::get_batch(id).await {
                        Ok(batch) if self.tidying().batch.try_get_untracked().is_some() => {
                            self.watch(batch);
                        }
                        Ok(_) => {}
                        Err(failure) => self.complain(&failure),
                    }
                });
            },
            LOOK,
        );
    }

    /// Stops the batch under way.
    pub fn stop_batch(self) {
        let Some(batch) = self.tidying().batch.get_untracked() else {
            return;
        };
        spawn_local(async move {
            if let Err(failure) = batches::cancel_batch(batch.id).await {
                self.complain(&failure);
            }
        });
    }
}

/// What is said of a batch, and of one that undoes another.
fn standing(text: &Text, batch: &Batch) -> String {
    if batch.state == BatchState::Finished && batch.undoes.is_some() {
        return text.turned_back(batch.changed, batch.refused);
    }
    text.progress(batch)
}

/// How far a batch has come, with a way to stop it.
pub fn batch_bar(desk: Desk) -> AnyView {
    let text = use_text();
    let bar = move || {
        let batch = desk.tidying().batch.get()?;
        let is_over = batch.state != BatchState::Running;
        let said = standing(text, &batch);
        let id = batch.id;
        let undo = (is_over && batch.undoable).then(|| {
            view! {
                <button type="button" on:click=move |_| desk.undo_batch(id)>
                    {text.general.undo}
                </button>
            }
        });
        let act = if is_over {
            view! {
                <button type="button" class="quiet" on:click=move |_| desk.tidying().batch.set(None)>
                    {text.general.close}
                </button>
            }
            .into_any()
        } else {
            let stop = batch.stoppable.then(|| {
                view! {
                    <button type="button" on:click=move |_| desk.stop_batch()>
                        {text.order().stop}
                    </button>
                }
            });
            stop.into_any()
        };
        Some(
            view! {
                <div class="batch-bar">
                    <span role="status">{said.clone()}</span>
                    <progress max=batch.total.to_string() value=batch.done.to_string() aria-label=said></progress>
                    {undo}
                    {act}
                </div>
            }
            .into_any(),
        )
    };
    bar.into_any()
}
