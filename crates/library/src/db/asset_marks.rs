//! Tables `asset_tags` and `asset_teams`, many rows at once: what is put on assets and taken off.

use std::collections::{HashMap, HashSet};

use model::{AccountId, AssetId};
use sqlx::AssertSqlSafe;

use super::{
    many::places,
    tx::{Tx, execute, fetch_all, fetch_one},
};
use crate::Result;

/// What assets are marked with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Tag,
    Team,
}

impl Mark {
    /// What assets are marked with; a tag that is leaving is what comes in its place.
    const fn select(self) -> &'static str {
        match self {
            Self::Tag => {
                "select asset_tags.asset_id, marks.id \
                   from asset_tags join tags on tags.id = asset_tags.tag_id \
                        join tags as marks on marks.id = coalesce(tags.merged_into, tags.id) \
                  where asset_tags.asset_id"
            }
            Self::Team => {
                "select asset_teams.asset_id, marks.id \
                   from asset_teams join teams as marks on marks.id = asset_teams.team_id \
                  where asset_teams.asset_id"
            }
        }
    }

    /// The table of what is marked, its column of marks, and the table of marks.
    pub(super) const fn tables(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Tag => ("asset_tags", "tag_id", "tags"),
            Self::Team => ("asset_teams", "team_id", "teams"),
        }
    }
}

/// The marks that some assets have.
pub(crate) async fn list(
    tx: &mut Tx,
    mark: Mark,
    assets: &[AssetId],
) -> Result<HashMap<AssetId, HashSet<String>>> {
    let mut marks: HashMap<_, HashSet<_>> = HashMap::new();
    if assets.is_empty() {
        return Ok(marks);
    }
    let list = format!(
        "{} in ({}) and marks.is_leaving = false",
        mark.select(),
        places(1, assets.len())
    );
    let rows: Vec<(AssetId, String)> = fetch_all!(tx, {
        let query = sqlx::query_as(AssertSqlSafe(list.clone()));
        assets.iter().fold(query, |query, id| query.bind(*id))
    })?;
    for (asset, mark) in rows {
        marks.entry(asset).or_default().insert(mark);
    }
    Ok(marks)
}

/// Those of some marks that the account has.
pub(crate) async fn list_living(
    tx: &mut Tx,
    account: AccountId,
    mark: Mark,
    ids: &[String],
) -> Result<Vec<String>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let (_, _, marks) = mark.tables();
    let list = format!(
        "select id from {marks} \
          where account_id = $1 and is_leaving = false and id in ({}) order by id",
        places(2, ids.len())
    );
    Ok(fetch_all!(tx, {
        let query = sqlx::query_scalar(AssertSqlSafe(list.clone())).bind(account);
        ids.iter().fold(query, |query, id| query.bind(id.clone()))
    })?)
}

/// Puts a mark of the account on assets; nothing where it is gone.
pub(crate) async fn put(
    tx: &mut Tx,
    account: AccountId,
    (mark, id): (Mark, &str),
    assets: &[AssetId],
) -> Result<()> {
    let (table, column, marks) = mark.tables();
    let put = format!(
        "insert into {table} (asset_id, {column}, created_at) \
         select assets.id, {marks}.id, assets.created_at \
           from assets join {marks} on {marks}.account_id = assets.account_id \
          where assets.account_id = $1 and {marks}.id = $2 and {marks}.is_leaving = false \
            and assets.id in ({}) \
         on conflict do nothing",
        places(3, assets.len())
    );
    write(tx, account, (&put, id), assets).await
}

/// Takes a mark of the account off assets, and the tags that are merged into it.
pub(crate) async fn take(
    tx: &mut Tx,
    account: AccountId,
    (mark, id): (Mark, &str),
    assets: &[AssetId],
) -> Result<()> {
    let (table, column, marks) = mark.tables();
    let merged = match mark {
        Mark::Tag => "(id = $2 or merged_into = $2)",
        Mark::Team => "id = $2",
    };
    let take = format!(
        "delete from {table} \
          where {column} in (select id from {marks} where account_id = $1 and {merged}) \
            and asset_id in ({})",
        places(3, assets.len())
    );
    write(tx, account, (&take, id), assets).await
}

/// Some of the assets that have a mark, oldest first.
pub(crate) async fn list_carriers(
    tx: &mut Tx,
    (mark, id): (Mark, &str),
    rows: i64,
) -> Result<Vec<AssetId>> {
    let (table, column, _) = mark.tables();
    let list = format!(
        "select asset_id from {table} where {column} = $1 order by created_at, asset_id limit $2"
    );
    Ok(fetch_all!(
        tx,
        sqlx::query_scalar(AssertSqlSafe(list.clone()))
            .bind(id.to_owned())
            .bind(rows)
    )?)
}

/// How many assets have a mark.
pub(crate) async fn count_carriers(tx: &mut Tx, (mark, id): (Mark, &str)) -> Result<u64> {
    let (table, column, _) = mark.tables();
    let count = format!("select count(*) from {table} where {column} = $1");
    let count: i64 = fetch_one!(
        tx,
        sqlx::query_scalar(AssertSqlSafe(count.clone())).bind(id.to_owned())
    )?;
    Ok(count.unsigned_abs())
}

async fn write(
    tx: &mut Tx,
    account: AccountId,
    (statement, mark): (&str, &str),
    assets: &[AssetId],
) -> Result<()> {
    execute!(tx, {
        let query = sqlx::query(AssertSqlSafe(statement.to_owned()))
            .bind(account)
            .bind(mark.to_owned());
        assets.iter().fold(query, |query, id| query.bind(*id))
    })?;
    Ok(())
}
