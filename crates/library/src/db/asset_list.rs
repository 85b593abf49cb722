//! Lists of assets: one statement put together from a filter, walked along one index.

mod conditions;
mod ranks;
#[cfg(test)]
mod tests;
mod walk;

use model::{AccountId, AssetFilter, AssetId, AssetSort, BatchId, Limit, TagId, TeamId};
use serde::{Deserialize, Serialize};

use super::{
    assets::AssetRow,
    fence::Fence,
    page,
    search::{Question, Tier},
    tx::{Dialect, Tx},
};
use crate::Result;

/// Where a page ended: what the list is sorted by, and the asset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Key {
    Number(i64, AssetId),
    Text(String, AssetId),
    /// A place in the index of words.
    Found(i64),
    /// The same, and how well the words were met.
    Ranked(Tier, i64),
    /// The same, and from which place on all that meet the words are ranked.
    Among(Tier, i64, i64),
    /// A place before those that are ranked.
    Older(i64),
}

impl Key {
    /// Whether it is a place in this order at all.
    pub fn fits(&self, sort: AssetSort, has_words: bool) -> bool {
        matches!(
            (self, sort, has_words),
            (Self::Text(..), AssetSort::Name, _)
                | (Self::Number(..), AssetSort::Largest, _)
                | (
                    Self::Number(..),
                    AssetSort::Newest | AssetSort::Oldest | AssetSort::Relevance,
                    false
                )
                | (Self::Found(_), AssetSort::Newest | AssetSort::Oldest, true)
                | (
                    Self::Ranked(..) | Self::Among(..) | Self::Older(_),
                    AssetSort::Relevance,
                    true
                )
        )
    }
}

/// A filter whose words are looked up.
#[derive(Clone, Debug)]
pub(crate) struct Narrowed<'a> {
    pub account: AccountId,
    pub filter: &'a AssetFilter,
    /// All of these.
    pub tags: Vec<TagId>,
    /// One of these.
    pub teams: Option<Vec<TeamId>>,
    pub question: Option<Question>,
    /// What an embed session does not see past.
    pub fence: Option<Fence>,
}

/// An asset at its place in the list; names stand in the asset itself.
pub(crate) type Placed = (AssetId, Option<Key>);

/// A page of assets, and one more where there are more.
pub(crate) async fn list(
    tx: &mut Tx,
    narrowed: &Narrowed<'_>,
    after: Option<Key>,
    limit: Limit,
) -> Result<Vec<Placed>> {
    let rows = page::rows(limit);
    let sort = narrowed.filter.sort;
    let Some(question) = &narrowed.question else {
        let walk = walk::of_assets(tx, narrowed, after, rows).await?;
        let found = walk::run(tx, &walk).await?;
        let key = |(id, place)| {
            let key = (sort != AssetSort::Name).then_some(Key::Number(place, id));
            (id, key)
        };
        return Ok(found.into_iter().map(key).collect());
    };
    if sort == AssetSort::Relevance {
        return match tx.dialect() {
            Dialect::Sqlite => list_ranked(tx, narrowed, question, after, rows).await,
            Dialect::Postgres => {
                ranks::list(tx, narrowed, question, after, rows, ranks::MOST).await
            }
        };
    }
    let asked = question.whole(tx.dialect());
    let in_own_order = matches!(sort, AssetSort::Name | AssetSort::Largest);
    let walk = if in_own_order && walk::is_met_by(tx, &asked, walk::COMMON).await? {
        walk::of_common_words(tx, narrowed, after, rows).await?
    } else {
        walk::of_words(tx.dialect(), narrowed, &asked, after, rows)
    };
    let found = walk::run(tx, &walk).await?;
    let key = |(id, place)| match sort {
        AssetSort::Name => (id, None),
        AssetSort::Largest => (id, Some(Key::Number(place, id))),
        _ => (id, Some(Key::Found(place))),
    };
    Ok(found.into_iter().map(key).collect())
}

/// Those that meet the words best first; of equals the newest. The index tells where in a document
/// a word stands, so each tier is a walk of its own.
async fn list_ranked(
    tx: &mut Tx,
    narrowed: &Narrowed<'_>,
    question: &Question,
    after: Option<Key>,
    rows: i64,
) -> Result<Vec<Placed>> {
    let (first, mut after) = match after {
        Some(Key::Ranked(tier, number)) => (tier, Some(Key::Found(number))),
        _ => (Tier::WholeName, None),
    };
    let mut placed: Vec<Placed> = Vec::new();
    for tier in Tier::ALL.into_iter().filter(|tier| *tier >= first) {
        let missing = rows - i64::try_from(placed.len()).unwrap_or(rows);
        if missing <= 0 {
            break;
        }
        let after = after.take();
        let Some(asked) = question.at(tier, tx.dialect()) else {
            continue;
        };
        let walk = walk::of_words(tx.dialect(), narrowed, &asked, after, missing);
        let found = walk::run(tx, &walk).await?;
        placed.extend(
            found
                .into_iter()
                .map(|(id, number)| (id, Some(Key::Ranked(tier, number)))),
        );
    }
    Ok(placed)
}

/// The key of a row at its place.
pub(crate) fn key_of(row: &AssetRow, placed: Option<Key>) -> Key {
    placed.unwrap_or_else(|| Key::Text(row.name_key.clone(), row.id))
}

/// Assets that a filter shows, by id: after one of them, and none that is newer than another.
pub(crate) async fn list_ids(
    tx: &mut Tx,
    narrowed: &Narrowed<'_>,
    between: (&str, AssetId),
    rows: i64,
) -> Result<Vec<AssetId>> {
    let walk = walk::by_id(tx.dialect(), narrowed, between, rows);
    let found = walk::run(tx, &walk).await?;
    Ok(found.into_iter().map(|(id, _)| id).collect())
}

/// Those of some assets that a filter shows, by id.
pub(crate) async fn list_among(
    tx: &mut Tx,
    narrowed: &Narrowed<'_>,
    ids: &[AssetId],
) -> Result<Vec<AssetId>> {
    let walk = walk::among(tx.dialect(), narrowed, ids);
    let found = walk::run(tx, &walk).await?;
    Ok(found.into_iter().map(|(id, _)| id).collect())
}

/// Those that a filter shows and that are used outside, none newer than another.
pub(crate) async fn list_used(
    tx: &mut Tx,
    narrowed: &Narrowed<'_>,
    newest: AssetId,
    most: usize,
) -> Result<Vec<AssetId>> {
    let rows = i64::try_from(most).unwrap_or(i64::MAX);
    let walk = walk::used_outside(tx.dialect(), narrowed, newest, rows);
    let found = walk::run(tx, &walk).await?;
    Ok(found.into_iter().map(|(id, _)| id).collect())
}

/// What the words of a filter find, in its order, each with its place in the index of words: after
/// such a place, and none newer than an asset.
pub(crate) async fn list_found(
    tx: &mut Tx,
    narrowed: &Narrowed<'_>,
    (after, newest): (Option<i64>, AssetId),
    rows: i64,
) -> Result<Vec<(AssetId, i64)>> {
    let Some(question) = &narrowed.question else {
        return Ok(Vec::new());
    };
    let asked = question.whole(tx.dialect());
    let after = after.map(Key::Found);
    let mut walk = walk::of_words(tx.dialect(), narrowed, &asked, after, rows);
    walk::until(narrowed, newest, &mut walk.conditions);
    walk::run(tx, &walk).await
}

/// Those of the assets kept for a batch that a filter shows still, by id: after one of them.
pub(crate) async fn list_kept(
    tx: &mut Tx,
    narrowed: &Narrowed<'_>,
    (batch, after): (BatchId, &str),
    rows: i64,
) -> Result<Vec<AssetId>> {
    let walk = walk::of_kept(narrowed, (batch, after), rows);
    let found = walk::run(tx, &walk).await?;
    Ok(found.into_iter().map(|(id, _)| id).collect())
}

/// How many assets a filter shows, at most `most`.
pub(crate) async fn count(tx: &mut Tx, narrowed: &Narrowed<'_>, most: i64) -> Result<u64> {
    let walk = match &narrowed.question {
        Some(question) => {
            let asked = question.whole(tx.dialect());
            walk::of_words(tx.dialect(), narrowed, &asked, None, most)
        }
        None => walk::of_assets(tx, narrowed, None, most).await?,
    };
    walk::count(tx, walk).await
}
