//! The assets on show: pages put end to end as the person scrolls, and changed in place.

use std::cmp::Ordering;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Asset, AssetFilter, AssetId, AssetPage, AssetSort, Cursor, Limit, Problem};

use crate::api::Failure;
use crate::api::assets::{count_assets, list_assets};
use crate::browser::words::lower;

/// How many assets are asked for at a time once the page lives.
const PAGE: u32 = 200;

/// The assets on show; cheap to copy.
#[derive(Clone, Copy)]
pub struct Shelf {
    /// What is here already, in the order of the filter.
    pub items: RwSignal<Vec<Arc<Asset>>>,
    /// How many there are in all.
    pub total: RwSignal<u64>,
    /// Whether something is on its way, or did not come.
    pub state: RwSignal<Fetching>,
    /// The words that were looked for instead of those that nothing has.
    pub instead: RwSignal<Option<String>>,
    next: RwSignal<Option<Cursor>>,
    filter: StoredValue<AssetFilter>,
    /// Counts filters, so that an answer to an older one is not heard.
    turn: StoredValue<u32>,
    /// Counts what changed here, so that an older figure does not stand.
    edits: StoredValue<u32>,
    /// What came in while a first page was on its way, which may not know of it.
    late: StoredValue<Vec<Arc<Asset>>>,
}

/// Whether something is on its way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Fetching {
    #[default]
    Rest,
    /// The first page of another filter.
    First,
    /// One more page.
    More,
    Failed(Problem),
}

impl Shelf {
    /// A shelf with its first page.
    pub fn new(filter: AssetFilter, page: AssetPage, total: u64) -> Self {
        Self {
            items: RwSignal::new(page.items.into_iter().map(Arc::new).collect()),
            total: RwSignal::new(total),
            state: RwSignal::default(),
            instead: RwSignal::new(page.searched_instead),
            next: RwSignal::new(page.next_cursor),
            filter: StoredValue::new(filter),
            turn: StoredValue::new(0),
            edits: StoredValue::new(0),
            late: StoredValue::default(),
        }
    }

    /// Shows another filter's assets; what was on show stays until they are here.
    pub fn show(self, filter: AssetFilter) {
        self.fetch(filter, 0);
    }

    /// Fetches a filter's assets: one page, or as many as make so many assets.
    fn fetch(self, filter: AssetFilter, least: usize) {
        let turn = self.turn.get_value() + 1;
        self.turn.set_value(turn);
        if self.filter.with_value(|before| *before != filter) {
            self.instead.set(None);
        }
        self.filter.set_value(filter.clone());
        self.late.set_value(Vec::new());
        self.state.set(Fetching::First);
        let counted = filter.clone();
        spawn_local(async move {
            let page = self.fetch_pages(filter, least, turn).await;
            if !self.is_current(turn) {
                return;
            }
            match page {
                Ok(page) => self.replace(page),
                Err(failure) => self.state.set(Fetching::Failed(failure.0)),
            }
        });
        spawn_local(self.count(counted, turn));
    }

    /// Pages put end to end until they make so many assets, or another filter is shown.
    async fn fetch_pages(
        self,
        filter: AssetFilter,
        least: usize,
        turn: u32,
    ) -> Result<AssetPage, Failure> {
        let (mut whole, mut cursor) = (AssetPage::default(), None);
        loop {
            let page = list_assets(filter.clone(), cursor, page_size()).await?;
            whole.items.extend(page.items);
            whole.searched_instead = whole.searched_instead.or(page.searched_instead);
            cursor = page.next_cursor;
            if cursor.is_none() || whole.items.len() >= least || !self.is_current(turn) {
                break;
            }
        }
        whole.next_cursor = cursor;
        Ok(whole)
    }

    /// Finds out how many there are in all; anew, where something changed meanwhile.
    async fn count(self, filter: AssetFilter, turn: u32) {
        let mut edits = None;
        while self.is_current(turn) && edits != self.edits.try_get_value() {
            edits = self.edits.try_get_value();
            match count_assets(filter.clone()).await {
                Ok(total) if self.is_current(turn) => self.total.set(total),
                _ => return,
            }
        }
    }

    /// What is asked for now: words that were looked for instead of others, too.
    pub fn asked(self) -> AssetFilter {
        let mut filter = self.filter.get_value();
        filter.q = self.instead.get_untracked().or(filter.q);
        filter
    }

    /// Asks for what is on show once more.
    pub fn reload(self) {
        // All that is here, so that nobody who came far is back at the first page.
        let here = self.items.with_untracked(Vec::len);
        self.fetch(self.filter.get_value(), here);
    }

    /// Where the next page starts, where there is one.
    pub fn next(self) -> Option<Cursor> {
        self.next.get()
    }

    /// Whether more lies behind what is here.
    pub fn has_more(self) -> bool {
        self.next.with(Option::is_some)
    }

    /// Fetches the next page, unless something is on its way already.
    pub fn fetch_more(self) {
        let resting = self.state.with_untracked(|state| *state == Fetching::Rest);
        let Some(cursor) = self.next.get_untracked().filter(|_| resting) else {
            return;
        };
        self.state.set(Fetching::More);
        let (turn, filter) = (self.turn.get_value(), self.filter.get_value());
        spawn_local(async move {
            let page = list_assets(filter, Some(cursor), page_size()).await;
            if !self.is_current(turn) {
                return;
            }
            match page {
                Ok(page) => self.append(page),
                Err(failure) => self.state.set(Fetching::Failed(failure.0)),
            }
        });
    }

    /// Tries again what did not come.
    pub fn retry(self) {
        if self.items.with_untracked(Vec::is_empty) {
            self.reload();
        } else {
            self.state.set(Fetching::Rest);
            self.fetch_more();
        }
    }

    /// Puts an asset where it belongs now, or takes it off when it no longer does, as far as the
    /// browser can tell.
    pub fn put(self, asset: &Arc<Asset>) {
        let had = self.index_of(asset.id).is_some();
        let shown = self.filter.with_value(|filter| shows(filter, asset, had));
        self.place(asset, shown);
    }

    /// Puts an asset where it belongs now where the filter shows it, or takes it off; an answer
    /// that was overtaken on its way changes nothing.
    pub fn place(self, asset: &Arc<Asset>, shown: bool) {
        let known = untrack(|| self.find(asset.id));
        if known.is_some_and(|known| known.updated_at > asset.updated_at) {
            return;
        }
        let filter = self.filter.get_value();
        let had = self.take(asset.id);
        let complete = self.next.with_untracked(Option::is_none);
        if shown {
            self.items.update(|items| {
                let at = items
                    .partition_point(|other| order(filter.sort, other, asset) == Ordering::Less);
                // Behind the last one here, a later page will bring it.
                if at < items.len() || complete {
                    items.insert(at, Arc::clone(asset));
                }
            });
        }
        match (had, shown) {
            (false, true) => self.total.update(|total| *total += 1),
            (true, false) => self.total.update(|total| *total = total.saturating_sub(1)),
            _ => {}
        }
        self.edits.update_value(|edits| *edits += 1);
        if self.state.with_untracked(|it| *it == Fetching::First) {
            self.late.update_value(|late| late.push(Arc::clone(asset)));
        }
    }

    /// Takes assets off.
    pub fn remove(self, ids: &[AssetId]) {
        let gone = ids.iter().filter(|id| self.take(**id)).count() as u64;
        self.total
            .update(|total| *total = total.saturating_sub(gone));
        self.edits.update_value(|edits| *edits += 1);
    }

    /// An asset that is here.
    pub fn find(self, id: AssetId) -> Option<Arc<Asset>> {
        self.items
            .with(|items| items.iter().find(|asset| asset.id == id).cloned())
    }

    /// An asset that is here and where it stands: most often where it stood, or not far from there.
    ///
    /// Looked for from there on, or a hundred thousand would be looked through for each tile.
    pub fn find_near(self, id: AssetId, place: usize) -> Option<(usize, Arc<Asset>)> {
        self.items.with(|items| {
            let at = position_near(items, id, place)?;
            Some((at, Arc::clone(&items[at])))
        })
    }

    /// Where an asset stands among those here.
    pub fn index_of(self, id: AssetId) -> Option<usize> {
        self.items
            .with_untracked(|items| items.iter().position(|asset| asset.id == id))
    }

    /// The asset at a place, where there is one.
    pub fn at(self, index: usize) -> Option<Arc<Asset>> {
        self.items.with_untracked(|items| items.get(index).cloned())
    }

    fn take(self, id: AssetId) -> bool {
        let Some(index) = self.index_of(id) else {
            return false;
        };
        self.items.update(|items| {
            items.remove(index);
        });
        true
    }

    fn replace(self, page: AssetPage) {
        self.instead.set(page.searched_instead);
        let mut items = Vec::with_capacity(page.items.len());
        join(&mut items, page.items);
        self.items.set(items);
        self.next.set(page.next_cursor);
        self.state.set(Fetching::Rest);
        let late = self.late.try_update_value(std::mem::take);
        for asset in late.unwrap_or_default() {
            self.put(&asset);
        }
    }

    fn append(self, page: AssetPage) {
        self.items.update(|items| join(items, page.items));
        self.next.set(page.next_cursor);
        self.state.set(Fetching::Rest);
    }

    fn is_current(self, turn: u32) -> bool {
        self.turn.try_get_value() == Some(turn)
    }
}

/// Puts a page behind what is here; what moved while pages were on their way is there once.
fn join(items: &mut Vec<Arc<Asset>>, page: Vec<Asset>) {
    for asset in page {
        let mut last = items.iter().rev().take(PAGE as usize);
        if !last.any(|other| other.id == asset.id) {
            items.push(Arc::new(asset));
        }
    }
}

/// Where an asset stands, looked for from a place on, farther and farther away.
fn position_near(items: &[Arc<Asset>], id: AssetId, place: usize) -> Option<usize> {
    (0..=items.len().max(place)).find_map(|by| {
        // What would lie before the first is far behind the last.
        let places = [place + by, place.wrapping_sub(by)];
        let is_there = |at: &usize| items.get(*at).is_some_and(|asset| asset.id == id);
        places.into_iter().find(is_there)
    })
}

fn page_size() -> Limit {
    Limit::new(PAGE).unwrap_or_default()
}

/// Whether a filter shows an asset; where the browser cannot tell, it stays where it was.
fn shows(filter: &AssetFilter, asset: &Asset, had: bool) -> bool {
    let is_plain = AssetFilter {
        folder_id: None,
        kind: None,
        source: None,
        state: filter.state,
        q: None,
        sort: filter.sort,
        ..filter.clone()
    } == AssetFilter {
        state: filter.state,
        sort: filter.sort,
        ..AssetFilter::default()
    };
    (is_plain || had)
        && asset.state == filter.state
        && filter
            .folder_id
            .is_none_or(|folder| asset.folder_id == Some(folder))
        && filter.kind.is_none_or(|kind| asset.kind == kind)
        && filter.source.is_none_or(|source| asset.source == source)
        && filter
            .q
            .as_deref()
            .is_none_or(|words| had || has_words(asset, words))
}

fn has_words(asset: &Asset, words: &str) -> bool {
    let tags = asset.tags.join(" ");
    let text = lower(&format!("{} {} {tags}", asset.name, asset.alt_text));
    lower(words)
        .split_whitespace()
        .all(|word| text.contains(word))
}

fn order(sort: AssetSort, one: &Asset, other: &Asset) -> Ordering {
    let age = (one.created_at, one.id).cmp(&(other.created_at, other.id));
    match sort {
        AssetSort::Newest | AssetSort::Relevance => age.reverse(),
        AssetSort::Oldest => age,
        AssetSort::Name => {
            let name = |asset: &Asset| lower(asset.name.as_str());
            name(one).cmp(&name(other)).then(one.id.cmp(&other.id))
        }
        AssetSort::Largest => other.size.cmp(&one.size).then(other.id.cmp(&one.id)),
    }
}

#[cfg(test)]
mod tests {
    use model::{AssetState, Id, Kind};
    use serde_json::json;

    use super::*;

    fn asset(name: &str, at: i64) -> Asset {
        let moment = model::Timestamp::from_millis(at);
        serde_json::from_value(json!({
            "id": AssetId::from_parts(u64::try_from(at).unwrap(), 1),
            "name": name, "kind": "image", "mime": "image/jpeg", "size": at,
            "sha256": "00".repeat(32), "tags": ["Summer"], "teams": [],
            "state": "active", "source": "upload", "alt_text": "Two chairs",
            "created_at": moment, "updated_at": moment, "version": 1, "has_renditions": true,
        }))
        .unwrap()
    }

    #[test]
    fn a_new_asset_comes_before_older_ones() {
        let (old, new) = (asset("b.jpg", 1_000), asset("a.jpg", 2_000));

        assert_eq!(order(AssetSort::Newest, &new, &old), Ordering::Less);
        assert_eq!(order(AssetSort::Oldest, &new, &old), Ordering::Greater);
        assert_eq!(order(AssetSort::Name, &new, &old), Ordering::Less);
        assert_eq!(order(AssetSort::Largest, &new, &old), Ordering::Less);
    }

    #[test]
    fn what_came_in_while_a_page_was_on_its_way_is_on_show() {
        let owner = Owner::new();
        owner.set();
        let page = |items| AssetPage {
            items,
            ..AssetPage::default()
        };
        let (old, new) = (asset("b.jpg", 1_000), asset("a.jpg", 2_000));
        let shelf = Shelf::new(AssetFilter::default(), page(vec![old.clone()]), 1);
        shelf.state.set(Fetching::First);

        shelf.put(&Arc::new(new.clone()));
        shelf.replace(page(vec![old.clone()]));

        let shown = untrack(|| shelf.items.get());
        assert_eq!([shown[0].id, shown[1].id], [new.id, old.id]);
        assert_eq!(shown.len(), 2);
    }

    #[test]
    fn what_moved_while_pages_were_on_their_way_is_on_show_once() {
        let (old, new) = (asset("b.jpg", 1_000), asset("a.jpg", 2_000));
        let mut items = Vec::new();

        join(&mut items, vec![new.clone(), old.clone()]);
        join(&mut items, vec![old.clone()]);

        let ids: Vec<_> = items.iter().map(|asset| asset.id).collect();
        assert_eq!(ids, [new.id, old.id]);
    }

    #[test]
    fn an_asset_is_found_wherever_it_moved() {
        let items: Vec<_> = (1..=9).map(|at| Arc::new(asset("a.jpg", at))).collect();

        for (at, item) in items.iter().enumerate() {
            for place in [0, 4, 8, 9, 200] {
                assert_eq!(position_near(&items, item.id, place), Some(at), "{place}");
            }
        }
        assert_eq!(position_near(&items[..4], items[5].id, 6), None);
        assert_eq!(position_near(&[], items[0].id, 0), None);
    }

    #[test]
    fn words_are_looked_for_in_name_alt_text_and_tags() {
        let beach = asset("Beach.jpg", 1_000);

        for words in ["beach", "CHAIRS", "summer beach"] {
            assert!(has_words(&beach, words), "{words}");
        }
        assert!(!has_words(&beach, "beach winter"));
    }

    #[test]
    fn what_does_not_match_the_filter_is_not_shown() {
        let beach = asset("Beach.jpg", 1_000);
        let trashed = AssetFilter {
            state: AssetState::Trashed,
            ..AssetFilter::default()
        };
        let videos = AssetFilter {
            kind: Some(Kind::Video),
            ..AssetFilter::default()
        };

        assert!(shows(&AssetFilter::default(), &beach, false));
        assert!(!shows(&trashed, &beach, true));
        assert!(!shows(&videos, &beach, false));
    }
}
