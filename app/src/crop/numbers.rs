//! The region in exact numbers, which can be written.

use leptos::prelude::*;
use model::placement::Region;

use super::keys;
use super::studio::{Run, Step, Studio};
use crate::text::use_text;

/// What one number is of a region, and what a region becomes with another one.
#[derive(Clone, Copy)]
struct Number {
    id: &'static str,
    name: &'static str,
    read: fn(Region) -> u32,
    write: fn(Step, u32) -> Region,
}

/// The four numbers of the region, in pixels of the picture.
pub fn numbers(studio: Studio) -> AnyView {
    let text = use_text();
    let words = text.crop();
    let all = [
        Number {
            id: "crop-left",
            name: words.left,
            read: |region| region.x,
            write: |step, x| {
                let region = step.draft.region;
                let by = i64::from(x) - i64::from(region.x);
                step.draft.frame().moved(region, by, 0)
            },
        },
        Number {
            id: "crop-top",
            name: words.top,
            read: |region| region.y,
            write: |step, y| {
                let region = step.draft.region;
                let by = i64::from(y) - i64::from(region.y);
                step.draft.frame().moved(region, 0, by)
            },
        },
        Number {
            id: "crop-width",
            name: words.width,
            read: |region| region.width,
            write: |step, width| {
                step.draft
                    .frame()
                    .sized(step.draft.region, Some(width), None)
            },
        },
        Number {
            id: "crop-height",
            name: words.height,
            read: |region| region.height,
            write: |step, height| {
                step.draft
                    .frame()
                    .sized(step.draft.region, None, Some(height))
            },
        },
    ];
    let told = move || {
        let region = studio.now.with(|now| now.draft.region);
        text.pixels_told(words.kept, region.extent())
    };
    view! {
        <fieldset class="crop-numbers">
            <legend>{words.numbers}</legend>
            {all.map(|number| field(studio, number)).collect_view()}
        </fieldset>
        <p class="crop-told" role="status">
            {told}
        </p>
    }
    .into_any()
}

fn field(studio: Studio, number: Number) -> AnyView {
    let value = Memo::new(move |_| studio.now.with(|now| (number.read)(now.draft.region)));
    let write = move |run: Run, wanted: u32| {
        let now = studio.now.get_untracked();
        studio.change(run, now.with_region((number.write)(now, wanted)));
    };
    view! {
        <label for=number.id>{number.name}</label>
        <input
            id=number.id
            type="text"
            inputmode="numeric"
            autocomplete="off"
            maxlength="6"
            prop:value=move || value.get().to_string()
            on:change=move |event| {
                if let Ok(wanted) = event_target_value(&event).trim().parse() {
                    write(Run::Once, wanted);
                }
                // What was written may be no number, or one there is no room for.
                event_target::<web_sys::HtmlInputElement>(&event)
                    .set_value(&value.get_untracked().to_string());
            }
            on:keydown=move |event| {
                if let Some((0, down)) = keys::arrow(&event) {
                    event.prevent_default();
                    let wanted = i64::from(value.get_untracked()) - down;
                    write(Run::Keys, u32::try_from(wanted).unwrap_or(0));
                }
            }
        />
    }
    .into_any()
}
