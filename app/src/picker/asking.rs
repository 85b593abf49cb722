//! Which files are asked for, and in which order they come.

use std::fmt::Write;

use model::placement::{Bound, Facts, Outcome, Strength, judge};
use model::{Asset, Cursor, FolderId, Kind, Placement};

/// How many files a page has.
const PAGE: u32 = 48;

/// So many pages are looked through for what fits, before everything else follows.
const LOOKED_THROUGH: u8 = 4;

/// What is shown first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// The newest.
    #[default]
    Recent,
    /// What fits the placement.
    Suggested,
}

/// Which files are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    pub view: View,
    pub words: String,
    pub folder: Option<FolderId>,
    pub kind: Option<Kind>,
    pub tag: Option<String>,
}

impl Query {
    /// Whether anything narrows the list.
    pub fn is_narrow(&self) -> bool {
        !self.words.trim().is_empty() || self.kind.is_some() || self.tag.is_some()
    }
}

/// Where the next page is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// In a walk through the list: its first page, or the one at a cursor.
    At(Walk, Option<Cursor>),
    Nowhere,
}

/// A walk through the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Walk {
    /// Only what fits, of what may do so as far as a filter can tell; so many pages were looked
    /// through.
    Fitting(u8),
    /// Everything that is asked for.
    All,
}

impl Next {
    /// Where a list begins.
    pub const fn first(view: View) -> Self {
        match view {
            View::Recent => Self::At(Walk::All, None),
            View::Suggested => Self::At(Walk::Fitting(0), None),
        }
    }

    /// What follows a page: its next one, or the next walk.
    pub fn after(walk: Walk, cursor: Option<Cursor>) -> Self {
        match (walk, cursor) {
            (Walk::All, Some(cursor)) => Self::At(walk, Some(cursor)),
            (Walk::All, None) => Self::Nowhere,
            (Walk::Fitting(before), Some(cursor)) if before + 1 < LOOKED_THROUGH => {
                Self::At(Walk::Fitting(before + 1), Some(cursor))
            }
            (Walk::Fitting(_), _) => Self::At(Walk::All, None),
        }
    }
}

/// The address of a page of files.
pub fn address(query: &Query, walk: Walk, cursor: Option<&Cursor>, asked: &Asked) -> String {
    let mut address = format!("assets?limit={PAGE}");
    let mut add = |name: &str, value: &str| {
        let _ = write!(address, "&{name}={}", escaped(value));
    };
    if let Some(folder) = query.folder {
        add("folder_id", &folder.to_string());
    }
    if let Some(tag) = &query.tag {
        add("tag", tag);
    }
    let words = query.words.trim();
    if !words.is_empty() {
        add("q", words);
        add("sort", "relevance");
    }
    let asked = match walk {
        Walk::Fitting(_) => *asked,
        Walk::All => Asked::default(),
    };
    if let Some(kind) = query.kind.or(asked.kind) {
        add("kind", kind.as_str());
    }
    for (name, value) in [
        ("size_max", asked.size_max),
        ("width_min", asked.width_min.map(u64::from)),
        ("height_min", asked.height_min.map(u64::from)),
    ] {
        if let Some(value) = value {
            add(name, &value.to_string());
        }
    }
    if let Some(cursor) = cursor {
        add("cursor", &cursor.0);
    }
    address
}

/// What a placement asks for that a filter can tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    kind: Option<Kind>,
    size_max: Option<u64>,
    width_min: Option<u32>,
    height_min: Option<u32>,
}

impl Asked {
    /// What its rules ask for.
    pub fn of(place: &Placement) -> Self {
        let mut asked = Self::default();
        let must = |rule: &&model::placement::Rule| rule.strength == Strength::Must;
        for rule in place.rules.iter().filter(must) {
            match &rule.limit {
                Bound::Types { any } => asked.kind = only_kind(any),
                Bound::Bytes { max } => asked.size_max = Some(max.as_u64()),
                Bound::Pixels {
                    min_width,
                    min_height,
                    ..
                } => {
                    asked.width_min = asked.width_min.max(*min_width);
                    asked.height_min = asked.height_min.max(*min_height);
                }
                _ => {}
            }
        }
        asked
    }
}

/// The kind of all these types, where it is one that their names tell.
fn only_kind(types: &[model::Mime]) -> Option<Kind> {
    let kind = |mime: &model::Mime| match mime.as_str().split('/').next() {
        Some("image") => Some(Kind::Image),
        Some("video") => Some(Kind::Video),
        Some("audio") => Some(Kind::Audio),
        _ => None,
    };
    let first = kind(types.first()?)?;
    types
        .iter()
        .all(|mime| kind(mime) == Some(first))
        .then_some(first)
}

/// What would become of a file at a place, as far as a list tells.
pub fn outcome(asset: &Asset, place: &Placement) -> Outcome {
    judge(place, &Facts::of(asset)).outcome
}

/// What is as near as this fits, or cannot be told.
const MAY_FIT: u8 = 1;

/// How far from fitting it is; the nearest first.
const fn distance(outcome: &Outcome) -> u8 {
    match outcome {
        Outcome::Fits => 0,
        Outcome::Unsure => 1,
        Outcome::Cut { .. } => 2,
        Outcome::TooSmall { .. } => 3,
        Outcome::Refused { .. } => 4,
    }
}

/// A page as it is shown: what of it is wanted and not there yet.
pub fn wanted(page: Vec<Asset>, kinds: &[Kind], is_there: impl Fn(&Asset) -> bool) -> Vec<Asset> {
    let is_wanted = |asset: &Asset| kinds.is_empty() || kinds.contains(&asset.kind);
    page.into_iter()
        .filter(|asset| is_wanted(asset) && !is_there(asset))
        .collect()
}

/// Puts what fits a place first; while the walk is for that, nothing else stays.
pub fn arrange(page: &mut Vec<Asset>, walk: Walk, place: &Placement) {
    let distance = |asset: &Asset| distance(&outcome(asset, place));
    if walk != Walk::All {
        page.retain(|asset| distance(asset) <= MAY_FIT);
    }
    page.sort_by_key(distance);
}

/// Kinds that both allow; a list that is empty allows all.
pub fn allowed(one: &[Kind], other: &[Kind]) -> Vec<Kind> {
    match (one.is_empty(), other.is_empty()) {
        (true, _) => other.to_vec(),
        (_, true) => one.to_vec(),
        _ => one
            .iter()
            .copied()
            .filter(|kind| other.contains(kind))
            .collect(),
    }
}

/// A text as an address carries it.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            let _ = write!(escaped, "%{byte:02X}");
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use model::placement::catalogue;

    use super::*;

    fn place(id: &str) -> &'static Placement {
        let found = catalogue().iter().find(|place| place.id.as_str() == id);
        found.unwrap()
    }

    #[test]
    fn an_address_carries_what_is_asked_for() {
        let query = Query {
            words: " mar & sol ".to_owned(),
            folder: "fld_01J8Z3V5T0M6W2Q4R8X9Y7B1CD".parse().ok(),
            kind: Some(Kind::Video),
            tag: Some("verão 2026".to_owned()),
            ..Query::default()
        };

        assert_eq!(
            address(
                &query,
                Walk::All,
                Some(&Cursor("a+b".to_owned())),
                &Asked::default()
            ),
            "assets?limit=48&folder_id=fld_01J8Z3V5T0M6W2Q4R8X9Y7B1CD\
             &tag=ver%C3%A3o%202026&q=mar%20%26%20sol&sort=relevance&kind=video&cursor=a%2Bb"
        );
        assert_eq!(
            address(&Query::default(), Walk::All, None, &Asked::default()),
            "assets?limit=48"
        );
    }

    #[test]
    fn suggestions_ask_for_what_a_filter_can_tell_of_the_place() {
        let asked = |walk, id| address(&Query::default(), walk, None, &Asked::of(place(id)));

        assert_eq!(
            asked(Walk::Fitting(0), "push-android-icon")
                .split('&')
                .nth(1),
            Some("kind=image")
        );
        let full = asked(Walk::Fitting(0), "in-app-full-image-text");
        assert!(full.contains("&width_min=600"), "{full}");
        assert_eq!(asked(Walk::All, "push-android-icon"), "assets?limit=48");
    }

    #[test]
    fn suggestions_go_on_with_everything_else() {
        let here = Some(Cursor("c".to_owned()));
        let fitting = Walk::Fitting;

        assert_eq!(Next::first(View::Suggested), Next::At(fitting(0), None));
        assert_eq!(
            Next::after(fitting(0), here.clone()),
            Next::At(fitting(1), here.clone())
        );
        let last = fitting(LOOKED_THROUGH - 1);
        assert_eq!(Next::after(last, here), Next::At(Walk::All, None));
        assert_eq!(Next::after(fitting(0), None), Next::At(Walk::All, None));
        assert_eq!(Next::after(Walk::All, None), Next::Nowhere);
    }

    #[test]
    fn kinds_are_those_that_both_allow() {
        let (image, video) = (Kind::Image, Kind::Video);

        assert!(allowed(&[], &[]).is_empty());
        assert_eq!(allowed(&[image], &[]), [image]);
        assert_eq!(allowed(&[], &[video]), [video]);
        assert_eq!(allowed(&[image, video], &[video]), [video]);
    }

    #[test]
    fn every_placement_can_be_asked_for() {
        for place in catalogue() {
            let address = address(&Query::default(), Walk::Fitting(0), None, &Asked::of(place));
            assert!(address.starts_with("assets?limit="), "{}", place.id);
        }
    }
}
