//! Batches: one deed on many assets, each of them answered; on very many, a piece at a time.

mod apply;
mod marks;
mod run;

use model::{
    AccountId, AssetFilter, AssetId, Batch, BatchAction, BatchAnswer, BatchId, BatchState,
    FolderId, Problem, Right, Role, Scope, Selection, SessionId, TokenId, UserId,
};
use serde::{Deserialize, Serialize};

pub(crate) use apply::Deed;

use crate::{
    Actor, Error, Library, Result, Who,
    db::{
        Tx, asset_list, asset_states,
        batches::{self, BatchRow},
        folders, teams,
    },
    jobs::Job,
    search::narrow,
    teams::unknown,
};

/// The most assets that are changed while somebody waits for the answer.
const AT_ONCE: usize = 1_000;
/// The same for a deed that takes each asset apart.
const PURGED_AT_ONCE: usize = 200;

/// The assets of a batch that is done a piece at a time.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Among {
    /// What a filter shows, of what was there when the batch began.
    Filter(Box<AssetFilter>, AssetId),
    /// What lies in a folder and below.
    Below(FolderId),
    /// What went to the trash with a folder, while that is in the tree again.
    ToRestore(FolderId),
    /// What went to the trash with a folder, while that is there still.
    ToPurge(FolderId),
    /// All of the trash, of what was there when the batch began.
    Trash(AssetId),
}

impl Library {
    /// Does one thing to many assets: all of them at once and each answered, or a batch to watch
    /// where a filter shows very many.
    pub async fn change_assets(
        &self,
        actor: &Actor,
        action: BatchAction,
        selection: Selection,
    ) -> Result<BatchAnswer> {
        let deed = Deed::parse(action)?;
        self.require(actor, deed.right()).await?;
        let filter = match selection {
            Selection::Ids(ids) => return self.change_these(actor, &deed, ids).await,
            Selection::Filter(filter) => filter,
        };
        let newest = self.inner.clock.new_id();
        let mut tx = self.inner.db.write().await?;
        self.prepare(&mut tx, actor, &deed).await?;
        self.change_among(tx, actor, deed, Among::Filter(filter, newest))
            .await
    }

    /// A batch under way or done.
    pub async fn get_batch(&self, actor: &Actor, id: BatchId) -> Result<Batch> {
        self.require(actor, Right::View).await?;
        let mut tx = self.inner.db.read().await?;
        read(&mut tx, actor.account_id, id).await
    }

    /// Stops a batch; what it has done stays done.
    pub async fn cancel_batch(&self, actor: &Actor, id: BatchId) -> Result<Batch> {
        self.require(actor, Right::Edit).await?;
        let mut tx = self.inner.db.write().await?;
        read(&mut tx, actor.account_id, id).await?;
        let now = self.inner.clock.now();
        batches::end(&mut tx, id, BatchState::Cancelled, now).await?;
        let batch = read(&mut tx, actor.account_id, id).await?;
        tx.commit().await?;
        Ok(batch)
    }

    async fn change_these(
        &self,
        actor: &Actor,
        deed: &Deed,
        ids: Vec<AssetId>,
    ) -> Result<BatchAnswer> {
        if ids.is_empty() || ids.len() > Selection::MAX_IDS {
            return Err(Problem::invalid("ids", "Name 1 to 1 000 assets.").into());
        }
        let mut tx = self.inner.db.write().await?;
        self.prepare(&mut tx, actor, deed).await?;
        let items = self.apply_deed(&mut tx, actor, deed, &ids).await?;
        tx.commit().await?;
        self.forget_media(&ids);
        Ok(BatchAnswer { items, batch: None })
    }

    /// Does it at once where that is quick, else begins a batch; ends the transaction.
    pub(crate) async fn change_among(
        &self,
        mut tx: Tx,
        actor: &Actor,
        deed: Deed,
        among: Among,
    ) -> Result<BatchAnswer> {
        let most = match deed {
            Deed::Purge => PURGED_AT_ONCE,
            _ => AT_ONCE,
        };
        let ids = among.list(&mut tx, actor, "", rows(most + 1)).await?;
        if ids.len() > most {
            let batch = self.begin_batch(&mut tx, actor, &deed, &among).await?;
            tx.commit().await?;
            self.inner.jobs.ring();
            return Ok(BatchAnswer {
                items: Vec::new(),
                batch: Some(batch),
            });
        }
        let items = self.apply_deed(&mut tx, actor, &deed, &ids).await?;
        self.conclude_among(&mut tx, actor, &deed, &among).await?;
        tx.commit().await?;
        self.forget_media(&ids);
        Ok(BatchAnswer { items, batch: None })
    }

    /// Refuses what no asset could be done, such as moving to a folder that is not there.
    async fn prepare(&self, tx: &mut Tx, actor: &Actor, deed: &Deed) -> Result<()> {
        if deed.changes_counts() {
            crate::db::folder_tree::lock(tx, actor.account_id).await?;
        }
        if let Deed::Move(Some(folder)) = deed {
            let depth = folders::find_depth(tx, actor.account_id, *folder).await?;
            depth.ok_or_else(Problem::not_found)?;
        }
        if let Deed::Assign(named) | Deed::Unassign(named) = deed {
            for team in named {
                let team = teams::find(tx, actor.account_id, *team).await?;
                team.ok_or_else(unknown)?;
            }
        }
        Ok(())
    }

    async fn begin_batch(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        deed: &Deed,
        among: &Among,
    ) -> Result<Batch> {
        let total = among.count(tx, actor).await?;
        let row = BatchRow {
            id: self.inner.clock.new_id(),
            account_id: actor.account_id,
            actor: json(&Asker::of(actor))?,
            action: json(deed)?,
            selection: json(among)?,
            state: BatchState::Running,
            total: total.cast_signed(),
            done: 0,
            changed: 0,
            refused: 0,
            position: String::new(),
            created_at: self.inner.clock.now(),
            finished_at: None,
        };
        batches::insert(tx, &row).await?;
        let (batch, position) = (row.id, String::new());
        self.enqueue(tx, &Job::RunBatch { batch, position }).await?;
        Ok(row.into())
    }

    /// Serves nothing from memory of assets that changed.
    fn forget_media(&self, ids: &[AssetId]) {
        self.inner.media.forget_many(ids);
    }
}

impl Among {
    /// The next assets after one of them, by id.
    async fn list(
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
            Self::Below(folder) => {
                asset_states::list_below(tx, account, *folder, after, rows).await
            }
            Self::ToRestore(folder) => {
                asset_states::list_trashed_with(tx, account, (*folder, false), after, rows).await
            }
            Self::ToPurge(folder) => {
                asset_states::list_trashed_with(tx, account, (*folder, true), after, rows).await
            }
            Self::Trash(newest) => list_ids(tx, actor, &trash(), (after, *newest), rows).await,
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
            Self::Trash(_) => count_all(tx, actor, &trash()).await,
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

/// Who asked for a batch, kept while it is done.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Asker {
    user: Option<(UserId, SessionId)>,
    token: Option<TokenId>,
    role: Role,
    operator: bool,
    scopes: Option<Vec<Scope>>,
    ip: Option<std::net::IpAddr>,
}

impl Asker {
    fn of(actor: &Actor) -> Self {
        let (user, token) = match actor.who {
            Who::User { id, session } => (Some((id, session)), None),
            Who::Token(id) => (None, Some(id)),
            Who::System => (None, None),
        };
        Self {
            user,
            token,
            role: actor.role,
            operator: actor.operator,
            scopes: actor.scopes.clone(),
            ip: actor.ip,
        }
    }

    fn into_actor(self, account_id: AccountId) -> Actor {
        Actor {
            account_id,
            who: match (self.user, self.token) {
                (Some((id, session)), _) => Who::User { id, session },
                (None, Some(id)) => Who::Token(id),
                (None, None) => Who::System,
            },
            role: self.role,
            operator: self.operator,
            library_enabled: true,
            scopes: self.scopes,
            ip: self.ip,
        }
    }
}

/// Whether what lies in a folder is still on its way to the trash.
pub(crate) async fn is_filling(tx: &mut Tx, actor: &Actor, folder: FolderId) -> Result<bool> {
    let selection = json(&Among::Below(folder))?;
    batches::is_running(tx, actor.account_id, &selection).await
}

async fn read(tx: &mut Tx, account: AccountId, id: BatchId) -> Result<Batch> {
    let row = batches::find(tx, account, id).await?;
    Ok(row.ok_or_else(Problem::not_found)?.into())
}

fn json<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::Inconsistent(error.to_string()))
}

fn from_json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| Error::Inconsistent(error.to_string()))
}

fn rows(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
