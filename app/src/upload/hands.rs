//! What cannot leave the browser's own thread: files, and holds on requests under way.

use std::{
    cell::RefCell,
    collections::{BTreeMap, VecDeque},
};

use leptos::prelude::IntervalHandle;
use model::AssetId;
use web_sys::File;

use super::{
    item::{ItemId, Millis},
    record::Record,
};
use crate::browser::{files::LocalFile, transfer::Hold};

/// What this page holds on to.
#[derive(Default)]
pub struct Hands {
    pub files: BTreeMap<ItemId, Held>,
    /// Files of folders, while a person says what becomes of the folders.
    pub asked: Vec<LocalFile>,
    /// Pictures that wait for the editor.
    pub to_crop: VecDeque<ItemId>,
    /// Assets that are there and were not told of yet.
    pub finished: Vec<AssetId>,
    /// When the queue is looked at again.
    pub wakes_at: Option<Millis>,
    /// Looks after what lasts, once a second.
    pub ticking: Option<IntervalHandle>,
    /// What was written down last, and when.
    pub written: (Vec<Record>, Millis),
    /// Whether a file is being kept, or the browser refused to.
    pub keeping: Keeping,
}

/// A file, and the hold on the request that moves it.
pub struct Held {
    pub file: File,
    pub hold: Hold,
}

/// Whether files can be kept for after a reload.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keeping {
    #[default]
    Idle,
    Busy,
    Refused,
}

thread_local! {
    static HANDS: RefCell<Hands> = RefCell::default();
}

/// Uses what this page holds on to.
pub fn with<T>(act: impl FnOnce(&mut Hands) -> T) -> T {
    HANDS.with_borrow_mut(act)
}

/// Takes hold of a file.
pub fn take(id: ItemId, file: File) {
    let hold = Hold::default();
    with(|hands| hands.files.insert(id, Held { file, hold }));
}

/// The file, and a fresh hold on the request that is about to move it.
pub fn begin(id: ItemId) -> Option<(File, Hold)> {
    with(|hands| {
        let held = hands.files.get_mut(&id)?;
        held.hold = Hold::default();
        Some((held.file.clone(), held.hold.clone()))
    })
}

/// The file.
pub fn file(id: ItemId) -> Option<File> {
    with(|hands| hands.files.get(&id).map(|held| held.file.clone()))
}

/// Stops the request that moves a file.
pub fn stop(id: ItemId) {
    let hold = with(|hands| hands.files.get(&id).map(|held| held.hold.clone()));
    if let Some(hold) = hold {
        hold.stop();
    }
}

/// Lets a file go.
pub fn release(id: ItemId) {
    stop(id);
    with(|hands| hands.files.remove(&id));
}
