//! The edges of the panels: drawn by mouse, moved by keys, shut and opened; the browser remembers.

use leptos::prelude::*;
use web_sys::{KeyboardEvent, PointerEvent};

use crate::browse::desk::Desk;
use crate::browser::{page, room};
use crate::components::{Glyph, Icon};
use crate::parts::part;
use crate::text::use_text;

/// How far a key moves an edge, in pixels.
const STEP: f64 = 16.0;

/// A panel beside the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Panel {
    Tree,
    Details,
}

impl Panel {
    const fn name(self) -> &'static str {
        match self {
            Self::Tree => "tree",
            Self::Details => "details",
        }
    }

    /// The least, the usual and the most pixels.
    const fn sizes(self) -> (f64, f64, f64) {
        match self {
            Self::Tree => (160.0, 217.0, 420.0),
            Self::Details => (260.0, 301.0, 560.0),
        }
    }

    /// The width for so many pixels asked: within what is sane, and 0 where it is to be shut.
    fn fit(self, asked: f64) -> f64 {
        let (least, _, most) = self.sizes();
        if self == Self::Tree && asked < least / 2.0 {
            0.0
        } else {
            asked.clamp(least, most).round()
        }
    }

    /// Which way the pointer goes to make it wider.
    const fn way(self) -> f64 {
        match self {
            Self::Tree => 1.0,
            Self::Details => -1.0,
        }
    }
}

part! { tidy;
    pub fn draw_edges(desk: Desk) -> AnyView {
        edges(desk)
    }
}

/// The edges of the panels that are there.
fn edges(desk: Desk) -> AnyView {
    let details = Memo::new(move |_| desk.opened.with(Option::is_some));
    view! {
        {edge(Panel::Tree)}
        {move || details.get().then(|| edge(Panel::Details))}
    }
    .into_any()
}

fn edge(panel: Panel) -> AnyView {
    let text = use_text();
    let (least, usual, most) = panel.sizes();
    let kept = room::read(panel.name()).unwrap_or(usual);
    let width = RwSignal::new(kept.max(0.0));
    // What is drawn may be less than was asked for, on a small screen.
    let drawn = move || room::drawn(panel.name());
    // What it comes back to when it is opened.
    let open = StoredValue::new(kept.abs());
    let held = RwSignal::new(None::<(f64, f64)>);
    let give = move |pixels: f64| {
        room::give(panel.name(), pixels);
        width.set(pixels);
    };
    let settle = move |pixels: f64| {
        give(pixels);
        if pixels > 0.0 {
            open.set_value(pixels);
            room::keep(panel.name(), pixels);
        } else {
            room::keep(panel.name(), -open.get_value());
        }
    };
    let fold = move || {
        let is_open = width.get_untracked() > 0.0;
        settle(if is_open { 0.0 } else { open.get_value() });
    };
    let follow = move |event: &PointerEvent| {
        let (from, before) = held.get_untracked()?;
        Some(panel.fit(before + (page::point_of(event).0 - from) * panel.way()))
    };
    let label = match panel {
        Panel::Tree => text.order().tree_edge,
        Panel::Details => text.order().details_edge,
    };
    let shown = (panel == Panel::Tree).then(|| fold_button(width, fold));
    view! {
        <div
            class=format!("edge of-{}", panel.name())
            class:held=move || held.get().is_some()
            role="separator"
            tabindex="0"
            aria-orientation="vertical"
            aria-label=label
            title=label
            aria-valuemin=panel.fit(0.0).to_string()
            aria-valuemax=most.to_string()
            aria-valuenow=move || width.get().to_string()
            on:pointerdown=move |event| {
                room::hold(&event);
                held.set(Some((page::point_of(&event).0, drawn())));
            }
            on:pointermove=move |event| {
                if let Some(pixels) = follow(&event) {
                    give(pixels);
                }
            }
            on:pointerup=move |event| {
                if let Some(pixels) = follow(&event) {
                    settle(pixels);
                }
                held.set(None);
            }
            on:pointercancel=move |_| held.set(None)
            on:dblclick=move |_| settle(usual)
            on:keydown=move |event| {
                let by_key = by_key(panel, &event, drawn(), (least, most));
                match by_key {
                    Some(pixels) => settle(pixels),
                    None if event.key() == "Enter" && panel == Panel::Tree => fold(),
                    None => return,
                }
                event.prevent_default();
            }
        ></div>
        {shown}
    }
    .into_any()
}

/// Shuts the tree, and opens it again.
fn fold_button(width: RwSignal<f64>, fold: impl Fn() + 'static) -> AnyView {
    let text = use_text();
    let is_open = move || width.get() > 0.0;
    let label = move || {
        if is_open() {
            text.order().hide_tree
        } else {
            text.order().show_tree
        }
    };
    view! {
        <button
            type="button"
            class="icon-only fold"
            aria-expanded=move || if is_open() { "true" } else { "false" }
            aria-label=label
            title=label
            on:click=move |_| fold()
        >
            <Icon glyph=Glyph::Left />
        </button>
    }
    .into_any()
}

/// Where a key moves an edge.
fn by_key(
    panel: Panel,
    event: &KeyboardEvent,
    width: f64,
    (least, most): (f64, f64),
) -> Option<f64> {
    match event.key().as_str() {
        "ArrowRight" => Some((width + STEP * panel.way()).clamp(least, most)),
        "ArrowLeft" => Some((width - STEP * panel.way()).clamp(least, most)),
        "Home" => Some(least),
        "End" => Some(most),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panel_keeps_within_what_is_sane_and_the_tree_shuts() {
        assert!((Panel::Tree.fit(300.4) - 300.0).abs() < f64::EPSILON);
        assert!((Panel::Tree.fit(120.0) - 160.0).abs() < f64::EPSILON);
        assert!(Panel::Tree.fit(40.0).abs() < f64::EPSILON);
        assert!((Panel::Details.fit(40.0) - 260.0).abs() < f64::EPSILON);
        assert!((Panel::Details.fit(4_000.0) - 560.0).abs() < f64::EPSILON);
    }
}
