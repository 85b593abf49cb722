//! Folders: places in a tree.

use model::{
    Cursor, EventKind, FileName, Folder, FolderId, FolderPath, Limit, Page, Problem, Right,
    UploadMetadata,
};

use crate::{
    Actor, Library, Result, audit,
    db::{
        Tx,
        folders::{self, NewFolder},
        page,
    },
};

impl Library {
    /// All folders of the account, parents before children, siblings by name.
    pub async fn list_folders(&self, actor: &Actor) -> Result<Vec<Folder>> {
        self.require(actor, Right::View).await?;
        let mut tx = self.inner.db.read().await?;
        folders::list(&mut tx, actor.account_id).await
    }

    /// The account's folders a page at a time, oldest first: an order that no move or rename changes.
    pub async fn list_folder_page(
        &self,
        actor: &Actor,
        cursor: Option<&Cursor>,
        limit: Limit,
    ) -> Result<Page<Folder>> {
        self.require(actor, Right::View).await?;
        let after: Option<FolderId> = page::decode(cursor)?;
        let mut tx = self.inner.db.read().await?;
        let rows = page::rows(limit);
        let folders = folders::list_page(&mut tx, actor.account_id, after, rows).await?;
        Ok(page::cut(folders, limit, |folder| folder.id))
    }

    /// One folder.
    pub async fn get_folder(&self, actor: &Actor, id: FolderId) -> Result<Folder> {
        self.require(actor, Right::View).await?;
        let mut tx = self.inner.db.read().await?;
        let folder = folders::find(&mut tx, actor.account_id, id).await?;
        folder.ok_or_else(|| Problem::not_found().into())
    }

    /// Makes a folder; siblings have different names.
    pub async fn create_folder(
        &self,
        actor: &Actor,
        parent: Option<FolderId>,
        name: FileName,
    ) -> Result<Folder> {
        self.require(actor, Right::Edit).await?;
        let mut tx = self.inner.db.write().await?;
        let depth = depth_of(&mut tx, actor, parent).await? + 1;
        if depth > max_depth() {
            return Err(Problem::invalid("parent_id", "Folders nest 32 deep at most.").into());
        }
        let Some(id) = self
            .insert_folder(&mut tx, actor, parent, &name, depth)
            .await?
        else {
            return Err(Problem::conflict("There is a folder of this name already.").into());
        };
        let folder = folders::find(&mut tx, actor.account_id, id).await?;
        tx.commit().await?;
        folder.ok_or_else(|| Problem::not_found().into())
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
        let mut depth = depth_of(tx, actor, folder).await?;
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
        found.ok_or_else(|| Problem::conflict("The folder was removed just now.").into())
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
        audit::record(tx, clock, actor, EventKind::FolderCreated, folder.id).await?;
        Ok(Some(folder.id))
    }
}

/// How deep a folder lies; the top is 0 deep.
async fn depth_of(tx: &mut Tx, actor: &Actor, folder: Option<FolderId>) -> Result<i64> {
    let Some(folder) = folder else { return Ok(0) };
    let depth = folders::find_depth(tx, actor.account_id, folder).await?;
    depth.ok_or_else(|| Problem::not_found().into())
}

fn max_depth() -> i64 {
    i64::try_from(FolderPath::MAX_DEPTH).unwrap_or(i64::MAX)
}
