//! Lets the page follow what others do: a little later and all at once, so that nothing jumps.

use std::collections::BTreeSet;
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

/// What waits to be shown.
#[derive(Clone, Debug, Default)]
struct Waiting {
    assets: BTreeSet<AssetId>,
    everything: bool,
    is_timed: bool,
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
        None if is_quiet(event.kind) => {}
        None => waiting.everything = true,
    }
}

/// Whether no list looks different after it.
const fn is_quiet(kind: EventKind) -> bool {
    matches!(
        kind,
        EventKind::StorageHigh
            | EventKind::StorageCritical
            | EventKind::FolderCreated
            | EventKind::TagCreated
            | EventKind::TagColored
            | EventKind::TeamCreated
            | EventKind::TeamRenamed
    )
}

/// Shows what waits, and brings counts and the meter up to date.
fn show(desk: Desk, waiting: StoredValue<Waiting>) {
    let Some(Waiting {
        assets, everything, ..
    }) = waiting.try_update_value(std::mem::take)
    else {
        return;
    };
    if everything || assets.len() > ONE_BY_ONE {
        desk.shelf.reload();
    } else if !assets.is_empty() {
        show_these(desk, assets);
    }
    desk.recount();
}

/// Shows assets as they are now, and takes those off that are gone.
fn show_these(desk: Desk, ids: BTreeSet<AssetId>) {
    spawn_local(async move {
        // Where nothing is known, the next look at the page shows it.
        let Ok(here) = assets::find_assets(ids.iter().copied().collect()).await else {
            return;
        };
        let mut gone = ids;
        for asset in here {
            gone.remove(&asset.id);
            desk.put(asset);
        }
        let gone: Vec<_> = gone.into_iter().collect();
        desk.shelf.remove(&gone);
    });
}
