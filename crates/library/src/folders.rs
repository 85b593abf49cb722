//! Folders: places in a tree.

mod change;
mod trash;

pub use trash::FolderMove;

use model::{
    AccountId, Cursor, EventKind, FileName, Folder, FolderFilter, FolderId, FolderPath, Limit,
    Page, Problem, Reason, Right, UploadMetadata,
};

use crate::{
    Actor, Library, Result, audit,
    db::{
        self, Tx,
        folder_list::{self, Key},
        folder_tree,
        folders::{self, FolderRow, NewFolder},
        page,
    },
    embed::{Door, fence},
};

impl Library {
    /// A page of the account's folders: siblings and what words find by name, all others
    /// oldest first, an order that no move and no new name changes.
    pub async fn list_folders(
        &self,
        actor: &Actor,
        filter: &FolderFilter,
        cursor: Option<&Cursor>,
        limit: Limit,
    ) -> Result<Page<Folder>> {
        self.admit(actor, Door::ListFolders).await?;
        if filter.trashed {
            self.require(actor, Right::View).await?;
        }
        let account = actor.account_id;
        let after: Option<Key> = page::decode(cursor)?;
        let mut tx = self.inner.db.read().await?;
        if let Some(parent) = filter.parent.and_then(model::FolderParent::id) {
            depth_of(&mut tx, account, Some(parent)).await?;
            fence::require_seen_folder(&mut tx, actor, parent).await?;
        }
        let (asked, rows) = ((filter, actor.root()), page::rows(limit));
        let rows = folder_list::list(&mut tx, account, asked, after, rows).await?;
        let page = page::cut(rows, limit, Key::of);
        let mut items = show(&mut tx, account, page.items).await?;
        fence::veil_folders(&mut tx, actor, &mut items).await?;
        Ok(Page {
            items,
            next_cursor: page.next_cursor,
        })
    }

    /// One folder, in the tree or in the trash.
    pub async fn get_folder(&self, actor: &Actor, id: FolderId) -> Result<Folder> {
        self.require(actor, Right::View).await?;
        let mut tx = self.inner.db.read().await?;
        read_folder(&mut tx, actor.account_id, id).await
    }

    /// A folder with all it lies in, from the top down; for showing where in the tree one is.
    pub async fn list_folder_path(&self, actor: &Actor, id: FolderId) -> Result<Vec<Folder>> {
        self.require(actor, Right::View).await?;
        let mut tx = self.inner.db.read().await?;
        depth_of(&mut tx, actor.account_id, Some(id)).await?;
        let rows = folder_list::list_above(&mut tx, actor.account_id, id).await?;
        show(&mut tx, actor.account_id, rows).await
    }

    /// Makes a folder; siblings have different names.
    pub async fn create_folder(
        &self,
        actor: &Actor,
        parent: Option<FolderId>,
        name: FileName,
    ) -> Result<Folder> {
        self.require(actor, Right::Edit).await?;
        let account = actor.account_id;
        let mut tx = self.inner.db.write().await?;
        folder_tree::lock(&mut tx, account).await?;
        let depth = depth_of(&mut tx, account, parent).await? + 1;
        if depth > max_depth() {
            return Err(too_deep("parent_id"));
        }
        let made = self.insert_folder(&mut tx, actor, parent, &name, depth);
        let Some(id) = made.await? else {
            return Err(name_taken(&name));
        };
        let folder = read_folder(&mut tx, account, id).await?;
        tx.commit().await?;
        Ok(folder)
    }

    /// The folder an upload is meant for; those of its relative path are made where they are not.
    pub(crate) async fn folder_for(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        metadata: &UploadMetadata,
    ) -> Result<Option<FolderId>> {
        let path = metadata
            .relative_path
            .as_deref()
            .map(FolderPath::of_file)
            .unwrap_or_default();
        let mut folder = metadata.folder_id;
        if metadata.folder_id.is_some() || !path.is_empty() {
            folder_tree::lock(tx, actor.account_id).await?;
        }
        let mut depth = depth_of(tx, actor.account_id, folder).await?;
        for name in path.names() {
            depth += 1;
            if depth > max_depth() {
                // What lies deeper falls together into the deepest one.
                break;
            }
            folder = Some(self.find_or_make(tx, actor, folder, name, depth).await?);
        }
        Ok(folder)
    }

    async fn find_or_make(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        parent: Option<FolderId>,
        name: &FileName,
        depth: i64,
    ) -> Result<FolderId> {
        let account = actor.account_id;
        if let Some(found) = folders::find_by_name(tx, account, parent, name).await? {
            return Ok(found);
        }
        if let Some(made) = self.insert_folder(tx, actor, parent, name, depth).await? {
            return Ok(made);
        }
        // Somebody else made it in between.
        let found = folders::find_by_name(tx, account, parent, name).await?;
        found.ok_or_else(|| {
            Problem::conflict("The folder was removed just now.")
                .because(Reason::FolderGone)
                .into()
        })
    }

    async fn insert_folder(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        parent: Option<FolderId>,
        name: &FileName,
        depth: i64,
    ) -> Result<Option<FolderId>> {
        let clock = &*self.inner.clock;
        let folder = NewFolder {
            id: clock.new_id(),
            account: actor.account_id,
            parent,
            name,
            depth,
            now: clock.now(),
        };
        if !folders::insert(tx, &folder).await? {
            return Ok(None);
        }
        folder_tree::insert(tx, folder.id, parent).await?;
        audit::record(tx, clock, actor, EventKind::FolderCreated, folder.id).await?;
        Ok(Some(folder.id))
    }
}

/// How deep a folder lies; the top is 0 deep.
pub(crate) async fn depth_of(
    tx: &mut Tx,
    account: AccountId,
    folder: Option<FolderId>,
) -> Result<i64> {
    let Some(folder) = folder else { return Ok(0) };
    let depth = folders::find_depth(tx, account, folder).await?;
    depth.ok_or_else(|| Problem::not_found().into())
}

/// A folder as people see it, read back in the transaction that wrote it.
async fn read_folder(tx: &mut Tx, account: AccountId, id: FolderId) -> Result<Folder> {
    let row = folders::find(tx, account, id).await?;
    let row = row.ok_or_else(Problem::not_found)?;
    let mut shown = show(tx, account, vec![row]).await?;
    shown.pop().ok_or_else(|| Problem::not_found().into())
}

/// Rows as people see them, with one more question for where they lie.
async fn show(tx: &mut Tx, account: AccountId, rows: Vec<FolderRow>) -> Result<Vec<Folder>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut paths = folder_list::list_paths(tx, &ids).await?;
    let retention_days = if rows.iter().any(|row| row.trashed_at.is_some()) {
        let account = db::accounts::find(tx, account).await?;
        account.map_or(0, |account| account.limits.retention_days)
    } else {
        0
    };
    let shown = rows.into_iter().map(|row| {
        let path = paths.remove(&row.id).unwrap_or_default();
        row.into_folder(path, retention_days)
    });
    Ok(shown.collect())
}

fn max_depth() -> i64 {
    i64::try_from(FolderPath::MAX_DEPTH).unwrap_or(i64::MAX)
}

fn too_deep(field: &str) -> crate::Error {
    let most = max_depth();
    Problem::invalid(field, format!("Folders nest {most} deep at most."))
        .because(Reason::TooDeep)
        .at_most(most.unsigned_abs())
        .into()
}

fn name_taken(name: &FileName) -> crate::Error {
    Problem::conflict(format!("There is a folder named “{name}” here already."))
        .because(Reason::NameTaken)
        .named(name.as_str())
        .into()
}
