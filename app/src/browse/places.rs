//! Where an asset fits: how it would do in each placement, channel by channel.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::placement::Region;
use model::{Asset, Preset};

use super::desk::use_desk;
use crate::api::Failure;
use crate::api::placements::{ChannelFit, PlaceFit, list_fits};
use crate::components::Notice;
use crate::text::{use_language, use_text};

/// What the server said; nothing while it is asked.
type Answer = Option<Result<Vec<ChannelFit>, Failure>>;

/// Where an asset fits; without a script, the way to the page that tells.
#[component]
pub fn Places(
    /// Whose verdicts.
    asset: Memo<Arc<Asset>>,
) -> impl IntoView {
    let (desk, text) = (use_desk(), use_text());
    let id = asset.with_untracked(|asset| asset.id);
    let answer = RwSignal::new(None);
    let again = Trigger::new();
    ask(asset, answer, again);
    view! {
        <section class="sharing verdicts" aria-labelledby="places-title">
            <h3 id="places-title">{text.details().where_it_fits}</h3>
            {move || {
                desk.lives.get().then(|| answer.with(|answer| answered(asset, answer, again)))
            }}
            <a class="link" href=format!("/settings/placements?asset={id}") rel="external">
                {text.details().placements}
            </a>
        </section>
    }
    .into_any()
}

/// Asks for the verdicts once the page lives, and again for each new original.
fn ask(asset: Memo<Arc<Asset>>, answer: RwSignal<Answer>, again: Trigger) {
    let language = use_language();
    let original = Memo::new(move |_| asset.with(|asset| (asset.id, asset.version)));
    Effect::new(move |_| {
        again.track();
        let asked = original.get();
        spawn_local(async move {
            let fits = list_fits(asked.0, language).await;
            // The panel may be gone by now, or show another original.
            if original.try_get_untracked() == Some(asked) {
                let _ = answer.try_set(Some(fits));
            }
        });
    });
}

fn answered(asset: Memo<Arc<Asset>>, answer: &Answer, again: Trigger) -> AnyView {
    let text = use_text();
    match answer {
        None => view! { <p>{text.general.loading}</p> }.into_any(),
        Some(Ok(channels)) => {
            let asset = asset.get_untracked();
            let channels: Vec<_> = channels.iter().map(|one| channel(&asset, one)).collect();
            view! { <div class="channels">{channels}</div> }.into_any()
        }
        Some(Err(failure)) => view! {
            <Notice text=text.problem(&failure.0) />
            <button type="button" on:click=move |_| again.notify()>
                {text.general.try_again}
            </button>
        }
        .into_any(),
    }
}

/// A channel with how many of its placements an asset fits; opened, with each of them.
fn channel(asset: &Asset, channel: &ChannelFit) -> AnyView {
    let text = use_text();
    let places: Vec<_> = channel.places.iter().map(|one| place(asset, one)).collect();
    view! {
        <details>
            <summary>
                <span>{channel.name.clone()}</span>
                <span>{text.fits_in(channel.fitting(), channel.cut(), channel.places.len())}</span>
            </summary>
            <ul>{places}</ul>
        </details>
    }
    .into_any()
}

fn place(asset: &Asset, place: &PlaceFit) -> AnyView {
    view! {
        <li data-fit=place.fit.as_str()>
            <strong>{place.name.clone()}</strong>
            <p>{place.said.join(" ")}</p>
            {place.stays.and_then(|region| stays(asset, region))}
        </li>
    }
    .into_any()
}

/// A small drawing of what stays of a picture that will be cut; the sentence beside it says it too.
fn stays(asset: &Asset, region: Region) -> Option<AnyView> {
    let (width, height) = asset.width.zip(asset.height)?;
    let percent = |part: u32, whole: u32| f64::from(part) * 100.0 / f64::from(whole.max(1));
    let frame = format!(
        "left:{:.2}%;top:{:.2}%;width:{:.2}%;height:{:.2}%",
        percent(region.x, width),
        percent(region.y, height),
        percent(region.width, width),
        percent(region.height, height),
    );
    let picture = asset.has_renditions.then(|| {
        let src = asset.rendition_path(Preset::Thumb);
        view! { <img src=src alt="" loading="lazy" decoding="async" /> }
    });
    let view = view! {
        <span class="stays" aria-hidden="true" style=format!("aspect-ratio:{width}/{height}")>
            {picture}
            <span style=frame></span>
        </span>
    };
    Some(view.into_any())
}
