//! What keeps order by hand: the menu, questions, bars, dragging. A part that comes with the first
//! sign of a hand, or with the first thing that is asked of it.

mod ask;
mod band;
mod bar;
mod drag;
mod folders;
mod found;
mod keys;
mod many;
mod mark;
mod menu;
mod moving;
mod panels;
mod rename;
mod trash_shelf;

pub use panels::draw_edges;
pub use rename::{draw_hits, draw_rename};
pub use trash_shelf::{SHELF, draw_trash_shelf, load_shelf};

use ask::Ask;
use drag::Dragged;
use menu::Menu;

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{AssetId, Batch, Folder, FolderId, FolderParent, Page};

use super::desk::Desk;
use super::grid::Measures;
use crate::parts::{later, part};

/// The name of the part.
pub const PART: &str = "tidy";

/// What is asked of the part, whether it is here yet or not.
#[derive(Clone, Debug, PartialEq)]
pub enum Order {
    /// A key, pressed at what has the focus.
    Key(String),
    /// The menu of an asset, at a point of the screen.
    AssetMenu(AssetId, (f64, f64)),
    /// The menu of a folder, at a point of the screen.
    FolderMenu(FolderId, (f64, f64)),
    MakeFolder(Option<FolderId>, String),
    ShowMoreFolders(FolderParent),
    RevealFolder(FolderId),
    /// To ask where an asset shall go.
    MoveAsset(AssetId),
    /// To move an asset to the trash, and ask first where it is used.
    TrashAsset(AssetId),
}

/// What the part works with, whether it is here yet or not; cheap to copy.
#[derive(Clone, Copy, Default)]
pub struct Tidying {
    /// What is asked of the part.
    orders: RwSignal<Vec<Order>>,
    /// The menu that is open.
    menu: RwSignal<Option<Menu>>,
    /// What is asked of the person.
    ask: RwSignal<Option<Ask>>,
    /// What is being dragged inside the page.
    dragged: RwSignal<Option<Dragged>>,
    /// The long work under way.
    batch: RwSignal<Option<Batch>>,
    /// The folder whose name is being written.
    pub renaming: RwSignal<Option<FolderId>>,
    /// Counts what happened to the trash, whose folders are looked up anew then.
    trash: RwSignal<u32>,
    /// The folders in the trash, once they are known.
    trashed: RwSignal<Option<Page<Folder>>>,
    /// Whether it is being found out where something is used that shall go.
    weighing: RwSignal<bool>,
    /// What the browser has measured of the grid.
    pub measures: RwSignal<Option<Measures>>,
}

impl Tidying {
    /// As the page opens.
    pub fn new(trashed: Option<Page<Folder>>) -> Self {
        Self {
            trashed: RwSignal::new(trashed),
            ..Self::default()
        }
    }
}

impl Desk {
    /// Asks something of the part that keeps order.
    pub fn order(self, order: Order) {
        self.tidying().orders.update(|orders| orders.push(order));
    }
}

/// The part, once it is here or something is asked of it.
#[component]
pub fn Tidy(
    /// What the parts of the page share.
    desk: Desk,
) -> impl IntoView {
    let is_wanted = Memo::new(move |before: Option<&bool>| {
        before.is_some_and(|before| *before)
            || desk.tidies.get()
            || desk.selection.len() > 0
            || desk.tidying().orders.with(|orders| !orders.is_empty())
    });
    move || is_wanted.get().then(|| later(PART, move || tidy(desk)))
}

/// Fetches the part ahead of its use.
pub fn fetch(desk: Desk) {
    spawn_local(async move {
        if load().await.is_ok() {
            let _ = desk.tidies.try_set(true);
        }
    });
}

part! { tidy, load;
    pub fn tidy(desk: Desk) -> AnyView {
        bring_order(desk)
    }
}

fn bring_order(desk: Desk) -> AnyView {
    drag::use_drag(desk);
    moving::use_moving();
    Effect::new(move || {
        desk.tidies.set(true);
        let waiting = desk.tidying().orders;
        let orders = waiting.get();
        if !orders.is_empty() {
            waiting.set(Vec::new());
            untrack(|| orders.into_iter().for_each(|order| carry_out(desk, order)));
        }
    });
    view! {
        {band::band(desk)}
        {bar::selection_bar(desk)}
        {many::batch_bar(desk)}
        {menu::menu(desk)}
        {ask::dialog(desk)}
    }
    .into_any()
}

fn carry_out(desk: Desk, order: Order) {
    match order {
        Order::Key(key) => keys::press(desk, &key),
        Order::AssetMenu(id, at) => desk.open_asset_menu(id, at),
        Order::FolderMenu(id, at) => desk.open_folder_menu(id, at),
        Order::MakeFolder(parent, name) => desk.make_folder(parent, name),
        Order::ShowMoreFolders(parent) => desk.fetch_more_folders(parent),
        Order::RevealFolder(id) => desk.reveal_folder(id),
        Order::MoveAsset(id) => {
            let asset = many::Chosen::These(vec![id]);
            desk.tidying().ask.set(Some(Ask::MoveAssets(asset)));
        }
        Order::TrashAsset(id) => desk.ask_to_trash(many::Chosen::These(vec![id])),
    }
}

/// The folder that the value of an element's attribute names.
fn folder_of((_, id): (web_sys::Element, String)) -> Option<FolderId> {
    id.parse().ok()
}
