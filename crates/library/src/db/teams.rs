//! Tables `teams`, `team_members` and `asset_teams`.

use std::collections::HashMap;

use model::{AccountId, AssetId, Limit, TeamId, TeamMember, Timestamp, UserId, tag::COUNT_MOST};
use sqlx::AssertSqlSafe;

use super::{
    many::places,
    page, search,
    text::folded,
    tx::{Tx, execute, fetch_all, fetch_optional},
};
use crate::Result;

/// A team, as it is kept, and how many assets in sight are for it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct TeamRow {
    pub id: TeamId,
    pub name: String,
    pub name_key: String,
    pub asset_count: i64,
    pub version: i64,
}

/// The columns of a [`TeamRow`]; counting stops where it no longer matters.
fn select() -> String {
    format!(
        "select teams.id, teams.name, teams.name_key, teams.version, \
                (select count(*) from (select 1 as one from asset_teams \
                  where asset_teams.team_id = teams.id and asset_teams.is_seen = true \
                  limit {COUNT_MOST}) as meant) as asset_count \
           from teams where teams.account_id = $1 and teams.is_leaving = false "
    )
}

/// Adds a team unless there is one of that name; says whether it did.
pub(crate) async fn insert(
    tx: &mut Tx,
    account: AccountId,
    id: TeamId,
    name: &str,
    now: Timestamp,
) -> Result<bool> {
    const INSERT: &str = "\
        insert into teams (id, account_id, name, name_key, created_at) \
        values ($1, $2, $3, $4, $5) on conflict (account_id, name_key) do nothing";
    let is_new = execute!(
        tx,
        sqlx::query(INSERT)
            .bind(id)
            .bind(account)
            .bind(name)
            .bind(folded(name))
            .bind(now)
    )? == 1;
    if is_new {
        search::add_name(tx, account, id, name).await?;
    }
    Ok(is_new)
}

/// A team of an account.
pub(crate) async fn find(tx: &mut Tx, account: AccountId, id: TeamId) -> Result<Option<TeamRow>> {
    let find = format!("{}and teams.id = $2", select());
    Ok(fetch_optional!(
        tx,
        sqlx::query_as(AssertSqlSafe(find.clone()))
            .bind(account)
            .bind(id)
    )?)
}

/// The team of a name, in any case and with any accents.
pub(crate) async fn find_by_name(
    tx: &mut Tx,
    account: AccountId,
    name: &str,
) -> Result<Option<TeamId>> {
    const FIND: &str = "select id from teams where account_id = $1 and name_key = $2";
    Ok(fetch_optional!(
        tx,
        sqlx::query_scalar(FIND).bind(account).bind(folded(name))
    )?)
}

/// A team that nobody else changes before this transaction is over.
pub(crate) async fn lock(tx: &mut Tx, account: AccountId, id: TeamId) -> Result<Option<TeamRow>> {
    const LOCK: &str = "update teams set name = name where account_id = $1 and id = $2";
    execute!(tx, sqlx::query(LOCK).bind(account).bind(id))?;
    find(tx, account, id).await
}

/// Gives a team another name; `false` where that is another's.
pub(crate) async fn rename(
    tx: &mut Tx,
    account: AccountId,
    id: TeamId,
    name: &str,
) -> Result<bool> {
    const RENAME: &str = "\
        update teams set name = $3, name_key = $4 \
         where account_id = $1 and id = $2 \
           and not exists (select 1 from teams as other where other.account_id = $1 \
                              and other.name_key = $4 and other.id <> $2)";
    let is_done = execute!(
        tx,
        sqlx::query(RENAME)
            .bind(account)
            .bind(id)
            .bind(name)
            .bind(folded(name))
    )? == 1;
    if is_done {
        search::put_name(tx, account, id, name).await?;
    }
    Ok(is_done)
}

/// Counts a change of a team.
pub(crate) async fn count_change(tx: &mut Tx, account: AccountId, id: TeamId) -> Result<()> {
    const COUNT: &str = "update teams set version = version + 1 where account_id = $1 and id = $2";
    execute!(tx, sqlx::query(COUNT).bind(account).bind(id))?;
    Ok(())
}

/// Puts a team out of sight that nothing is to be for any more, frees its name, and lets
/// everybody leave it.
pub(crate) async fn begin_leaving(tx: &mut Tx, account: AccountId, id: TeamId) -> Result<()> {
    const LEAVE: &str = "\
        update teams set is_leaving = true, name_key = id where account_id = $1 and id = $2";
    const EMPTY: &str = "delete from team_members where team_id = $1";
    execute!(&mut *tx, sqlx::query(LEAVE).bind(account).bind(id))?;
    execute!(&mut *tx, sqlx::query(EMPTY).bind(id))?;
    search::forget_name(tx, &id).await
}

/// Removes a team; nothing is for it any more, and nobody is in it.
pub(crate) async fn delete(tx: &mut Tx, account: AccountId, id: TeamId) -> Result<()> {
    const PARTS: [&str; 2] = [
        "delete from asset_teams where team_id = $1",
        "delete from team_members where team_id = $1",
    ];
    const DELETE: &str = "delete from teams where account_id = $1 and id = $2";
    for part in PARTS {
        execute!(tx, sqlx::query(part).bind(id))?;
    }
    search::forget_name(tx, &id).await?;
    execute!(tx, sqlx::query(DELETE).bind(account).bind(id))?;
    Ok(())
}

/// Puts somebody of the account into a team that they are not in.
const ADD: &str = "\
    insert into team_members (team_id, user_id) \
    select $1, id from users where account_id = $2 and id = $3 on conflict do nothing";

/// Puts people into a team, as far as they are of the account.
pub(crate) async fn add_members(
    tx: &mut Tx,
    account: AccountId,
    id: TeamId,
    members: &[UserId],
) -> Result<()> {
    for member in members {
        execute!(
            &mut *tx,
            sqlx::query(ADD).bind(id).bind(account).bind(*member)
        )?;
    }
    Ok(())
}

/// Puts people into a team, in place of those who were in it; `false` where one is not of the account.
pub(crate) async fn set_members(
    tx: &mut Tx,
    account: AccountId,
    id: TeamId,
    members: &[UserId],
) -> Result<bool> {
    const CLEAR: &str = "delete from team_members where team_id = $1";
    execute!(tx, sqlx::query(CLEAR).bind(id))?;
    for member in members {
        let added = execute!(tx, sqlx::query(ADD).bind(id).bind(account).bind(*member))?;
        if added == 0 {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The statement of a page: `$1` is the account, `$2` where it starts, `$3` how many.
pub(super) fn list_statement() -> String {
    format!(
        "{}and teams.name_key > $2 order by teams.name_key limit $3",
        select()
    )
}

/// A page of the account's teams by name, and one more where there are more.
pub(crate) async fn list(
    tx: &mut Tx,
    account: AccountId,
    after: Option<String>,
    limit: Limit,
) -> Result<Vec<TeamRow>> {
    let list = list_statement();
    Ok(fetch_all!(
        tx,
        sqlx::query_as(AssertSqlSafe(list.clone()))
            .bind(account)
            .bind(after.clone().unwrap_or_default())
            .bind(page::rows(limit))
    )?)
}

/// What an account's teams are called, in order, and nothing that would be counted.
pub(crate) async fn list_names(
    tx: &mut Tx,
    account: AccountId,
    rows: i64,
) -> Result<Vec<(TeamId, String)>> {
    const LIST: &str = "\
        select id, name from teams \
         where account_id = $1 and is_leaving = false order by name_key limit $2";
    Ok(fetch_all!(
        tx,
        sqlx::query_as(LIST).bind(account).bind(rows)
    )?)
}

/// What a team is called.
pub(crate) async fn find_name(
    tx: &mut Tx,
    account: AccountId,
    id: TeamId,
) -> Result<Option<String>> {
    const FIND: &str = "\
        select name from teams where account_id = $1 and id = $2 and is_leaving = false";
    Ok(fetch_optional!(
        tx,
        sqlx::query_scalar(FIND).bind(account).bind(id)
    )?)
}

/// Who is in some teams, by name.
pub(crate) async fn list_members(
    tx: &mut Tx,
    account: AccountId,
    teams: &[TeamId],
) -> Result<HashMap<TeamId, Vec<TeamMember>>> {
    let mut members: HashMap<TeamId, Vec<TeamMember>> = HashMap::new();
    if teams.is_empty() {
        return Ok(members);
    }
    let list = format!(
        "select team_members.team_id, users.id, users.name \
           from team_members join users on users.id = team_members.user_id \
          where users.account_id = $1 and team_members.team_id in ({}) \
          order by users.name, users.id",
        places(2, teams.len())
    );
    let rows: Vec<(TeamId, UserId, String)> = fetch_all!(tx, {
        let query = sqlx::query_as(AssertSqlSafe(list.clone())).bind(account);
        teams.iter().fold(query, |query, id| query.bind(*id))
    })?;
    for (team, id, name) in rows {
        members
            .entry(team)
            .or_default()
            .push(TeamMember { id, name });
    }
    Ok(members)
}

/// The teams that a person is in.
pub(crate) async fn list_of_member(
    tx: &mut Tx,
    account: AccountId,
    user: UserId,
) -> Result<Vec<TeamId>> {
    const LIST: &str = "\
        select teams.id from team_members join teams on teams.id = team_members.team_id \
         where team_members.user_id = $2 and teams.account_id = $1";
    Ok(fetch_all!(
        tx,
        sqlx::query_scalar(LIST).bind(account).bind(user)
    )?)
}

/// Lets an asset be for a team; says whether it was not yet.
pub(crate) async fn assign(tx: &mut Tx, asset: AssetId, team: TeamId) -> Result<bool> {
    const ASSIGN: &str = "\
        insert into asset_teams (asset_id, team_id, created_at, is_seen) \
        select id, $2, created_at, state = 'active' from assets where id = $1 \
        on conflict do nothing";
    Ok(execute!(tx, sqlx::query(ASSIGN).bind(asset).bind(team))? == 1)
}

/// Lets an asset no longer be for a team; says whether it was.
pub(crate) async fn unassign(tx: &mut Tx, asset: AssetId, team: TeamId) -> Result<bool> {
    const UNASSIGN: &str = "delete from asset_teams where asset_id = $1 and team_id = $2";
    Ok(execute!(tx, sqlx::query(UNASSIGN).bind(asset).bind(team))? == 1)
}

/// The teams an asset is for.
pub(crate) async fn list_of_asset(tx: &mut Tx, asset: AssetId) -> Result<Vec<TeamId>> {
    const LIST: &str = "\
        select asset_teams.team_id from asset_teams join teams on teams.id = asset_teams.team_id \
         where asset_teams.asset_id = $1 and teams.is_leaving = false";
    Ok(fetch_all!(tx, sqlx::query_scalar(LIST).bind(asset))?)
}
