//! The assets that a batch is about.

use model::{AssetFilter, AssetId, BatchId, FolderId};
use serde::{Deserialize, Serialize};

use super::Leaving;
use crate::{
    Actor, Result,
    db::{Tx, asset_list, asset_states, batch_items, batches, gone_marks},
    search::narrow,
};

/// The assets of a batch that is done a piece at a time.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Among {
    /// What a filter shows, of what was there when the batch began.
    Filter(Box<AssetFilter>, AssetId),
    /// What the words of a filter found when the batch began, as far as it shows that still.
    Kept(Box<AssetFilter>, BatchId),
    /// What lies in a folder and below.
    Below(FolderId),
    /// What went to the trash with a folder, while that is in the tree again.
    ToRestore(FolderId),
    /// What went to the trash with a folder, while that is there still.
    ToPurge(FolderId),
    /// Those that were named one by one, all at once.
    Named,
    /// What a batch changed.
    Undone(BatchId),
    /// What carries a tag or is for a team that is leaving.
    Carrying(Leaving),
    /// What a tag or a team was on that is back.
    Gone(Leaving),
    /// All of the trash, of what was there when the batch began.
    Trash(AssetId),
}

impl Among {
    /// Whether a folder went ahead of them: those left behind would be in none.
    pub const fn must_end(&self) -> bool {
        matches!(self, Self::Below(_) | Self::ToRestore(_))
    }

    /// The next assets after one of them, by id.
    pub async fn list(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        after: &str,
        rows: i64,
    ) -> Result<Vec<AssetId>> {
        let account = actor.account_id;
        match self {
            Self::Filter(filter, newest) => {
                list_ids(tx, actor, filter, (after, *newest), rows).await
            }
            Self::Kept(filter, batch) => match narrow(tx, actor, filter, None).await? {
                Some(narrowed) => asset_list::list_kept(tx, &narrowed, (*batch, after), rows).await,
                None => Ok(Vec::new()),
            },
            Self::Below(folder) => {
                asset_states::list_below(tx, account, *folder, after, rows).await
            }
            Self::ToRestore(folder) => {
                asset_states::list_trashed_with(tx, account, (*folder, false), after, rows).await
            }
            Self::ToPurge(folder) => {
                asset_states::list_trashed_with(tx, account, (*folder, true), after, rows).await
            }
            Self::Named => Ok(Vec::new()),
            Self::Undone(batch) => batch_items::list_assets(tx, *batch, after, rows).await,
            // Those before have let go of it.
            Self::Carrying(leaving) => leaving.list(tx, rows).await,
            Self::Gone(leaving) => {
                gone_marks::list_assets(tx, &leaving.mark().1, after, rows).await
            }
            Self::Trash(newest) => list_ids(tx, actor, &trash(), (after, *newest), rows).await,
        }
    }

    /// Looks for words once: what they find is kept for the batch, which goes on among that;
    /// and how many assets it is about.
    pub async fn keep(&self, tx: &mut Tx, actor: &Actor, batch: BatchId) -> Result<(Self, u64)> {
        match self {
            Self::Filter(filter, newest) if filter.words().is_some() => {
                let kept = match narrow(tx, actor, filter, filter.words()).await? {
                    Some(narrowed) => asset_list::keep_ids(tx, &narrowed, batch, *newest).await?,
                    None => 0,
                };
                Ok((Self::Kept(filter.clone(), batch), kept))
            }
            among => Ok((among.clone(), among.count(tx, actor).await?)),
        }
    }

    async fn count(&self, tx: &mut Tx, actor: &Actor) -> Result<u64> {
        let account = actor.account_id;
        match self {
            Self::Filter(filter, _) => count_all(tx, actor, filter).await,
            Self::Below(folder) => {
                let contents = crate::db::folder_tree::contents(tx, account, *folder).await?;
                Ok(contents.assets)
            }
            Self::ToRestore(folder) | Self::ToPurge(folder) => {
                asset_states::count_trashed_with(tx, account, *folder).await
            }
            // What is kept was counted when it was, and what is named by whoever names it.
            Self::Kept(..) | Self::Named => Ok(0),
            Self::Undone(batch) => {
                let undone = batches::find(tx, account, *batch).await?;
                Ok(undone.map_or(0, |batch| batch.changed.unsigned_abs()))
            }
            Self::Carrying(leaving) => leaving.count(tx).await,
            Self::Gone(leaving) => gone_marks::count_assets(tx, &leaving.mark().1).await,
            Self::Trash(_) => count_all(tx, actor, &trash()).await,
        }
    }

    /// The batch that is undone.
    pub const fn undone(&self) -> Option<BatchId> {
        match self {
            Self::Undone(batch) => Some(*batch),
            _ => None,
        }
    }
}

/// Assets that a filter shows, by id; none where nothing can meet it.
pub(crate) async fn list_ids(
    tx: &mut Tx,
    actor: &Actor,
    filter: &AssetFilter,
    between: (&str, AssetId),
    rows: i64,
) -> Result<Vec<AssetId>> {
    match narrow(tx, actor, filter, filter.words()).await? {
        Some(narrowed) => asset_list::list_ids(tx, &narrowed, between, rows).await,
        None => Ok(Vec::new()),
    }
}

async fn count_all(tx: &mut Tx, actor: &Actor, filter: &AssetFilter) -> Result<u64> {
    match narrow(tx, actor, filter, filter.words()).await? {
        Some(narrowed) => asset_list::count(tx, &narrowed, i64::MAX).await,
        None => Ok(0),
    }
}

fn trash() -> AssetFilter {
    AssetFilter {
        state: model::AssetState::Trashed,
        ..AssetFilter::default()
    }
}
