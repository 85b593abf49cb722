//! Why something was found: where its words stand, and which were looked for instead.

use std::sync::Arc;

use leptos::prelude::*;
use model::{Asset, Hit, HitField};

use crate::browse::desk::{Desk, use_desk};
use crate::parts::{Part, later, wasm_split};
use crate::text::find_text;

/// The names of the parts.
pub const HIT: &str = "hit";
pub const INSTEAD: &str = "instead";

/// Where an asset was found beside its name, in a line; nothing where its name says it.
pub fn hit(asset: &Arc<Asset>) -> Option<AnyView> {
    let hit = asset.hits.iter().find(|hit| hit.field != HitField::Name)?;
    let hit = hit.clone();
    Some(later(HIT, move || draw_hit(hit.clone())))
}

#[wasm_split(found, wasm_split_path = leptos::wasm_split, fallible, preload(load_hit))]
pub fn draw_hit(hit: Hit) -> Part {
    Ok(line(&hit).into_any())
}

/// Everywhere an asset was found.
pub fn found_in(hits: &[Hit]) -> Option<AnyView> {
    if hits.is_empty() {
        return None;
    }
    let lines: Vec<_> = hits
        .iter()
        .map(|hit| view! { <li>{line(hit)}</li> })
        .collect();
    Some(
        view! {
            <section class="found-in">
                <h3>{find_text().found_in}</h3>
                <ul>{lines}</ul>
            </section>
        }
        .into_any(),
    )
}

fn line(hit: &Hit) -> impl IntoView + use<> {
    let spans: Vec<_> = hit
        .snippet
        .iter()
        .map(|span| match span.is_match {
            true => view! { <mark>{span.text.clone()}</mark> }.into_any(),
            false => span.text.clone().into_any(),
        })
        .collect();
    view! {
        <span class="hit" dir="auto">
            <b>{find_text().field(hit.field)}</b>
            " "
            {spans}
        </span>
    }
}

/// Says which words were looked for where nothing has those that were asked for.
#[component]
pub fn Instead() -> impl IntoView {
    let desk = use_desk();
    move || {
        desk.shelf
            .instead
            .with(Option::is_some)
            .then(|| later(INSTEAD, move || draw_instead(desk)))
    }
}

#[wasm_split(found, wasm_split_path = leptos::wasm_split, fallible, preload(load_instead))]
pub fn draw_instead(desk: Desk) -> Part {
    let said = move || {
        let found = desk.shelf.instead.get().unwrap_or_default();
        let asked = desk.query.with(|query| query.q.trim().to_owned());
        find_text().instead(&asked, &found)
    };
    let view = view! {
        <p class="instead" role="status" dir="auto">
            {said}
        </p>
    };
    Ok(view.into_any())
}
