//! The one state that the parts of the library page share, and what a person does with it.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use model::{Asset, AssetId, AssetPage, Folder, FolderId, Meter};
use serde::{Deserialize, Serialize};

use super::selection::Selection;
use super::shelf::Shelf;
use crate::api::me::Me;
use crate::api::{Failure, assets, folders, usage};
use crate::browser::page;
use crate::components::Toasts;
use crate::query::LibraryQuery;
use crate::text::use_text;
use crate::upload::{Uploads, use_uploads};

type Navigate = Arc<dyn Fn(&str, NavigateOptions) + Send + Sync>;

/// All that the page needs to be drawn for the first time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    pub me: Me,
    pub folders: Vec<Folder>,
    pub usage: Meter,
    pub page: AssetPage,
    pub total: u64,
    pub asset: Option<Asset>,
}

/// What the parts of the library page share; cheap to copy.
#[derive(Clone, Copy)]
pub struct Desk {
    pub me: StoredValue<Me>,
    /// What the address says.
    pub query: Memo<LibraryQuery>,
    pub shelf: Shelf,
    pub selection: Selection,
    pub folders: RwSignal<Vec<Folder>>,
    pub usage: RwSignal<Meter>,
    /// The asset whose details are open.
    pub opened: RwSignal<Option<Arc<Asset>>>,
    /// The asset that fills the screen.
    pub previewed: RwSignal<Option<AssetId>>,
    /// The width of a tile in pixels.
    pub tile: RwSignal<u16>,
    /// Whether the page lives: until then everything works by links and forms.
    pub lives: RwSignal<bool>,
    pub toasts: Toasts,
    pub uploads: Uploads,
    recounting: StoredValue<bool>,
    navigate: StoredValue<Navigate>,
}

/// How long figures wait while many files come in.
const RUSH: Duration = Duration::from_millis(700);

/// The width of a tile unless the person chose another.
pub const TILE: u16 = 180;

impl Desk {
    /// The desk as the page opens.
    pub fn new(opening: Opening, query: Memo<LibraryQuery>) -> Self {
        let start = query.get_untracked();
        let tile = opening.me.tile.unwrap_or(TILE).clamp(120, 320);
        Self {
            me: StoredValue::new(opening.me),
            query,
            shelf: Shelf::new(start.filter(), opening.page, opening.total),
            selection: Selection::default(),
            folders: RwSignal::new(opening.folders),
            usage: RwSignal::new(opening.usage),
            opened: RwSignal::new(opening.asset.map(Arc::new)),
            previewed: RwSignal::new(None),
            tile: RwSignal::new(tile),
            lives: RwSignal::new(false),
            toasts: Toasts::default(),
            uploads: use_uploads(),
            recounting: StoredValue::new(false),
            navigate: StoredValue::new(Arc::new(use_navigate())),
        }
    }

    /// Goes to another address of the page, as a step back leads away from.
    pub fn go(self, query: &LibraryQuery) {
        self.visit(query, false);
    }

    /// Changes the address without a step to go back to, as while typing.
    pub fn adjust(self, query: &LibraryQuery) {
        self.visit(query, true);
    }

    fn visit(self, query: &LibraryQuery, replace: bool) {
        let options = NavigateOptions {
            replace,
            scroll: false,
            ..NavigateOptions::default()
        };
        let navigate = self.navigate.get_value();
        navigate(&query.href(), options);
    }

    /// Opens an asset's details, or closes them.
    pub fn open(self, id: Option<AssetId>) {
        let query = self.query.get_untracked();
        if query.asset != id {
            // Leafing through details is one step, however many were looked at.
            let leafing = query.asset.is_some() && id.is_some();
            self.visit(&query.with_asset(id), leafing);
        }
    }

    /// Finds the asset that the address names.
    pub fn follow(self, id: Option<AssetId>) {
        let Some(id) = id else {
            return self.opened.set(None);
        };
        if let Some(asset) = untrack(|| self.shelf.find(id)) {
            return self.opened.set(Some(asset));
        }
        spawn_local(async move {
            match assets::get_asset(id).await {
                Ok(asset) => self.opened.set(Some(Arc::new(asset))),
                Err(failure) => {
                    self.complain(&failure);
                    self.open(None);
                }
            }
        });
    }

    /// The folder of an id.
    pub fn folder(self, id: FolderId) -> Option<Folder> {
        self.folders
            .with(|folders| folders.iter().find(|folder| folder.id == id).cloned())
    }

    /// Shows an asset as it is now, wherever it is on show.
    pub fn put(self, asset: Asset) {
        let asset = Arc::new(asset);
        self.shelf.put(&asset);
        if self
            .opened
            .with_untracked(|open| open.as_ref().is_some_and(|open| open.id == asset.id))
        {
            self.opened.set(Some(asset));
        }
    }

    /// Brings counts and the meter up to date.
    pub fn recount(self) {
        spawn_local(async move {
            if let Ok(list) = folders::list_folders().await {
                self.folders.set(list);
            }
            if let Ok(usage) = usage::get_meter().await {
                self.usage.set(usage);
            }
        });
    }

    /// Shows what just came in, and brings the figures up to date once the rush is over.
    pub fn receive(self, assets: Vec<Asset>) {
        for asset in assets {
            self.shelf.put(&Arc::new(asset));
        }
        if !self.recounting.get_value() {
            self.recounting.set_value(true);
            set_timeout(
                move || {
                    if self.recounting.try_set_value(false).is_none() {
                        self.recount();
                    }
                },
                RUSH,
            );
        }
    }

    /// Says what did not work; where the session is over, asks to sign in.
    pub fn complain(self, failure: &Failure) {
        if failure.needs_sign_in() {
            let mut next = "/sign-in?next=".to_owned();
            crate::query::encode(&page::here(), &mut next);
            page::leave_for(&next);
        } else {
            self.toasts.complain(use_text().problem(&failure.0));
        }
    }

    /// Makes a change of one asset and shows what came of it.
    pub fn change(
        self,
        done: &'static str,
        work: impl Future<Output = Result<Asset, Failure>> + 'static,
    ) {
        spawn_local(async move {
            let outcome = work.await;
            self.conclude(outcome, done);
        });
    }

    /// Shows what came of a change of one asset.
    pub fn conclude(self, outcome: Result<Asset, Failure>, done: &'static str) {
        match outcome {
            Ok(asset) => {
                self.put(asset);
                self.toasts.say(done);
            }
            Err(failure) => self.complain(&failure),
        }
    }

    /// Moves assets to the trash at once, with a way back.
    pub fn trash(self, ids: Vec<AssetId>) {
        self.take_away(ids, Leaving::ToTrash);
    }

    /// Brings assets back from the trash at once, with a way back.
    pub fn restore(self, ids: Vec<AssetId>) {
        self.take_away(ids, Leaving::FromTrash);
    }

    fn take_away(self, ids: Vec<AssetId>, leaving: Leaving) {
        if ids.is_empty() {
            return;
        }
        let before: Vec<Arc<Asset>> = ids
            .iter()
            .filter_map(|id| untrack(|| self.shelf.find(*id)))
            .collect();
        self.rest_beside(&ids);
        self.shelf.remove(&ids);
        self.selection.clear();
        if self
            .query
            .get_untracked()
            .asset
            .is_some_and(|open| ids.contains(&open))
        {
            self.open(None);
        }
        spawn_local(async move {
            match leaving.carry_out(ids.clone()).await {
                Ok(changed) => {
                    for asset in &changed {
                        self.shelf.put(&Arc::new(asset.clone()));
                    }
                    self.offer_way_back(&changed, leaving);
                    self.recount();
                }
                Err(failure) => {
                    for asset in &before {
                        self.shelf.put(asset);
                    }
                    self.complain(&failure);
                }
            }
        });
    }

    fn offer_way_back(self, changed: &[Asset], leaving: Leaving) {
        let first = changed.first().map_or("", |asset| asset.name.as_str());
        let ids: Vec<AssetId> = changed.iter().map(|asset| asset.id).collect();
        let said = leaving.said(changed.len(), first);
        self.toasts.offer_undo(said, move || {
            let ids = ids.clone();
            spawn_local(async move {
                match leaving.opposite().carry_out(ids).await {
                    Ok(back) => {
                        for asset in back {
                            self.put(asset);
                        }
                        self.recount();
                    }
                    Err(failure) => self.complain(&failure),
                }
            });
        });
    }

    /// Leaves the keys at the neighbor of what goes.
    fn rest_beside(self, ids: &[AssetId]) {
        let Some(first) = ids.iter().filter_map(|id| self.shelf.index_of(*id)).min() else {
            return;
        };
        let neighbor = self.shelf.items.with_untracked(|items| {
            let stays = |asset: &&Arc<Asset>| !ids.contains(&asset.id);
            let behind = items[first..].iter().find(stays);
            behind
                .or_else(|| items[..first].iter().rev().find(stays))
                .map(|asset| asset.id)
        });
        self.selection.active.set(neighbor);
        if let Some(id) = neighbor {
            page::focus_soon(super::tile::element_id(id));
        }
    }

    /// Puts assets into a folder, or at the top.
    pub fn move_to(self, ids: Vec<AssetId>, folder: Option<FolderId>) {
        let text = use_text();
        spawn_local(async move {
            match assets::move_assets(ids, folder).await {
                Ok(moved) => {
                    let name = untrack(|| folder.and_then(|id| self.folder(id)));
                    let name =
                        name.map_or(text.browse.all_files.to_owned(), |it| it.name.to_string());
                    self.toasts.say(text.moved(moved.len(), &name));
                    for asset in moved {
                        self.put(asset);
                    }
                    self.selection.clear();
                    self.recount();
                }
                Err(failure) => self.complain(&failure),
            }
        });
    }
}

/// Which way assets leave the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leaving {
    ToTrash,
    FromTrash,
}

impl Leaving {
    const fn opposite(self) -> Self {
        match self {
            Self::ToTrash => Self::FromTrash,
            Self::FromTrash => Self::ToTrash,
        }
    }

    async fn carry_out(self, ids: Vec<AssetId>) -> Result<Vec<Asset>, Failure> {
        match self {
            Self::ToTrash => assets::trash_assets(ids).await,
            Self::FromTrash => assets::restore_assets(ids).await,
        }
    }

    fn said(self, count: usize, first: &str) -> String {
        let text = use_text();
        match self {
            Self::ToTrash => text.trashed(count, first),
            Self::FromTrash => text.restored(count, first),
        }
    }
}

/// What the parts of the library page share.
pub fn use_desk() -> Desk {
    expect_context::<Desk>()
}
