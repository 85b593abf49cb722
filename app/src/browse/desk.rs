//! The one state that the parts of the library page share, and what a person does with it.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use model::{Asset, AssetId, AssetPage, Folder, FolderId, Meter, Page, Role};
use serde::{Deserialize, Serialize};

use super::folders::Folders;
use super::selection::Selection;
use super::shelf::Shelf;
use super::tidy::Tidying;
use crate::api::folders::Level;
use crate::api::me::Me;
use crate::api::teams::Choices;
use crate::api::{Failure, assets, usage};
use crate::browser::newest::Newest;
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
    pub folders: Vec<Level>,
    pub usage: Meter,
    pub page: AssetPage,
    pub total: u64,
    pub asset: Option<Asset>,
    /// The folders in the trash, where the page opens with that.
    pub trashed: Option<Page<Folder>>,
    /// What can be chosen where filters are set or about to be, as JSON that only they read.
    pub choices: String,
}

/// What the parts of the library page share; cheap to copy.
#[derive(Clone, Copy)]
pub struct Desk {
    pub me: StoredValue<Me>,
    /// What the address says.
    pub query: Memo<LibraryQuery>,
    pub shelf: Shelf,
    pub selection: Selection,
    pub folders: Folders,
    pub usage: RwSignal<Meter>,
    /// The asset whose details are open.
    pub opened: RwSignal<Option<Arc<Asset>>>,
    /// What the page came with of that, as JSON.
    pub offered: StoredValue<String>,
    /// What assets can be narrowed to and marked with, once somebody wants to.
    pub choices: RwSignal<Option<Choices>>,
    /// The asset that fills the screen.
    pub previewed: RwSignal<Option<AssetId>>,
    /// The width of a tile in pixels.
    pub tile: RwSignal<u16>,
    /// What the part that keeps order works with.
    tidying: StoredValue<Tidying>,
    /// Whether the part that keeps order is here.
    pub tidies: RwSignal<bool>,
    /// Whether the page lives: until then everything works by links and forms.
    pub lives: RwSignal<bool>,
    pub toasts: Toasts,
    uploads: StoredValue<Uploads>,
    looks: StoredValue<Looks>,
    navigate: StoredValue<Navigate>,
}

/// Looks at the meter.
#[derive(Clone, Copy, Debug, Default)]
struct Looks {
    asked: Newest,
    /// Whether one is to come once a rush is over.
    is_due: bool,
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
            folders: Folders::new(opening.folders),
            usage: RwSignal::new(opening.usage),
            opened: RwSignal::new(opening.asset.map(Arc::new)),
            offered: StoredValue::new(opening.choices),
            choices: RwSignal::new(None),
            previewed: RwSignal::new(None),
            tile: RwSignal::new(tile),
            tidying: StoredValue::new(Tidying::new(opening.trashed)),
            tidies: RwSignal::new(false),
            lives: RwSignal::new(false),
            toasts: Toasts::default(),
            uploads: StoredValue::new(use_uploads()),
            looks: StoredValue::default(),
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

    /// Puts a picture on the stage where it is cropped.
    pub fn crop(self, id: AssetId) {
        let query = self.query.get_untracked();
        let asset = self.shelf.find(id).or(self.opened.get_untracked());
        if asset.is_some_and(|asset| asset.id == id && asset.can_be_cropped()) {
            self.visit(&query.with_crop(id), query.asset == Some(id) && query.crop);
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
            let outcome = assets::get_asset(id).await;
            let here = self.query.try_with_untracked(|query| query.asset);
            match outcome {
                // Somebody went on meanwhile.
                _ if here != Some(Some(id)) => {}
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
        self.folders.find(id)
    }

    /// What the part that keeps order works with.
    pub fn tidying(self) -> Tidying {
        self.tidying.get_value()
    }

    /// Files on their way.
    pub fn uploads(self) -> Uploads {
        self.uploads.get_value()
    }

    /// Whether what is on show can be dragged: once what takes it is here.
    pub fn draggable(self) -> &'static str {
        if self.tidies.get() { "true" } else { "false" }
    }

    /// Shows an asset as it is now, wherever it is on show.
    pub fn put(self, asset: Asset) {
        let asset = Arc::new(asset);
        self.shelf.put(&asset);
        self.renew(asset);
    }

    /// Shows an asset as it is now where its details are open.
    pub fn renew(self, asset: Arc<Asset>) {
        let is_open = self.opened.with_untracked(|open| {
            let open = open.as_ref();
            open.is_some_and(|open| open.id == asset.id && open.updated_at <= asset.updated_at)
        });
        if is_open {
            self.opened.set(Some(asset));
        }
    }

    /// Brings counts and the meter up to date.
    pub fn recount(self) {
        self.refresh_folders();
        let asked = self.looks.get_value().asked;
        asked.ask(usage::get_meter(), move |usage| {
            if let Ok(usage) = usage {
                self.measure(usage);
            }
        });
    }

    /// Shows what the account holds, and tells administrators once more of its room is gone.
    fn measure(self, usage: Meter) {
        let before = self.usage.with_untracked(Meter::fullness);
        let is_theirs = self.me.with_value(|me| me.role == Role::Administrator);
        if is_theirs && usage.fullness() > before {
            self.toasts
                .complain(use_text().nearly_full(usage.fullness()));
        }
        self.usage.set(usage);
    }

    /// Shows what just came in, and brings the figures up to date once the rush is over.
    pub fn receive(self, assets: Vec<Asset>) {
        for asset in assets {
            self.shelf.put(&Arc::new(asset));
        }
        if !self.looks.get_value().is_due {
            self.looks.update_value(|looks| looks.is_due = true);
            set_timeout(
                move || {
                    let is_here = self.looks.try_update_value(|looks| looks.is_due = false);
                    if is_here.is_some() {
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
}

/// What the parts of the library page share.
pub fn use_desk() -> Desk {
    expect_context::<Desk>()
}
