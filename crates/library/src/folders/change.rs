//! Folders renamed, colored and moved: never into themselves, never too deep, never two of a name.

use model::{EventKind, Folder, FolderId, FolderPatch, Problem, Reason, Right};

use super::{depth_of, max_depth, name_taken, read_folder, too_deep};
use crate::{
    Actor, Library, Result, audit,
    db::{
        Tx, folder_tree,
        folders::{self, FolderRow},
    },
};

impl Library {
    /// Renames, colors and moves a folder, all or nothing.
    ///
    /// A patch that says another version than the folder has is a conflict.
    pub async fn update_folder(
        &self,
        actor: &Actor,
        id: FolderId,
        patch: FolderPatch,
    ) -> Result<Folder> {
        self.require(actor, Right::Edit).await?;
        let account = actor.account_id;
        let mut tx = self.inner.db.write().await?;
        folder_tree::lock(&mut tx, account).await?;
        let row = folders::find(&mut tx, account, id).await?;
        let mut row = row.ok_or_else(Problem::not_found)?;
        if row.trashed_at.is_some() {
            return Err(
                Problem::conflict("Restore the folder from the trash first.")
                    .because(Reason::InTrash)
                    .into(),
            );
        }
        require_version(&row, patch.version)?;
        let events = apply(&mut tx, actor, &mut row, &patch).await?;
        if !events.is_empty() {
            self.write(&mut tx, actor, &row, &events).await?;
        }
        let folder = read_folder(&mut tx, account, id).await?;
        tx.commit().await?;
        self.spread_now(id).await;
        Ok(folder)
    }

    async fn write(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        row: &FolderRow,
        events: &[EventKind],
    ) -> Result<()> {
        let before = folders::find(tx, actor.account_id, row.id).await?;
        let before = before.map(|before| before.name.to_string());
        let before = before.unwrap_or_default();
        if events.contains(&EventKind::FolderMoved) {
            folder_tree::detach(tx, row.id).await?;
        }
        match folders::update(tx, actor.account_id, row).await {
            Err(error) if error.is_unique_violation() => return Err(name_taken(&row.name)),
            done => done?,
        }
        if events.contains(&EventKind::FolderMoved) {
            folder_tree::attach(tx, row.id, row.parent_id).await?;
        }
        for event in events {
            let detail = match event {
                EventKind::FolderRenamed => before.as_str(),
                _ => "",
            };
            let kind = (actor.account_id, *event);
            audit::record_with(tx, &*self.inner.clock, actor, kind, row.id, detail).await?;
        }
        Ok(())
    }
}

/// Tells the second of two people who change a folder at once.
fn require_version(row: &FolderRow, version: Option<u32>) -> Result<()> {
    if version.is_none_or(|version| i64::from(version) == row.version) {
        return Ok(());
    }
    let name = &row.name;
    Err(Problem::changed_meanwhile(format!(
        "Somebody else changed this folder just now; it is named “{name}”. Look, and try again."
    ))
    .into())
}

/// Changes a row as a patch says; what happened by that.
async fn apply(
    tx: &mut Tx,
    actor: &Actor,
    row: &mut FolderRow,
    patch: &FolderPatch,
) -> Result<Vec<EventKind>> {
    let mut events = Vec::new();
    if let Some(name) = patch.name.clone().filter(|name| *name != row.name) {
        row.name = name;
        events.push(EventKind::FolderRenamed);
    }
    if let Some(color) = patch.color.filter(|color| *color != row.color) {
        row.color = color;
        events.push(EventKind::FolderColored);
    }
    if let Some(parent) = patch.parent_id.filter(|parent| *parent != row.parent_id) {
        require_place(tx, actor, row.id, parent).await?;
        row.parent_id = parent;
        events.push(EventKind::FolderMoved);
    }
    Ok(events)
}

/// Refuses a parent that is the folder itself, lies in it, or lies so deep that all would not fit.
async fn require_place(
    tx: &mut Tx,
    actor: &Actor,
    id: FolderId,
    parent: Option<FolderId>,
) -> Result<()> {
    let depth = depth_of(tx, actor.account_id, parent).await?;
    if let Some(parent) = parent
        && folder_tree::is_within(tx, parent, id).await?
    {
        return Err(
            Problem::invalid("parent_id", "A folder cannot lie in itself.")
                .because(Reason::InsideItself)
                .into(),
        );
    }
    if depth + folder_tree::height(tx, id).await? > max_depth() {
        return Err(too_deep("parent_id"));
    }
    Ok(())
}
