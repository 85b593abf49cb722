//! What places in messages take from one account, where an operator says otherwise.

use leptos::prelude::*;
use model::placement::Confidence;
use model::{Account, Placement};

use super::placements::row;
use crate::text::{use_language, use_text};

/// An account's own placements, and a form that sets one.
pub fn own_placements(account: &Account, all: &[Placement]) -> impl IntoView + use<> {
    let words = use_text().placements();
    let own: Vec<_> = all
        .iter()
        .filter(|one| one.is_own)
        .map(|one| row(one, Some(remove(account, one))))
        .collect();
    let list = (!own.is_empty()).then(|| view! { <ul class="rows">{own}</ul> });
    view! {
        <section>
            <h2>{words.own_title}</h2>
            <p class="hint">{words.own_hint}</p>
            {list}
            {form(account, all)}
        </section>
    }
}

/// A button that brings back what the catalogue says.
fn remove(account: &Account, placement: &Placement) -> AnyView {
    let text = use_text();
    let action = format!("/operator/accounts/{}/placements/remove", account.id);
    let name = placement.name.of(use_language());
    let label = format!("{}: {name}", text.placements().remove);
    view! {
        <form method="post" action=action>
            <input type="hidden" name="placement" value=placement.id.to_string() />
            <button type="submit" aria-label=label>
                {text.placements().remove}
            </button>
        </form>
    }
    .into_any()
}

fn form(account: &Account, all: &[Placement]) -> impl IntoView + use<> {
    let text = use_text();
    let words = text.placements();
    let action = format!("/operator/accounts/{}/placements", account.id);
    let levels = Confidence::ALL.map(|level| {
        view! { <option value=level.as_str()>{text.confidence(level)}</option> }
    });
    view! {
        <form class="fields" method="post" action=action>
            <label>{words.place} <select name="placement">{places(all)}</select></label>
            <label>
                {words.new_name}
                <input type="text" name="name" maxlength="60" autocomplete="off" dir="auto" />
            </label>
            {field(words.types, "types", "image/png, image/jpeg")}
            {field(words.largest, "max_bytes", "5MB")}
            {pixels(words.least_wide, "min_width")}
            {pixels(words.least_high, "min_height")}
            {pixels(words.most_wide, "max_width")}
            {pixels(words.most_high, "max_height")}
            <label>
                {words.source_page}
                <input
                    type="url"
                    name="source"
                    required=true
                    maxlength="500"
                    pattern="https://.*"
                    placeholder="https://"
                    autocomplete="off"
                />
            </label>
            <label>{words.read_on} <input type="date" name="checked_on" required=true /></label>
            <label>
                {words.how_sure}
                <select name="confidence">{levels.into_iter().collect_view()}</select>
            </label>
            <button type="submit" class="primary">
                {text.general.save}
            </button>
        </form>
    }
}

/// Every place by channel, and a new one in each.
fn places(all: &[Placement]) -> impl IntoView + use<> {
    let (text, language) = (use_text(), use_language());
    let group = |places: &[Placement]| {
        let channel = places.first().map(|one| &one.channel)?;
        let name = channel.name.of(language).to_owned();
        let options: Vec<_> = places
            .iter()
            .map(|one| {
                let (id, name) = (one.id.to_string(), one.name.of(language).to_owned());
                view! { <option value=id>{name}</option> }
            })
            .collect();
        let new = format!("new:{}", channel.id);
        Some(view! {
            <optgroup label=name>
                {options} <option value=new>{text.placements().new_place}</option>
            </optgroup>
        })
    };
    let channels = all.chunk_by(|one, other| one.channel.id == other.channel.id);
    channels.filter_map(group).collect_view()
}

fn field(label: &'static str, name: &'static str, example: &'static str) -> impl IntoView {
    view! {
        <label>
            {label} <input type="text" name=name placeholder=example autocomplete="off" />
        </label>
    }
}

fn pixels(label: &'static str, name: &'static str) -> impl IntoView {
    view! {
        <label>
            {label} <input type="text" inputmode="numeric" name=name autocomplete="off" />
        </label>
    }
}
