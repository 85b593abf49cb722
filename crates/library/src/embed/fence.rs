//! What an embed session sees: to it, all else does not exist.

use model::{
    Asset, AssetId, Folder, FolderId, Kind, NewUsage, Problem, ProblemCode, UploadMetadata,
};

use crate::{
    Actor, Result,
    db::{
        Tx,
        fence::{self, Fence},
        folders,
    },
};

impl Actor {
    /// The walls around what the actor sees; none around people and programs.
    pub(crate) fn fence(&self) -> Option<Fence> {
        self.embed.as_deref().map(|session| Fence {
            root: session.folder_id,
            kinds: session.kinds.clone(),
        })
    }

    /// The same, where there is more outside than the trash.
    pub(crate) fn narrow_fence(&self) -> Option<Fence> {
        self.fence().filter(|fence| !fence.is_wide())
    }

    /// The folder outside of which nothing is for the actor.
    pub(crate) fn root(&self) -> Option<FolderId> {
        self.embed.as_deref()?.folder_id
    }

    /// What is said about a file that the actor brings: without a folder, it comes to the root.
    pub(crate) fn place(&self, metadata: UploadMetadata) -> UploadMetadata {
        UploadMetadata {
            folder_id: metadata.folder_id.or(self.root()),
            ..metadata
        }
    }

    /// The place outside that the actor may say uses an asset; to an embed session, the one it is
    /// for and as its maker told of it, since a page could say anything.
    pub(crate) fn place_of_use(&self, said: NewUsage) -> Option<NewUsage> {
        let Some(session) = self.embed.as_deref() else {
            return Some(said);
        };
        let own = session.used_in.as_ref()?;
        let is_it = (own.kind, &own.reference) == (said.kind, &said.reference);
        is_it.then(|| own.clone())
    }

    /// Refuses a file of a kind that is not there for the actor.
    pub(crate) fn require_kind(&self, kind: Kind) -> Result<()> {
        let kinds = self.embed.as_deref().map(|session| &session.kinds);
        if kinds.is_none_or(|kinds| kinds.is_empty() || kinds.contains(&kind)) {
            return Ok(());
        }
        let detail = format!("This session takes no {}.", kind.plural());
        Err(Problem {
            kind: Some(kind),
            ..Problem::new(ProblemCode::UnsupportedKind, detail)
        }
        .into())
    }
}

/// Whether an actor sees an asset, where it is one of the account.
pub(crate) async fn sees(tx: &mut Tx, actor: &Actor, id: AssetId) -> Result<bool> {
    match actor.fence() {
        Some(fence) => fence::has_asset(tx, actor.account_id, &fence, id).await,
        None => Ok(true),
    }
}

/// Whether edits of an asset begin, for an actor, with a version of another one it was made of.
///
/// An embed session begins with what it sees: with no earlier version, and with nothing elsewhere.
pub(crate) async fn begins_with(
    tx: &mut Tx,
    actor: &Actor,
    id: AssetId,
    (source, version): (AssetId, i64),
) -> Result<bool> {
    match actor.fence() {
        Some(_) if source == id => Ok(false),
        Some(fence) => {
            let source = (source, version);
            fence::has_version(tx, actor.account_id, &fence, source).await
        }
        None => Ok(true),
    }
}

/// Answers for an asset that an actor does not see as for one that does not exist.
pub(crate) async fn require_seen(tx: &mut Tx, actor: &Actor, id: AssetId) -> Result<()> {
    if sees(tx, actor, id).await? {
        Ok(())
    } else {
        Err(Problem::not_found().into())
    }
}

/// Answers for a folder that an actor does not see as for one that does not exist.
pub(crate) async fn require_seen_folder(tx: &mut Tx, actor: &Actor, id: FolderId) -> Result<()> {
    let Some(root) = actor.root() else {
        return Ok(());
    };
    if fence::has_folder(tx, actor.account_id, root, id).await? {
        Ok(())
    } else {
        Err(Problem::not_found().into())
    }
}

/// Leaves out of assets that an actor sees what they were made of, where it does not see that.
pub(crate) async fn veil(tx: &mut Tx, actor: &Actor, assets: &mut [Asset]) -> Result<()> {
    if actor.embed.is_none() {
        return Ok(());
    }
    for asset in assets {
        let from = asset.derived_from.as_ref();
        let source = from.map(|from| (from.asset_id, i64::from(from.version)));
        if let Some(source) = source
            && !begins_with(tx, actor, asset.id, source).await?
        {
            asset.derived_from = None;
        }
    }
    Ok(())
}

/// Shows folders as they are inside: the root is the top, and counts are of the kinds alone.
pub(crate) async fn veil_folders(tx: &mut Tx, actor: &Actor, shown: &mut [Folder]) -> Result<()> {
    let Some(fence) = actor.narrow_fence() else {
        return Ok(());
    };
    let account = actor.account_id;
    let above = match fence.root {
        Some(root) => folders::find_depth(tx, account, root).await?,
        None => None,
    };
    let above = usize::try_from(above.unwrap_or(1) - 1).unwrap_or_default();
    let ids: Vec<_> = shown.iter().map(|folder| folder.id).collect();
    let counts = fence::count_in_folders(tx, account, &fence, &ids).await?;
    for folder in shown {
        let (own, all) = counts.get(&folder.id).copied().unwrap_or_default();
        (folder.asset_count, folder.total_count) = (own.unsigned_abs(), all.unsigned_abs());
        folder.path.drain(..above.min(folder.path.len()));
        if fence.root == Some(folder.id) {
            folder.parent_id = None;
        }
    }
    Ok(())
}
