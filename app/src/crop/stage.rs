//! The stage: the picture, what of it stays, and the handles that change it.

use leptos::html::{Button, Div};
use leptos::prelude::*;
use model::crop::Handle;

use super::hand::Hand;
use super::keys;
use super::picture::{percent, picture, place};
use super::studio::Studio;
use crate::text::use_text;

/// Whether the region has the keys at first; `autofocus` is not for frames of another origin.
const IS_FIRST: bool = cfg!(not(feature = "picker"));

const REGION_KEYS: &str = "crop-region-keys";
const HANDLE_KEYS: &str = "crop-handle-keys";
const FOCAL_KEYS: &str = "crop-focal-keys";

/// The picture and what of it stays.
pub fn stage(studio: Studio) -> AnyView {
    let text = use_text().crop();
    let node = NodeRef::<Div>::new();
    let mover = NodeRef::<Button>::new();
    if !IS_FIRST {
        Effect::new(move |_| mover.get().map(|mover| mover.focus()));
    }
    let hand = Hand::new(studio);
    let shape = move || {
        let canvas = studio.now.get().draft.canvas();
        format!("--across:{};--down:{}", canvas.width, canvas.height)
    };
    let region = move || {
        let draft = studio.now.get().draft;
        place(draft.region, draft.canvas())
    };
    view! {
        <div class="crop-stage">
            <div
                class="crop-canvas"
                node_ref=node
                style=shape
                on:pointerdown=move |event| {
                    if let Some(node) = node.get_untracked() {
                        hand.down(&node, &event);
                    }
                }
                on:pointermove=move |event| {
                    if let Some(node) = node.get_untracked() {
                        hand.moved(&node, &event);
                    }
                }
                on:pointerup=move |event| hand.up(&event)
                on:pointercancel=move |event| hand.up(&event)
            >
                <div class="crop-film">
                    {picture(studio)} <div class="crop-shade" style=region></div>
                </div>
                <div class="crop-region" role="group" aria-label=text.region style=region>
                    <button
                        type="button"
                        class="crop-move"
                        autofocus=IS_FIRST
                        node_ref=mover
                        aria-label=text.region
                        aria-describedby=REGION_KEYS
                        on:keydown=move |event| {
                            if keys::move_region(studio, &event) {
                                event.prevent_default();
                            }
                        }
                    ></button>
                    {handles(studio)}
                </div>
                {focal(studio)}
            </div>
            <span id=REGION_KEYS hidden>
                {text.region_keys}
            </span>
            <span id=HANDLE_KEYS hidden>
                {text.handle_keys}
            </span>
            <span id=FOCAL_KEYS hidden>
                {text.focal_keys}
            </span>
        </div>
    }
    .into_any()
}

fn handles(studio: Studio) -> AnyView {
    let text = use_text().crop();
    let handles = Handle::ALL.into_iter().zip(text.handles).enumerate();
    handles
        .map(|(at, (handle, name))| {
            let (across, down) = (handle.across, handle.down);
            view! {
                <button
                    type="button"
                    class="crop-handle"
                    data-handle=at.to_string()
                    data-kind=kind(handle)
                    style=format!("--across:{across};--down:{down}")
                    aria-label=name
                    aria-describedby=HANDLE_KEYS
                    on:keydown=move |event| {
                        if keys::pull(studio, handle, &event) {
                            event.prevent_default();
                        }
                    }
                ></button>
            }
        })
        .collect_view()
        .into_any()
}

/// Which way the mouse shows that a handle is pulled.
const fn kind(handle: Handle) -> &'static str {
    match (handle.across, handle.down) {
        (0, _) => "ns",
        (_, 0) => "ew",
        (across, down) if across == down => "nwse",
        _ => "nesw",
    }
}

/// What must stay in sight, where that was said.
fn focal(studio: Studio) -> AnyView {
    let text = use_text().crop();
    let is_there = Memo::new(move |_| studio.now.with(|now| now.focal.is_some()));
    let at = move || {
        let now = studio.now.get();
        let (x, y) = now
            .draft
            .focal_on(now.focal.unwrap_or(model::FocalPoint::MIDDLE));
        let canvas = now.draft.canvas();
        let part = |at: f64, edge: u32| at * percent(1, edge);
        format!(
            "left:{}%;top:{}%",
            part(x, canvas.width),
            part(y, canvas.height)
        )
    };
    let point = move || {
        is_there.get().then(|| {
            view! {
                <button
                    type="button"
                    class="crop-focal"
                    data-focal=""
                    style=at
                    aria-label=text.focal
                    aria-describedby=FOCAL_KEYS
                    on:keydown=move |event| {
                        if keys::aim(studio, &event) {
                            event.prevent_default();
                        }
                    }
                ></button>
            }
        })
    };
    point.into_any()
}
