//! Folders in the trash: they go with all they hold, and come back with it.

use model::{Batch, EventKind, FileName, Folder, FolderContents, FolderId, Problem, Reason, Right};

use super::{depth_of, max_depth, read_folder};
use crate::{
    Actor, Library, Result, audit,
    batches::{Among, Deed, is_filling},
    db::{
        Tx, folder_trash, folder_tree,
        folders::{self, FolderRow},
    },
};

/// A folder that went to the trash or came back, and what is still on its way.
#[derive(Clone, Debug)]
pub struct FolderMove {
    pub folder: Folder,
    /// The batch that does the same to its assets, where there are very many.
    pub batch: Option<Batch>,
}

impl Library {
    /// What moving a folder to the trash would take along.
    pub async fn folder_contents(&self, actor: &Actor, id: FolderId) -> Result<FolderContents> {
        self.require(actor, Right::View).await?;
        let mut tx = self.inner.db.read().await?;
        folders::find(&mut tx, actor.account_id, id)
            .await?
            .ok_or_else(Problem::not_found)?;
        folder_tree::contents(&mut tx, actor.account_id, id).await
    }

    /// Moves a folder to the trash with all folders and assets in it; for administrators.
    pub async fn trash_folder(&self, actor: &Actor, id: FolderId) -> Result<FolderMove> {
        self.require(actor, Right::Purge).await?;
        let account = actor.account_id;
        let mut tx = self.inner.db.write().await?;
        let row = lock(&mut tx, actor, id).await?;
        if row.trashed_at.is_some() {
            let folder = read_folder(&mut tx, account, id).await?;
            return Ok(FolderMove {
                folder,
                batch: None,
            });
        }
        let (clock, now) = (&*self.inner.clock, self.inner.clock.now());
        folder_tree::detach(&mut tx, id).await?;
        folder_trash::trash(&mut tx, id, actor.user_id(), now).await?;
        audit::record(&mut tx, clock, actor, EventKind::FolderTrashed, id).await?;
        let folder = read_folder(&mut tx, account, id).await?;
        let deed = Deed::Trash(Some(id));
        let answer = self.change_among(tx, actor, deed, Among::Below(id)).await?;
        Ok(FolderMove {
            folder,
            batch: answer.batch,
        })
    }

    /// Brings a folder back from the trash with all that went with it: to where it lay, or to
    /// the nearest place there is; with another name where its own is taken by now.
    pub async fn restore_folder(&self, actor: &Actor, id: FolderId) -> Result<FolderMove> {
        self.require(actor, Right::Edit).await?;
        let account = actor.account_id;
        let mut tx = self.inner.db.write().await?;
        let mut row = lock(&mut tx, actor, id).await?;
        if row.trashed_at.is_none() {
            let folder = read_folder(&mut tx, account, id).await?;
            return Ok(FolderMove {
                folder,
                batch: None,
            });
        }
        require_chosen(&mut tx, actor, &row).await?;
        row.parent_id = find_place(&mut tx, actor, &row).await?;
        row.name = free_name(&mut tx, actor, &row).await?;
        folders::update(&mut tx, account, &row).await?;
        folder_trash::restore(&mut tx, account, id).await?;
        folder_tree::attach(&mut tx, id, row.parent_id).await?;
        let clock = &*self.inner.clock;
        audit::record(&mut tx, clock, actor, EventKind::FolderRestored, id).await?;
        let folder = read_folder(&mut tx, account, id).await?;
        let among = Among::ToRestore(id);
        let answer = self.change_among(tx, actor, Deed::Restore, among).await?;
        Ok(FolderMove {
            folder,
            batch: answer.batch,
        })
    }

    /// Removes a folder in the trash for good with all that went with it; for administrators.
    pub async fn purge_folder(&self, actor: &Actor, id: FolderId) -> Result<Option<Batch>> {
        self.require(actor, Right::Purge).await?;
        let mut tx = self.inner.db.write().await?;
        let row = lock(&mut tx, actor, id).await?;
        if row.trashed_at.is_none() {
            return Err(Problem::conflict("Move it to the trash first.")
                .because(Reason::NotInTrash)
                .into());
        }
        require_chosen(&mut tx, actor, &row).await?;
        if is_filling(&mut tx, actor, id).await? {
            let detail = "Its files are still on their way to the trash. Try again in a moment.";
            return Err(Problem::conflict(detail)
                .because(Reason::StillMoving)
                .into());
        }
        let among = Among::ToPurge(id);
        let answer = self.change_among(tx, actor, Deed::Purge, among).await?;
        Ok(answer.batch)
    }

    /// Removes the rows of a folder in the trash whose assets are gone.
    pub(crate) async fn delete_folder(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        id: FolderId,
    ) -> Result<()> {
        let account = actor.account_id;
        let row = folders::find(tx, account, id).await?;
        let Some(row) = row.filter(|row| row.trashed_at.is_some()) else {
            return Ok(());
        };
        audit::record(tx, &*self.inner.clock, actor, EventKind::FolderPurged, id).await?;
        folder_trash::delete(tx, account, id, row.parent_id).await
    }
}

/// A folder of a tree that nobody else changes before this transaction is over.
async fn lock(tx: &mut Tx, actor: &Actor, id: FolderId) -> Result<FolderRow> {
    folder_tree::lock(tx, actor.account_id).await?;
    let row = folders::find(tx, actor.account_id, id).await?;
    Ok(row.ok_or_else(Problem::not_found)?)
}

/// Refuses a folder that went with another one.
async fn require_chosen(tx: &mut Tx, actor: &Actor, row: &FolderRow) -> Result<()> {
    let Some(with) = row.trashed_with.filter(|with| *with != row.id) else {
        return Ok(());
    };
    let chosen = folders::find(tx, actor.account_id, with).await?;
    let name = chosen.map_or_else(String::new, |chosen| chosen.name.to_string());
    Err(Problem::conflict(format!(
        "It went to the trash with “{name}”. Restore that folder, or delete it for good."
    ))
    .because(Reason::TrashedWith)
    .named(name)
    .into())
}

/// Where a folder comes back to: the nearest folder in the tree in which it still fits.
async fn find_place(tx: &mut Tx, actor: &Actor, row: &FolderRow) -> Result<Option<FolderId>> {
    let account = actor.account_id;
    let living = folder_trash::find_living(tx, account, row.parent_id).await?;
    let depth = depth_of(tx, account, living).await?;
    let fits = depth + folder_tree::height(tx, row.id).await? <= max_depth();
    Ok(living.filter(|_| fits))
}

/// The folder's name, with the first number that makes it free.
async fn free_name(tx: &mut Tx, actor: &Actor, row: &FolderRow) -> Result<FileName> {
    let mut name = row.name.clone();
    let mut number = 1_u32;
    while let Some(taken) =
        folders::find_by_name(tx, actor.account_id, row.parent_id, &name).await?
    {
        if taken == row.id {
            break;
        }
        number += 1;
        name = numbered(&row.name, number);
    }
    Ok(name)
}

fn numbered(name: &FileName, number: u32) -> FileName {
    let room = FileName::MAX_CHARS - 12;
    let start: String = name.as_str().chars().take(room).collect();
    FileName::clean(&format!("{start} {number}"))
}
