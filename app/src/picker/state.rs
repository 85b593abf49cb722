//! What the parts of the picker share: what is asked for, what is there, what is chosen.

use std::sync::Arc;

use leptos::prelude::*;
use model::placement::Outcome;
use model::{Asset, AssetId, Folder, FolderId, Kind, Problem};

use super::asking::{Next, Query, View, allowed};
use super::bring::Upload;
use super::chosen::Chosen;
use super::door::Door;
use super::opening::Options;
use super::place::Place;
use super::port::Host;
use super::saying::Said;
use crate::text::use_text;

/// What may be done besides looking and choosing.
#[derive(Clone, Debug)]
pub struct Rights {
    pub upload: bool,
    pub crop: bool,
    pub share: bool,
    /// What is brought lies here; where absent, at the top.
    pub folder: Option<FolderId>,
    /// Nothing of another kind is there; empty for all kinds.
    pub kinds: Vec<Kind>,
}

/// A copy that was made of a file for the place.
#[derive(Clone)]
pub struct Fitting {
    pub of: AssetId,
    pub copy: Arc<Asset>,
    /// What was done, a sentence each.
    pub said: Vec<String>,
}

/// What the parts of the picker share; cheap to copy.
#[derive(Clone, Copy)]
pub struct Picker {
    door: StoredValue<Door, LocalStorage>,
    host: StoredValue<Host, LocalStorage>,
    pub options: StoredValue<Options>,
    pub rights: StoredValue<Rights>,
    /// The kinds that are shown; empty for all.
    pub kinds: StoredValue<Vec<Kind>>,

    pub query: RwSignal<Query>,
    pub place: RwSignal<Option<Arc<dyn Place>>>,
    pub folders: RwSignal<Vec<Folder>>,
    pub tags: RwSignal<Vec<String>>,

    pub shelf: RwSignal<Vec<Arc<Asset>>>,
    pub next: RwSignal<Next>,
    pub is_loading: RwSignal<bool>,
    pub failure: RwSignal<Option<Problem>>,
    /// Counts the lists that were begun: what comes for an earlier one is late.
    pub round: StoredValue<u32>,
    /// Whether the next page begins the list anew; what was shown before stays until then.
    pub begins: StoredValue<bool>,
    pub is_opened: StoredValue<bool>,

    /// The file that the keys are at.
    pub active: RwSignal<Option<AssetId>>,
    pub chosen: RwSignal<Chosen<AssetId>>,
    /// Those that are chosen, whatever the list shows by now.
    pub taken: RwSignal<Vec<Arc<Asset>>>,
    pub fittings: RwSignal<Vec<Fitting>>,
    /// The file that a fitting copy is being made of.
    pub making: RwSignal<Option<AssetId>>,
    /// The file that is being cropped.
    pub cropping: RwSignal<Option<AssetId>>,
    pub is_using: RwSignal<bool>,
    /// What just happened, or did not.
    pub told: RwSignal<Option<String>>,

    pub uploads: RwSignal<Vec<Upload>>,
    pub last_upload: StoredValue<u32>,
}

impl Picker {
    /// A picker with nothing in it yet.
    pub fn new(door: Door, host: Host, options: Options, rights: Rights) -> Self {
        let most = usize::try_from(options.max).unwrap_or(1);
        let query = Query {
            folder: options.folder,
            ..Query::default()
        };
        Self {
            door: StoredValue::new_local(door),
            host: StoredValue::new_local(host),
            kinds: StoredValue::new(allowed(&options.kinds, &rights.kinds)),
            options: StoredValue::new(options),
            rights: StoredValue::new(rights),
            query: RwSignal::new(query),
            place: RwSignal::new(None),
            folders: RwSignal::default(),
            tags: RwSignal::default(),
            shelf: RwSignal::default(),
            next: RwSignal::new(Next::first(View::Recent)),
            is_loading: RwSignal::new(false),
            failure: RwSignal::new(None),
            round: StoredValue::new(0),
            begins: StoredValue::new(true),
            is_opened: StoredValue::new(false),
            active: RwSignal::new(None),
            chosen: RwSignal::new(Chosen::none(most)),
            taken: RwSignal::default(),
            fittings: RwSignal::default(),
            making: RwSignal::new(None),
            cropping: RwSignal::new(None),
            is_using: RwSignal::new(false),
            told: RwSignal::new(None),
            uploads: RwSignal::default(),
            last_upload: StoredValue::new(0),
        }
    }

    /// The way to the library.
    pub fn door(self) -> Door {
        self.door.get_value()
    }

    /// Says something to whoever opened the picker.
    pub fn say(self, said: &Said) {
        self.host.with_value(|host| host.say(said));
    }

    /// Leaves without a choice.
    pub fn cancel(self) {
        self.say(&Said::Cancel);
    }

    /// Tells people what just happened.
    pub fn tell(self, told: impl Into<String>) {
        let _ = self.told.try_set(Some(told.into()));
    }

    /// Tells people what went wrong.
    pub fn complain(self, problem: &Problem) {
        self.tell(use_text().problem(problem));
    }

    /// A file that is shown or chosen.
    pub fn find(self, id: AssetId) -> Option<Arc<Asset>> {
        let of = |list: &Vec<Arc<Asset>>| list.iter().find(|asset| asset.id == id).cloned();
        let shown = self.shelf.with_untracked(of);
        shown.or_else(|| self.taken.with_untracked(of))
    }

    /// What would become of a file at the place, where one is asked for.
    pub fn outcome(self, asset: &Asset) -> Option<Outcome> {
        let place = self.place.get()?;
        Some(place.outcome(asset))
    }

    /// The copy that was made of a file for the place.
    pub fn fitting(self, id: AssetId) -> Option<Fitting> {
        let found = |list: &Vec<Fitting>| list.iter().find(|it| it.of == id).cloned();
        self.fittings.with(found)
    }

    /// How many may be chosen.
    pub fn most(self) -> usize {
        self.chosen.with_untracked(Chosen::most)
    }

    /// Whether several may be chosen.
    pub fn takes_several(self) -> bool {
        self.most() > 1
    }
}

/// The element of a file.
pub fn element_id(id: AssetId) -> String {
    format!("file-{id}")
}
