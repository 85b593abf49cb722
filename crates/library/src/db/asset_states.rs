//! Table `assets`, many rows at once: locked, moved, archived, trashed and restored.

use model::{AccountId, AssetId, AssetState, FolderId, Timestamp, UserId};
use sqlx::AssertSqlSafe;

use super::{
    many::places,
    tx::{Dialect, Tx, execute, fetch_all, fetch_one},
};
use crate::Result;

/// Where an asset is, while nobody else can change it.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub(crate) struct Held {
    pub id: AssetId,
    pub folder_id: Option<FolderId>,
    pub state: AssetState,
    pub trashed_from: Option<AssetState>,
    pub trashed_at: Option<Timestamp>,
    /// Whether the folder it lay in is gone for good.
    pub is_displaced: bool,
}

/// Those of some assets that the account has; nobody else changes them before this transaction
/// is over.
pub(crate) async fn lock_many(
    tx: &mut Tx,
    account: AccountId,
    ids: &[AssetId],
) -> Result<Vec<Held>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let lock = match tx.dialect() {
        Dialect::Sqlite => "",
        Dialect::Postgres => "for update",
    };
    let list = format!(
        "select id, folder_id, state, trashed_from, trashed_at, is_displaced from assets \
          where account_id = $1 and id in ({}) order by id {lock}",
        places(2, ids.len())
    );
    Ok(fetch_all!(tx, {
        let query = sqlx::query_as(AssertSqlSafe(list.clone())).bind(account);
        ids.iter().fold(query, |query, id| query.bind(*id))
    })?)
}

/// Changes some assets of an account: what is set has the places from `$2` on.
macro_rules! change_many {
    ($tx:expr, $account:expr, $ids:expr, $set:literal, [$($value:expr),+]) => {{
        let first = 2 + [$(stringify!($value)),+].len();
        let update = format!(
            concat!("update assets set ", $set, " where account_id = $1 and id in ({})"),
            places(first, $ids.len())
        );
        execute!($tx, {
            let query = sqlx::query(AssertSqlSafe(update.clone())).bind($account)$(.bind($value))+;
            $ids.iter().fold(query, |query, id| query.bind(*id))
        })
        .map(drop)
    }};
}

/// Puts assets into a folder, or at the top.
pub(crate) async fn move_many(
    tx: &mut Tx,
    account: AccountId,
    ids: &[AssetId],
    folder: Option<FolderId>,
    now: Timestamp,
) -> Result<()> {
    Ok(change_many!(
        tx,
        account,
        ids,
        "folder_id = $2, is_displaced = false, updated_at = $3",
        [folder, now]
    )?)
}

/// Archives assets, or takes them out of the archive.
pub(crate) async fn set_state_many(
    tx: &mut Tx,
    account: AccountId,
    ids: &[AssetId],
    state: AssetState,
    now: Timestamp,
) -> Result<()> {
    Ok(change_many!(
        tx,
        account,
        ids,
        "state = $2, updated_at = $3",
        [state, now]
    )?)
}

/// Notes on assets that they changed.
pub(crate) async fn touch_many(
    tx: &mut Tx,
    account: AccountId,
    ids: &[AssetId],
    now: Timestamp,
) -> Result<()> {
    Ok(change_many!(tx, account, ids, "updated_at = $2", [now])?)
}

/// Moves assets to the trash, alone or with a folder.
pub(crate) async fn trash_many(
    tx: &mut Tx,
    account: AccountId,
    ids: &[AssetId],
    (by, with): (Option<UserId>, Option<FolderId>),
    now: Timestamp,
) -> Result<()> {
    Ok(change_many!(
        tx,
        account,
        ids,
        "trashed_from = state, state = 'trashed', trashed_at = $2, trashed_by = $3, \
         trashed_with = $4, updated_at = $2",
        [now, by, with]
    )?)
}

/// Brings assets back from the trash to what they were, into a folder or to the top.
pub(crate) async fn restore_many(
    tx: &mut Tx,
    account: AccountId,
    ids: &[AssetId],
    folder: Option<FolderId>,
    now: Timestamp,
) -> Result<()> {
    Ok(change_many!(
        tx,
        account,
        ids,
        "state = coalesce(trashed_from, 'active'), folder_id = $2, trashed_from = null, \
         trashed_at = null, trashed_by = null, trashed_with = null, is_displaced = false, \
         updated_at = $3",
        [folder, now]
    )?)
}

/// Assets below a folder in the trash that are not there themselves, after one of them, by id.
pub(crate) async fn list_below(
    tx: &mut Tx,
    account: AccountId,
    folder: FolderId,
    after: &str,
    rows: i64,
) -> Result<Vec<AssetId>> {
    const LIST: &str = "\
        select assets.id from folder_ancestors \
               join assets on assets.account_id = $1 \
                          and assets.folder_id = folder_ancestors.folder_id \
                          and assets.state in ('active', 'archived') \
         where folder_ancestors.ancestor_id = $2 and assets.id > $3 \
           and exists (select 1 from folders where id = $2 and trashed_at is not null) \
         order by assets.id limit $4";
    Ok(fetch_all!(
        tx,
        sqlx::query_scalar(LIST)
            .bind(account)
            .bind(folder)
            .bind(after)
            .bind(rows)
    )?)
}

/// Assets that went to the trash with a folder, after one of them, by id; none where the folder
/// itself is, or is not, there.
pub(crate) async fn list_trashed_with(
    tx: &mut Tx,
    account: AccountId,
    (folder, is_trashed): (FolderId, bool),
    after: &str,
    rows: i64,
) -> Result<Vec<AssetId>> {
    const LIST: &str = "\
        select id from assets where account_id = $1 and trashed_with = $2 and id > $3 \
           and exists (select 1 from folders \
                        where id = $2 and (trashed_at is not null) = $5) \
         order by id limit $4";
    Ok(fetch_all!(
        tx,
        sqlx::query_scalar(LIST)
            .bind(account)
            .bind(folder)
            .bind(after)
            .bind(rows)
            .bind(is_trashed)
    )?)
}

/// How many assets went to the trash with a folder.
pub(crate) async fn count_trashed_with(
    tx: &mut Tx,
    account: AccountId,
    folder: FolderId,
) -> Result<u64> {
    const COUNT: &str = "select count(*) from assets where account_id = $1 and trashed_with = $2";
    let count: i64 = fetch_one!(tx, sqlx::query_scalar(COUNT).bind(account).bind(folder))?;
    Ok(count.unsigned_abs())
}
