//! What a hand does on the stage: one finger or the mouse moves and pulls, two fingers pinch.

use leptos::prelude::*;
use model::crop::Handle;
use web_sys::{Element, PointerEvent};

use super::studio::{Run, Step, Studio};
use crate::browser::page;

/// The attribute that tells which handle an element is.
pub const HANDLE: &str = "data-handle";
/// The attribute of the focal point.
pub const FOCAL: &str = "data-focal";

/// What is held.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Grip {
    Region,
    Handle(Handle),
    Focal,
}

/// A finger or the mouse, and where it is on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Pointer {
    id: i32,
    at: (f64, f64),
}

/// What a hand is doing.
#[derive(Clone, Debug)]
struct Gesture {
    pointers: Vec<Pointer>,
    /// Where the pointers were when their number last changed, and what was there then.
    began: Vec<Pointer>,
    base: Step,
    grip: Grip,
}

/// A hand on the stage; cheap to copy.
#[derive(Clone, Copy)]
pub struct Hand {
    studio: Studio,
    gesture: StoredValue<Option<Gesture>>,
    count: StoredValue<u32>,
}

impl Hand {
    /// A hand that holds nothing.
    pub fn new(studio: Studio) -> Self {
        Self {
            studio,
            gesture: StoredValue::new(None),
            count: StoredValue::new(0),
        }
    }

    /// A finger or the mouse comes down.
    pub fn down(self, canvas: &Element, event: &PointerEvent) {
        if event.button() != 0 {
            return;
        }
        let _ = canvas.set_pointer_capture(event.pointer_id());
        let pointer = Pointer {
            id: event.pointer_id(),
            at: page::point_of(event),
        };
        let mut pointers = if let Some(gesture) = self.gesture.get_value() {
            gesture.pointers
        } else {
            self.count.set_value(self.count.get_value() + 1);
            Vec::new()
        };
        pointers.retain(|known| known.id != pointer.id);
        pointers.push(pointer);
        self.begin(pointers, grip(event));
    }

    /// A finger or the mouse moves.
    pub fn moved(self, canvas: &Element, event: &PointerEvent) {
        let Some(mut gesture) = self.gesture.get_value() else {
            return;
        };
        let held = gesture.pointers.iter_mut();
        let Some(pointer) = held.into_iter().find(|it| it.id == event.pointer_id()) else {
            return;
        };
        pointer.at = page::point_of(event);
        let run = Run::Hand(self.count.get_value());
        self.studio.change(run, come_of(&gesture, canvas));
        self.gesture.set_value(Some(gesture));
    }

    /// A finger or the mouse is lifted.
    pub fn up(self, event: &PointerEvent) {
        let Some(gesture) = self.gesture.get_value() else {
            return;
        };
        let mut pointers = gesture.pointers;
        pointers.retain(|it| it.id != event.pointer_id());
        if pointers.is_empty() {
            self.gesture.set_value(None);
        } else {
            self.begin(pointers, Grip::Region);
        }
    }

    fn begin(self, pointers: Vec<Pointer>, grip: Grip) {
        self.gesture.set_value(Some(Gesture {
            began: pointers.clone(),
            pointers,
            base: self.studio.now.get_untracked(),
            grip,
        }));
    }
}

/// What lies under a pointer.
fn grip(event: &PointerEvent) -> Grip {
    if page::closest(event, FOCAL).is_some() {
        return Grip::Focal;
    }
    let handle = page::closest(event, HANDLE).and_then(|(_, at)| at.parse::<usize>().ok());
    let handle = handle.and_then(|at| Handle::ALL.get(at).copied());
    handle.map_or(Grip::Region, Grip::Handle)
}

/// What comes of a gesture as far as it has gone.
fn come_of(gesture: &Gesture, canvas: &Element) -> Step {
    let base = gesture.base;
    let place = canvas.get_bounding_client_rect();
    let scale = f64::from(base.draft.canvas().width) / place.width().max(1.0);
    let (frame, region) = (base.draft.frame(), base.draft.region);
    match (gesture.began.as_slice(), gesture.pointers.as_slice()) {
        ([from], [to]) => {
            let (across, down) = between(from.at, to.at, scale);
            match gesture.grip {
                Grip::Region => base.with_region(frame.moved(region, across, down)),
                Grip::Handle(handle) => {
                    base.with_region(frame.resized(region, handle, across, down))
                }
                Grip::Focal => {
                    let x = (to.at.0 - place.left()) * scale;
                    let y = (to.at.1 - place.top()) * scale;
                    Step {
                        focal: Some(base.draft.focal_at(x, y)),
                        ..base
                    }
                }
            }
        }
        ([one, other, ..], [one_now, other_now, ..]) => {
            let times = distance(one_now.at, other_now.at) / distance(one.at, other.at).max(1.0);
            let (from, to) = (middle(one.at, other.at), middle(one_now.at, other_now.at));
            let at = (
                (from.0 - place.left()) * scale,
                (from.1 - place.top()) * scale,
            );
            let pinched = frame.pinched(region, times, at);
            let (across, down) = between(from, to, scale);
            base.with_region(frame.moved(pinched, across, down))
        }
        _ => base,
    }
}

/// The pixels of the picture between two points of the screen.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a screen is smaller than what fits"
)]
fn between(from: (f64, f64), to: (f64, f64), scale: f64) -> (i64, i64) {
    let pixels = |from: f64, to: f64| ((to - from) * scale).round() as i64;
    (pixels(from.0, to.0), pixels(from.1, to.1))
}

fn distance(one: (f64, f64), other: (f64, f64)) -> f64 {
    (one.0 - other.0).hypot(one.1 - other.1)
}

fn middle(one: (f64, f64), other: (f64, f64)) -> (f64, f64) {
    (f64::midpoint(one.0, other.0), f64::midpoint(one.1, other.1))
}
