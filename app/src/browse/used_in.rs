//! The places outside that use an asset.

use std::sync::Arc;

use leptos::prelude::*;
use model::Asset;

use crate::api::Failure;
use crate::api::used_in::{UsingPlace, UsingPlaces, list_usages};
use crate::browser::newest::Newest;
use crate::components::Notice;
use crate::text::use_text;

/// The places outside that use an asset; nothing where there are none.
#[component]
pub fn UsedIn(
    /// Which.
    asset: Memo<Arc<Asset>>,
) -> impl IntoView {
    let answer = RwSignal::new(None::<Result<UsingPlaces, Failure>>);
    let again = Trigger::new();
    let id = Memo::new(move |_| asset.with(|asset| asset.id));
    let asked = Newest::default();
    Effect::new(move |_| {
        again.track();
        asked.ask(list_usages(id.get()), move |places| {
            answer.set(Some(places));
        });
    });
    (move || {
        answer.with(|answer| match answer.as_ref()? {
            Ok(places) => told(places),
            Err(failure) => Some(failed(failure, again)),
        })
    })
    .into_any()
}

fn told(places: &UsingPlaces) -> Option<AnyView> {
    let text = use_text();
    if places.places.is_empty() {
        return None;
    }
    let has_more = places.count > places.places.len() as u64;
    let rows: Vec<_> = places.places.iter().map(place).collect();
    let view = view! {
        <section class="sharing" aria-labelledby="used-in-title">
            <h3 id="used-in-title">{text.so_many(&text.details().used_in, places.count)}</h3>
            <dl class="facts">{rows}</dl>
            {has_more.then(|| view! { <p>{text.details().list_cut}</p> })}
        </section>
    };
    Some(view.into_any())
}

/// A place, as a way there where one is known; whoever is there learns nothing of this page.
fn place(place: &UsingPlace) -> AnyView {
    let title = place.title.clone();
    let name = match place.url.clone() {
        Some(url) => view! {
            <a class="link" href=url target="_blank" rel="noopener noreferrer" dir="auto">
                {title}
            </a>
        }
        .into_any(),
        None => view! { <span dir="auto">{title}</span> }.into_any(),
    };
    view! {
        <div>
            <dt>{use_text().usage_kind(place.kind)}</dt>
            <dd>{name}</dd>
        </div>
    }
    .into_any()
}

fn failed(failure: &Failure, again: Trigger) -> AnyView {
    let text = use_text();
    view! {
        <section class="sharing">
            <Notice text=text.problem(&failure.0) />
            <button type="button" on:click=move |_| again.notify()>
                {text.general.try_again}
            </button>
        </section>
    }
    .into_any()
}
