//! Table `folders`: found, listed, made and changed.

use model::{AccountId, FileName, Folder, FolderColor, FolderId, Timestamp, UserId};
use sqlx::AssertSqlSafe;

use super::{
    search, text,
    tx::{Tx, execute, fetch_all, fetch_optional},
};
use crate::Result;

/// The columns of a [`FolderRow`].
pub(super) const COLUMNS: &str = "\
    select folders.id, folders.parent_id, folders.name, folders.sort_key, folders.color, \
           folders.depth, folders.asset_count, folders.total_count, folders.version, \
           folders.created_at, folders.trashed_at, folders.trashed_by, folders.trashed_with, \
           users.name as trashed_by_name, \
           exists (select 1 from folders as child \
                    where child.parent_id = folders.id and child.trashed_at is null) as has_folders";

/// Where the name of who moved a folder to the trash comes from.
pub(super) const WITH_NAME: &str = "left join users on users.id = folders.trashed_by";

/// A folder, as it is kept.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct FolderRow {
    pub id: FolderId,
    pub parent_id: Option<FolderId>,
    pub name: FileName,
    pub sort_key: String,
    pub color: Option<FolderColor>,
    pub asset_count: i64,
    pub total_count: i64,
    pub has_folders: bool,
    pub version: i64,
    pub created_at: Timestamp,
    pub trashed_at: Option<Timestamp>,
    pub trashed_by: Option<UserId>,
    pub trashed_with: Option<FolderId>,
    pub trashed_by_name: Option<String>,
    /// Less where it is called just as it was asked for; only where words find it.
    #[sqlx(default)]
    pub likeness: i64,
}

impl FolderRow {
    /// The folder as people see it.
    pub fn into_folder(self, path: Vec<FileName>, retention_days: u32) -> Folder {
        let kept = std::time::Duration::from_secs(u64::from(retention_days) * 86_400);
        Folder {
            id: self.id,
            parent_id: self.parent_id,
            name: self.name,
            path,
            color: self.color,
            asset_count: self.asset_count.unsigned_abs(),
            total_count: self.total_count.unsigned_abs(),
            has_folders: self.has_folders,
            version: u32::try_from(self.version).unwrap_or(u32::MAX),
            created_at: self.created_at,
            trashed_at: self.trashed_at,
            purge_at: self.trashed_at.map(|at| at.after(kept)),
            trashed_by: self.trashed_by,
            trashed_by_name: self.trashed_by_name,
        }
    }
}

/// A folder to be made.
pub(crate) struct NewFolder<'a> {
    pub id: FolderId,
    pub account: AccountId,
    pub parent: Option<FolderId>,
    pub name: &'a FileName,
    pub depth: i64,
    pub now: Timestamp,
}

/// What siblings must differ in.
fn name_key(name: &FileName) -> String {
    text::folded(name.as_str())
}

/// A parent as the index of siblings has it.
pub(super) fn place(parent: Option<FolderId>) -> String {
    parent.map(|id| id.to_string()).unwrap_or_default()
}

/// Adds a folder unless there is a sibling of that name; says whether it did.
pub(crate) async fn insert(tx: &mut Tx, folder: &NewFolder<'_>) -> Result<bool> {
    const INSERT: &str = "\
        insert into folders (id, account_id, parent_id, name, name_key, sort_key, depth, created_at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing";
    let is_new = execute!(
        tx,
        sqlx::query(INSERT)
            .bind(folder.id)
            .bind(folder.account)
            .bind(folder.parent)
            .bind(folder.name)
            .bind(name_key(folder.name))
            .bind(text::sort_key(folder.name.as_str()))
            .bind(folder.depth)
            .bind(folder.now)
    )? == 1;
    if is_new {
        search::add_name(tx, folder.account, folder.id, folder.name.as_str()).await?;
    }
    Ok(is_new)
}

/// The folder of a name below another.
pub(crate) async fn find_by_name(
    tx: &mut Tx,
    account: AccountId,
    parent: Option<FolderId>,
    name: &FileName,
) -> Result<Option<FolderId>> {
    const FIND: &str = "\
        select id from folders \
         where account_id = $1 and coalesce(parent_id, '') = $2 and name_key = $3 \
           and trashed_at is null";
    Ok(fetch_optional!(
        tx,
        sqlx::query_scalar(FIND)
            .bind(account)
            .bind(place(parent))
            .bind(name_key(name))
    )?)
}

/// How deep a folder in the tree lies, where it is there.
pub(crate) async fn find_depth(
    tx: &mut Tx,
    account: AccountId,
    id: FolderId,
) -> Result<Option<i64>> {
    const FIND: &str = "\
        select depth from folders where account_id = $1 and id = $2 and trashed_at is null";
    Ok(fetch_optional!(
        tx,
        sqlx::query_scalar(FIND).bind(account).bind(id)
    )?)
}

/// A folder by its id, in the tree or in the trash.
pub(crate) async fn find(
    tx: &mut Tx,
    account: AccountId,
    id: FolderId,
) -> Result<Option<FolderRow>> {
    let find = format!(
        "{COLUMNS} from folders {WITH_NAME} where folders.account_id = $1 and folders.id = $2"
    );
    Ok(fetch_optional!(
        tx,
        sqlx::query_as(AssertSqlSafe(find.clone()))
            .bind(account)
            .bind(id)
    )?)
}

/// Writes what about a folder a person may change, and counts the change.
pub(crate) async fn update(tx: &mut Tx, account: AccountId, folder: &FolderRow) -> Result<()> {
    const UPDATE: &str = "\
        update folders set name = $3, name_key = $4, sort_key = $5, color = $6, parent_id = $7, \
               version = version + 1 \
         where account_id = $1 and id = $2";
    execute!(
        tx,
        sqlx::query(UPDATE)
            .bind(account)
            .bind(folder.id)
            .bind(&folder.name)
            .bind(name_key(&folder.name))
            .bind(text::sort_key(folder.name.as_str()))
            .bind(folder.color)
            .bind(folder.parent_id)
    )?;
    search::put_name(tx, account, folder.id, folder.name.as_str()).await
}

/// Gives some folders from before there were sort keys theirs, after one of them; which it came to,
/// while there are more.
pub(crate) async fn add_sort_keys(tx: &mut Tx, after: &str, rows: i64) -> Result<Option<String>> {
    const LIST: &str = "\
        select id, name from folders where sort_key = '' and id > $1 order by id limit $2";
    const SET: &str = "update folders set sort_key = $2 where id = $1";
    const FOLD: &str = "\
        update folders set name_key = $2 where id = $1 and not exists ( \
               select 1 from folders as sibling \
                where sibling.account_id = folders.account_id and sibling.name_key = $2 \
                  and coalesce(sibling.parent_id, '') = coalesce(folders.parent_id, ''))";
    let unsorted: Vec<(FolderId, FileName)> =
        fetch_all!(&mut *tx, sqlx::query_as(LIST).bind(after).bind(rows))?;
    let last = unsorted.last().map(|(id, _)| id.to_string());
    for (id, name) in unsorted {
        let key = text::sort_key(name.as_str());
        execute!(&mut *tx, sqlx::query(SET).bind(id).bind(&key))?;
        // Two siblings that differ in accents alone keep their keys, and with them their names.
        execute!(&mut *tx, sqlx::query(FOLD).bind(id).bind(name_key(&name)))?;
    }
    Ok(last)
}
