//! A box drawn with the mouse: what it touches is chosen.

use std::collections::BTreeSet;

use leptos::ev;
use leptos::leptos_dom::helpers::window_event_listener;
use leptos::prelude::*;
use model::AssetId;
use web_sys::{DomRect, PointerEvent};

use crate::browse::desk::Desk;
use crate::browse::grid::{GAP, PANE, Rows, SPACE};
use crate::browse::tile::ASSET;
use crate::browser::page;

/// How far the mouse goes before it draws a box and is no unsteady click.
const STEADY: f64 = 6.0;

/// A box from where the mouse went down to where it is, in pixels of the grid.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Band {
    from: (f64, f64),
    to: (f64, f64),
}

impl Band {
    /// Left, top, right and bottom.
    fn sides(self) -> (f64, f64, f64, f64) {
        let ((x, y), (to_x, to_y)) = (self.from, self.to);
        (x.min(to_x), y.min(to_y), x.max(to_x), y.max(to_y))
    }

    fn is_steady(self) -> bool {
        let (left, top, right, bottom) = self.sides();
        right - left < STEADY && bottom - top < STEADY
    }

    /// How it looks on the screen, no further than the pane reaches.
    fn within(self, place: &DomRect, pane: &DomRect) -> String {
        let (left, top, right, bottom) = self.sides();
        let left = (left + place.left()).max(pane.left());
        let top = (top + place.top()).max(pane.top());
        let right = (right + place.left()).min(pane.right());
        let bottom = (bottom + place.top()).min(pane.bottom());
        let (width, height) = ((right - left).max(0.0), (bottom - top).max(0.0));
        format!("left:{left}px;top:{top}px;width:{width}px;height:{height}px")
    }

    /// The places it touches, of so many, in a grid of this width.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "places above the top count as the top, and a screen has few columns"
    )]
    fn touched(self, rows: Rows, width: f64, count: usize) -> Vec<usize> {
        let (left, top, right, bottom) = self.sides();
        let across = (width + GAP) / rows.columns as f64;
        let place = |at: f64, pitch: f64| (at.max(0.0) / pitch) as usize;
        let columns = place(left + GAP, across)..=place(right, across).min(rows.columns - 1);
        (place(top + GAP, rows.pitch)..=place(bottom, rows.pitch))
            .flat_map(|row| {
                columns
                    .clone()
                    .map(move |column| row * rows.columns + column)
            })
            .filter(|index| *index < count)
            .collect()
    }
}

/// Lets a mouse draw a box in the grid, and draws it.
pub fn band(desk: Desk) -> AnyView {
    let band = RwSignal::new(None::<Band>);
    let before = StoredValue::new(BTreeSet::<AssetId>::new());
    let down = window_event_listener(ev::pointerdown, move |event| {
        if let Some(from) = start(&event) {
            let adds = event.shift_key() || event.ctrl_key() || event.meta_key();
            let kept = if adds {
                desk.selection.ids()
            } else {
                Vec::new()
            };
            before.set_value(kept.into_iter().collect());
            band.set(Some(Band { from, to: from }));
        }
    });
    let moved = window_event_listener(ev::pointermove, move |event| {
        let Some(Band { from, .. }) = band.get_untracked() else {
            return;
        };
        let drawn = place().map(|place| Band {
            from,
            to: point_in(&place, &event),
        });
        band.set(drawn);
        if let Some(drawn) = drawn.filter(|drawn| !drawn.is_steady()) {
            let kept = before.get_value().into_iter();
            desk.selection
                .choose(kept.chain(inside(desk, drawn)).collect());
        }
    });
    let over = window_event_listener(ev::pointerup, move |_| {
        if band.get_untracked().is_some() {
            band.set(None);
        }
    });
    on_cleanup(move || {
        [down, moved, over]
            .into_iter()
            .for_each(WindowListenerHandle::remove);
    });
    let shown = move || {
        let band = band.get().filter(|band| !band.is_steady())?;
        Some(band.within(&place()?, &pane()?))
    };
    (move || shown().map(|style| view! { <div class="band" style=style></div> })).into_any()
}

/// Where a box starts: beside the tiles.
fn start(event: &PointerEvent) -> Option<(f64, f64)> {
    let is_mouse = event.button() == 0 && event.pointer_type() == "mouse";
    let beside = page::closest(event, ASSET).is_none();
    let (pane, _) = page::closest(event, PANE)?;
    // The scroll bar is the pane's own.
    let on_bar = page::point_of(event).0
        >= pane.get_bounding_client_rect().left() + f64::from(pane.client_width());
    (is_mouse && beside && !on_bar).then_some(point_in(&place()?, event))
}

fn place() -> Option<DomRect> {
    page::place_of(SPACE)
}

fn pane() -> Option<DomRect> {
    page::place_of(PANE)
}

fn point_in(place: &DomRect, event: &PointerEvent) -> (f64, f64) {
    let (x, y) = page::point_of(event);
    (x - place.left(), y - place.top())
}

/// The assets that a box touches.
fn inside(desk: Desk, band: Band) -> Vec<AssetId> {
    let Some((rows, width)) = untrack(|| Rows::now(desk)) else {
        return Vec::new();
    };
    let count = desk.shelf.items.with_untracked(Vec::len);
    let touched = band.touched(rows, width, count).into_iter();
    touched
        .filter_map(|index| desk.shelf.at(index).map(|it| it.id))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: Rows = Rows {
        columns: 3,
        pitch: 100.0,
    };

    fn touched(from: (f64, f64), to: (f64, f64)) -> Vec<usize> {
        Band { from, to }.touched(ROWS, 300.0 - GAP, 8)
    }

    #[test]
    fn a_box_chooses_what_it_touches() {
        assert_eq!(touched((10.0, 10.0), (150.0, 50.0)), [0, 1]);
        assert_eq!(touched((110.0, 110.0), (120.0, 120.0)), [4]);
        assert_eq!(touched((150.0, 150.0), (50.0, 50.0)), [0, 1, 3, 4]);
    }

    #[test]
    fn a_box_beyond_the_edges_chooses_what_is_there() {
        assert_eq!(touched((-50.0, -50.0), (900.0, 40.0)), [0, 1, 2]);
        assert_eq!(touched((210.0, 210.0), (900.0, 900.0)), Vec::<usize>::new());
    }
}
