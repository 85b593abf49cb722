//! What narrows a place beside words and a kind, as the address says it.

use leptos_router::params::ParamsMap;
use model::{AssetFilter, ByteSize, Orientation, TeamChoice, Timestamp};

/// What a filter is called in the address, in the order it is written.
pub const NAMES: [&str; 13] = [
    "tag",
    "team",
    "from",
    "by",
    "since",
    "until",
    "size_min",
    "size_max",
    "shape",
    "width_min",
    "height_min",
    "described",
    "used",
];
/// The one filter that may be set more than once.
pub const TAG: &str = NAMES[0];
const DAY: i64 = 86_400_000;
/// How far from UTC a moment is that says nothing of it: in the browser as far as the reader's
/// clock was on that day, which the server does not know.
const ZONE: &str = if cfg!(target_arch = "wasm32") {
    ""
} else {
    "Z"
};

/// What narrows a place: filters and what they are set to, as they were written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Narrow(Vec<(&'static str, String)>);

impl Narrow {
    /// Reads what an address says.
    pub fn read(params: &ParamsMap) -> Self {
        let mut all = Vec::new();
        for name in NAMES {
            let values = params.get_all(name).unwrap_or_default();
            let values = values.into_iter().filter(|value| !value.trim().is_empty());
            all.extend(values.map(|value| (name, value)));
        }
        Self(all)
    }

    /// The filters and what they are set to.
    pub fn all(&self) -> &[(&'static str, String)] {
        &self.0
    }

    /// What a filter is set to; empty where it is not.
    pub fn get(&self, name: &str) -> String {
        let found = self.0.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    }

    /// The same with a filter set; one more tag, anything else in place of what it was.
    #[must_use]
    pub fn with(&self, name: &'static str, value: &str) -> Self {
        let mut all = self.0.clone();
        all.retain(|(known, is)| *known != name || (name == TAG && is != value));
        if !value.trim().is_empty() {
            all.push((name, value.to_owned()));
        }
        Self(all)
    }

    /// The same without one of them.
    #[must_use]
    pub fn without(&self, name: &str, value: &str) -> Self {
        let mut all = self.0.clone();
        all.retain(|(known, is)| *known != name || is != value);
        Self(all)
    }

    /// Narrows a list; what cannot be read narrows nothing.
    ///
    /// Days are those of the reader's clock in the browser, and of UTC on the server.
    pub fn apply(&self, filter: &mut AssetFilter) {
        self.apply_in(ZONE, filter);
    }

    fn apply_in(&self, zone: &str, filter: &mut AssetFilter) {
        for (name, value) in &self.0 {
            match *name {
                TAG => filter.tags.push(value.clone()),
                "team" => filter.teams.extend(value.parse::<TeamChoice>().ok()),
                "from" => filter.source = value.parse().ok(),
                "by" => filter.created_by = value.parse().ok(),
                "since" => filter.created_after = start(value, zone).map(|at| later(at, -1)),
                "until" => {
                    filter.created_before = next(value).and_then(|day| start(&day, zone));
                }
                "size_min" => filter.size_min = megabytes(value),
                "size_max" => filter.size_max = megabytes(value),
                "shape" => filter.orientation = shape(value),
                "width_min" => filter.width_min = value.parse().ok(),
                "height_min" => filter.height_min = value.parse().ok(),
                "used" => filter.used = (value == "false").then_some(false),
                _ => filter.described = (value == "no").then_some(false),
            }
        }
    }
}

/// When a day begins.
fn start(day: &str, zone: &str) -> Option<Timestamp> {
    format!("{day}T00:00:00{zone}").parse().ok()
}

/// The day after a day, which begins where that ends: not every day has 24 hours.
fn next(day: &str) -> Option<String> {
    let next = later(start(day, "Z")?, DAY).to_string();
    next.get(..day.len()).map(ToOwned::to_owned)
}

fn later(at: Timestamp, milliseconds: i64) -> Timestamp {
    Timestamp::from_millis(at.as_millis() + milliseconds)
}

fn megabytes(text: &str) -> Option<ByteSize> {
    let count: u32 = text.parse().ok()?;
    Some(ByteSize::megabytes(u64::from(count)))
}

fn shape(word: &str) -> Option<Orientation> {
    Orientation::ALL
        .into_iter()
        .find(|shape| shape.as_str() == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Narrow {
        let mut params = ParamsMap::new();
        for (name, value) in pairs {
            params.insert((*name).to_owned(), (*value).to_owned());
        }
        Narrow::read(&params)
    }

    #[test]
    fn several_tags_are_all_meant() {
        let narrow = read(&[("tag", "Sea"), ("tag", "Sun"), ("team", "mine")]);
        let mut filter = AssetFilter::default();
        narrow.apply(&mut filter);

        assert_eq!(filter.tags, ["Sea", "Sun"]);
        assert_eq!(filter.teams, [TeamChoice::Mine]);
        assert_eq!(narrow.with(TAG, "Sun").all().len(), 3);
        assert_eq!(narrow.without(TAG, "Sea").get(TAG), "Sun");
    }

    #[test]
    fn days_are_whole_and_sizes_are_megabytes() {
        let narrow = read(&[
            ("since", "2026-01-02"),
            ("until", "2026-01-02"),
            ("size_min", "2"),
        ]);
        let mut filter = AssetFilter::default();
        narrow.apply(&mut filter);

        let (after, before) = (filter.created_after, filter.created_before);
        assert_eq!(after.unwrap().to_string(), "2026-01-01T23:59:59.999Z");
        assert_eq!(before.unwrap().to_string(), "2026-01-03T00:00:00.000Z");
        assert_eq!(filter.size_min, Some(ByteSize::megabytes(2)));
    }

    #[test]
    fn a_day_begins_and_ends_by_the_readers_clock() {
        let narrow = read(&[("since", "2026-02-28"), ("until", "2026-02-28")]);
        let day = |zone: &str| {
            let mut filter = AssetFilter::default();
            narrow.apply_in(zone, &mut filter);
            [filter.created_after, filter.created_before].map(|at| at.unwrap().to_string())
        };

        // São Paulo, Kiritimati.
        assert_eq!(
            day("-03:00"),
            ["2026-02-28T02:59:59.999Z", "2026-03-01T03:00:00.000Z"]
        );
        assert_eq!(
            day("+14:00"),
            ["2026-02-27T09:59:59.999Z", "2026-02-28T10:00:00.000Z"]
        );
    }

    #[test]
    fn nonsense_narrows_nothing() {
        let narrow = read(&[
            ("since", "yesterday"),
            ("until", "2026-02-30"),
            ("size_min", "-1"),
            ("shape", "round"),
            ("by", "Anna"),
            ("described", "perhaps"),
            ("tag", " "),
        ]);
        let mut filter = AssetFilter::default();
        narrow.apply(&mut filter);

        assert_eq!(filter, AssetFilter::default());
    }

    #[test]
    fn a_filter_that_is_set_anew_is_set_once() {
        let narrow = read(&[("shape", "square")]).with("shape", "portrait");

        assert_eq!(narrow.get("shape"), "portrait");
        assert_eq!(narrow.with("shape", ""), Narrow::default());
    }
}
