//! The catalogue: what we know of the places messages have, read from one file.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use super::{Bound, Channel, Confidence, Day, LocalText, Placement, Rule, Strength, Unit};
use crate::Slug;

/// The file itself.
const TEXT: &str = include_str!("catalogue.toml");

/// A catalogue that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct CatalogueError(String);

/// Every placement we know of, channel by channel.
pub fn catalogue() -> &'static [Placement] {
    static CATALOGUE: LazyLock<Vec<Placement>> =
        LazyLock::new(|| parse_catalogue(TEXT).expect("a test reads the same file"));
    &CATALOGUE
}

/// Reads placements in the form of `catalogue.toml`.
pub fn parse_catalogue(text: &str) -> Result<Vec<Placement>, CatalogueError> {
    let file: File = toml::from_str(text).map_err(|error| CatalogueError(error.to_string()))?;
    let mut all = Vec::new();
    for entry in &file.channels {
        for place in &entry.placements {
            let placement = file.placement(entry, place)?;
            placement
                .check()
                .map_err(|problem| at(place, &problem.to_string()))?;
            if all.iter().any(|known: &Placement| known.id == placement.id) {
                return Err(at(place, "this id is taken"));
            }
            all.push(placement);
        }
    }
    Ok(all)
}

fn at(place: &PlaceEntry, what: &str) -> CatalogueError {
    CatalogueError(format!("{}: {what}", place.id))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    sources: BTreeMap<String, SourceEntry>,
    #[serde(default)]
    sets: BTreeMap<String, Vec<RuleEntry>>,
    channels: Vec<ChannelEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceEntry {
    url: String,
    checked_on: Day,
    confidence: Confidence,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChannelEntry {
    id: Slug,
    name: LocalText,
    placements: Vec<PlaceEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlaceEntry {
    id: Slug,
    name: LocalText,
    note: Option<LocalText>,
    /// Sets of rules that come before its own.
    #[serde(default)]
    with: Vec<String>,
    #[serde(default)]
    rules: Vec<RuleEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleEntry {
    limit: Bound,
    unit: Unit,
    #[serde(default)]
    strength: Strength,
    /// The name of its source.
    by: String,
    /// Where it is less sure than its source.
    confidence: Option<Confidence>,
}

impl File {
    fn placement(
        &self,
        channel: &ChannelEntry,
        place: &PlaceEntry,
    ) -> Result<Placement, CatalogueError> {
        let mut rules = Vec::new();
        for set in &place.with {
            let known = self.sets.get(set);
            rules.extend(known.ok_or_else(|| at(place, "there is no such set"))?);
        }
        rules.extend(&place.rules);
        let rules = rules.into_iter().map(|rule| self.rule(place, rule));
        Ok(Placement {
            id: place.id.clone(),
            channel: Channel {
                id: channel.id.clone(),
                name: channel.name.clone(),
            },
            name: place.name.clone(),
            note: place.note.clone(),
            rules: rules.collect::<Result<_, _>>()?,
            is_own: false,
        })
    }

    fn rule(&self, place: &PlaceEntry, entry: &RuleEntry) -> Result<Rule, CatalogueError> {
        let source = self.sources.get(&entry.by);
        let source = source.ok_or_else(|| at(place, "there is no such source"))?;
        Ok(Rule {
            limit: entry.limit.clone(),
            unit: entry.unit,
            strength: entry.strength,
            source: source.url.clone(),
            checked_on: source.checked_on,
            confidence: entry.confidence.unwrap_or(source.confidence),
        })
    }
}

#[cfg(test)]
mod tests;
