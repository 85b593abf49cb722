//! What every placement takes, or how one asset would do in each.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::placement::{Rule, Strength};
use model::{Asset, Placement};

use super::page;
use crate::api::placements::{ChannelFit, PlaceFit, Shown, show_placements};
use crate::text::{use_language, use_text};

/// What every placement takes, or how one asset would do in each.
#[component]
pub fn PlacementsPage() -> impl IntoView {
    let params = use_query_map();
    let language = use_language();
    let asset = move || params.with(|params| params.get("asset")?.parse().ok());
    let found = Resource::new(asset, move |asset| show_placements(asset, language));
    let title = use_text().placements().title;
    page(title, found, |shown: Shown| match shown {
        Shown::Rules(places) => rules(&places).into_any(),
        Shown::Fits(asset, channels) => fits(&asset, &channels).into_any(),
    })
}

fn rules(places: &[Placement]) -> impl IntoView + use<> {
    let text = use_text();
    let channels: Vec<_> = places
        .chunk_by(|one, other| one.channel.id == other.channel.id)
        .map(channel)
        .collect();
    view! {
        <p class="hint">{text.placements().about}</p>
        {channels}
    }
}

fn channel(places: &[Placement]) -> impl IntoView + use<> {
    let language = use_language();
    let name = places
        .first()
        .map(|one| one.channel.name.of(language).to_owned());
    let rows: Vec<_> = places.iter().map(|one| row(one, None)).collect();
    view! {
        <section>
            <h2>{name}</h2>
            <ul class="rows">{rows}</ul>
        </section>
    }
}

/// A place with its rules, and what can be done with it.
pub fn row(place: &Placement, deed: Option<AnyView>) -> impl IntoView + use<> {
    let (text, language) = (use_text(), use_language());
    let note = place.note.as_ref().map(|note| note.of(language).to_owned());
    let rules: Vec<_> = place.rules.iter().map(rule).collect();
    let own = place
        .is_own
        .then(|| view! { <span class="mark">{text.placements().own}</span> });
    view! {
        <li class="placement" id=place.id.to_string()>
            <span class="what">
                <strong>{place.name.of(language).to_owned()} " " {own}</strong>
                {note.map(|note| view! { <span>{note}</span> })}
            </span>
            <ul class="rules">{rules}</ul>
            {deed}
        </li>
    }
}

fn rule(rule: &Rule) -> impl IntoView + use<> {
    let text = use_text();
    let words = text.placements();
    let name = text.fact(rule.limit.name());
    let limit = text.limit(&rule.limit);
    let advised = (rule.strength == Strength::Advised).then(|| format!("{} ", words.advised));
    let day = format!("{}T00:00:00Z", rule.checked_on);
    let day = day.parse().map(|day| text.day(day)).unwrap_or_default();
    let told = format!(
        "{}, {}",
        text.confidence(rule.confidence),
        text.checked(&day)
    );
    view! {
        <li>
            <span class="fact">{name}</span>
            <span>{advised} {limit}</span>
            <a href=rule.source.clone() rel="external noreferrer" title=told.clone()>
                {words.source}
                <span class="visually-hidden">{format!(" ({name}; {told})")}</span>
            </a>
        </li>
    }
}

fn fits(asset: &Asset, channels: &[ChannelFit]) -> impl IntoView + use<> {
    let text = use_text();
    let channels: Vec<_> = channels.iter().map(channel_fit).collect();
    view! {
        <p dir="auto">{text.how_it_would_do(asset.name.as_str())}</p>
        <p>
            <a href="/settings/placements">{text.placements().every_placement}</a>
        </p>
        {channels}
    }
}

fn channel_fit(channel: &ChannelFit) -> impl IntoView + use<> {
    let rows: Vec<_> = channel.places.iter().map(fit).collect();
    view! {
        <section>
            <h2>{channel.name.clone()}</h2>
            <ul class="rows">{rows}</ul>
        </section>
    }
}

fn fit(place: &PlaceFit) -> impl IntoView + use<> {
    view! {
        <li class="placement">
            <strong class="what">{place.name.clone()}</strong>
            <span class="fit" data-fit=place.fit.as_str()>
                {place.said.join(" ")}
            </span>
        </li>
    }
}
