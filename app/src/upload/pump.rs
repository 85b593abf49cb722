//! Keeps the queue going: starts what can start, wakes what has rested, tells of what is there.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use model::AssetId;

use super::{hands, item::ItemId, memory, mover, queue::Queue, uploads::Uploads};
use crate::{api::assets::find_assets, browser::upload_store::now};

/// Assets are told of together when they come this close.
const TOGETHER: Duration = Duration::from_millis(100);

impl Uploads {
    /// Starts what can start, and comes back when the next has rested enough.
    pub(super) fn pump(self) {
        let tickets = self.queue.try_maybe_update(|queue| {
            let tickets = queue.start(now());
            (!tickets.is_empty(), tickets)
        });
        for ticket in tickets.unwrap_or_default() {
            spawn_local(mover::move_file(self, ticket));
        }
        self.wake_later();
        self.tick_while_unfinished();
    }

    fn wake_later(self) {
        let Some(wake) = self.queue.with_untracked(Queue::next_wake) else {
            return;
        };
        let is_planned = hands::with(|hands| {
            let is_planned = hands.wakes_at.is_some_and(|planned| planned <= wake);
            if !is_planned {
                hands.wakes_at = Some(wake);
            }
            is_planned
        });
        if !is_planned {
            let rest = Duration::from_millis(wake.saturating_sub(now()));
            set_timeout(
                move || {
                    hands::with(|hands| hands.wakes_at = None);
                    self.pump();
                },
                rest,
            );
        }
    }

    fn tick_while_unfinished(self) {
        let is_ticking = hands::with(|hands| hands.ticking.is_some());
        if is_ticking {
            return;
        }
        let tick = move || {
            memory::look_after(self);
            if self
                .queue
                .with_untracked(|queue| queue.unfinished().is_empty())
                && let Some(ticking) = hands::with(|hands| hands.ticking.take())
            {
                ticking.clear();
            }
        };
        let ticking = set_interval_with_handle(tick, Duration::from_secs(1)).ok();
        hands::with(|hands| hands.ticking = ticking);
    }

    /// An asset is there: tells of it soon, together with its neighbors.
    pub(super) fn finish(self, id: ItemId, asset_id: AssetId) {
        self.let_go(id);
        let is_first = hands::with(|hands| {
            hands.finished.push(asset_id);
            hands.finished.len() == 1
        });
        if is_first {
            set_timeout(move || spawn_local(self.tell_finished()), TOGETHER);
        }
    }

    async fn tell_finished(self) {
        let ids = hands::with(|hands| std::mem::take(&mut hands.finished));
        if let Ok(assets) = find_assets(ids).await {
            let _ = self.finished.try_update(|finished| finished.extend(assets));
        }
    }

    fn let_go(self, id: ItemId) {
        hands::release(id);
        let kept = self
            .queue
            .try_update(|queue| queue.find_mut(id).and_then(|item| item.kept.take()));
        memory::forget(kept.flatten());
    }
}
