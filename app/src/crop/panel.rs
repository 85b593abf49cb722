//! Beside the stage: how it will look, the shapes of places, exact numbers, and saving.

use leptos::prelude::*;
use model::CropTarget;
use model::placement::Target;

use super::studio::Studio;
use super::{mock, numbers};
use crate::api::crop::Place;
use crate::components::Notice;
use crate::text::use_text;

/// What stands beside the stage.
pub fn panel(studio: Studio) -> AnyView {
    let text = use_text().crop();
    let (told, used) = (studio.subject.told(), studio.subject.used());
    let is_remembered = studio.bench.with_value(|bench| bench.edit.is_some());
    view! {
        <div class="crop-panel">
            {is_remembered.then(|| view! { <p class="crop-hint">{text.remembered}</p> })}
            {mock::preview(studio)} {numbers::numbers(studio)} {shapes(studio)}
        </div>
        <div class="crop-save">
            {move || studio.problem.get().map(|text| view! { <Notice text /> })}
            <p class="crop-hint">{told}</p>
            {used}
            <div class="crop-acts">
                <button type="button" class="quiet" on:click=move |_| studio.start_over()>
                    {text.start_over}
                </button>
                {studio.subject.acts(studio)}
            </div>
        </div>
    }
    .into_any()
}

/// A button that saves.
pub fn save(
    studio: Studio,
    name: &'static str,
    class: &'static str,
    target: CropTarget,
) -> AnyView {
    view! {
        <button
            type="button"
            class=class
            disabled=move || studio.busy.get() || !studio.is_changed()
            on:click=move |_| studio.save(target)
        >
            {name}
        </button>
    }
    .into_any()
}

/// The shapes there are: any, the picture's own, and those of places, channel by channel.
fn shapes(studio: Studio) -> AnyView {
    let text = use_text().crop();
    let ratio = move || studio.now.with(|now| (now.place, now.draft.ratio));
    let own = move || studio.now.with_untracked(|now| now.draft.canvas());
    let is_free = move || ratio() == (None, None);
    let is_own = move || matches!(ratio(), (None, Some(_)));
    let groups = studio.bench.with_value(|bench| grouped(&bench.places));
    let groups = groups.into_iter().map(|(channel, places)| {
        let chips = places
            .into_iter()
            .map(|(at, place)| {
                let ratio = place.target.ratio;
                let figure = figure(&place);
                let chosen = move || studio.now.with(|now| now.place == Some(at));
                chip(chosen, place.name, figure, move || {
                    studio.choose(Some(at), ratio);
                })
            })
            .collect_view();
        let name = channel.clone();
        view! {
            <div class="crop-group" role="group" aria-label=name>
                <h4>{channel}</h4>
                <div class="crop-chips">{chips}</div>
            </div>
        }
    });
    view! {
        <section class="crop-shapes" aria-labelledby="crop-shapes">
            <h3 id="crop-shapes">{text.shape}</h3>
            <div class="crop-chips">
                {chip(is_free, text.free.to_owned(), None, move || studio.choose(None, None))}
                {chip(
                    is_own,
                    text.as_it_is.to_owned(),
                    None,
                    move || studio.choose(None, Some(own())),
                )}
            </div>
            {groups.collect_view()}
        </section>
    }
    .into_any()
}

fn chip(
    is_chosen: impl Fn() -> bool + Send + 'static,
    name: String,
    figure: Option<String>,
    choose: impl Fn() + 'static,
) -> AnyView {
    view! {
        <button
            type="button"
            class="crop-chip"
            aria-pressed=move || if is_chosen() { "true" } else { "false" }
            on:click=move |_| choose()
        >
            <span>{name}</span>
            {figure.map(|figure| view! { <small>{figure}</small> })}
        </button>
    }
    .into_any()
}

/// The ratio of a place and the pixels it is best at.
fn figure(place: &Place) -> Option<String> {
    let Target {
        ratio,
        pixels,
        widest,
        ..
    } = place.target;
    let best = pixels.map(|best| format!("{} × {}", best.width, best.height));
    let ratio = ratio
        .filter(|ratio| pixels != Some(*ratio))
        .map(|ratio| format!("{}:{}", ratio.width, ratio.height));
    let widest = widest
        .filter(|_| ratio.is_none())
        .map(|most| format!("≤ {most} px"));
    let told: Vec<_> = [ratio, best, widest].into_iter().flatten().collect();
    (!told.is_empty()).then(|| told.join(" · "))
}

/// The places with their numbers, channel by channel.
fn grouped(places: &[Place]) -> Vec<(String, Vec<(usize, Place)>)> {
    let mut groups: Vec<(String, Vec<(usize, Place)>)> = Vec::new();
    for (at, place) in places.iter().enumerate() {
        match groups.last_mut() {
            Some((channel, group)) if *channel == place.channel_name => {
                group.push((at, place.clone()));
            }
            _ => groups.push((place.channel_name.clone(), vec![(at, place.clone())])),
        }
    }
    groups
}
