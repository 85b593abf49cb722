//! Which index a list is walked along, and the statement that walks it.

use model::{AssetId, AssetSort, AssetState, BatchId};
use sqlx::AssertSqlSafe;

use super::{
    Key, Narrowed,
    conditions::{Conditions, Value, bound},
};
use crate::{
    Result,
    db::tx::{Dialect, Tx, fetch_all, fetch_one},
};

/// From so many that have the words on, a list by name or by size walks along its own index, past
/// those that have them not; fewer are read all and sorted.
pub(super) const COMMON: i64 = 20_000;

/// Up to so many assets of a tag or a team are read all and sorted.
const FEW: i64 = 1_000;

/// A statement in parts: where it looks, on which conditions, and in which order.
#[derive(Clone, Debug)]
pub(super) struct Walk {
    place: &'static str,
    from: String,
    pub(super) conditions: Conditions,
    order: String,
    rows: i64,
}

impl Walk {
    /// The whole statement.
    pub(super) fn statement(&self) -> (String, Vec<Value>) {
        let mut conditions = self.conditions.clone();
        let rows = conditions.place(Value::Number(self.rows));
        let Self {
            place, from, order, ..
        } = self;
        let Conditions { sql, values } = conditions;
        let statement =
            format!("select assets.id, {place} as place from {from}{sql}{order} limit {rows}");
        (statement, values)
    }
}

/// Assets by what a table says of them: tags or teams.
struct Link {
    table: &'static str,
    column: &'static str,
    ids: Vec<String>,
}

impl Link {
    fn all(narrowed: &Narrowed<'_>) -> Vec<Self> {
        let mut links: Vec<_> = narrowed
            .tags
            .iter()
            .map(|id| Self {
                table: "asset_tags",
                column: "tag_id",
                ids: vec![id.to_string()],
            })
            .collect();
        links.extend(narrowed.teams.iter().map(|ids| Self {
            table: "asset_teams",
            column: "team_id",
            ids: ids.iter().map(ToString::to_string).collect(),
        }));
        links
    }

    /// How many assets it names; counted no further than matters.
    async fn count(&self, tx: &mut Tx) -> Result<i64> {
        let mut conditions = Conditions::default();
        conditions.one_of(self.column, &self.ids);
        let most = conditions.place(Value::Number(FEW + 1));
        let Conditions { sql, values } = conditions;
        let count = format!(
            "select count(*) from (select 1 as one from {}{sql} limit {most}) as held",
            self.table
        );
        Ok(fetch_one!(
            tx,
            bound!(sqlx::query_scalar(AssertSqlSafe(count.clone())), values)
        )?)
    }

    fn exists(&self, conditions: &mut Conditions) {
        let (table, column) = (self.table, self.column);
        let places = conditions.places(&self.ids);
        conditions.also(&format!(
            "exists (select 1 from {table} \
              where {table}.asset_id = assets.id and {table}.{column} in ({places}))"
        ));
    }
}

/// A walk without words.
///
/// Few assets of a tag or a team are read all and sorted; many are walked in the order of time
/// along their own index, or passed by among all.
pub(super) async fn of_assets(
    tx: &mut Tx,
    narrowed: &Narrowed<'_>,
    after: Option<Key>,
    rows: i64,
) -> Result<Walk> {
    let mut links = Link::all(narrowed);
    let mut fewest = (FEW + 1, 0);
    for (at, link) in links.iter().enumerate() {
        fewest = fewest.min((link.count(tx).await?, at));
    }
    let by_time = matches!(
        narrowed.filter.sort,
        AssetSort::Newest | AssetSort::Oldest | AssetSort::Relevance
    );
    let mut conditions = Conditions::default();
    let is_few = !links.is_empty() && fewest.0 <= FEW;
    let mut columns = None;
    let from = if is_few {
        let Link { table, column, ids } = links.remove(fewest.1);
        let places = conditions.places(&ids);
        conditions.also("assets.id = held.asset_id");
        format!(
            "(select distinct asset_id from {table} where {column} in ({places})) as held \
             cross join assets"
        )
    } else if let Some(at) = links.iter().position(|link| by_time && link.ids.len() == 1) {
        let Link { table, column, ids } = links.remove(at);
        conditions.one_of(&format!("held.{column}"), &ids);
        conditions.also("assets.id = held.asset_id");
        columns = Some(("held.created_at", "held.asset_id"));
        format!("{table} as held cross join assets")
    } else {
        "assets".to_owned()
    };
    conditions.add(
        "assets.account_id = ?",
        Value::Text(narrowed.account.to_string()),
    );
    conditions.narrow(narrowed);
    for link in &links {
        link.exists(&mut conditions);
    }
    let columns = columns.unwrap_or(match narrowed.filter.sort {
        AssetSort::Name => ("assets.name_key", "assets.id"),
        AssetSort::Largest => ("assets.size", "assets.id"),
        _ => ("assets.created_at", "assets.id"),
    });
    Ok(ordered(narrowed, conditions, from, columns, after, rows))
}

/// A walk along the index of words.
pub(super) fn of_words(
    dialect: Dialect,
    narrowed: &Narrowed<'_>,
    asked: &str,
    after: Option<Key>,
    rows: i64,
) -> Walk {
    let mut conditions = Conditions::default();
    let asked = Value::Text(asked.to_owned());
    let (from, number) = match dialect {
        Dialect::Sqlite => {
            conditions.add("search_index match ?", asked);
            conditions.also("documents.number = search_index.rowid");
            (
                "search_index cross join search_documents as documents cross join assets",
                "search_index.rowid",
            )
        }
        Dialect::Postgres => {
            conditions.add("documents.vector @@ ?::tsquery", asked);
            (
                "search_documents as documents cross join assets",
                "documents.number",
            )
        }
    };
    conditions.also("assets.id = documents.asset_id");
    conditions.add(
        "assets.account_id = ?",
        Value::Text(narrowed.account.to_string()),
    );
    conditions.narrow(narrowed);
    let columns = match narrowed.filter.sort {
        AssetSort::Name => ("assets.name_key", "assets.id"),
        AssetSort::Largest => ("assets.size", "assets.id"),
        _ => (number, ""),
    };
    ordered(narrowed, conditions, from.to_owned(), columns, after, rows)
}

/// A walk in an order of its own, by name or by size, past what has not the words.
pub(super) async fn of_common_words(
    tx: &mut Tx,
    narrowed: &Narrowed<'_>,
    after: Option<Key>,
    rows: i64,
) -> Result<Walk> {
    let mut walk = of_assets(tx, narrowed, after, rows).await?;
    has_words(
        tx.dialect(),
        narrowed,
        Look::EachByItself,
        &mut walk.conditions,
    );
    Ok(walk)
}

/// Whether at least so many have the words.
pub(super) async fn is_met_by(tx: &mut Tx, asked: &str, many: i64) -> Result<bool> {
    let count = match tx.dialect() {
        Dialect::Sqlite => {
            "select count(*) from (select 1 as one from search_index \
                                    where search_index match $1 limit $2) as met"
        }
        Dialect::Postgres => {
            "select count(*) from (select 1 as one from search_documents as documents \
                                    where documents.vector @@ $1::tsquery limit $2) as met"
        }
    };
    let count: i64 = fetch_one!(
        tx,
        sqlx::query_scalar(count).bind(asked.to_owned()).bind(many)
    )?;
    Ok(count >= many)
}

/// How words are looked for beside other conditions.
#[derive(Clone, Copy)]
enum Look {
    /// Once, among all.
    Once,
    /// In each asset that is come to: not even words are looked up among all.
    EachByItself,
}

/// Asks for the words of a filter, where it has any.
fn has_words(dialect: Dialect, narrowed: &Narrowed<'_>, look: Look, conditions: &mut Conditions) {
    let matches = match (look, dialect) {
        (Look::Once, Dialect::Sqlite) => {
            "assets.id in (select documents.asset_id \
                             from search_index cross join search_documents as documents \
                            where search_index match ? and documents.number = search_index.rowid)"
        }
        (Look::Once, Dialect::Postgres) => {
            "assets.id in (select documents.asset_id from search_documents as documents \
                            where documents.vector @@ ?::tsquery)"
        }
        (Look::EachByItself, Dialect::Sqlite) => {
            "exists (select 1 from search_documents as documents cross join search_index \
                      where documents.asset_id = assets.id \
                        and search_index.rowid = documents.number and search_index match ?)"
        }
        (Look::EachByItself, Dialect::Postgres) => {
            "exists (select 1 from search_documents as documents \
                      where documents.asset_id = assets.id and documents.vector @@ ?::tsquery)"
        }
    };
    if let Some(question) = &narrowed.question {
        conditions.add(matches, Value::Text(question.whole(dialect)));
    }
}

/// What holds of each asset that a filter shows, but for its words.
fn shown(narrowed: &Narrowed<'_>, conditions: &mut Conditions) {
    let account = Value::Text(narrowed.account.to_string());
    conditions.add("assets.account_id = ?", account);
    conditions.narrow(narrowed);
    for link in Link::all(narrowed) {
        link.exists(conditions);
    }
}

/// A walk in the order of ids.
fn in_order_of_ids(conditions: Conditions, rows: i64) -> Walk {
    Walk {
        place: "cast(0 as bigint)",
        from: "assets".to_owned(),
        conditions,
        order: " order by assets.id".to_owned(),
        rows,
    }
}

/// A walk in the order of ids, after one of them and up to another: for work that goes on later.
///
/// Of the trash, it comes to what was there when the last id was made.
pub(super) fn by_id(
    dialect: Dialect,
    narrowed: &Narrowed<'_>,
    (after, newest): (&str, AssetId),
    rows: i64,
) -> Walk {
    let mut conditions = Conditions::default();
    shown(narrowed, &mut conditions);
    has_words(dialect, narrowed, Look::Once, &mut conditions);
    conditions.add("assets.id > ?", Value::Text(after.to_owned()));
    until(narrowed, newest, &mut conditions);
    in_order_of_ids(conditions, rows)
}

/// What was there when an id was made.
pub(super) fn until(narrowed: &Narrowed<'_>, newest: AssetId, conditions: &mut Conditions) {
    conditions.add("assets.id <= ?", Value::Text(newest.to_string()));
    if narrowed.filter.state == AssetState::Trashed {
        let begun = Value::Number(newest.made_at().as_millis());
        conditions.add("assets.trashed_at <= ?", begun);
    }
}

/// A walk along some assets, each looked at by itself.
pub(super) fn among(dialect: Dialect, narrowed: &Narrowed<'_>, ids: &[AssetId]) -> Walk {
    let mut conditions = Conditions::default();
    let ids: Vec<_> = ids.iter().map(ToString::to_string).collect();
    conditions.one_of("assets.id", &ids);
    shown(narrowed, &mut conditions);
    has_words(dialect, narrowed, Look::EachByItself, &mut conditions);
    in_order_of_ids(conditions, i64::MAX)
}

/// Those of a filter that are used outside, by id, and none that is newer than another.
pub(super) fn used_outside(
    dialect: Dialect,
    narrowed: &Narrowed<'_>,
    newest: AssetId,
    rows: i64,
) -> Walk {
    const USED: &str = "\
        assets.id in (select asset_usages.asset_id from asset_usages \
                       where asset_usages.account_id = ?)";
    let mut walk = by_id(dialect, narrowed, ("", newest), rows);
    let account = Value::Text(narrowed.account.to_string());
    walk.conditions.add(USED, account);
    walk
}

/// A walk along the assets kept for a batch, in the order of ids, after one of them.
pub(super) fn of_kept(narrowed: &Narrowed<'_>, (batch, after): (BatchId, &str), rows: i64) -> Walk {
    let mut conditions = Conditions::default();
    conditions.add("kept.batch_id = ?", Value::Text(batch.to_string()));
    conditions.add("kept.asset_id > ?", Value::Text(after.to_owned()));
    conditions.also("assets.id = kept.asset_id");
    shown(narrowed, &mut conditions);
    Walk {
        place: "cast(0 as bigint)",
        from: "batch_targets as kept cross join assets".to_owned(),
        conditions,
        order: " order by kept.asset_id".to_owned(),
        rows,
    }
}

fn ordered(
    narrowed: &Narrowed<'_>,
    mut conditions: Conditions,
    from: String,
    columns: (&'static str, &'static str),
    after: Option<Key>,
    rows: i64,
) -> Walk {
    let sort = narrowed.filter.sort;
    let (compare, order) = match sort {
        AssetSort::Newest | AssetSort::Largest | AssetSort::Relevance => ('<', "desc"),
        AssetSort::Oldest | AssetSort::Name => ('>', "asc"),
    };
    let (column, id) = columns;
    match after {
        Some(Key::Number(number, at)) => {
            conditions.start_after(columns, compare, Value::Number(number), at);
        }
        Some(Key::Text(text, at)) => {
            conditions.start_after(columns, compare, Value::Text(text), at);
        }
        Some(
            Key::Found(number)
            | Key::Ranked(_, number)
            | Key::Among(_, number, _)
            | Key::Older(number),
        ) => {
            conditions.add(&format!("{column} {compare} ?"), Value::Number(number));
        }
        None => {}
    }
    let order = match id {
        "" => format!(" order by {column} {order}"),
        id => format!(" order by {column} {order}, {id} {order}"),
    };
    Walk {
        // Names are read with the assets.
        place: if sort == AssetSort::Name {
            "cast(0 as bigint)"
        } else {
            column
        },
        from,
        conditions,
        order,
        rows,
    }
}

/// The assets that a walk comes to, each with its place.
pub(super) async fn run(tx: &mut Tx, walk: &Walk) -> Result<Vec<(AssetId, i64)>> {
    let (statement, values) = walk.statement();
    Ok(fetch_all!(
        tx,
        bound!(sqlx::query_as(AssertSqlSafe(statement.clone())), values)
    )?)
}

/// How many assets a walk comes to, at most as many as it takes.
pub(super) async fn count(tx: &mut Tx, walk: Walk) -> Result<u64> {
    let unordered = Walk {
        order: String::new(),
        ..walk
    };
    let (statement, values) = unordered.statement();
    let count = format!("select count(*) from ({statement}) as shown");
    let count: i64 = fetch_one!(
        tx,
        bound!(sqlx::query_scalar(AssertSqlSafe(count.clone())), values)
    )?;
    Ok(count.unsigned_abs())
}
