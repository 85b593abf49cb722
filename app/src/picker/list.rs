//! What is shown: fetched page by page, and what narrows it.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Asset, AssetPage, Cursor, Folder, Page, Problem, ProblemCode, Tag};

use super::asking::{Asked, Next, View, Walk, address, wanted};
use super::place;
use super::saying::Said;
use super::state::Picker;
use crate::text::use_text;

/// The element that the files scroll in.
pub const FILES: &str = "picker-files";

/// So many pages may have nothing for us before people are asked whether to go on.
const DRY: u8 = 8;

/// So many pages of folders are read; who has more of them searches.
const FOLDER_PAGES: u8 = 5;

impl Picker {
    /// Fetches all that the picker begins with, and the list whenever something else is asked for.
    pub fn begin(self) {
        Effect::new(move |_| {
            self.query.track();
            self.reload();
        });
        spawn_local(async move {
            self.load_place().await;
            self.load_folders().await;
            self.load_tags().await;
        });
    }

    /// Shows the list from its beginning.
    pub fn reload(self) {
        let view = self.query.with_untracked(|query| query.view);
        self.round.update_value(|round| *round += 1);
        self.begins.set_value(true);
        self.next.set(Next::first(view));
        self.is_loading.set(false);
        self.load_more();
    }

    /// Fetches the next page.
    pub fn load_more(self) {
        let next = self.next.get_untracked();
        let Next::At(walk, cursor) = next else {
            return;
        };
        if self.is_loading.get_untracked() {
            return;
        }
        self.is_loading.set(true);
        self.failure.set(None);
        let round = self.round.get_value();
        spawn_local(self.load(round, walk, cursor));
    }

    async fn load(self, round: u32, mut walk: Walk, mut cursor: Option<Cursor>) {
        for _ in 0..DRY {
            let page = self.fetch(walk, cursor.as_ref()).await;
            if self.round.try_get_value() != Some(round) {
                return;
            }
            let page = match page {
                Ok(page) => page,
                Err(problem) => {
                    self.is_loading.set(false);
                    self.fail(problem);
                    return;
                }
            };
            if self.receive(walk, page) {
                break;
            }
            match self.next.get_untracked() {
                Next::At(next, at) => (walk, cursor) = (next, at),
                Next::Nowhere => break,
            }
        }
        self.is_loading.set(false);
        self.open();
    }

    async fn fetch(self, walk: Walk, cursor: Option<&Cursor>) -> Result<AssetPage, Problem> {
        let mut query = self.query.get_untracked();
        let only = self
            .kinds
            .with_value(|kinds| (kinds.len() == 1).then(|| kinds[0]));
        query.kind = query.kind.or(only);
        let place = self.place.get_untracked();
        let asked = place.map_or_else(Asked::default, |place| place.asked());
        let address = address(&query, walk, cursor, &asked);
        self.door().get(&address).await
    }

    /// Shows what a page brought, and says whether that was anything.
    fn receive(self, walk: Walk, page: AssetPage) -> bool {
        self.start_anew();
        self.next.set(Next::after(walk, page.next_cursor));
        let place = self.place.get_untracked();
        let view = self.query.with_untracked(|query| query.view);
        let mut fresh = self.shelf.with_untracked(|shelf| {
            let is_there = |one: &Asset| shelf.iter().any(|other| other.id == one.id);
            wanted(page.items, &self.kinds.get_value(), is_there)
        });
        if let (View::Suggested, Some(place)) = (view, place) {
            place.arrange(&mut fresh, walk);
        }
        let brought = !fresh.is_empty();
        self.shelf
            .update(|shelf| shelf.extend(fresh.into_iter().map(Arc::new)));
        brought
    }

    /// Takes what was shown for an earlier question out of sight.
    fn start_anew(self) {
        if self.begins.get_value() {
            self.begins.set_value(false);
            self.shelf.set(Vec::new());
            if let Some(files) = document().get_element_by_id(FILES) {
                files.set_scroll_top(0);
            }
        }
    }

    /// Says that the first list is shown.
    fn open(self) {
        if !self.is_opened.get_value() {
            self.is_opened.set_value(true);
            self.say(&Said::Opened);
        }
    }

    fn fail(self, problem: Problem) {
        self.start_anew();
        self.say(&Said::Problem {
            code: problem.code,
            message: use_text().problem(&problem),
        });
        self.failure.set(Some(problem));
    }

    /// Finds the place that the file is for.
    async fn load_place(self) {
        let Some(wanted) = self.options.with_value(|options| options.placement.clone()) else {
            return;
        };
        let found = match self.door().text("placements?limit=200").await {
            Ok(page) => place::find(page, wanted).await,
            Err(_) => Ok(None),
        };
        let text = use_text();
        let missing = match &found {
            Ok(Some(_)) => None,
            Ok(None) => Some((ProblemCode::NotFound, text.picker().unknown_place)),
            Err(_) => Some((ProblemCode::Unavailable, text.general.part_absent)),
        };
        if let Some((code, message)) = missing {
            self.tell(message);
            self.say(&Said::Problem {
                code,
                message: message.to_owned(),
            });
        }
        let _ = self.place.try_set(found.ok().flatten());
    }

    async fn load_folders(self) {
        let mut folders = Vec::new();
        let mut address = "folders?limit=200".to_owned();
        for _ in 0..FOLDER_PAGES {
            let Ok(page) = self.door().get::<Page<Folder>>(&address).await else {
                break;
            };
            folders.extend(page.items);
            let Some(cursor) = page.next_cursor else {
                break;
            };
            address = format!("folders?limit=200&cursor={cursor}");
        }
        folders.sort_by_cached_key(|folder| {
            let mut path: Vec<_> = folder.path.iter().map(ToString::to_string).collect();
            path.push(folder.name.to_string());
            path
        });
        let _ = self.folders.try_set(folders);
    }

    async fn load_tags(self) {
        if let Ok(page) = self.door().get::<Page<Tag>>("tags?limit=200").await {
            let tags = page.items.into_iter().map(|tag| tag.name).collect();
            let _ = self.tags.try_set(tags);
        }
    }

    /// Shows a file that was just made, first of all, and goes to it.
    pub fn show_first(self, asset: Arc<Asset>) {
        self.shelf.update(|shelf| {
            shelf.retain(|other| other.id != asset.id);
            shelf.insert(0, Arc::clone(&asset));
        });
        self.active.set(Some(asset.id));
    }

    /// Changes what is shown first.
    pub fn look_at(self, view: View) {
        self.query.update(|query| query.view = view);
    }
}
