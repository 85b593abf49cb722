//! The panel that sets filters: each as soon as it is chosen, and as a plain form before that.

use leptos::prelude::*;
use model::{Orientation, Source, TeamChoice};

use super::filters::use_choices;
use crate::api::teams::Choices;
use crate::browse::desk::Desk;
use crate::browse::marks::{self, suggestions};
use crate::browse::toolbar::FILTERS_BUTTON;
use crate::browser::page;
use crate::parts::part;
use crate::query::{LibraryQuery, TAG, View};
use crate::text::{find_text, use_text};

/// The name of the part.
pub const PANEL: &str = "filters";
const TAG_FIELD: &str = "filter-tag";

part! { found, load_panel;
    pub fn draw_panel(desk: Desk) -> AnyView {
        open_panel(desk)
    }
}

fn open_panel(desk: Desk) -> AnyView {
    use_choices(desk);
    // A hand that opened it goes on there; a page that opens with it stays where it is.
    if desk.lives.get_untracked() {
        page::focus_soon(TAG_FIELD.to_owned());
    }
    panel(desk)
}

fn panel(desk: Desk) -> AnyView {
    let words = find_text();
    let close = move || desk.query.with(|query| without_panel(query).href());
    let none = move || {
        desk.query.with(|query| {
            LibraryQuery {
                filters: true,
                ..query.at(query.place)
            }
            .href()
        })
    };
    view! {
        <section
            class="filters"
            id="filters"
            aria-label=use_text().browse.filters
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    event.stop_propagation();
                    desk.go(&desk.query.with_untracked(without_panel));
                    page::focus(FILTERS_BUTTON);
                }
            }
        >
            <form
                method="get"
                action=move || desk.query.with(LibraryQuery::path)
                on:submit=move |event| event.prevent_default()
            >
                {move || hidden(&desk.query.get())} {tag(desk)} {choices(desk)}
                {number(desk, words.size_min, "size_min")} {number(desk, words.size_max, "size_max")}
                {day(desk, words.since, "since")} {day(desk, words.until, "until")}
                {number(desk, words.width_min, "width_min")}
                {number(desk, words.height_min, "height_min")} {check(desk, words.undescribed, "described", "no")}
                {check(desk, use_text().browse.unused, "used", "false")}
                <button type="submit" class="plain">
                    {words.apply}
                </button>
            </form>
            <footer>
                <a class="button quiet" href=none data-noscroll="true">
                    {words.clear_all}
                </a>
                <a class="button" href=close data-noscroll="true">
                    {words.close}
                </a>
            </footer>
        </section>
    }
    .into_any()
}

fn without_panel(query: &LibraryQuery) -> LibraryQuery {
    LibraryQuery {
        filters: false,
        ..query.clone()
    }
}

/// What a plain form carries along.
fn hidden(query: &LibraryQuery) -> impl IntoView + use<> {
    let field = |name: &'static str, value: String| {
        (!value.is_empty()).then(|| view! { <input type="hidden" name=name value=value /> })
    };
    let tags: Vec<_> = query
        .narrow
        .all()
        .iter()
        .filter(|(name, _)| *name == TAG)
        .map(|(_, tag)| field(TAG, tag.clone()))
        .collect();
    let kind = query.kind.map_or("", model::Kind::as_str);
    let view = if query.view == View::List { "list" } else { "" };
    let (place, value) = query.place_param().unwrap_or(("state", String::new()));
    (
        tags,
        field("q", query.q.clone()),
        field("kind", kind.to_owned()),
        field("sort", query.sort.as_str().to_owned()),
        field("view", view.to_owned()),
        field(place, value),
        field("filters", "open".to_owned()),
    )
}

fn set(desk: Desk, name: &'static str, value: &str) {
    let query = desk.query.get_untracked();
    desk.go(&LibraryQuery {
        narrow: query.narrow.with(name, value),
        after: None,
        ..query
    });
}

/// What a filter is set to.
fn value(desk: Desk, name: &'static str) -> impl Fn() -> String + Copy {
    move || desk.query.with(|query| query.narrow.get(name))
}

fn tag(desk: Desk) -> AnyView {
    let words = find_text();
    let offered = RwSignal::new(Vec::new());
    view! {
        <label class="whole">
            {words.add_tag}
            <input
                id=TAG_FIELD
                type="text"
                name=TAG
                list="filter-tags"
                autocomplete="off"
                maxlength="64"
                dir="auto"
                on:input=move |event| marks::suggest(offered, event_target_value(&event))
                on:change=move |event| {
                    let tag = event_target_value(&event);
                    if !tag.trim().is_empty() {
                        set(desk, TAG, tag.trim());
                        page::set_value(TAG_FIELD, "");
                    }
                }
            />
            {suggestions("filter-tags", offered)}
        </label>
    }
    .into_any()
}

/// The filters that are chosen from a list.
fn choices(desk: Desk) -> AnyView {
    let (text, words) = (use_text(), find_text());
    let sources = move |_: &Choices| {
        let named = |source: Source| (source.to_string(), text.source(source).to_owned());
        Source::ALL.into_iter().map(named).collect()
    };
    let shapes = move |_: &Choices| {
        let named = |it: Orientation| (it.as_str().to_owned(), words.orientation(it).to_owned());
        Orientation::ALL.into_iter().map(named).collect()
    };
    (
        select(desk, words.team, "team", teams),
        select(desk, words.person, "by", people),
        select(desk, words.source, "from", sources),
        select(desk, words.shape, "shape", shapes),
    )
        .into_any()
}

fn teams(choices: &Choices) -> Vec<(String, String)> {
    let mine = (TeamChoice::MINE.to_owned(), find_text().my_teams.to_owned());
    let named = choices
        .teams
        .iter()
        .map(|team| (team.id.to_string(), team.name.clone()));
    [mine].into_iter().chain(named).collect()
}

fn people(choices: &Choices) -> Vec<(String, String)> {
    let own = choices.own;
    let me = own.map(|own| (own.to_string(), find_text().myself.to_owned()));
    let others = choices.people.iter().filter(|(id, _)| Some(*id) != own);
    let others = others.map(|(id, name)| (id.to_string(), name.clone()));
    me.into_iter().chain(others).collect()
}

fn select(
    desk: Desk,
    label: &'static str,
    name: &'static str,
    list: impl Fn(&Choices) -> Vec<(String, String)> + Send + Sync + 'static,
) -> AnyView {
    let current = value(desk, name);
    let options = move || {
        let choices = desk.choices.get().unwrap_or_default();
        let is = untrack(current);
        list(&choices)
            .into_iter()
            .map(|(value, said)| {
                let chosen = value == is;
                view! {
                    <option value=value selected=chosen>
                        {said}
                    </option>
                }
            })
            .collect_view()
    };
    view! {
        <label>
            {label}
            <select
                name=name
                prop:value=current
                on:change=move |event| set(desk, name, &event_target_value(&event))
            >
                <option value="">{find_text().any}</option>
                {options}
            </select>
        </label>
    }
    .into_any()
}

fn number(desk: Desk, label: &'static str, name: &'static str) -> AnyView {
    field(desk, label, name, "number")
}

fn day(desk: Desk, label: &'static str, name: &'static str) -> AnyView {
    field(desk, label, name, "date")
}

fn field(desk: Desk, label: &'static str, name: &'static str, r#type: &'static str) -> AnyView {
    let current = value(desk, name);
    view! {
        <label>
            {label}
            <input
                type=r#type
                name=name
                min=(r#type == "number").then_some("0")
                value=untrack(current)
                prop:value=current
                on:change=move |event| set(desk, name, &event_target_value(&event))
            />
        </label>
    }
    .into_any()
}

/// A filter that is on or off.
fn check(desk: Desk, label: &'static str, name: &'static str, on: &'static str) -> AnyView {
    let is_set = move || desk.query.with(|query| query.narrow.get(name) == on);
    view! {
        <label class="check">
            <input
                type="checkbox"
                name=name
                value=on
                checked=untrack(is_set)
                prop:checked=is_set
                on:change=move |event| {
                    set(desk, name, if event_target_checked(&event) { on } else { "" });
                }
            />
            {label}
        </label>
    }
    .into_any()
}
