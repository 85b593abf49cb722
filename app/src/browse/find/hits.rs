//! Why something was found: where its words stand, and which were looked for instead.

use std::sync::Arc;

use leptos::prelude::*;
use model::{Asset, Hit, HitField};

use crate::browse::desk::{Desk, use_desk};
use crate::parts::{later, part};
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

part! { found, load_hit;
    pub fn draw_hit(hit: Hit) -> AnyView {
        line(&hit).into_any()
    }
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
        .map(|span| {
            let text = span.text.clone();
            if span.is_match {
                view! { <mark>{text}</mark> }.into_any()
            } else {
                text.into_any()
            }
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

part! { found, load_instead;
    pub fn draw_instead(desk: Desk) -> AnyView {
        instead(desk)
    }
}

fn instead(desk: Desk) -> AnyView {
    let said = move || {
        let found = desk.shelf.instead.get().unwrap_or_default();
        let asked = desk.query.with(|query| query.q.trim().to_owned());
        find_text().instead(&asked, &found)
    };
    view! {
        <p class="instead" role="status" dir="auto">
            {said}
        </p>
    }
    .into_any()
}
