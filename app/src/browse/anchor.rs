//! What somebody looks at stays where it is on the screen while the room around it changes.
//!
//! Details make the grid narrower, its rows more: what was clicked far down would be dozens of rows
//! away.

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::HtmlDivElement;

use super::desk::Desk;
use super::grid::{Measures, Rows};
use crate::format::pixels;

/// Keeps an asset in its place on the screen.
#[derive(Clone, Copy)]
pub struct Anchor {
    desk: Desk,
    /// How far the pane is scrolled down.
    offset: RwSignal<f64>,
    /// Where on the screen the pane began when it was measured last.
    began: StoredValue<f64>,
}

impl Anchor {
    pub fn new(desk: Desk, offset: RwSignal<f64>) -> Self {
        Self {
            desk,
            offset,
            began: StoredValue::new(0.0),
        }
    }

    /// Scrolls so far as the asset moved at which the keys are; where that was out of sight, as the
    /// first one did.
    pub fn hold(self, pane: &HtmlDivElement, before: Option<(Rows, Measures)>, now: Rows) {
        let begins = pane.get_bounding_client_rect().top();
        let lower = begins - self.began.get_value();
        self.began.set_value(begins);
        let Some((before, room)) = before else { return };
        let seen = self.offset.get_untracked();
        let active = self.desk.selection.active.get_untracked();
        let active = active
            .and_then(|id| self.desk.shelf.index_of(id))
            .filter(|at| is_seen(before.span(*at), seen, room.height));
        let height = f64::from(pane.client_height());
        let to = match active {
            Some(at) => kept(before.span(at).0, now.span(at), seen + lower, height),
            None if before == now => return,
            None => {
                let first = before.at(seen) * before.columns;
                seen + now.top(first / now.columns) - before.top(before.at(seen))
            }
        };
        if pixels(to) != pixels(seen) {
            self.scroll(pane.clone(), to);
        }
    }

    fn scroll(self, pane: HtmlDivElement, to: f64) {
        // At once, or what has the focus would be taken away for a moment.
        self.offset.set(to);
        spawn_local(async move {
            // By now there is room for as many rows; where not, once they are drawn.
            pane.set_scroll_top(pixels(to));
            if pane.scroll_top() != pixels(to) {
                request_animation_frame(move || {
                    pane.set_scroll_top(pixels(to));
                    let _ = self.offset.try_set(f64::from(pane.scroll_top()));
                });
            }
        });
    }
}

/// Whether any of a row is seen.
fn is_seen((top, bottom): (f64, f64), seen: f64, height: f64) -> bool {
    top < seen + height && bottom > seen
}

/// How far to scroll for a row to stay where it was, and be seen whole.
fn kept(was: f64, (top, bottom): (f64, f64), seen: f64, height: f64) -> f64 {
    (seen + top - was).max(bottom - height).min(top).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_stays_where_it_was_on_the_screen() {
        assert!((kept(4_000.0, (6_000.0, 6_200.0), 3_800.0, 700.0) - 5_800.0).abs() < 1e-9);
    }

    #[test]
    fn a_row_at_the_edge_comes_into_sight_whole() {
        let (above, below) = (6_000.0, 6_200.0);

        let cut_above = kept(4_000.0, (above, below), 4_100.0, 700.0);
        let cut_below = kept(4_000.0, (above, below), 3_400.0, 700.0);

        assert!((cut_above - above).abs() < 1e-9);
        assert!((cut_below - (below - 700.0)).abs() < 1e-9);
    }

    #[test]
    fn nothing_is_scrolled_above_the_top() {
        assert!(kept(0.0, (0.0, 200.0), 40.0, 700.0).abs() < 1e-9);
    }

    #[test]
    fn a_row_is_seen_as_long_as_a_part_of_it_is() {
        assert!(is_seen((100.0, 300.0), 250.0, 700.0));
        assert!(!is_seen((100.0, 300.0), 300.0, 700.0));
        assert!(!is_seen((1_000.0, 1_200.0), 300.0, 700.0));
    }
}
