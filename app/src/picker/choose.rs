//! Choosing, and handing over what was chosen.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Asset, AssetId, Problem, ProblemCode};
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use super::chosen::Choice;
use super::door::Door;
use super::saying::{Said, Selection};
use super::state::Picker;
use crate::text::use_text;

/// How long a signed link lives, where a session may give no public one: as long as there is.
const LIFETIME: u32 = 7 * 24 * 3_600;

#[derive(Serialize)]
struct NewLink {
    lifetime: u32,
}

#[derive(Deserialize)]
struct Link {
    url: String,
}

impl Picker {
    /// Chooses a file, or leaves it out again.
    pub fn toggle(self, asset: &Arc<Asset>) {
        let choice = self.chosen.try_update(|chosen| chosen.toggle(asset.id));
        self.conclude(asset, choice);
    }

    /// Chooses a file.
    pub fn take(self, asset: &Arc<Asset>) {
        let choice = self.chosen.try_update(|chosen| chosen.take(asset.id));
        self.conclude(asset, choice);
    }

    fn conclude(self, asset: &Arc<Asset>, choice: Option<Choice>) {
        if choice == Some(Choice::Full) {
            let text = use_text();
            let most = u64::try_from(self.most()).unwrap_or(u64::MAX);
            self.tell(text.at_most_told(most));
            return;
        }
        self.told.set(None);
        let chosen = self.chosen.get_untracked();
        self.taken.update(|taken| {
            if !taken.iter().any(|other| other.id == asset.id) {
                taken.push(Arc::clone(asset));
            }
            taken.retain(|asset| chosen.number(asset.id).is_some());
        });
    }

    /// How many of those chosen would not be taken as they are.
    pub fn misfits(self) -> usize {
        let taken = self.taken.get();
        let is_misfit = |asset: &&Arc<Asset>| {
            let outcome = self.outcome(asset);
            let is_taken = outcome.is_none_or(|outcome| outcome.is_taken());
            !is_taken && self.fitting(asset.id).is_none()
        };
        taken.iter().filter(is_misfit).count()
    }

    /// Goes back from a copy to the file it was made of.
    pub fn forget_fitting(self, id: AssetId) {
        self.fittings
            .update(|list| list.retain(|fitting| fitting.of != id));
    }

    /// Hands over what is chosen.
    pub fn hand_over(self) {
        let is_empty = self.chosen.with_untracked(super::chosen::Chosen::is_empty);
        if is_empty || self.is_using.get_untracked() {
            return;
        }
        self.is_using.set(true);
        let door = self.door();
        spawn_local(async move {
            let items = self.selections().await;
            let unnoted = match &items {
                Ok(items) => note_uses(&door, items).await.err(),
                Err(_) => None,
            };
            if self.is_using.try_set(false).is_some() {
                return;
            }
            // The page around hears of it, and gets what was chosen all the same.
            if let Some(problem) = unnoted {
                self.say(&Said::Problem {
                    code: problem.code,
                    message: use_text().problem(&problem),
                });
            }
            match items {
                Ok(items) => self.say(&Said::Select { items }),
                Err(problem) if problem.code == ProblemCode::Forbidden => {
                    self.tell(use_text().picker().not_public);
                }
                Err(problem) => self.complain(&problem),
            }
        });
    }

    async fn selections(self) -> Result<Vec<Selection>, Problem> {
        let chosen = self.chosen.get_untracked();
        let place = self.place.get_untracked();
        let mut items = Vec::new();
        for id in chosen.list() {
            let Some(asset) = self.find(*id) else {
                continue;
            };
            let copy = self.fittings.with_untracked(|list| {
                let fitting = list.iter().find(|fitting| fitting.of == *id);
                fitting.map(|fitting| Arc::clone(&fitting.copy))
            });
            let place = match place.as_deref() {
                Some(place) => Some((place.id(), place.judged(self, &asset).await)),
                None => None,
            };
            items.push(match copy {
                Some(copy) => {
                    let copy = self.reachable(&copy).await?;
                    Selection::new(&asset, Some(&copy), place)
                }
                None => Selection::new(&self.reachable(&asset).await?, None, place),
            });
        }
        Ok(items)
    }

    /// A file with an address that messages can carry: a public one, or one that ends where the
    /// session may give no other.
    async fn reachable(self, asset: &Asset) -> Result<Asset, Problem> {
        if asset.url.is_some() {
            return Ok(asset.clone());
        }
        let id = asset.id;
        if self.rights.with_value(|rights| rights.share) {
            return self.door().post(&format!("assets/{id}/share")).await;
        }
        let link = NewLink { lifetime: LIFETIME };
        let link: Link = self
            .door()
            .tell(&format!("assets/{id}/links"), &link)
            .await?;
        Ok(Asset {
            url: Some(link.url),
            ..asset.clone()
        })
    }
}

/// Tells the library where what was chosen is used, if the session is for a place.
async fn note_uses(door: &Door, items: &[Selection]) -> Result<(), Problem> {
    let Some(place) = door.used_in() else {
        return Ok(());
    };
    for item in items {
        let path = format!("assets/{}/usages", item.inserted());
        door.tell::<IgnoredAny>(&path, &place).await?;
    }
    Ok(())
}
