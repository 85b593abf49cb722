//! Animated pictures move while the mouse rests on them or they have the focus, and stand otherwise.

use leptos::ev;
use leptos::leptos_dom::helpers::window_event_listener;
use leptos::prelude::*;
use web_sys::Event;

use crate::browse::tile::ASSET;
use crate::browser::{motion, page};

/// Lets the pictures of the grid move, unless the reader asked for stillness.
pub fn use_moving() {
    Effect::new(move || {
        let over = window_event_listener(ev::pointerover, |event| {
            if event.pointer_type() == "mouse" {
                turn_to(&event);
            }
        });
        let focus = window_event_listener(ev::focusin, |event| turn_to(&event));
        on_cleanup(move || {
            over.remove();
            focus.remove();
        });
    });
}

/// Moves the picture of the asset that an event is about, and stills any other.
fn turn_to(event: &Event) {
    match page::closest(event, ASSET) {
        Some((tile, _)) if !motion::is_unwanted() => motion::only(Some(&tile)),
        _ => motion::only(None),
    }
}
