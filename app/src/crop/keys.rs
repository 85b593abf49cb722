//! What keys do in the editor.

use leptos::prelude::*;
use model::crop::Handle;
use web_sys::KeyboardEvent;

use super::studio::{Run, Studio};
use crate::browser::page;

/// How many times as large plus makes the region; minus takes it back.
const GROW: f64 = 1.1;

/// Does what a key asks for anywhere in the editor, and says whether it meant anything.
pub fn press(studio: Studio, event: &KeyboardEvent) -> bool {
    let commanded = event.ctrl_key() || event.meta_key();
    match event.key().as_str() {
        _ if page::is_field(event) => return false,
        "z" if commanded => studio.undo(),
        "Z" | "y" if commanded => studio.redo(),
        _ => return false,
    }
    true
}

/// Moves the region, and says whether the key meant anything.
pub fn move_region(studio: Studio, event: &KeyboardEvent) -> bool {
    let now = studio.now.get_untracked();
    let (frame, region) = (now.draft.frame(), now.draft.region);
    let middle = (
        f64::from(region.x) + f64::from(region.width) / 2.0,
        f64::from(region.y) + f64::from(region.height) / 2.0,
    );
    let moved = match event.key().as_str() {
        "+" | "=" => frame.pinched(region, GROW, middle),
        "-" | "_" => frame.pinched(region, 1.0 / GROW, middle),
        _ => match arrow(event) {
            Some((across, down)) => frame.moved(region, across, down),
            None => return false,
        },
    };
    studio.change(Run::Keys, now.with_region(moved));
    true
}

/// Pulls a handle, and says whether the key meant anything.
pub fn pull(studio: Studio, handle: Handle, event: &KeyboardEvent) -> bool {
    let Some((across, down)) = arrow(event) else {
        return false;
    };
    let now = studio.now.get_untracked();
    let region = now
        .draft
        .frame()
        .resized(now.draft.region, handle, across, down);
    studio.change(Run::Keys, now.with_region(region));
    true
}

/// Moves the focal point, and says whether the key meant anything.
pub fn aim(studio: Studio, event: &KeyboardEvent) -> bool {
    let now = studio.now.get_untracked();
    let (Some((across, down)), Some(point)) = (arrow(event), now.focal) else {
        return false;
    };
    let canvas = now.draft.canvas();
    // A key has to move it by more than a thousandth, which is what it is kept in.
    let by = |steps: i64, edge: u32| {
        let step = (f64::from(edge) / 200.0).max(1.0);
        f64::from(i32::try_from(steps).unwrap_or(0)) * step
    };
    let (x, y) = now.draft.focal_on(point);
    let focal = now
        .draft
        .focal_at(x + by(across, canvas.width), y + by(down, canvas.height));
    studio.change(
        Run::Focal,
        super::studio::Step {
            focal: Some(focal),
            ..now
        },
    );
    true
}

/// The pixels that an arrow key asks for: one, or ten with Shift.
pub fn arrow(event: &KeyboardEvent) -> Option<(i64, i64)> {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return None;
    }
    let by = if event.shift_key() { 10 } else { 1 };
    match event.key().as_str() {
        "ArrowLeft" => Some((-by, 0)),
        "ArrowRight" => Some((by, 0)),
        "ArrowUp" => Some((0, -by)),
        "ArrowDown" => Some((0, by)),
        _ => None,
    }
}
