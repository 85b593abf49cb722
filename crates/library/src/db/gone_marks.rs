//! Tables `gone_marks` and `gone_mark_assets`: tags and teams that were deleted or merged, and what
//! they were on.

use model::{AccountId, AssetId, FolderColor, Limit, Timestamp, UserId};
use sqlx::AssertSqlSafe;

use super::{
    asset_marks::Mark,
    many::places,
    page,
    tx::{Tx, execute, fetch_all, fetch_one, fetch_optional},
};
use crate::Result;

/// A tag or a team that is gone.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct GoneRow {
    pub id: String,
    pub name: String,
    pub color: Option<FolderColor>,
    pub into_name: Option<String>,
    /// Who was in the team, as JSON.
    pub members: String,
    pub gone_at: Timestamp,
    pub gone_by: Option<UserId>,
    pub gone_by_name: Option<String>,
}

/// What a mark that is gone was on.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct LinkRow {
    pub asset_id: AssetId,
    /// The tag that was put on in its place.
    pub into_id: Option<String>,
}

impl Mark {
    const fn word(self) -> &'static str {
        match self {
            Self::Tag => "tag",
            Self::Team => "team",
        }
    }

    /// The columns of a [`GoneRow`], of those that are not back by now.
    fn select_gone(self) -> String {
        let (_, _, marks) = self.tables();
        format!(
            "select gone_marks.id, gone_marks.name, gone_marks.color, gone_marks.into_name, \
                    gone_marks.members, gone_marks.gone_at, gone_marks.gone_by, \
                    users.name as gone_by_name \
               from gone_marks left join users on users.id = gone_marks.gone_by \
              where gone_marks.account_id = $1 and gone_marks.kind = $2 \
                and not exists (select 1 from {marks} as living \
                                 where living.id = gone_marks.id and living.is_leaving = false)"
        )
    }
}

/// Writes down that a mark goes; one that was brought back and goes again is written anew.
pub(crate) async fn insert(
    tx: &mut Tx,
    account: AccountId,
    mark: Mark,
    gone: &GoneRow,
) -> Result<()> {
    const INSERT: &str = "\
        insert into gone_marks (id, account_id, kind, name, color, into_name, members, \
                                gone_at, gone_by) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
        on conflict (id) do update set \
            name = excluded.name, color = excluded.color, into_name = excluded.into_name, \
            members = excluded.members, gone_at = excluded.gone_at, gone_by = excluded.gone_by";
    execute!(
        tx,
        sqlx::query(INSERT)
            .bind(&gone.id)
            .bind(account)
            .bind(mark.word())
            .bind(&gone.name)
            .bind(gone.color)
            .bind(&gone.into_name)
            .bind(&gone.members)
            .bind(gone.gone_at)
            .bind(gone.gone_by)
    )?;
    Ok(())
}

/// Writes down what a mark is on, and where `into` is not yet: on all that has it.
pub(crate) async fn keep_all(
    tx: &mut Tx,
    (mark, id): (Mark, &str),
    into: Option<&str>,
) -> Result<()> {
    let keep = keep_statement(mark, "");
    execute!(
        tx,
        sqlx::query(AssertSqlSafe(keep.clone()))
            .bind(id.to_owned())
            .bind(into.map(ToOwned::to_owned))
    )?;
    Ok(())
}

/// The same, on some assets.
pub(crate) async fn keep(
    tx: &mut Tx,
    (mark, id): (Mark, &str),
    into: Option<&str>,
    assets: &[AssetId],
) -> Result<()> {
    let some = format!("and carried.asset_id in ({})", places(3, assets.len()));
    let keep = keep_statement(mark, &some);
    execute!(tx, {
        let query = sqlx::query(AssertSqlSafe(keep.clone()))
            .bind(id.to_owned())
            .bind(into.map(ToOwned::to_owned));
        assets.iter().fold(query, |query, id| query.bind(*id))
    })?;
    Ok(())
}

fn keep_statement(mark: Mark, some: &str) -> String {
    let (table, column, _) = mark.tables();
    format!(
        "insert into gone_mark_assets (mark_id, asset_id, into_id) \
         select gone_marks.id, carried.asset_id, \
                case when exists (select 1 from asset_tags as other \
                                   where other.asset_id = carried.asset_id \
                                     and other.tag_id = $2) \
                     then null else $2 end \
           from gone_marks join {table} as carried on carried.{column} = gone_marks.id \
          where gone_marks.id = $1 {some} \
         on conflict do nothing"
    )
}

/// A page of what is gone, the last first, and one more where there are more.
pub(crate) async fn list(
    tx: &mut Tx,
    account: AccountId,
    mark: Mark,
    before: Option<(Timestamp, String)>,
    limit: Limit,
) -> Result<Vec<GoneRow>> {
    let list = format!(
        "{} and (gone_marks.gone_at < $3 or (gone_marks.gone_at = $3 and gone_marks.id < $4)) \
          order by gone_marks.gone_at desc, gone_marks.id desc limit $5",
        mark.select_gone()
    );
    let (at, id) = before.unwrap_or((Timestamp::from_millis(i64::MAX), String::new()));
    Ok(fetch_all!(
        tx,
        sqlx::query_as(AssertSqlSafe(list.clone()))
            .bind(account)
            .bind(mark.word())
            .bind(at)
            .bind(id.clone())
            .bind(page::rows(limit))
    )?)
}

/// A mark that is gone; nobody else brings it back before this transaction is over.
pub(crate) async fn lock(
    tx: &mut Tx,
    account: AccountId,
    (mark, id): (Mark, &str),
) -> Result<Option<GoneRow>> {
    const LOCK: &str = "update gone_marks set name = name where account_id = $1 and id = $2";
    execute!(
        &mut *tx,
        sqlx::query(LOCK).bind(account).bind(id.to_owned())
    )?;
    let find = format!("{} and gone_marks.id = $3", mark.select_gone());
    Ok(fetch_optional!(
        tx,
        sqlx::query_as(AssertSqlSafe(find.clone()))
            .bind(account)
            .bind(mark.word())
            .bind(id.to_owned())
    )?)
}

/// Whether a mark is on its way out still.
pub(crate) async fn is_leaving(
    tx: &mut Tx,
    account: AccountId,
    (mark, id): (Mark, &str),
) -> Result<bool> {
    let (_, _, marks) = mark.tables();
    let find = format!("select id from {marks} where account_id = $1 and id = $2");
    let found: Option<String> = fetch_optional!(
        tx,
        sqlx::query_scalar(AssertSqlSafe(find.clone()))
            .bind(account)
            .bind(id.to_owned())
    )?;
    Ok(found.is_some())
}

/// The assets that a mark was on, after one of them, by id.
pub(crate) async fn list_assets(
    tx: &mut Tx,
    id: &str,
    after: &str,
    rows: i64,
) -> Result<Vec<AssetId>> {
    const LIST: &str = "\
        select asset_id from gone_mark_assets where mark_id = $1 and asset_id > $2 \
         order by asset_id limit $3";
    Ok(fetch_all!(
        tx,
        sqlx::query_scalar(LIST)
            .bind(id.to_owned())
            .bind(after.to_owned())
            .bind(rows)
    )?)
}

/// How many assets a mark was on.
pub(crate) async fn count_assets(tx: &mut Tx, id: &str) -> Result<u64> {
    const COUNT: &str = "select count(*) from gone_mark_assets where mark_id = $1";
    let count: i64 = fetch_one!(tx, sqlx::query_scalar(COUNT).bind(id.to_owned()))?;
    Ok(count.unsigned_abs())
}

/// What a mark was on, of some assets.
pub(crate) async fn list_links(tx: &mut Tx, id: &str, assets: &[AssetId]) -> Result<Vec<LinkRow>> {
    let list = format!(
        "select asset_id, into_id from gone_mark_assets \
          where mark_id = $1 and asset_id in ({}) order by asset_id",
        places(2, assets.len())
    );
    Ok(fetch_all!(tx, {
        let query = sqlx::query_as(AssertSqlSafe(list.clone())).bind(id.to_owned());
        assets.iter().fold(query, |query, id| query.bind(*id))
    })?)
}

/// Forgets that a mark was on some assets.
pub(crate) async fn pass(tx: &mut Tx, id: &str, assets: &[AssetId]) -> Result<()> {
    let pass = format!(
        "delete from gone_mark_assets where mark_id = $1 and asset_id in ({})",
        places(2, assets.len())
    );
    execute!(tx, {
        let query = sqlx::query(AssertSqlSafe(pass.clone())).bind(id.to_owned());
        assets.iter().fold(query, |query, id| query.bind(*id))
    })?;
    Ok(())
}

/// Forgets a mark that is back on all it was on.
pub(crate) async fn delete(tx: &mut Tx, account: AccountId, id: &str) -> Result<()> {
    const DELETE: &str = "\
        delete from gone_marks where account_id = $1 and id = $2 \
           and not exists (select 1 from gone_mark_assets where mark_id = $2)";
    execute!(tx, sqlx::query(DELETE).bind(account).bind(id.to_owned()))?;
    Ok(())
}

/// Forgets some of what went before a moment; says how much.
pub(crate) async fn forget(
    tx: &mut Tx,
    account: AccountId,
    before: Timestamp,
    most: i64,
) -> Result<u64> {
    const LINKS: &str = "\
        delete from gone_mark_assets where (mark_id, asset_id) in \
            (select gone_mark_assets.mark_id, gone_mark_assets.asset_id \
               from gone_marks join gone_mark_assets \
                    on gone_mark_assets.mark_id = gone_marks.id \
              where gone_marks.account_id = $1 and gone_marks.gone_at < $2 limit $3)";
    const MARKS: &str = "\
        delete from gone_marks where account_id = $1 and gone_at < $2 \
           and not exists (select 1 from gone_mark_assets where mark_id = gone_marks.id)";
    let links = execute!(
        &mut *tx,
        sqlx::query(LINKS).bind(account).bind(before).bind(most)
    )?;
    let marks = execute!(&mut *tx, sqlx::query(MARKS).bind(account).bind(before))?;
    Ok(links + marks)
}
