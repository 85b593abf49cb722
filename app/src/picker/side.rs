//! Beside the files: the one the keys are at, how it would do at its place, and what mends it.

use std::sync::Arc;

use leptos::prelude::*;
use model::Asset;

use super::picture::picture;
use super::state::{Fitting, Picker};
use crate::components::{Glyph, Icon};
use crate::crop::outline;
use crate::format::{dimensions, play_time};
use crate::text::use_text;

/// The file that the keys are at.
pub fn side(picker: Picker) -> AnyView {
    let shown = Memo::new(move |_| {
        let id = picker.active.get()?;
        let found = |list: &Vec<Arc<Asset>>| list.iter().find(|asset| asset.id == id).cloned();
        picker
            .shelf
            .with(found)
            .or_else(|| picker.taken.with(found))
    });
    let drawn = move || shown.get().map(|asset| about(picker, asset));
    view! {
        <section
            class="picker-side"
            aria-label=use_text().picker().details
            hidden=move || shown.with(Option::is_none)
        >
            {drawn}
        </section>
    }
    .into_any()
}

fn about(picker: Picker, asset: Arc<Asset>) -> AnyView {
    let text = use_text();
    let words = text.picker();
    let facts = [
        Some(text.type_word(&asset)),
        dimensions(&asset),
        asset.duration.map(play_time),
        Some(text.size(asset.size)),
    ];
    let facts: Vec<_> = facts.into_iter().flatten().collect();
    let alt = match asset.alt_text.as_str() {
        "" => view! { <p class="picker-hint">{words.no_description}</p> }.into_any(),
        alt => view! { <p dir="auto">{alt.to_owned()}</p> }.into_any(),
    };
    let fit = {
        let asset = Arc::clone(&asset);
        move || {
            let place = picker.place.get()?;
            let made = picker.fitting(asset.id);
            Some(match made {
                Some(made) => fitted(picker, made),
                None => place.verdict(picker, &asset),
            })
        }
    };
    view! {
        <div class="picker-seen">{picture(picker, &asset)}</div>
        <div class="picker-told">
            <h2 dir="auto">{asset.name.to_string()}</h2>
            <p class="picker-hint">{facts.join(" · ")}</p>
            {alt}
            <div class="picker-fit" role="status">
                {fit}
            </div>
            {acts(picker, asset)}
        </div>
    }
    .into_any()
}

/// The copy that is used, what was done, and the way back.
fn fitted(picker: Picker, made: Fitting) -> AnyView {
    let text = use_text();
    let words = text.picker();
    let told = text.picking(words.copy_used, made.copy.name.as_str());
    let said = made
        .said
        .into_iter()
        .map(|said| view! { <p>{said}</p> })
        .collect_view();
    view! {
        <div class="picker-verdict fits">
            <p dir="auto">{told}</p>
            {said}
        </div>
        <button type="button" class="quiet" on:click=move |_| picker.forget_fitting(made.of)>
            <Icon glyph=Glyph::Restore />
            <span>{words.use_original}</span>
        </button>
    }
    .into_any()
}

fn acts(picker: Picker, asset: Arc<Asset>) -> AnyView {
    let text = use_text();
    let id = asset.id;
    let may_crop = picker.rights.with_value(|rights| rights.crop) && asset.can_be_cropped();
    let crop = may_crop.then(|| {
        view! {
            <button
                type="button"
                id="picker-crop"
                on:click=move |_| picker.cropping.set(Some(id))
            >
                {outline::icon(outline::CROP)}
                <span>{text.general.crop}</span>
            </button>
        }
    });
    crop.into_any()
}
