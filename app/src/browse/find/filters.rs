//! What narrows the place now: a chip for each filter, and the panel that sets them.

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Orientation, Source, TeamChoice};

use super::panel::{PANEL, draw_panel};
use crate::api::teams::{Choices, list_choices};
use crate::browse::desk::{Desk, use_desk};
use crate::components::{Glyph, Icon};
use crate::parts::{later, part};
use crate::query::LibraryQuery;
use crate::text::{find_text, use_text};

/// The name of the part.
pub const CHIPS: &str = "chips";

/// Below the toolbar: the panel while it is open, and what is set.
#[component]
pub fn FilterBar() -> impl IntoView {
    let desk = use_desk();
    let is_open = Memo::new(move |_| desk.query.with(|query| query.filters));
    let is_set = Memo::new(move |_| desk.query.with(|query| !query.narrow.all().is_empty()));
    view! {
        {move || is_open.get().then(|| later(PANEL, move || draw_panel(desk)))}
        {move || is_set.get().then(|| later(CHIPS, move || draw_chips(desk)))}
    }
    .into_any()
}

part! { found, load_chips;
    pub fn draw_chips(desk: Desk) -> AnyView {
        chips(desk)
    }
}

fn chips(desk: Desk) -> AnyView {
    use_choices(desk);
    let chips = move || {
        let query = desk.query.get();
        let choices = desk.choices.get().unwrap_or_default();
        let chips: Vec<_> = query
            .narrow
            .all()
            .iter()
            .map(|(name, value)| chip(&query, &choices, name, value))
            .collect();
        chips
    };
    let none = move || {
        let query = desk.query.get();
        LibraryQuery {
            narrow: crate::query::Narrow::default(),
            after: None,
            ..query
        }
        .href()
    };
    view! {
        <div class="chips filter-chips">
            <ul aria-label=use_text().browse.filters>{chips}</ul>
            <a href=none data-noscroll="true">
                {find_text().clear_all}
            </a>
        </div>
    }
    .into_any()
}

fn chip(
    query: &LibraryQuery,
    choices: &Choices,
    name: &'static str,
    value: &str,
) -> impl IntoView + use<> {
    let without = LibraryQuery {
        narrow: query.narrow.without(name, value),
        after: None,
        ..query.clone()
    };
    let said = said(choices, name, value);
    let label = find_text().naming(find_text().remove, &said);
    view! {
        <li>
            <a class="chip" href=without.href() data-noscroll="true" aria-label=label>
                <span dir="auto">{said}</span>
                <Icon glyph=Glyph::Close />
            </a>
        </li>
    }
}

/// A filter and what it is set to, as a person would say it.
fn said(choices: &Choices, name: &str, value: &str) -> String {
    let words = find_text();
    let label = match name {
        "tag" => words.in_tag,
        "team" => words.team,
        "from" => words.source,
        "by" => words.person,
        "since" => words.since,
        "until" => words.until,
        "size_min" => words.size_min,
        "size_max" => words.size_max,
        "shape" => words.shape,
        "width_min" => words.width_min,
        "height_min" => words.height_min,
        "used" => return use_text().browse.unused.to_owned(),
        _ => return words.undescribed.to_owned(),
    };
    words.filter(label, &setting(choices, name, value))
}

fn setting(choices: &Choices, name: &str, value: &str) -> String {
    let words = find_text();
    let known = match name {
        "team" if value == TeamChoice::MINE => Some(words.my_teams.to_owned()),
        "team" => {
            let team = choices
                .teams
                .iter()
                .find(|team| team.id.to_string() == value);
            team.map(|team| team.name.clone())
        }
        "by" => {
            let person = choices
                .people
                .iter()
                .find(|(id, _)| id.to_string() == value);
            person.map(|(_, name)| name.clone()).or_else(|| {
                let is_own = choices.own.is_some_and(|own| own.to_string() == value);
                is_own.then(|| words.myself.to_owned())
            })
        }
        "from" => {
            let source: Option<Source> = value.parse().ok();
            source.map(|source| use_text().source(source).to_owned())
        }
        "shape" => {
            let shape = Orientation::ALL.into_iter().find(|it| it.as_str() == value);
            shape.map(|shape| words.orientation(shape).to_owned())
        }
        _ => None,
    };
    known.unwrap_or_else(|| value.to_owned())
}

/// Reads what can be chosen, or fetches it, unless it is here.
pub fn use_choices(desk: Desk) {
    if desk.choices.read_untracked().is_some() {
        return;
    }
    let offered = desk.offered.with_value(|offered| read(offered));
    if offered.is_some() {
        return desk.choices.set(offered);
    }
    Effect::new(move |_| {
        spawn_local(async move {
            match list_choices().await {
                Ok(choices) => _ = desk.choices.try_set(Some(choices)),
                Err(failure) => desk.complain(&failure),
            }
        });
    });
}

fn read(offered: &str) -> Option<Choices> {
    serde_json::from_slice(offered.as_bytes()).ok()
}
