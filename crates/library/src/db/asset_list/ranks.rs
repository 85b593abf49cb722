//! The best matches first, in Postgres: its index does not tell where in a document a word stands,
//! so how well a question is met is seen in the document itself.
//!
//! A walk that stops when the page is full would not stop where a word that very many have stands in
//! few names. So matches are ranked all as long as they are so few that they are counted, and of
//! more the newest; those before them follow in the order of time.

#[cfg(test)]
mod tests;

use model::AssetId;
use sqlx::AssertSqlSafe;

use super::{
    Key, Narrowed, Placed,
    conditions::{Conditions, Value, bound},
    walk,
};
use crate::{
    Result,
    db::{
        search::{Question, Tier},
        tx::{Dialect, Tx, fetch_all, fetch_optional},
    },
};

/// A place before all documents: all that are met are ranked.
const ALL: i64 = i64::MIN;

/// How many matches are ranked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Most {
    /// So many of the newest are looked at first: where whole names among them fill the page, no
    /// other match comes before them.
    pub first: i64,
    /// Fewer than so many are ranked all.
    pub counted: i64,
    /// Of more, so many of the newest.
    pub newest: i64,
}

/// What is ranked while somebody waits: a tenth of a second for a million documents.
pub(super) const MOST: Most = Most {
    first: 500,
    counted: 10_000,
    newest: 2_000,
};

/// Which matches are ranked.
#[derive(Clone, Copy, Debug)]
enum Window {
    /// So many of the newest before a place in the index.
    Newest { before: i64, most: i64 },
    /// All from a place in the index on.
    From(i64),
}

/// How many matches lie in a window and where it begins, and one of them: its tier and its place.
type Row = (i64, Option<i64>, Option<AssetId>, Option<i64>, Option<i64>);

/// Matches in their order: how well each meets the question, and its place in the index.
struct Ranked {
    best: Vec<(AssetId, Tier, i64)>,
    /// How many lie in the window, whatever else is asked of them.
    count: i64,
    /// Where in the index the window begins.
    lowest: i64,
}

impl Ranked {
    fn keyed(self, key: impl Fn(Tier, i64) -> Key) -> Vec<Placed> {
        let best = self.best.into_iter();
        best.map(|(id, tier, number)| (id, Some(key(tier, number))))
            .collect()
    }

    /// Whether nothing can come between these.
    fn is_full_of_names(&self, rows: i64) -> bool {
        let is_full = i64::try_from(self.best.len()).is_ok_and(|count| count >= rows);
        let last = self.best.last();
        is_full && last.is_some_and(|(_, tier, _)| *tier == Tier::WholeName)
    }
}

/// A page of those that meet the words, best first; of equals the newest.
pub(super) async fn list(
    tx: &mut Tx,
    narrowed: &Narrowed<'_>,
    question: &Question,
    after: Option<Key>,
    rows: i64,
    most: Most,
) -> Result<Vec<Placed>> {
    let (place, from) = match after {
        Some(Key::Older(number)) => {
            return list_older(tx, narrowed, question, number, rows).await;
        }
        Some(Key::Among(tier, number, from)) => (Some((tier, number)), Some(from)),
        Some(Key::Ranked(tier, number)) => (Some((tier, number)), None),
        _ => (None, None),
    };
    if from.is_none() && place.is_none_or(|(tier, _)| tier == Tier::WholeName) {
        let newest = Window::Newest {
            before: place.map_or(i64::MAX, |(_, number)| number),
            most: most.first,
        };
        let seen = rank(tx, narrowed, question, newest, None, rows).await?;
        if seen.is_full_of_names(rows) {
            return Ok(seen.keyed(Key::Ranked));
        }
        if place.is_none() && seen.count < most.first {
            return Ok(seen.keyed(|tier, number| Key::Among(tier, number, ALL)));
        }
    }
    let window = match from {
        Some(from) => Window::From(from),
        None => begin(tx, question, place, most).await?,
    };
    let ranked = rank(tx, narrowed, question, window, place, rows).await?;
    let from = match window {
        Window::From(from) => from,
        Window::Newest { .. } => ranked.lowest,
    };
    let mut placed = ranked.keyed(|tier, number| Key::Among(tier, number, from));
    let missing = rows - i64::try_from(placed.len()).unwrap_or(rows);
    if missing > 0 && from != ALL {
        placed.extend(list_older(tx, narrowed, question, from, missing).await?);
    }
    Ok(placed)
}

/// Which matches are ranked: all, or of very many the newest.
async fn begin(
    tx: &mut Tx,
    question: &Question,
    place: Option<(Tier, i64)>,
    most: Most,
) -> Result<Window> {
    const NTH: &str = "\
        select documents.number from search_documents as documents \
         where documents.vector @@ $1::tsquery \
         order by documents.number desc limit 1 offset $2";
    let asked = question.whole(Dialect::Postgres);
    if !walk::is_met_by(tx, &asked, most.counted).await? {
        return Ok(Window::From(ALL));
    }
    let Some((_, shown)) = place else {
        return Ok(Window::Newest {
            before: i64::MAX,
            most: most.newest,
        });
    };
    let nth: Option<i64> = fetch_optional!(
        tx,
        sqlx::query_scalar(NTH)
            .bind(asked.clone())
            .bind(most.newest - 1)
    )?;
    // What was shown already does not come again among the older ones.
    Ok(Window::From(nth.unwrap_or(ALL).min(shown)))
}

/// Matches of a window that a filter shows, best first, after one of them.
///
/// The window is taken first, by itself: the database would otherwise look for the best among all.
async fn rank(
    tx: &mut Tx,
    narrowed: &Narrowed<'_>,
    question: &Question,
    window: Window,
    after: Option<(Tier, i64)>,
    rows: i64,
) -> Result<Ranked> {
    let (statement, values) = statement(narrowed, question, window, after, rows);
    let found: Vec<Row> = fetch_all!(
        tx,
        bound!(sqlx::query_as(AssertSqlSafe(statement.clone())), values)
    )?;
    let (count, lowest) = found.first().map_or((0, ALL), |(count, lowest, ..)| {
        (*count, lowest.unwrap_or(ALL))
    });
    let best = found
        .into_iter()
        .filter_map(|(_, _, id, tier, number)| Some((id?, Tier::at_place(tier?)?, number?)));
    Ok(Ranked {
        best: best.collect(),
        count,
        lowest,
    })
}

fn statement(
    narrowed: &Narrowed<'_>,
    question: &Question,
    window: Window,
    after: Option<(Tier, i64)>,
    rows: i64,
) -> (String, Vec<Value>) {
    let mut conditions = Conditions::default();
    let mut met = |asked: String| {
        let place = conditions.place(Value::Text(asked));
        format!("documents.vector @@ {place}::tsquery")
    };
    let [whole_name, name, described] = [Tier::WholeName, Tier::Name, Tier::Described]
        .map(|tier| met(question.how(tier, Dialect::Postgres)));
    let asked = met(question.whole(Dialect::Postgres));
    let window = match window {
        Window::Newest { before, most } => {
            let before = conditions.place(Value::Number(before));
            let most = conditions.place(Value::Number(most));
            format!("documents.number < {before} order by documents.number desc limit {most}")
        }
        Window::From(from) => {
            let from = conditions.place(Value::Number(from));
            format!("documents.number >= {from}")
        }
    };
    conditions.also("assets.id = met.asset_id");
    let account = Value::Text(narrowed.account.to_string());
    conditions.add("assets.account_id = ?", account);
    conditions.narrow(narrowed);
    if let Some((tier, number)) = after {
        let tier = conditions.place(Value::Number(tier.place()));
        let later = format!("(met.tier > {tier} or (met.tier = {tier} and met.number < ?))");
        conditions.add(&later, Value::Number(number));
    }
    let rows = conditions.place(Value::Number(rows));
    let Conditions { sql, values } = conditions;
    let statement = format!(
        "with met as materialized (\
             select documents.asset_id, documents.number, \
                    case when {whole_name} then 0 when {name} then 1 when {described} then 2 \
                         else 3 end as tier \
               from search_documents as documents where {asked} and {window}), \
         placed as (\
             select assets.id, met.tier, met.number from met cross join assets{sql} \
              order by met.tier, met.number desc limit {rows}) \
         select counted.met, counted.lowest, \
                placed.id, cast(placed.tier as bigint), placed.number \
           from (select count(*) as met, min(number) as lowest from met) as counted \
                left join placed on true \
          order by placed.tier, placed.number desc"
    );
    (statement, values)
}

/// Matches before all that are ranked, the newest first.
async fn list_older(
    tx: &mut Tx,
    narrowed: &Narrowed<'_>,
    question: &Question,
    before: i64,
    rows: i64,
) -> Result<Vec<Placed>> {
    let asked = question.whole(Dialect::Postgres);
    let before = Some(Key::Found(before));
    let walk = walk::of_words(Dialect::Postgres, narrowed, &asked, before, rows);
    let found = walk::run(tx, &walk).await?;
    let key = |(id, number)| (id, Some(Key::Older(number)));
    Ok(found.into_iter().map(key).collect())
}
