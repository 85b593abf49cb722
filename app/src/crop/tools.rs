//! What turns, mirrors and straightens the picture, and marks what must stay in sight.

use leptos::prelude::*;
use model::crop::Draft;
use model::{Edit, FocalPoint};

use super::outline;
use super::studio::{Run, Step, Studio};
use crate::text::use_text;

/// What turns, mirrors and straightens.
pub fn tools(studio: Studio) -> AnyView {
    let text = use_text().crop();
    view! {
        <div class="crop-tools">
            {verb(studio, outline::TURN, text.turn, Draft::turned)}
            {verb(studio, outline::MIRROR, text.mirror, Draft::mirrored)}
            {verb(studio, outline::OVERTURN, text.overturn, Draft::overturned)}
            {straighten(studio)} {studio.subject.has_focal_point().then(|| focal(studio))}
        </div>
    }
    .into_any()
}

fn verb(
    studio: Studio,
    outline: &'static str,
    name: &'static str,
    change: fn(Draft) -> Draft,
) -> AnyView {
    view! {
        <button
            type="button"
            class="quiet icon-only"
            aria-label=name
            title=name
            on:click=move |_| studio.redraft(change)
        >
            {outline::icon(outline)}
        </button>
    }
    .into_any()
}

fn straighten(studio: Studio) -> AnyView {
    let text = use_text();
    let tenths = Memo::new(move |_| studio.now.with(|now| now.draft.straighten()));
    let told = move || text.degrees(tenths.get());
    let most = Edit::MOST_STRAIGHTEN;
    view! {
        <label class="crop-straighten">
            <span>{text.crop().straighten}</span>
            <input
                type="range"
                min=-most
                max=most
                step="1"
                prop:value=move || tenths.get().to_string()
                aria-valuetext=told
                on:input=move |event| {
                    if let Ok(tenths) = event_target_value(&event).parse::<i16>() {
                        let base = studio.base(Run::Straighten);
                        let draft = base.draft.straightened(tenths);
                        studio.change(Run::Straighten, base.with_draft(draft));
                    }
                }
            />
            <span class="crop-degrees" aria-hidden="true">
                {told}
            </span>
        </label>
    }
    .into_any()
}

/// Marks what must stay in sight, or takes the mark away.
fn focal(studio: Studio) -> AnyView {
    let text = use_text().crop();
    let is_there = Memo::new(move |_| studio.now.with(|now| now.focal.is_some()));
    let name = move || {
        if is_there.get() {
            text.focal_remove
        } else {
            text.focal
        }
    };
    let toggle = move |_| {
        let now = studio.now.get_untracked();
        let focal = match now.focal {
            Some(_) => None,
            None => Some(now.draft.focal_from(FocalPoint::MIDDLE)),
        };
        studio.change(Run::Once, Step { focal, ..now });
    };
    view! {
        <button
            type="button"
            class="quiet icon-only"
            aria-label=name
            title=name
            aria-pressed=move || if is_there.get() { "true" } else { "false" }
            on:click=toggle
        >
            {outline::icon(outline::FOCAL)}
        </button>
    }
    .into_any()
}
