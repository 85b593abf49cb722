//! The uploads of this page: one queue above all pages, and what the rest of the app asks of it.

use std::cell::RefCell;

use leptos::{html::Input, prelude::*, task::spawn_local};
use model::{Asset, FolderId, Limits};

use super::{
    gather::LeftOut,
    queue::{Queue, Totals},
};
use crate::{api::me::get_me, browser::files::LocalFile};

/// Images a folder brings where nobody has said otherwise yet.
const FOLDER_IMAGES: u32 = 50;

/// The uploads of this page; cheap to copy.
#[derive(Clone, Copy)]
pub struct Uploads {
    pub(super) queue: RwSignal<Queue>,
    pub(super) notices: RwSignal<Vec<Notice>>,
    pub(super) question: RwSignal<Option<Question>>,
    pub(super) target: RwSignal<Option<Target>>,
    pub(super) files: NodeRef<Input>,
    pub(super) again: NodeRef<Input>,
    totals: Memo<Totals>,
    pub(super) finished: RwSignal<Vec<Asset>>,
    terms: RwSignal<Option<Terms>>,
    /// Whether there is anything for the part that moves files.
    pub(super) has_begun: RwSignal<bool>,
    /// Counts what was brought, for the part to take.
    brought: RwSignal<usize>,
}

/// Files that somebody brought.
pub(super) enum Brought {
    /// For the first time, to a place.
    New(Vec<LocalFile>, Target),
    /// To be cropped before they go to a place.
    ToCrop(Vec<LocalFile>, Target),
    /// Chosen once more, to go on with.
    Again(Vec<LocalFile>),
}

thread_local! {
    /// What was brought and not yet taken: files cannot leave the browser's own thread.
    static BROUGHT: RefCell<Vec<Brought>> = RefCell::default();
}

/// Where files land that come in now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub folder_id: Option<FolderId>,
    pub name: String,
}

/// Who uploads, and what holds for them.
#[derive(Clone, Debug, PartialEq)]
struct Terms {
    owner: String,
    limits: Limits,
}

/// Something people should know about what they dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Images beyond what a folder brings, with the rule.
    LeftOut(LeftOut, u32),
    /// Hidden files of a folder.
    Hidden(Vec<String>),
    /// A folder without files.
    EmptyFolder(String),
    /// Files chosen again that are none of those that wait.
    NotTheSame(Vec<String>),
    /// A picture that the browser cannot crop.
    NotCropped(String),
}

/// What a dropped folder asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub folders: Vec<String>,
    pub files: usize,
    /// Images beyond what folders bring.
    pub left_out: usize,
    pub folder_images: u32,
    pub target: Target,
}

/// The uploads of this page.
pub fn use_uploads() -> Uploads {
    expect_context()
}

impl Uploads {
    pub(super) fn new() -> Self {
        let queue = RwSignal::new(Queue::default());
        Self {
            queue,
            notices: RwSignal::default(),
            question: RwSignal::new(None),
            target: RwSignal::new(None),
            files: NodeRef::new(),
            again: NodeRef::new(),
            totals: Memo::new(move |_| queue.with(Queue::totals)),
            finished: RwSignal::default(),
            terms: RwSignal::new(None),
            has_begun: RwSignal::new(false),
            brought: RwSignal::new(0),
        }
    }

    /// Takes files in: those that waited to be chosen again go on, folders are asked about.
    pub fn receive(self, files: Vec<LocalFile>, target: Target) {
        self.bring(Brought::New(files, target));
    }

    /// Where files land that come in now.
    pub(super) fn target_now(self) -> Target {
        self.target.get_untracked().unwrap_or(Target {
            folder_id: None,
            name: String::new(),
        })
    }

    /// Keeps files for the part that moves them, and lets it come.
    pub(super) fn bring(self, brought: Brought) {
        BROUGHT.with_borrow_mut(|all| all.push(brought));
        self.brought.update(|count| *count += 1);
        self.begin();
    }

    /// What was brought since it was last asked for.
    pub(super) fn take_brought(self) -> Vec<Brought> {
        self.brought.track();
        BROUGHT.take()
    }

    /// Lets the part come that moves files.
    pub(super) fn begin(self) {
        if !self.has_begun.get_untracked() {
            self.has_begun.set(true);
        }
    }

    /// Opens the browser's dialog to choose files.
    pub fn choose_files(self) {
        self.choose(self.files);
    }

    /// Opens the browser's dialog behind an input.
    pub(super) fn choose(self, input: NodeRef<Input>) {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
        self.prepare_soon();
    }

    /// Calls back with new assets, as they come in.
    ///
    /// Ends with the component that asked.
    pub fn on_finished(self, tell: impl Fn(Vec<Asset>) + 'static) {
        Effect::new(move |seen: Option<usize>| {
            let finished = self.finished.read();
            let seen = seen.unwrap_or(finished.len());
            if let Some(new) = finished.get(seen..).filter(|new| !new.is_empty()) {
                let new = new.to_vec();
                untrack(|| tell(new));
            }
            finished.len()
        });
    }

    /// Every asset that came in since the page was loaded, in that order.
    pub fn finished(self) -> Signal<Vec<Asset>> {
        self.finished.into()
    }

    /// Whether files are on their way.
    pub fn is_active(self) -> Signal<bool> {
        Signal::derive(move || self.totals.with(Totals::is_going))
    }

    /// Figures of all files.
    pub fn totals(self) -> Memo<Totals> {
        self.totals
    }

    pub(super) fn dismiss_notice(self, at: usize) {
        self.notices.update(|notices| {
            if at < notices.len() {
                notices.remove(at);
            }
        });
    }

    pub(super) fn tell_empty(self, folders: Vec<String>) {
        for folder in folders {
            self.tell(Notice::EmptyFolder(folder));
        }
    }

    pub(super) fn tell(self, notice: Notice) {
        self.begin();
        self.notices.update(|notices| notices.push(notice));
    }

    /// Learns who uploads and what holds for them, once.
    pub(super) async fn prepare(self) {
        if self.terms.with_untracked(Option::is_some) {
            return;
        }
        if let Ok(me) = get_me().await {
            let owner = format!("{}/{}", me.account, me.email);
            let _ = self.terms.try_set(Some(Terms {
                owner,
                limits: me.limits,
            }));
        }
    }

    pub(super) fn prepare_soon(self) {
        self.begin();
        spawn_local(self.prepare());
    }

    pub(super) fn owner(self) -> Option<String> {
        self.terms
            .with_untracked(|terms| terms.as_ref().map(|terms| terms.owner.clone()))
    }

    /// What is enforced, or next to nothing while that is not known: the server knows anyway.
    pub(super) fn limits(self) -> Limits {
        self.terms
            .with_untracked(|terms| terms.as_ref().map(|terms| terms.limits.clone()))
            .unwrap_or(Limits {
                kinds: Vec::new(),
                max_pixels: u64::MAX,
                folder_images: FOLDER_IMAGES,
                max_name_chars: u32::MAX,
                quota: None,
                retention_days: 0,
                max_assets: u32::MAX,
            })
    }
}
