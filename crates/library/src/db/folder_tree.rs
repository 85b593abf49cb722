//! Table `folder_ancestors` and the counts that follow it: who lies below whom.

use model::{AccountId, FolderContents, FolderId};

use super::{
    tx::{Dialect, Tx, execute, fetch_all, fetch_one, fetch_optional},
    used_in,
};
use crate::Result;

/// Lets nobody else change an account's tree before this transaction is over.
///
/// It is taken before rows of assets and before the meter, so that nobody waits in a circle.
/// `SQLite` has one writer anyway.
pub(crate) async fn lock(tx: &mut Tx, account: AccountId) -> Result<()> {
    if tx.dialect() == Dialect::Postgres {
        execute!(tx, sqlx::query("select lock_folders($1)").bind(account))?;
    }
    Ok(())
}

/// Puts a folder that stands alone below another, or at the top, with all below it.
pub(crate) async fn attach(tx: &mut Tx, folder: FolderId, parent: Option<FolderId>) -> Result<()> {
    const DEPTHS: &str = "\
        update folders set depth = depth + (select depth from folders where id = $2) \
         where id in (select folder_id from folder_ancestors where ancestor_id = $1)";
    const LINK: &str = "\
        insert into folder_ancestors (folder_id, ancestor_id, distance) \
        select below.folder_id, above.ancestor_id, below.distance + above.distance + 1 \
          from folder_ancestors as below cross join folder_ancestors as above \
         where below.ancestor_id = $1 and above.folder_id = $2";
    let Some(parent) = parent else { return Ok(()) };
    execute!(tx, sqlx::query(DEPTHS).bind(folder).bind(parent))?;
    execute!(tx, sqlx::query(LINK).bind(folder).bind(parent))?;
    add_to_above(tx, folder, 1).await
}

/// Takes a folder with all below it from where it lies; it stands alone then.
pub(crate) async fn detach(tx: &mut Tx, folder: FolderId) -> Result<()> {
    const UNLINK: &str = "\
        delete from folder_ancestors \
         where folder_id in (select folder_id from folder_ancestors where ancestor_id = $1) \
           and ancestor_id in (select ancestor_id from folder_ancestors \
                                where folder_id = $1 and distance > 0)";
    const DEPTHS: &str = "\
        update folders set depth = 1 + (select distance from folder_ancestors \
                                         where folder_id = folders.id and ancestor_id = $1) \
         where id in (select folder_id from folder_ancestors where ancestor_id = $1)";
    add_to_above(tx, folder, -1).await?;
    execute!(tx, sqlx::query(UNLINK).bind(folder))?;
    execute!(tx, sqlx::query(DEPTHS).bind(folder))?;
    Ok(())
}

/// Adds a new folder to the tree, where it stands alone.
pub(crate) async fn plant(tx: &mut Tx, folder: FolderId) -> Result<()> {
    const PLANT: &str = "\
        insert into folder_ancestors (folder_id, ancestor_id, distance) values ($1, $1, 0)";
    execute!(tx, sqlx::query(PLANT).bind(folder))?;
    Ok(())
}

/// Adds a new folder below another, or at the top: it has nothing to count yet.
pub(crate) async fn insert(tx: &mut Tx, folder: FolderId, parent: Option<FolderId>) -> Result<()> {
    const LINK: &str = "\
        insert into folder_ancestors (folder_id, ancestor_id, distance) \
        select $1, ancestor_id, distance + 1 from folder_ancestors where folder_id = $2";
    plant(tx, folder).await?;
    if let Some(parent) = parent {
        execute!(tx, sqlx::query(LINK).bind(folder).bind(parent))?;
    }
    Ok(())
}

/// Counts what a folder holds into, or out of, everything it lies in.
async fn add_to_above(tx: &mut Tx, folder: FolderId, sign: i64) -> Result<()> {
    const ADD: &str = "\
        update folders set total_count = total_count \
               + $2 * (select held.total_count from folders as held where held.id = $1) \
         where id in (select ancestor_id from folder_ancestors \
                       where folder_id = $1 and distance > 0)";
    execute!(tx, sqlx::query(ADD).bind(folder).bind(sign))?;
    Ok(())
}

/// Whether one folder lies in another, or is it.
pub(crate) async fn is_within(tx: &mut Tx, folder: FolderId, other: FolderId) -> Result<bool> {
    const FIND: &str =
        "select distance from folder_ancestors where folder_id = $1 and ancestor_id = $2";
    let found: Option<i64> =
        fetch_optional!(tx, sqlx::query_scalar(FIND).bind(folder).bind(other))?;
    Ok(found.is_some())
}

/// How many levels a folder has, with its own.
pub(crate) async fn height(tx: &mut Tx, folder: FolderId) -> Result<i64> {
    const HEIGHT: &str = "\
        select coalesce(max(distance), 0) + 1 from folder_ancestors where ancestor_id = $1";
    Ok(fetch_one!(tx, sqlx::query_scalar(HEIGHT).bind(folder))?)
}

/// What lies in a folder and below: what goes to the trash with it.
pub(crate) async fn contents(
    tx: &mut Tx,
    account: AccountId,
    folder: FolderId,
) -> Result<FolderContents> {
    const FOLDERS: &str =
        "select count(*) from folder_ancestors where ancestor_id = $1 and distance > 0";
    const ASSETS: &str = "\
        select count(*), count(shares.asset_id) \
          from folder_ancestors \
               join assets on assets.account_id = $1 \
                          and assets.folder_id = folder_ancestors.folder_id \
                          and assets.state in ('active', 'archived') \
               left join shares on shares.asset_id = assets.id \
         where folder_ancestors.ancestor_id = $2";
    let folders: i64 = fetch_one!(&mut *tx, sqlx::query_scalar(FOLDERS).bind(folder))?;
    let (assets, shared): (i64, i64) =
        fetch_one!(&mut *tx, sqlx::query_as(ASSETS).bind(account).bind(folder))?;
    Ok(FolderContents {
        folders: folders.unsigned_abs(),
        assets: assets.unsigned_abs(),
        shared: shared.unsigned_abs(),
        used_in: used_in::count_below(tx, account, folder).await?,
    })
}

/// Folders whose counts differ from a recount: the folder, with what it says and what there is.
pub(crate) async fn recount(tx: &mut Tx) -> Result<Vec<(FolderId, i64, i64)>> {
    const RECOUNT: &str = "\
        select folders.id, folders.total_count, coalesce(held.assets, 0) \
          from folders left join ( \
               select folder_ancestors.ancestor_id, count(*) as assets \
                 from folder_ancestors \
                      join assets on assets.folder_id = folder_ancestors.folder_id \
                                 and assets.state = 'active' \
                group by folder_ancestors.ancestor_id) as held on held.ancestor_id = folders.id \
         where folders.total_count <> coalesce(held.assets, 0) order by folders.id";
    Ok(fetch_all!(tx, sqlx::query_as(RECOUNT))?)
}
