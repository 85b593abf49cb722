//! Lets the page follow what others do: a little later and all at once, so that nothing jumps.

mod hold;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{AssetId, EventKind, LiveEvent};

use super::desk::Desk;
use crate::api::assets;
use crate::browser::live::{Told, follow};
use crate::parts::{later, part};

/// The name of the part, which comes once the page is at rest.
const PART: &str = "live";

/// How long the page rests before it listens.
const REST: Duration = Duration::from_secs(1);
/// How long is gathered before the page changes.
const GATHER: Duration = Duration::from_millis(400);
/// More than so many at once are not asked for one by one.
const ONE_BY_ONE: usize = 24;
/// How long nothing is loaded anew after it was, and after so many times in a row.
const PAUSES: [Duration; 3] = [
    Duration::from_secs(2),
    Duration::from_secs(5),
    Duration::from_secs(10),
];

/// What waits to be shown.
#[derive(Clone, Debug, Default)]
struct Waiting {
    assets: BTreeSet<AssetId>,
    everything: bool,
    is_timed: bool,
    /// Whether all was loaded anew a moment ago.
    rests: bool,
    /// How often that was, one soon after the other.
    reloads: usize,
}

impl Waiting {
    /// Whether it is too much to be asked for one by one.
    fn is_much(&self) -> bool {
        self.everything || self.assets.len() > ONE_BY_ONE
    }

    /// What is shown now, and whether that is everything; nothing while all waits to be loaded anew.
    fn take(&mut self) -> Option<(BTreeSet<AssetId>, bool)> {
        self.is_timed = false;
        let is_much = self.is_much();
        if is_much && self.rests {
            return None;
        }
        self.everything = false;
        Some((std::mem::take(&mut self.assets), is_much))
    }

    /// All is loaded anew: how long it is not again.
    fn rest(&mut self) -> Duration {
        let pause = PAUSES[self.reloads.min(PAUSES.len() - 1)];
        self.reloads += 1;
        self.rests = true;
        pause
    }

    /// The pause is over: whether something waited for that.
    fn go_on(&mut self) -> bool {
        self.rests = false;
        let is_much = self.is_much();
        if !is_much {
            self.reloads = 0;
        }
        is_much
    }
}

/// Follows what happens in the account while the page is open.
#[component]
pub fn Live(
    /// What the parts of the page share.
    desk: Desk,
) -> impl IntoView {
    let is_wanted = RwSignal::new(false);
    Effect::new(move |_| {
        let want = move || {
            let _ = is_wanted.try_set(true);
        };
        set_timeout(want, REST);
    });
    move || is_wanted.get().then(|| later(PART, move || listen(desk)))
}

part! { live;
    pub fn listen(desk: Desk) -> AnyView {
        use_live(desk);
        ().into_any()
    }
}

fn use_live(desk: Desk) {
    let waiting = StoredValue::new(Waiting::default());
    // From what the page was drawn with on: nothing is missed while it came to life.
    let since = desk.me.with_value(|me| me.heard);
    follow(since, move |told| hear(desk, waiting, told));
    hold::use_hold(desk);
}

/// Notes what happened, and has it shown soon.
fn hear(desk: Desk, waiting: StoredValue<Waiting>, told: Told) {
    let timed = waiting.try_update_value(|waiting| {
        match told {
            Told::Change(event) => note(desk, waiting, &event),
            Told::Reload => waiting.everything = true,
        }
        std::mem::replace(&mut waiting.is_timed, true)
    });
    if timed == Some(false) {
        set_timeout(move || show(desk, waiting), GATHER);
    }
}

fn note(desk: Desk, waiting: &mut Waiting, event: &LiveEvent) {
    let asset = event.subject.as_deref().and_then(|id| id.parse().ok());
    match asset {
        // What was brought from this page is on show already.
        Some(id)
            if event.kind == EventKind::AssetCreated
                && untrack(|| desk.shelf.find(id)).is_some() => {}
        Some(id) => _ = waiting.assets.insert(id),
        None if is_quiet(event.kind, desk) => {}
        None => waiting.everything = true,
    }
}

/// Whether no list looks different after it; the tree does, which is brought up to date anyway.
fn is_quiet(kind: EventKind, desk: Desk) -> bool {
    match kind {
        // Its name may be what was looked for.
        EventKind::FolderRenamed => desk.shelf.asked().words().is_none(),
        EventKind::StorageHigh
        | EventKind::StorageCritical
        | EventKind::FolderCreated
        | EventKind::FolderColored
        | EventKind::FolderMoved
        | EventKind::TagCreated
        | EventKind::TagColored
        | EventKind::TeamCreated
        | EventKind::TeamRenamed
        | EventKind::UsagesScanned
        | EventKind::PlacementSet
        | EventKind::PlacementRemoved => true,
        _ => false,
    }
}

/// Loads nothing anew for a while: the longer, the more often in a row that was done.
fn rest(desk: Desk, waiting: StoredValue<Waiting>) {
    let Some(pause) = waiting.try_update_value(Waiting::rest) else {
        return;
    };
    set_timeout(
        move || {
            if waiting.try_update_value(Waiting::go_on) == Some(true) {
                show(desk, waiting);
            }
        },
        pause,
    );
}

/// Shows what waits, and brings counts and the meter up to date.
fn show(desk: Desk, waiting: StoredValue<Waiting>) {
    let Some(Some((assets, is_much))) = waiting.try_update_value(Waiting::take) else {
        return;
    };
    if is_much {
        desk.shelf.reload();
        rest(desk, waiting);
    } else if !assets.is_empty() {
        show_these(desk, assets);
    }
    desk.recount();
}

/// Shows assets as they are now, and takes those off that are gone or that the filter no longer
/// shows; the server tells, as the browser does not know of every filter.
fn show_these(desk: Desk, ids: BTreeSet<AssetId>) {
    spawn_local(async move {
        let asked = desk.shelf.asked();
        let found = assets::find_shown(ids.iter().copied().collect(), asked.clone()).await;
        // Where nothing is known, the next look at the page shows it; so does another page.
        let Ok((shown, others)) = found else { return };
        if desk.shelf.asked() != asked {
            return;
        }
        let mut gone = ids;
        for (assets, is_shown) in [(shown, true), (others, false)] {
            for asset in assets.into_iter().map(Arc::new) {
                gone.remove(&asset.id);
                desk.shelf.place(&asset, is_shown);
                desk.renew(asset);
            }
        }
        let gone: Vec<_> = gone.into_iter().collect();
        desk.shelf.remove(&gone);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_loaded_anew_the_more_seldom_the_more_often_they_have_to_be() {
        let mut waiting = Waiting::default();
        let mut pauses = Vec::new();
        for _ in 0..4 {
            waiting.everything = true;
            assert!(waiting.take().is_some_and(|(_, is_much)| is_much));
            pauses.push(waiting.rest().as_secs());
            waiting.everything = true;
            assert!(waiting.take().is_none());
            assert!(waiting.go_on());
        }

        assert_eq!(pauses, [2, 5, 10, 10]);
        waiting.everything = false;
        assert!(!waiting.go_on());
        assert_eq!(waiting.rest().as_secs(), 2);
    }
}
