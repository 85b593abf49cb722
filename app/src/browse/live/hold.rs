//! Holds what is seen in its place while the list above it changes.

use std::sync::Arc;

use leptos::prelude::*;
use model::Asset;

use crate::browse::desk::Desk;
use crate::browse::grid::{PANE, Rows};
use crate::browser::scroll;

/// How many of those seen first are looked for, where some of them are gone.
const TRIES: usize = 100;

type Items = [Arc<Asset>];

/// Scrolls along with the first asset that is seen, unless that is the first of all.
pub fn use_hold(desk: Desk) {
    Effect::new(move |before: Option<Vec<Arc<Asset>>>| {
        let items = desk.shelf.items.get();
        if let Some(before) = before {
            untrack(|| hold(desk, &before, &items));
        }
        items
    });
}

fn hold(desk: Desk, before: &Items, items: &Items) -> Option<()> {
    let (rows, _) = Rows::now(desk)?;
    let seen = scroll::down(PANE)?;
    let first = rows.rows_in(seen) * rows.columns;
    // At the top, what is new comes in sight.
    if first == 0 {
        return None;
    }
    let (was, is) = follow(before, items, first)?;
    let moved = rows.span(is).0 - rows.span(was).0;
    if moved.abs() >= 1.0 {
        // Once the list has its new height.
        request_animation_frame(move || scroll::to(PANE, seen + moved));
    }
    Some(())
}

/// Where the first that is there still was, and where it is.
fn follow(before: &Items, items: &Items, first: usize) -> Option<(usize, usize)> {
    let mut seen = before.iter().enumerate().skip(first).take(TRIES);
    seen.find_map(|(was, asset)| {
        let is_same = |other: &Arc<Asset>| other.id == asset.id;
        if items.get(was).is_some_and(is_same) {
            return Some((was, was));
        }
        Some((was, items.iter().position(is_same)?))
    })
}

#[cfg(test)]
mod tests {
    use model::{AssetId, Id as _};
    use serde_json::json;

    use super::*;

    fn asset(at: i64) -> Arc<Asset> {
        let moment = model::Timestamp::from_millis(at);
        let asset = serde_json::from_value(json!({
            "id": AssetId::from_parts(u64::try_from(at).unwrap(), 1),
            "name": "a.jpg", "kind": "image", "mime": "image/jpeg", "size": at,
            "sha256": "00".repeat(32), "tags": [], "teams": [],
            "state": "active", "source": "upload", "alt_text": "",
            "created_at": moment, "updated_at": moment, "version": 1, "has_renditions": true,
        }));
        Arc::new(asset.unwrap())
    }

    #[test]
    fn what_is_seen_is_found_where_it_is_now_or_the_next_that_is_there() {
        let [one, two, three, new] = [1, 2, 3, 4].map(asset);
        let before = [one.clone(), two.clone(), three.clone()];

        assert_eq!(follow(&before, &before, 1), Some((1, 1)));
        let more = [new.clone(), one.clone(), two, three.clone()];
        assert_eq!(follow(&before, &more, 1), Some((1, 2)));
        assert_eq!(follow(&before, &[one, three], 1), Some((2, 1)));
        assert_eq!(follow(&before, &[new], 1), None);
    }
}
