//! The place that files are for: how each would do there, and what mends it.
//!
//! A part of its own: who asks for no place does without all that is known of them.

use std::pin::Pin;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::placement::{Facts, Outcome, judge};
use model::{Asset, AssetId, Kind, Language, Page, Placement, Problem, Slug};
use serde::Deserialize;

use super::asking::{self, Asked, Walk};
use super::door::unreadable;
use super::fit;
use super::saying::{WORDS, pixels, word};
use super::state::{Fitting, Picker};
use crate::api::crop;
use crate::parts::part;
use crate::text::use_text;

/// The word of the contract for what becomes of a file, once it is known.
pub type Judging<'a> = Pin<Box<dyn Future<Output = &'static str> + 'a>>;

/// What the library says of a file at a place, as far as it is handed on.
#[derive(Deserialize)]
struct Judged {
    placement: Slug,
    verdict: String,
}

/// A place in a message, as far as they need know it who only ask.
pub trait Place: Send + Sync {
    fn id(&self) -> &Slug;

    /// Where it is, in the reader's words.
    fn name(&self, language: Language) -> String;

    /// What it asks for that a filter can tell.
    fn asked(&self) -> Asked;

    /// Puts what fits first; while the walk is for that, nothing else stays.
    fn arrange(&self, page: &mut Vec<Asset>, walk: Walk);

    /// What would become of a file, as far as a list tells.
    fn outcome(&self, asset: &Asset) -> Outcome;

    /// The same in a word; asked for where a list does not tell enough.
    fn judged<'a>(&'a self, picker: Picker, asset: &'a Asset) -> Judging<'a>;

    /// How a file would do, a sentence each, and what mends it.
    fn verdict(&self, picker: Picker, asset: &Arc<Asset>) -> AnyView;

    /// Makes a copy that fits, and chooses the file with it.
    fn fit(&self, picker: Picker, asset: Arc<Asset>);

    /// Its shape, where it asks for one.
    fn shapes(&self, language: Language) -> Vec<crop::Place>;
}

part! { place, load;
    /// The place that is wanted, in a page of them as it was answered.
    pub fn find(page: String, wanted: Slug) -> Option<Arc<dyn Place>> {
        let page: Option<Page<Placement>> = serde_json::from_str(&page).ok();
        let found = page.and_then(|page| page.items.into_iter().find(|place| place.id == wanted));
        found.map(|place| Arc::new(place) as Arc<dyn Place>)
    }
}

impl Place for Placement {
    fn id(&self) -> &Slug {
        &self.id
    }

    fn name(&self, language: Language) -> String {
        format!(
            "{}, {}",
            self.channel.name.of(language),
            self.name.of(language)
        )
    }

    fn asked(&self) -> Asked {
        Asked::of(self)
    }

    fn arrange(&self, page: &mut Vec<Asset>, walk: Walk) {
        asking::arrange(page, walk, self);
    }

    fn outcome(&self, asset: &Asset) -> Outcome {
        asking::outcome(asset, self)
    }

    fn judged<'a>(&'a self, picker: Picker, asset: &'a Asset) -> Judging<'a> {
        Box::pin(async move {
            let outcome = asking::outcome(asset, self);
            let told = word(&outcome);
            if outcome != Outcome::Unsure && asset.kind != Kind::Video {
                return told;
            }
            let address = format!("assets/{}/placements?limit=200", asset.id);
            let Ok(page) = picker.door().get::<Page<Judged>>(&address).await else {
                return told;
            };
            let judged = page.items.into_iter().find(|it| it.placement == self.id);
            let judged = judged.map(|it| it.verdict);
            WORDS
                .into_iter()
                .find(|word| judged.as_deref() == Some(*word))
                .unwrap_or(told)
        })
    }

    fn verdict(&self, picker: Picker, asset: &Arc<Asset>) -> AnyView {
        let text = use_text();
        let verdict = judge(self, &Facts::of(asset));
        let said = text.verdict(&verdict, pixels(asset));
        let class = word(&verdict.outcome);
        let said = said
            .into_iter()
            .map(|said| view! { <p>{said}</p> })
            .collect_view();
        let may_mend = picker.rights.with_value(|rights| rights.crop) && asset.can_be_cropped();
        let mends = may_mend && verdict.outcome != Outcome::Fits;
        let mend = mends.then(|| mend(picker, Arc::clone(asset)));
        view! {
            <div class=format!("picker-verdict {class}")>{said}</div>
            {mend}
        }
        .into_any()
    }

    fn fit(&self, picker: Picker, asset: Arc<Asset>) {
        if picker.making.get_untracked().is_some() {
            return;
        }
        picker.making.set(Some(asset.id));
        let address = format!("assets/{}/placements/{}", asset.id, self.id);
        spawn_local(async move {
            let made = made(picker, asset.id, &address).await;
            if picker.making.try_set(None).is_some() {
                return;
            }
            match made {
                Ok(fitting) => {
                    picker.fittings.update(|list| {
                        list.retain(|other| other.of != fitting.of);
                        list.push(fitting);
                    });
                    picker.take(&asset);
                }
                Err(problem) => picker.complain(&problem),
            }
        });
    }

    fn shapes(&self, language: Language) -> Vec<crop::Place> {
        crop::Place::all(std::slice::from_ref(self), language)
    }
}

/// Has a copy made; not before what reads the answer is here.
async fn made(picker: Picker, of: AssetId, address: &str) -> Result<Fitting, Problem> {
    let absent = || Problem::unavailable(use_text().general.part_absent);
    fit::load().await.map_err(|_| absent())?;
    let answer = picker.door().posted(address).await?;
    let read = fit::read(answer, of).await.map_err(|_| absent())?;
    read.ok_or_else(unreadable)
}

fn mend(picker: Picker, asset: Arc<Asset>) -> AnyView {
    let words = use_text().picker();
    let id = asset.id;
    let is_busy = move || picker.making.with(Option::is_some);
    let told = move || {
        if picker.making.get() == Some(id) {
            words.making
        } else {
            words.make_it_fit
        }
    };
    let fit = move |_| {
        if let Some(place) = picker.place.get_untracked() {
            place.fit(picker, Arc::clone(&asset));
        }
    };
    view! {
        <button type="button" disabled=is_busy on:click=fit>
            {told}
        </button>
    }
    .into_any()
}
