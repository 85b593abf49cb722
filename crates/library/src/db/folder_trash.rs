//! Table `folders`: what lies in the trash.

use model::{AccountId, FolderId, Timestamp, UserId};

use super::tx::{Tx, execute, fetch_all, fetch_optional};
use crate::Result;

/// Marks a folder that stands alone, with all below it, as being in the trash.
pub(crate) async fn trash(
    tx: &mut Tx,
    folder: FolderId,
    by: Option<UserId>,
    now: Timestamp,
) -> Result<()> {
    const TRASH: &str = "\
        update folders set trashed_at = $2, trashed_by = $3, trashed_with = $1, \
               version = version + 1 \
         where id in (select folder_id from folder_ancestors where ancestor_id = $1)";
    execute!(tx, sqlx::query(TRASH).bind(folder).bind(now).bind(by))?;
    Ok(())
}

/// Takes the mark of the trash away from all that went with a folder.
pub(crate) async fn restore(tx: &mut Tx, account: AccountId, folder: FolderId) -> Result<()> {
    const RESTORE: &str = "\
        update folders set trashed_at = null, trashed_by = null, trashed_with = null \
         where account_id = $1 and trashed_with = $2";
    execute!(tx, sqlx::query(RESTORE).bind(account).bind(folder))?;
    Ok(())
}

/// The nearest folder in the tree on the way up from one that may be in the trash.
pub(crate) async fn find_living(
    tx: &mut Tx,
    account: AccountId,
    folder: Option<FolderId>,
) -> Result<Option<FolderId>> {
    const FIND: &str = "\
        select folders.trashed_at, chosen.parent_id \
          from folders left join folders as chosen on chosen.id = folders.trashed_with \
         where folders.account_id = $1 and folders.id = $2";
    let mut folder = folder;
    while let Some(id) = folder {
        let found: Option<(Option<Timestamp>, Option<FolderId>)> =
            fetch_optional!(&mut *tx, sqlx::query_as(FIND).bind(account).bind(id))?;
        match found {
            Some((None, _)) => return Ok(Some(id)),
            Some((Some(_), parent)) => folder = parent,
            None => return Ok(None),
        }
    }
    Ok(None)
}

/// Removes a folder in the trash for good with all that went with it.
///
/// What lies in it and went to the trash on its own comes to lie where the folder lay, and is told
/// so when it comes back.
pub(crate) async fn delete(
    tx: &mut Tx,
    account: AccountId,
    folder: FolderId,
    parent: Option<FolderId>,
) -> Result<()> {
    const PARTS: [&str; 2] = [
        "update assets set folder_id = $3, is_displaced = true \
          where account_id = $1 and folder_id in ( \
                select id from folders where account_id = $1 and trashed_with = $2)",
        "update folders set parent_id = $3 \
          where account_id = $1 and (trashed_with is null or trashed_with <> $2) and parent_id in ( \
                select id from folders where account_id = $1 and trashed_with = $2)",
    ];
    const DELETE: [&str; 3] = [
        "delete from search_names where ref in ( \
                select id from folders where account_id = $1 and trashed_with = $2)",
        "delete from folder_ancestors where folder_id in ( \
                select id from folders where account_id = $1 and trashed_with = $2)",
        "delete from folders where account_id = $1 and trashed_with = $2",
    ];
    for part in PARTS {
        execute!(
            &mut *tx,
            sqlx::query(part).bind(account).bind(folder).bind(parent)
        )?;
    }
    for delete in DELETE {
        execute!(&mut *tx, sqlx::query(delete).bind(account).bind(folder))?;
    }
    Ok(())
}

/// Folders of an account that somebody chose for the trash, at the latest at a moment, and that
/// hold nothing more.
pub(crate) async fn list(
    tx: &mut Tx,
    account: AccountId,
    latest: Timestamp,
) -> Result<Vec<FolderId>> {
    const LIST: &str = "\
        select id from folders \
         where account_id = $1 and trashed_at <= $2 and trashed_with = id \
           and not exists (select 1 from assets where assets.trashed_with = folders.id) \
         order by trashed_at, id";
    Ok(fetch_all!(
        tx,
        sqlx::query_scalar(LIST).bind(account).bind(latest)
    )?)
}

/// Folders of an account that have been in the trash since before a moment, and hold nothing more.
pub(crate) async fn list_purgeable(
    tx: &mut Tx,
    account: AccountId,
    before: Timestamp,
    rows: i64,
) -> Result<Vec<FolderId>> {
    const LIST: &str = "\
        select id from folders \
         where account_id = $1 and trashed_with = id and trashed_at < $2 \
           and not exists (select 1 from assets where assets.trashed_with = folders.id) \
         order by trashed_at limit $3";
    Ok(fetch_all!(
        tx,
        sqlx::query_scalar(LIST)
            .bind(account)
            .bind(before)
            .bind(rows)
    )?)
}
