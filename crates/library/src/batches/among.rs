//! The assets that a batch is about.

use model::{AssetFilter, AssetId, AssetSort, BatchId, FolderId};
use serde::{Deserialize, Serialize};

use super::{Leaving, rows};
use crate::{
    Actor, Result,
    db::{Tx, asset_list, asset_states, batch_items, batch_targets, batches, gone_marks},
    search::narrow,
};

/// Assets that are kept for a batch in one transaction.
const GATHERED_AT_ONCE: usize = 5_000;

/// The assets of a batch that is done a piece at a time.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Among {
    /// What a filter shows, of what was there when the batch began.
    Filter(Box<AssetFilter>, AssetId),
    /// What the words of a filter find, kept up to a place in the index of words.
    Gathering(Box<AssetFilter>, AssetId, i64),
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
            // Nothing is done before all is kept.
            Self::Gathering(..) | Self::Named => Ok(Vec::new()),
            Self::Undone(batch) => batch_items::list_assets(tx, *batch, after, rows).await,
            // Those before have let go of it.
            Self::Carrying(leaving) => leaving.list(tx, rows).await,
            Self::Gone(leaving) => {
                gone_marks::list_assets(tx, &leaving.mark().1, after, rows).await
            }
            Self::Trash(newest) => list_ids(tx, actor, &trash(), (after, *newest), rows).await,
        }
    }

    /// Looks for words once: what they find is kept for the batch, the first of it at once and the
    /// rest before anything is done; and how many assets it is about.
    pub async fn keep(&self, tx: &mut Tx, actor: &Actor, batch: BatchId) -> Result<(Self, u64)> {
        match self {
            Self::Filter(filter, newest) if filter.words().is_some() => {
                let (among, kept) = gather(tx, actor, filter, (None, *newest), batch).await?;
                let total = match &among {
                    Self::Gathering(..) => count_all(tx, actor, filter).await?,
                    _ => kept,
                };
                Ok((among, total))
            }
            among => Ok((among.clone(), among.count(tx, actor).await?)),
        }
    }

    /// Goes on keeping what words find; nothing where all is kept, or nothing is looked for.
    pub async fn keep_more(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        batch: BatchId,
    ) -> Result<Option<Self>> {
        match self {
            Self::Gathering(filter, newest, after) => {
                let between = (Some(*after), *newest);
                let (among, _) = gather(tx, actor, filter, between, batch).await?;
                Ok(Some(among))
            }
            _ => Ok(None),
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
            Self::Gathering(..) | Self::Kept(..) | Self::Named => Ok(0),
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

/// Keeps the next of what the words of a filter find; what is to be done then, and how many were
/// kept.
async fn gather(
    tx: &mut Tx,
    actor: &Actor,
    filter: &AssetFilter,
    between: (Option<i64>, AssetId),
    batch: BatchId,
) -> Result<(Among, u64)> {
    let in_turn = AssetFilter {
        sort: AssetSort::Oldest,
        ..filter.clone()
    };
    let found = match narrow(tx, actor, &in_turn, in_turn.words()).await? {
        Some(narrowed) => {
            asset_list::list_found(tx, &narrowed, between, rows(GATHERED_AT_ONCE)).await?
        }
        None => Vec::new(),
    };
    let ids: Vec<_> = found.iter().map(|(id, _)| *id).collect();
    batch_targets::insert(tx, batch, &ids).await?;
    let filter = Box::new(filter.clone());
    let among = match found.last() {
        Some((_, place)) if found.len() >= GATHERED_AT_ONCE => {
            Among::Gathering(filter, between.1, *place)
        }
        _ => Among::Kept(filter, batch),
    };
    Ok((among, ids.len() as u64))
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
