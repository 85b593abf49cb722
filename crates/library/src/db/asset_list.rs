//! Lists of assets: one statement put together from a filter, walked along one index.

use model::{AccountId, AssetFilter, AssetId, AssetSort, Limit};
use serde::{Deserialize, Serialize};
use sqlx::AssertSqlSafe;

use super::{
    assets::{AssetRow, SELECT},
    page, text,
    tx::{Tx, fetch_all, fetch_one},
};
use crate::Result;

/// Where a page ended: what the list is sorted by, and the asset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Key {
    Number(i64, AssetId),
    Text(String, AssetId),
}

impl Key {
    /// The place of an asset in an order.
    pub fn of(row: &AssetRow, sort: AssetSort) -> Self {
        match sort {
            AssetSort::Newest | AssetSort::Oldest => {
                Self::Number(row.created_at.as_millis(), row.id)
            }
            AssetSort::Name => Self::Text(row.name_key.clone(), row.id),
            AssetSort::Largest => Self::Number(row.size.as_u64().cast_signed(), row.id),
        }
    }

    /// Whether it is a place in this order at all.
    pub fn fits(&self, sort: AssetSort) -> bool {
        matches!((self, sort), (Self::Text(..), AssetSort::Name))
            || matches!(self, Self::Number(..)) && sort != AssetSort::Name
    }
}

/// A value that takes a place in a statement.
#[derive(Clone, Debug)]
enum Value {
    Text(String),
    Number(i64),
}

/// Conditions with the values that belong to them.
#[derive(Debug, Default)]
struct Conditions {
    sql: String,
    values: Vec<Value>,
}

impl Conditions {
    /// Adds a condition; `?` in it is the place of the value.
    fn add(&mut self, condition: &str, value: Value) {
        let place = self.place(value);
        let joint = if self.sql.is_empty() {
            "where "
        } else {
            " and "
        };
        self.sql.push_str(joint);
        self.sql.push_str(&condition.replace('?', &place));
    }

    fn place(&mut self, value: Value) -> String {
        self.values.push(value);
        format!("${}", self.values.len())
    }

    /// The conditions that a filter means.
    fn of(account: AccountId, filter: &AssetFilter) -> Self {
        let mut all = Self::default();
        let text = |text: &dyn ToString| Value::Text(text.to_string());
        all.add("assets.account_id = ?", text(&account));
        all.add("assets.state = ?", text(&filter.state.as_str()));
        if let Some(folder) = filter.folder_id {
            all.add("assets.folder_id = ?", text(&folder));
        }
        if let Some(kind) = filter.kind {
            all.add("assets.kind = ?", text(&kind));
        }
        if let Some(source) = filter.source {
            all.add("assets.source = ?", text(&source));
        }
        if let Some(after) = filter.created_after {
            all.add("assets.created_at > ?", Value::Number(after.as_millis()));
        }
        if let Some(before) = filter.created_before {
            all.add("assets.created_at < ?", Value::Number(before.as_millis()));
        }
        if let Some(tag) = &filter.tag {
            all.add(
                "exists (select 1 from asset_tags join tags on tags.id = asset_tags.tag_id \
                  where asset_tags.asset_id = assets.id and tags.account_id = assets.account_id \
                    and tags.name_key = ?)",
                Value::Text(tag.to_lowercase()),
            );
        }
        // The account is the first value: words are looked up among its tags once, not for each asset.
        for word in text::words(filter.q.as_deref().unwrap_or_default()) {
            let pattern = format!("%{}%", text::escaped(&word));
            all.add(
                "(assets.search_text like ? escape '\\' \
                  or assets.id in (select asset_tags.asset_id from tags \
                                     join asset_tags on asset_tags.tag_id = tags.id \
                                    where tags.account_id = $1 \
                                      and tags.name_key like ? escape '\\'))",
                Value::Text(pattern),
            );
        }
        all
    }

    /// Leaves out what lies before a place, in the order that `compare` walks.
    fn start_after(&mut self, column: &str, compare: char, key: Key) {
        let (value, id) = match key {
            Key::Number(number, id) => (Value::Number(number), id),
            Key::Text(text, id) => (Value::Text(text), id),
        };
        let place = self.place(value);
        let condition = format!("({column}, assets.id) {compare} ({place}, ?)");
        self.add(&condition, Value::Text(id.to_string()));
    }
}

/// Binds every value in its place; a macro, because each driver has its own types.
macro_rules! bound {
    ($query:expr, $values:expr) => {
        $values.iter().fold($query, |query, value| match value {
            Value::Text(text) => query.bind(text.clone()),
            Value::Number(number) => query.bind(*number),
        })
    };
}

/// A page of assets, and one more where there are more.
pub(crate) async fn list(
    tx: &mut Tx,
    account: AccountId,
    filter: &AssetFilter,
    after: Option<Key>,
    limit: Limit,
) -> Result<Vec<AssetRow>> {
    let Conditions { sql, values } = page_of(account, filter, after, limit);
    Ok(fetch_all!(
        tx,
        bound!(sqlx::query_as(AssertSqlSafe(sql.clone())), values)
    )?)
}

/// The whole statement of a page.
fn page_of(
    account: AccountId,
    filter: &AssetFilter,
    after: Option<Key>,
    limit: Limit,
) -> Conditions {
    let (column, compare, order) = match filter.sort {
        AssetSort::Newest => ("assets.created_at", '<', "desc"),
        AssetSort::Oldest => ("assets.created_at", '>', "asc"),
        AssetSort::Name => ("assets.name_key", '>', "asc"),
        AssetSort::Largest => ("assets.size", '<', "desc"),
    };
    let mut page = Conditions::of(account, filter);
    if let Some(key) = after {
        page.start_after(column, compare, key);
    }
    let rows = page.place(Value::Number(page::rows(limit)));
    let conditions = page.sql;
    page.sql =
        format!("{SELECT} {conditions} order by {column} {order}, assets.id {order} limit {rows}");
    page
}

/// Assets that a filter shows, by id: after one of them, and none that is newer than another.
pub(crate) async fn list_ids(
    tx: &mut Tx,
    account: AccountId,
    filter: &AssetFilter,
    (after, newest): (&str, AssetId),
    rows: i64,
) -> Result<Vec<AssetId>> {
    let mut ids = Conditions::of(account, filter);
    ids.add("assets.id > ?", Value::Text(after.to_owned()));
    ids.add("assets.id <= ?", Value::Text(newest.to_string()));
    let rows = ids.place(Value::Number(rows));
    let Conditions { sql, values } = ids;
    let list = format!("select assets.id from assets {sql} order by assets.id limit {rows}");
    Ok(fetch_all!(
        tx,
        bound!(sqlx::query_scalar(AssertSqlSafe(list.clone())), values)
    )?)
}

/// How many assets a filter shows, at most `most`.
pub(crate) async fn count(
    tx: &mut Tx,
    account: AccountId,
    filter: &AssetFilter,
    most: i64,
) -> Result<u64> {
    let mut conditions = Conditions::of(account, filter);
    let rows = conditions.place(Value::Number(most));
    let Conditions { sql, values } = conditions;
    let count =
        format!("select count(*) from (select 1 as one from assets {sql} limit {rows}) as shown");
    let count: i64 = fetch_one!(
        tx,
        bound!(sqlx::query_scalar(AssertSqlSafe(count.clone())), values)
    )?;
    Ok(count.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use model::{FolderId, Secret, id::Id as _};

    use super::*;
    use crate::db::{Db, connect::connect, migrate::migrate};

    /// How the database means to run a statement, in its own words.
    async fn plan(db: &Db, statement: Conditions) -> String {
        let Conditions { sql, values } = statement;
        let mut tx = db.read().await.unwrap();
        let explain = format!("explain query plan {sql}");
        let steps: Vec<(i64, i64, i64, String)> = fetch_all!(
            &mut tx,
            bound!(sqlx::query_as(AssertSqlSafe(explain.clone())), values)
        )
        .unwrap();
        let steps: Vec<_> = steps.into_iter().map(|step| step.3).collect();
        steps.join("; ")
    }

    #[tokio::test]
    async fn every_order_walks_along_an_index_and_sorts_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.db");
        let db = connect(&Secret::new(format!("sqlite://{}", path.display())))
            .await
            .unwrap();
        migrate(&db).await.unwrap();
        let (account, id) = (AccountId::from_parts(1, 1), AssetId::from_parts(1, 1));
        for sort in AssetSort::ALL {
            for folder_id in [None, Some(FolderId::from_parts(1, 1))] {
                let filter = AssetFilter {
                    folder_id,
                    sort,
                    ..AssetFilter::default()
                };
                let key = match sort {
                    AssetSort::Name => Key::Text("a".to_owned(), id),
                    _ => Key::Number(1, id),
                };
                for after in [None, Some(key)] {
                    let page = page_of(account, &filter, after, Limit::default());
                    let plan = plan(&db, page).await;
                    assert!(plan.contains("USING INDEX assets_"), "{sort:?}: {plan}");
                    assert!(!plan.contains("TEMP B-TREE"), "{sort:?}: {plan}");
                }
            }
        }
    }
}
