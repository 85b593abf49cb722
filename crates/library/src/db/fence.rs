//! The walls around what an embed session sees, as conditions on assets, folders and tags.

use std::collections::HashMap;

use model::{AccountId, AssetId, FolderId, Kind};
use sqlx::AssertSqlSafe;

use super::{
    embed_sessions::write_words,
    many::places,
    tx::{Tx, fetch_all, fetch_one},
};
use crate::Result;

/// The walls around what an embed session sees: nothing outside a folder and those below it,
/// nothing of another kind, and nothing that lies in the trash.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fence {
    /// The folder; absent for the whole library.
    pub root: Option<FolderId>,
    /// The kinds; empty for all.
    pub kinds: Vec<Kind>,
}

impl Fence {
    /// The folder as text; empty for the whole library.
    pub fn root(&self) -> String {
        self.root.map(|id| id.to_string()).unwrap_or_default()
    }

    /// The kinds as words with spaces between; empty for all.
    pub fn kinds(&self) -> String {
        write_words(&self.kinds)
    }

    /// Whether it lets the whole library be seen but for the trash.
    pub fn is_wide(&self) -> bool {
        self.root.is_none() && self.kinds.is_empty()
    }
}

/// That an asset is inside, with the places of the folder and of the kinds.
pub(super) fn holds_asset(root: usize, kinds: usize) -> String {
    format!(
        "assets.state <> 'trashed' \
         and (${kinds} = '' or ' ' || ${kinds} || ' ' like '% ' || assets.kind || ' %') \
         and (${root} = '' or exists (select 1 from folder_ancestors as inside \
                where inside.folder_id = assets.folder_id and inside.ancestor_id = ${root}))"
    )
}

/// That a folder is inside, by the column of its id and the place of the root.
pub(super) fn holds_folder(column: &str, root: usize) -> String {
    format!(
        "exists (select 1 from folder_ancestors as inside \
                  where inside.folder_id = {column} and inside.ancestor_id = ${root})"
    )
}

/// Whether an asset of an account is inside.
pub(crate) async fn has_asset(
    tx: &mut Tx,
    account: AccountId,
    fence: &Fence,
    id: AssetId,
) -> Result<bool> {
    let has = format!(
        "select exists (select 1 from assets \
                         where assets.account_id = $1 and assets.id = $2 and {})",
        holds_asset(3, 4)
    );
    Ok(fetch_one!(
        tx,
        sqlx::query_scalar(AssertSqlSafe(has.clone()))
            .bind(account)
            .bind(id)
            .bind(fence.root())
            .bind(fence.kinds())
    )?)
}

/// Whether an asset of an account is inside, and is at a version.
pub(crate) async fn has_version(
    tx: &mut Tx,
    account: AccountId,
    fence: &Fence,
    (id, version): (AssetId, i64),
) -> Result<bool> {
    let has = format!(
        "select exists (select 1 from assets \
                         where assets.account_id = $1 and assets.id = $2 \
                           and assets.version = $5 and {})",
        holds_asset(3, 4)
    );
    Ok(fetch_one!(
        tx,
        sqlx::query_scalar(AssertSqlSafe(has.clone()))
            .bind(account)
            .bind(id)
            .bind(fence.root())
            .bind(fence.kinds())
            .bind(version)
    )?)
}

/// Whether a folder of an account is the root or below it.
pub(crate) async fn has_folder(
    tx: &mut Tx,
    account: AccountId,
    root: FolderId,
    id: FolderId,
) -> Result<bool> {
    let has = format!(
        "select exists (select 1 from folders \
                         where folders.account_id = $1 and folders.id = $2 \
                           and folders.trashed_at is null and {})",
        holds_folder("folders.id", 3)
    );
    Ok(fetch_one!(
        tx,
        sqlx::query_scalar(AssertSqlSafe(has.clone()))
            .bind(account)
            .bind(id)
            .bind(root)
    )?)
}

/// How many assets of the kinds are in sight in some folders: right in each, and below it too.
pub(crate) async fn count_in_folders(
    tx: &mut Tx,
    account: AccountId,
    fence: &Fence,
    folders: &[FolderId],
) -> Result<HashMap<FolderId, (i64, i64)>> {
    if folders.is_empty() {
        return Ok(HashMap::new());
    }
    let count = format!(
        "select held.ancestor_id, \
                count(case when held.distance = 0 then 1 end), count(*) \
           from folder_ancestors as held join assets on assets.folder_id = held.folder_id \
          where assets.account_id = $1 and assets.state = 'active' and {} \
            and held.ancestor_id in ({}) group by held.ancestor_id",
        holds_asset(2, 3),
        places(4, folders.len())
    );
    let rows: Vec<(FolderId, i64, i64)> = fetch_all!(tx, {
        let query = sqlx::query_as(AssertSqlSafe(count.clone()))
            .bind(account)
            .bind(fence.root())
            .bind(fence.kinds());
        folders.iter().fold(query, |query, id| query.bind(*id))
    })?;
    let counts = rows.into_iter().map(|(id, own, all)| (id, (own, all)));
    Ok(counts.collect())
}
