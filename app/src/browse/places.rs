//! Where an asset fits: how it would do in each placement, channel by channel.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::placement::Region;
use model::{Asset, AssetId, Language, Preset, Slug};

use super::backdrop::Backdrop;
use super::desk::{Desk, use_desk};
use crate::api::Failure;
use crate::api::placements::{ChannelFit, Fit, MadeFit, PlaceFit, fit_asset, list_fits};
use crate::browser::page;
use crate::components::Notice;
use crate::text::{use_language, use_text};

/// What the server said; nothing while it is asked.
type Answer = Option<Result<Vec<ChannelFit>, Failure>>;
/// The channels that are open, which stay so when the verdicts are told anew.
type Open = StoredValue<BTreeSet<String>>;

/// Where an asset fits; without a script, the way to the page that tells.
#[component]
pub fn Places(
    /// Whose verdicts.
    asset: Memo<Arc<Asset>>,
    /// Tells that copies of it were made.
    made: Trigger,
) -> impl IntoView {
    let (desk, text) = (use_desk(), use_text());
    let id = asset.with_untracked(|asset| asset.id);
    let answer = RwSignal::new(None);
    let open = StoredValue::new(BTreeSet::new());
    let again = Trigger::new();
    ask(asset, answer, again);
    view! {
        <section class="sharing verdicts" aria-labelledby="places-title">
            <h3 id="places-title">{text.details().where_it_fits}</h3>
            {move || {
                desk.lives.get().then(|| {
                    answer.with(|answer| answered((asset, made, open), answer, again))
                })
            }}
            <a class="link" href=format!("/settings/placements?asset={id}") rel="external">
                {text.details().placements}
            </a>
        </section>
    }
    .into_any()
}

/// Asks for the verdicts once the page lives, and again whenever the asset changed: another part of
/// it may have to stay in sight, which the page itself does not read.
fn ask(asset: Memo<Arc<Asset>>, answer: RwSignal<Answer>, again: Trigger) {
    let language = use_language();
    let state = Memo::new(move |_| asset.with(|asset| (asset.id, asset.updated_at)));
    Effect::new(move |_| {
        again.track();
        let asked = state.get();
        spawn_local(async move {
            let fits = Some(list_fits(asked.0, language).await);
            // The panel may be gone by now, or show what came after.
            let is_now = state.try_get_untracked() == Some(asked);
            // What says the same is left as it stands: a name changes no verdict.
            if is_now && answer.try_with_untracked(|told| *told != fits) == Some(true) {
                let _ = answer.try_set(fits);
            }
        });
    });
}

fn answered(
    (asset, made, open): (Memo<Arc<Asset>>, Trigger, Open),
    answer: &Answer,
    again: Trigger,
) -> AnyView {
    let text = use_text();
    match answer {
        None => view! { <p>{text.general.loading}</p> }.into_any(),
        Some(Ok(channels)) => {
            let asset = asset.get_untracked();
            let making = Making::of(&asset, made);
            let all = channels.iter().flat_map(|channel| &channel.places);
            let flat: Vec<_> = all.filter(|place| place.lays_flat).cloned().collect();
            let backdrop = move || {
                let is_asked = flat.iter().any(|place| making.is_wanted(place));
                is_asked.then(|| making.backdrop.view())
            };
            let channels: Vec<_> = channels
                .iter()
                .map(|one| channel(&asset, one, making, open))
                .collect();
            view! {
                {backdrop}
                <div class="channels">{channels}</div>
            }
            .into_any()
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

/// Copies that are made for placements, and those that were.
#[derive(Clone, Copy)]
struct Making {
    desk: StoredValue<Desk>,
    language: Language,
    id: AssetId,
    is_possible: bool,
    is_under_way: RwSignal<bool>,
    answers: RwSignal<Vec<MadeFit>>,
    made: Trigger,
    backdrop: Backdrop,
}

impl Making {
    fn of(asset: &Asset, made: Trigger) -> Self {
        Self {
            desk: StoredValue::new(use_desk()),
            language: use_language(),
            id: asset.id,
            is_possible: asset.can_be_cropped(),
            is_under_way: RwSignal::new(false),
            answers: RwSignal::new(Vec::new()),
            made,
            backdrop: Backdrop::chosen(),
        }
    }

    /// Whether a copy would help, and there is none yet.
    fn is_wanted(self, place: &PlaceFit) -> bool {
        let is_open = !matches!(place.fit, Fit::Fits | Fit::Unsure);
        self.is_possible
            && is_open
            && self.answers.with(|all| {
                let mut made = all.iter().filter(|one| one.copy.is_some());
                made.all(|one| one.placement != place.id)
            })
    }

    /// Makes copies; the focus goes to the first of them.
    fn begin(self, placements: Vec<Slug>) {
        if self.is_under_way.get_untracked() {
            return;
        }
        self.is_under_way.set(true);
        spawn_local(async move {
            let answer = fit_asset(self.id, placements, self.backdrop.color(), self.language).await;
            let _ = self.is_under_way.try_set(false);
            match answer {
                Ok(answers) => {
                    let mut made = answers.iter().filter(|one| one.copy.is_some());
                    let first = made.next().map(|one| link_id(&one.placement));
                    let _ = self.answers.try_update(|all| {
                        all.retain(|old| answers.iter().all(|new| new.placement != old.placement));
                        all.extend(answers);
                    });
                    first.into_iter().for_each(page::focus_soon);
                    self.made.notify();
                }
                Err(failure) => {
                    self.desk.try_with_value(|desk| desk.complain(&failure));
                }
            }
        });
    }

    /// A button that makes copies.
    fn button(self, word: &'static str, label: String, placements: Vec<Slug>) -> AnyView {
        let text = use_text();
        let said = move || {
            if self.is_under_way.get() {
                text.details().making
            } else {
                word
            }
        };
        view! {
            <button
                type="button"
                class="quiet"
                aria-label=label
                aria-disabled=move || self.is_under_way.get().then_some("true")
                on:click=move |_| self.begin(placements.clone())
            >
                {said}
            </button>
        }
        .into_any()
    }

    /// What came of it for one placement.
    fn told(self, placement: &Slug) -> Option<AnyView> {
        let answers = self.answers.read();
        let answer = answers.iter().find(|one| one.placement == *placement)?;
        let said = answer.said.join(" ");
        let link = answer.copy.clone().map(|(id, name)| {
            let address = self
                .desk
                .get_value()
                .query
                .get_untracked()
                .with_asset(Some(id))
                .href();
            view! {
                <a class="link" id=link_id(placement) href=address>
                    {name}
                </a>
            }
        });
        Some(view! { <p>{said} " " {link}</p> }.into_any())
    }
}

/// The id of the link to what was made for a placement.
fn link_id(placement: &Slug) -> String {
    format!("made-{placement}")
}

/// A channel with how many of its placements an asset fits; opened, with each of them.
fn channel(asset: &Asset, channel: &ChannelFit, making: Making, open: Open) -> AnyView {
    let text = use_text();
    let places: Vec<_> = channel
        .places
        .iter()
        .map(|one| place(asset, one, making))
        .collect();
    let (all, name) = (channel.places.clone(), channel.name.clone());
    let (was_open, own) = (open.with_value(|open| open.contains(&name)), name.clone());
    let turned = move |event: web_sys::Event| {
        open.update_value(|open| {
            if page::is_open(&event) {
                open.insert(own.clone());
            } else {
                open.remove(&own);
            }
        });
    };
    let set = move || {
        let wanted = all.iter().filter(|place| making.is_wanted(place));
        let wanted: Vec<_> = wanted.map(|place| place.id.clone()).collect();
        let word = text.details().make_set;
        (wanted.len() > 1).then(|| making.button(word, format!("{word}: {name}"), wanted))
    };
    view! {
        <details open=was_open on:toggle=turned>
            <summary>
                <span>{channel.name.clone()}</span>
                <span>{text.fits_in(channel.fitting(), channel.cut(), channel.places.len())}</span>
            </summary>
            <ul>{places}</ul>
            {set}
        </details>
    }
    .into_any()
}

fn place(asset: &Asset, place: &PlaceFit, making: Making) -> AnyView {
    let text = use_text();
    let (own, id) = (place.clone(), place.id.clone());
    let button = move || {
        let word = text.details().make_it_fit;
        let label = format!("{word}: {}", own.name);
        making
            .is_wanted(&own)
            .then(|| making.button(word, label, vec![own.id.clone()]))
    };
    view! {
        <li data-fit=place.fit.as_str()>
            <strong>{place.name.clone()}</strong>
            <p>{place.said.join(" ")}</p>
            {place.stays.and_then(|region| stays(asset, region))}
            <div aria-live="polite">{move || making.told(&id)}</div>
            {button}
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
