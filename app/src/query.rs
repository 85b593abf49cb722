//! What the library page shows, as its address says it.

mod narrow;

use leptos_router::params::ParamsMap;
use model::{AssetFilter, AssetId, AssetSort, AssetState, Cursor, FolderId, Kind, Source};

pub use narrow::{Narrow, TAG};

/// What the library page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LibraryQuery {
    pub place: Place,
    /// Words to search for.
    pub q: String,
    pub kind: Option<Kind>,
    /// What else narrows the place.
    pub narrow: Narrow,
    /// Whether the panel that narrows is open.
    pub filters: bool,
    pub sort: AssetSort,
    pub view: View,
    /// The asset whose details are open.
    pub asset: Option<AssetId>,
    /// Whether that asset is being cropped.
    pub crop: bool,
    /// Where the page starts, for browsers that turn pages by links.
    pub after: Option<Cursor>,
}

/// Where in the library.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    #[default]
    All,
    Folder(FolderId),
    Archive,
    Trash,
    /// What came one way.
    Source(Source),
    /// What people sent.
    People,
}

/// How assets are laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    #[default]
    Grid,
    List,
}

impl LibraryQuery {
    /// Reads an address; what it cannot read it leaves at its default.
    pub fn read(path: &str, params: &ParamsMap) -> Self {
        let text = |name: &str| params.get(name).filter(|value| !value.is_empty());
        let folder = path
            .strip_prefix("/folders/")
            .and_then(|id| id.parse().ok());
        let state = text("state");
        let is_in = |it: AssetState| state.as_deref() == Some(it.as_str());
        let source = text("source").and_then(|source| source.parse().ok());
        let q = text("q").unwrap_or_default();
        Self {
            place: match folder {
                Some(id) => Place::Folder(id),
                None if is_in(AssetState::Trashed) => Place::Trash,
                None if is_in(AssetState::Archived) => Place::Archive,
                None if text("people").is_some() => Place::People,
                None => source.map_or(Place::All, Place::Source),
            },
            narrow: Narrow::read(params),
            filters: text("filters").is_some(),
            kind: text("kind").and_then(|kind| kind.parse().ok()),
            sort: text("sort").as_deref().map_or(usual_sort(&q), sort),
            q,
            view: match text("view").as_deref() {
                Some("list") => View::List,
                _ => View::Grid,
            },
            asset: text("asset").and_then(|id| id.parse().ok()),
            crop: text("crop").is_some(),
            after: text("after").map(Cursor),
        }
    }

    /// Which assets it shows.
    pub fn filter(&self) -> AssetFilter {
        let mut filter = AssetFilter {
            folder_id: self.folder(),
            kind: self.kind,
            state: match self.place {
                Place::Trash => AssetState::Trashed,
                Place::Archive => AssetState::Archived,
                Place::All | Place::Folder(_) | Place::Source(_) | Place::People => {
                    AssetState::Active
                }
            },
            source: match self.place {
                Place::Source(source) => Some(source),
                Place::People => Some(Source::Conversation),
                _ => None,
            },
            q: Some(self.q.trim().to_owned()).filter(|q| !q.is_empty()),
            sort: self.sort,
            ..AssetFilter::default()
        };
        self.narrow.apply(&mut filter);
        filter
    }

    /// The folder it is in.
    pub fn folder(&self) -> Option<FolderId> {
        match self.place {
            Place::Folder(id) => Some(id),
            _ => None,
        }
    }

    /// Whether words or a kind narrow the place.
    pub fn is_narrowed(&self) -> bool {
        self.kind.is_some() || !self.q.trim().is_empty() || !self.narrow.all().is_empty()
    }

    /// The same layout at another place, without words and filters.
    #[must_use]
    pub fn at(&self, place: Place) -> Self {
        Self {
            place,
            view: self.view,
            sort: self.with_words(String::new()).sort,
            ..Self::default()
        }
    }

    /// The same with an asset's details open, or none.
    #[must_use]
    pub fn with_asset(&self, asset: Option<AssetId>) -> Self {
        Self {
            asset,
            crop: false,
            ..self.clone()
        }
    }

    /// The same with an asset on the dark stage where it is cropped.
    #[must_use]
    pub fn with_crop(&self, asset: AssetId) -> Self {
        Self {
            crop: true,
            ..self.with_asset(Some(asset))
        }
    }

    /// The same with other words; best matches come first unless another order was chosen.
    #[must_use]
    pub fn with_words(&self, q: String) -> Self {
        let is_usual = self.sort == usual_sort(&self.q);
        Self {
            sort: if is_usual { usual_sort(&q) } else { self.sort },
            q,
            after: None,
            ..self.clone()
        }
    }

    /// Where somebody signs in who wants to come back here.
    pub fn sign_in_path(&self) -> String {
        let mut path = "/sign-in".to_owned();
        let here = self.href();
        if here != "/" {
            path.push_str("?next=");
            encode(&here, &mut path);
        }
        path
    }

    /// The path without parameters.
    pub fn path(&self) -> String {
        match self.place {
            Place::Folder(id) => format!("/folders/{id}"),
            _ => "/".to_owned(),
        }
    }

    /// How the address says the place, where its path does not.
    pub fn place_param(&self) -> Option<(&'static str, String)> {
        match self.place {
            Place::Trash => Some(("state", AssetState::Trashed.as_str().to_owned())),
            Place::Archive => Some(("state", AssetState::Archived.as_str().to_owned())),
            Place::Source(source) => Some(("source", source.to_string())),
            Place::People => Some(("people", "all".to_owned())),
            Place::All | Place::Folder(_) => None,
        }
    }

    /// The address.
    pub fn href(&self) -> String {
        let mut href = self.path();
        let mut mark = '?';
        let mut add = |name: &str, value: &str| {
            href.push(mark);
            href.push_str(name);
            href.push('=');
            encode(value, &mut href);
            mark = '&';
        };
        if let Some((name, value)) = self.place_param() {
            add(name, &value);
        }
        if !self.q.is_empty() {
            add("q", &self.q);
        }
        if let Some(kind) = self.kind {
            add("kind", kind.as_str());
        }
        for (name, value) in self.narrow.all() {
            add(name, value);
        }
        if self.filters {
            add("filters", "open");
        }
        if self.sort != usual_sort(&self.q) {
            add("sort", self.sort.as_str());
        }
        if self.view == View::List {
            add("view", "list");
        }
        if let Some(after) = &self.after {
            add("after", &after.0);
        }
        if let Some(asset) = self.asset {
            add("asset", &asset.to_string());
            if self.crop {
                add("crop", "open");
            }
        }
        href
    }
}

/// The order unless another is chosen: where words are asked for, the best match first.
fn usual_sort(q: &str) -> AssetSort {
    if q.trim().is_empty() {
        AssetSort::Newest
    } else {
        AssetSort::Relevance
    }
}

/// The order of a word; newest first where it is none.
pub fn sort(word: &str) -> AssetSort {
    let found = AssetSort::ALL
        .into_iter()
        .find(|sort| sort.as_str() == word);
    found.unwrap_or_default()
}

/// Writes a value so that an address carries it unchanged.
pub fn encode(value: &str, into: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            into.push(char::from(byte));
        } else {
            into.push('%');
            into.push(char::from(HEX[usize::from(byte >> 4)]));
            into.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}

#[cfg(test)]
mod tests {
    use model::Id;

    use super::*;

    #[test]
    fn an_address_says_all_that_the_page_shows() {
        let query = LibraryQuery {
            place: Place::Folder(FolderId::from_parts(1, 2)),
            q: "são & co".to_owned(),
            kind: Some(Kind::Image),
            narrow: Narrow::default().with(TAG, "Sea"),
            filters: true,
            sort: AssetSort::Name,
            view: View::List,
            asset: Some(AssetId::from_parts(3, 4)),
            crop: true,
            after: Some(Cursor("a=b".to_owned())),
        };

        assert_eq!(
            query.href(),
            "/folders/fld_00000000010000000000000002?q=s%C3%A3o%20%26%20co&kind=image\
             &tag=Sea&filters=open&sort=name&view=list&after=a%3Db&asset=ast_00000000030000000000000004&crop=open"
        );
    }

    #[test]
    fn an_address_is_read_as_it_was_written() {
        let mut params = ParamsMap::new();
        params.insert("state", "trashed".to_owned());
        params.insert("q", "beach".to_owned());
        params.insert("kind", "nonsense".to_owned());
        let query = LibraryQuery::read("/", &params);

        assert_eq!(query.place, Place::Trash);
        assert_eq!(query.href(), "/?state=trashed&q=beach");
    }

    #[test]
    fn another_place_forgets_the_words_and_keeps_the_layout() {
        let query = LibraryQuery {
            q: "beach".to_owned(),
            view: View::List,
            ..LibraryQuery::default()
        };

        assert_eq!(query.at(Place::Trash).href(), "/?state=trashed&view=list");
    }
}
