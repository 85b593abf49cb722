//! The assets, as tiles or as lines: only those near what is seen are in the document.
//!
//! The height grows as pages come: it reaches up to 2 000 empty tiles beyond what is here, which
//! fill page by page, and the next page is asked for three screens ahead, so that scrolling rarely
//! meets an empty tile.

use std::sync::Arc;

use leptos::html::Div;
use leptos::prelude::*;
use model::{Asset, AssetId, Problem, ProblemCode};

use super::anchor::Anchor;
use super::desk::{Desk, use_desk};
use super::empty::Empty;
use super::keys::use_grid_keys;
use super::shelf::Fetching;
use super::tile::{ASSET, MARK, Tile};
use crate::browser::{page, size};
use crate::components::{Item, Notice, keyed_list};
use crate::format::pixels;
use crate::query::{LibraryQuery, View};
use crate::text::use_text;

/// Space between tiles, as the style sheet has it.
pub(super) const GAP: f64 = 12.0;
/// Height of what stands below a picture, as the style sheet has it.
const CAPTION: f64 = 46.0;
/// Height of a line, as the style sheet has it.
const LINE: f64 = 56.0;
/// Rows kept in the document above and below what is seen.
const OVERSCAN: usize = 3;
/// The most empty tiles shown behind what is here while more is to come.
const TAIL: usize = 2_000;
/// The attributes of what scrolls, and of all that is in it.
pub const PANE: &str = "data-pane";
pub const SPACE: &str = "data-space";
/// Pictures that are not put off on the first page.
const AT_ONCE: usize = 18;

/// What of the page the browser has measured.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Measures {
    pub width: f64,
    pub height: f64,
}

/// How assets fall into rows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rows {
    pub columns: usize,
    /// From the top of one row to the top of the next.
    pub pitch: f64,
}

impl Rows {
    /// How they fall now, and how wide they are.
    pub fn now(desk: Desk) -> Option<(Self, f64)> {
        let width = desk.tidying().measures.get()?.width;
        let view = desk.query.with(|query| query.view);
        Some((Self::of(view, desk.tile.get(), width), width))
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a screen has few columns"
    )]
    fn of(view: View, tile: u16, width: f64) -> Self {
        if view == View::List {
            return Self {
                columns: 1,
                pitch: LINE,
            };
        }
        let columns = ((width + GAP) / (f64::from(tile) + GAP)).floor().max(2.0);
        let side = (width - GAP * (columns - 1.0)) / columns;
        Self {
            columns: columns as usize,
            pitch: side + CAPTION + GAP,
        }
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "a row far down may be off by less than a pixel"
    )]
    pub(super) fn top(self, row: usize) -> f64 {
        row as f64 * self.pitch
    }

    /// How many whole rows a height holds.
    pub fn rows_in(self, height: f64) -> usize {
        self.at(height)
    }

    /// From where to where the row of a place reaches, with some air around it.
    pub fn span(self, index: usize) -> (f64, f64) {
        let row = index / self.columns;
        (self.top(row), self.top(row + 1) + 2.0 * GAP)
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "places above the top count as the top"
    )]
    pub(super) fn at(self, offset: f64) -> usize {
        (offset.max(0.0) / self.pitch) as usize
    }
}

/// A place in the grid.
#[derive(Clone)]
enum Slot {
    /// An asset, and where it stands.
    Filled(Arc<Asset>, usize),
    /// What belongs here is on its way.
    Awaited(usize),
}

impl Slot {
    fn item(self, desk: Desk) -> Item {
        let key = match &self {
            Self::Filled(asset, _) => asset.id.to_string(),
            Self::Awaited(index) => index.to_string(),
        };
        Item::new(key, move || self.view(desk))
    }

    fn view(&self, desk: Desk) -> AnyView {
        match self {
            Self::Filled(asset, place) => {
                let (asset, place) = (Arc::clone(asset), *place);
                let at_once = desk.lives.get_untracked() || place < AT_ONCE;
                view! { <Tile asset place at_once /> }.into_any()
            }
            Self::Awaited(_) => view! {
                <div class="tile awaited" aria-hidden="true">
                    <span class="frame"></span>
                </div>
            }
            .into_any(),
        }
    }
}

/// The assets, as tiles or as lines.
#[component]
pub fn Grid() -> impl IntoView {
    let text = use_text();
    let desk = use_desk();
    let pane = NodeRef::<Div>::new();
    let measures = desk.tidying().measures;
    let offset = RwSignal::new(0.0);
    let view = Memo::new(move |_| desk.query.with(|query| query.view));
    let rows = Memo::new(move |_| Rows::now(desk).map(|(rows, _)| rows));
    let anchor = Anchor::new(desk, offset);
    size::use_size(pane, move |width, height| {
        let before = rows.get_untracked().zip(measures.get_untracked());
        measures.set(Some(Measures { width, height }));
        if let (Some(pane), Some(now)) = (pane.get_untracked(), rows.get_untracked()) {
            anchor.hold(&pane, before, now);
        }
    });
    let count = Memo::new(move |_| {
        let here = desk.shelf.items.with(Vec::len);
        let total = usize::try_from(desk.shelf.total.get()).unwrap_or(usize::MAX);
        let tail = if desk.shelf.has_more() {
            total.saturating_sub(here).clamp(1, TAIL)
        } else {
            0
        };
        here + tail
    });
    // The first and the last place in the document.
    let window = Memo::new(move |_| match (rows.get(), measures.get()) {
        (Some(rows), Some(it)) => {
            let first = rows.at(offset.get()).saturating_sub(OVERSCAN) * rows.columns;
            let last = (rows.at(offset.get() + it.height) + 1 + OVERSCAN) * rows.columns;
            (first.min(count.get()), last.min(count.get()))
        }
        _ => (0, desk.shelf.items.with(Vec::len)),
    });
    use_prefetch(desk, rows, measures, window);
    use_return_to_top(desk, pane);
    use_grid_keys(desk, pane, rows);

    let slots = move || {
        let (first, last) = window.get();
        desk.shelf.items.with(|items| {
            (first..last)
                .map(|index| match items.get(index) {
                    Some(asset) => Slot::Filled(Arc::clone(asset), index).item(desk),
                    None => Slot::Awaited(index).item(desk),
                })
                .collect()
        })
    };
    let height = move || {
        rows.get().map(|rows| {
            let height = pixels(rows.top(count.get().div_ceil(rows.columns)));
            format!("height:{height}px")
        })
    };
    let shift = move || {
        let columns = match (view.get(), rows.get()) {
            (View::Grid, Some(rows)) => format!("--columns:{};", rows.columns),
            _ => String::new(),
        };
        let top = rows
            .get()
            .map_or(0, |rows| pixels(rows.top(window.get().0 / rows.columns)));
        format!(
            "--tile:{}px;{columns}transform:translateY({top}px)",
            desk.tile.get()
        )
    };
    let is_empty = move || {
        desk.shelf.items.with(Vec::is_empty) && desk.shelf.state.with(|it| *it == Fetching::Rest)
    };
    let class = move || match view.get() {
        View::Grid => "tiles",
        View::List => "tiles lines",
    };

    view! {
        <div
            class="pane"
            node_ref=pane
            tabindex="-1"
            data-pane=""
            on:scroll=move |_| {
                if let Some(pane) = pane.get_untracked() {
                    offset.set(f64::from(pane.scroll_top()));
                }
            }
        >
            <Show when=is_empty>
                <Empty />
            </Show>
            <div class="space" style=height data-space="">
                <div
                    class=class
                    class:vacant=move || desk.shelf.items.with(Vec::is_empty)
                    style=shift
                    role=move || (!desk.shelf.items.with(Vec::is_empty)).then_some("listbox")
                    aria-label=text.general.file_list
                    aria-multiselectable="true"
                    on:click=move |event| click(desk, &event)
                    on:focusin=move |event| {
                        let id = page::closest(&event, ASSET).and_then(|(_, id)| id.parse().ok());
                        desk.selection.active.set(id);
                    }
                    on:dblclick=move |event| {
                        if let Some((_, id)) = page::closest(&event, ASSET) {
                            desk.previewed.set(id.parse().ok());
                        }
                    }
                >
                    {keyed_list(slots)}
                </div>
            </div>
            {move || trouble(desk)}
            {move || turning(desk)}
        </div>
    }
    .into_any()
}

/// What a click on a tile means.
fn click(desk: Desk, event: &web_sys::MouseEvent) {
    let Some((_, id)) = page::closest(event, ASSET) else {
        return;
    };
    let Ok(id) = id.parse::<AssetId>() else {
        return;
    };
    event.prevent_default();
    let selection = desk.selection;
    let on_mark = page::closest(event, MARK).is_some();
    if event.shift_key() {
        selection.extend(desk.shelf, id);
    } else if on_mark || event.ctrl_key() || event.meta_key() || selection.len() > 0 {
        selection.toggle(id);
    } else {
        selection.rest_at(id);
        desk.open(Some(id));
    }
}

/// Asks for the next page before it is needed.
fn use_prefetch(
    desk: Desk,
    rows: Memo<Option<Rows>>,
    measures: RwSignal<Option<Measures>>,
    window: Memo<(usize, usize)>,
) {
    Effect::new(move |_| {
        let (Some(rows), Some(it)) = (rows.get(), measures.get()) else {
            return;
        };
        let screens = (rows.at(it.height) + 1) * rows.columns * 3;
        let needed = window.get().1 + screens;
        let resting = desk.shelf.state.with(|state| *state == Fetching::Rest);
        if resting && desk.shelf.has_more() && needed >= desk.shelf.items.with(Vec::len) {
            desk.shelf.fetch_more();
        }
    });
}

/// Another place, other words: the new list starts at its top.
fn use_return_to_top(desk: Desk, pane: NodeRef<Div>) {
    let filter = Memo::new(move |_| desk.query.with(LibraryQuery::filter));
    Effect::new(move |before: Option<()>| {
        let _ = filter.get();
        if let (Some(()), Some(pane)) = (before, pane.get_untracked()) {
            pane.set_scroll_top(0);
        }
    });
}

/// What did not come, with a way to try again.
fn trouble(desk: Desk) -> Option<AnyView> {
    let Fetching::Failed(problem) = desk.shelf.state.get() else {
        return None;
    };
    Some(
        view! {
            <div class="trouble">
                <Notice text=use_text().problem(&problem) />
                {way_on(desk, &problem)}
            </div>
        }
        .into_any(),
    )
}

fn way_on(desk: Desk, problem: &Problem) -> AnyView {
    let text = use_text();
    if problem.code == ProblemCode::Unauthenticated {
        let path = desk.query.with_untracked(LibraryQuery::sign_in_path);
        return view! {
            <a class="button primary" href=path rel="external">
                {text.general.sign_in}
            </a>
        }
        .into_any();
    }
    view! {
        <button type="button" on:click=move |_| desk.shelf.retry()>
            {text.general.try_again}
        </button>
    }
    .into_any()
}

/// The link to the next page, for browsers in which the page does not live.
fn turning(desk: Desk) -> Option<AnyView> {
    let text = use_text();
    if desk.lives.get() {
        return None;
    }
    let after = desk.shelf.next()?;
    let mut query = desk.query.get();
    query.after = Some(after);
    Some(
        view! {
            <a class="button turn" href=query.href() rel="next">
                {text.browse.next_page}
            </a>
        }
        .into_any(),
    )
}
