//! Looks after what outlives the page: notes of unfinished uploads, and their files.

use leptos::{prelude::*, task::spawn_local};
use model::ByteSize;

use super::{
    hands::{self, Keeping},
    item::{ItemId, Sending},
    record::{self, Notebook},
    uploads::Uploads,
};
use crate::browser::upload_store::{self as store, now};

/// The most bytes of files kept in the browser.
const BUDGET: ByteSize = ByteSize::megabytes(200);

/// What is over sooner than this is not worth keeping files for.
const SOON: u64 = 3;

/// Notes are written anew after so long even when nothing changed: a sign of life for other tabs.
const SIGN_OF_LIFE: u64 = 20_000;

/// Writes down what is not finished, and keeps files of it.
pub fn look_after(uploads: Uploads) {
    write(uploads, false);
    let _ = uploads.queue.try_update(|queue| queue.rests(now()));
    let is_soon_over = uploads
        .queue
        .with_untracked(super::queue::Queue::totals)
        .seconds_left
        .is_some_and(|seconds| seconds <= SOON);
    if !is_soon_over && begin_keeping() {
        spawn_local(keep_files(uploads));
    }
}

/// Writes down what is not finished; `is_closed` when the page says goodbye.
pub fn write(uploads: Uploads, is_closed: bool) {
    let Some(owner) = uploads.owner() else {
        return;
    };
    let now = now();
    let records = uploads
        .queue
        .with_untracked(|queue| record::records(queue, now));
    let is_news = hands::with(|hands| {
        let (written, at) = &hands.written;
        let is_news = is_closed
            || *written != records
            || (!records.is_empty() && now.saturating_sub(*at) > SIGN_OF_LIFE);
        if is_news {
            hands.written = (records.clone(), now);
        }
        is_news
    });
    if is_news {
        store::write(&Notebook {
            owner,
            written_at: now,
            is_closed,
            records,
        });
    }
}

fn begin_keeping() -> bool {
    hands::with(|hands| {
        let is_idle = hands.keeping == Keeping::Idle;
        if is_idle {
            hands.keeping = Keeping::Busy;
        }
        is_idle
    })
}

/// Keeps files one after the other, those that move first, within the budget.
async fn keep_files(uploads: Uploads) {
    let mut outcome = Keeping::Idle;
    while let Some(id) = next_to_keep(uploads) {
        if !keep_file(uploads, id).await {
            outcome = Keeping::Refused;
            break;
        }
    }
    hands::with(|hands| hands.keeping = outcome);
}

fn next_to_keep(uploads: Uploads) -> Option<ItemId> {
    uploads.queue.with_untracked(|queue| {
        let kept = |item: &&super::item::Item| item.kept.is_some();
        let used: ByteSize = queue
            .items()
            .iter()
            .filter(kept)
            .map(|item| item.facts.size)
            .sum();
        let worth = record::worth_keeping(queue, now(), BUDGET.saturating_sub(used));
        worth.into_iter().find(|id| hands::file(*id).is_some())
    })
}

async fn keep_file(uploads: Uploads, id: ItemId) -> bool {
    let Some(file) = hands::file(id) else {
        return false;
    };
    let Some(key) = store::keep(&file, id.0).await else {
        return false;
    };
    // Another file may have been made of it meanwhile.
    let is_held = hands::file(id).is_some_and(|held| js_sys::Object::is(&held, &file));
    let is_wanted = is_held
        && uploads.queue.with_untracked(|queue| {
            queue
                .find(id)
                .is_some_and(|item| !matches!(item.state, Sending::Done(_) | Sending::Refused(_)))
        });
    if is_wanted {
        uploads.queue.update(|queue| queue.kept(id, Some(key)));
    } else {
        store::forget(&key).await;
    }
    true
}

/// Lets the kept copy of a file go.
pub fn forget(key: Option<String>) {
    if let Some(key) = key {
        spawn_local(async move { store::forget(&key).await });
    }
}

/// Takes up what an earlier page did not finish.
///
/// Files that the browser kept go on by themselves; the others wait to be chosen again.
pub async fn take_up(uploads: Uploads) {
    if !store::has_notes() {
        return;
    }
    uploads.prepare().await;
    let Some(owner) = uploads.owner() else {
        return;
    };
    for record in store::take(&owner).records {
        let (kept, is_paused) = (record.kept.clone(), record.is_paused);
        let id = uploads
            .queue
            .try_update(|queue| queue.take_up(record.into_item(), 0));
        let file = match &kept {
            Some(key) => store::find(key).await,
            None => None,
        };
        if let (Some(id), Some(file)) = (id, file) {
            hands::take(id, file);
            uploads.queue.update(|queue| {
                queue.found(id);
                if is_paused {
                    queue.pause(id);
                }
            });
        } else if let Some(id) = id {
            uploads.queue.update(|queue| queue.kept(id, None));
        }
    }
    uploads.pump();
    store::clear_strays().await;
}
