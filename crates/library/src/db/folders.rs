//! Table `folders`.

use model::{AccountId, FileName, Folder, FolderColor, FolderId, Timestamp};

use super::tx::{Tx, execute, fetch_all, fetch_optional};
use crate::Result;

#[derive(sqlx::FromRow)]
struct FolderRow {
    id: FolderId,
    parent_id: Option<FolderId>,
    name: FileName,
    color: Option<FolderColor>,
    asset_count: i64,
    created_at: Timestamp,
}

impl From<FolderRow> for Folder {
    fn from(row: FolderRow) -> Self {
        Self {
            id: row.id,
            parent_id: row.parent_id,
            name: row.name,
            color: row.color,
            asset_count: row.asset_count.unsigned_abs(),
            created_at: row.created_at,
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
    name.as_str().to_lowercase()
}

/// Adds a folder unless there is a sibling of that name; says whether it did.
pub(crate) async fn insert(tx: &mut Tx, folder: &NewFolder<'_>) -> Result<bool> {
    const INSERT: &str = "\
        insert into folders (id, account_id, parent_id, name, name_key, depth, created_at) \
        values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing";
    Ok(execute!(
        tx,
        sqlx::query(INSERT)
            .bind(folder.id)
            .bind(folder.account)
            .bind(folder.parent)
            .bind(folder.name)
            .bind(name_key(folder.name))
            .bind(folder.depth)
            .bind(folder.now)
    )? == 1)
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
         where account_id = $1 and coalesce(parent_id, '') = $2 and name_key = $3";
    let parent = parent.map(|id| id.to_string()).unwrap_or_default();
    Ok(fetch_optional!(
        tx,
        sqlx::query_scalar(FIND)
            .bind(account)
            .bind(&parent)
            .bind(name_key(name))
    )?)
}

/// How deep a folder lies, where it is there.
pub(crate) async fn find_depth(
    tx: &mut Tx,
    account: AccountId,
    id: FolderId,
) -> Result<Option<i64>> {
    const FIND: &str = "select depth from folders where account_id = $1 and id = $2";
    Ok(fetch_optional!(
        tx,
        sqlx::query_scalar(FIND).bind(account).bind(id)
    )?)
}

/// A folder by its id.
pub(crate) async fn find(tx: &mut Tx, account: AccountId, id: FolderId) -> Result<Option<Folder>> {
    const FIND: &str = "\
        select folders.*, (select count(*) from assets \
                 where account_id = $1 and folder_id = folders.id and state = 'active') as asset_count \
          from folders where account_id = $1 and id = $2";
    let row: Option<FolderRow> = fetch_optional!(tx, sqlx::query_as(FIND).bind(account).bind(id))?;
    Ok(row.map(Folder::from))
}

/// The folders of an account made after one, oldest first.
pub(crate) async fn list_page(
    tx: &mut Tx,
    account: AccountId,
    after: Option<FolderId>,
    rows: i64,
) -> Result<Vec<Folder>> {
    const LIST: &str = "\
        select folders.*, (select count(*) from assets \
                 where account_id = $1 and folder_id = folders.id and state = 'active') as asset_count \
          from folders where account_id = $1 and id > $2 order by id limit $3";
    let after = after.map(|id| id.to_string()).unwrap_or_default();
    let rows: Vec<FolderRow> = fetch_all!(
        tx,
        sqlx::query_as(LIST).bind(account).bind(&after).bind(rows)
    )?;
    Ok(rows.into_iter().map(Folder::from).collect())
}

/// All folders of an account, parents before children, siblings by name.
pub(crate) async fn list(tx: &mut Tx, account: AccountId) -> Result<Vec<Folder>> {
    const LIST: &str = "\
        select folders.*, coalesce(held.assets, 0) as asset_count \
          from folders left join ( \
               select folder_id, count(*) as assets from assets \
                where account_id = $1 and folder_id is not null and state = 'active' \
                group by folder_id) as held on held.folder_id = folders.id \
         where folders.account_id = $1 \
         order by depth, name_key, id";
    let rows: Vec<FolderRow> = fetch_all!(tx, sqlx::query_as(LIST).bind(account))?;
    Ok(rows.into_iter().map(Folder::from).collect())
}
