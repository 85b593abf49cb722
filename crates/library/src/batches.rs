//! Batches: one deed on many assets, each of them answered; on very many, a piece at a time.

mod among;
mod apply;
mod chosen;
mod items;
mod leaving;
mod marks;
mod returning;
mod run;
mod undo;

use std::collections::HashSet;

use model::{
    AccountId, AssetId, Batch, BatchAction, BatchAnswer, BatchId, BatchState, FolderId, Outcome,
    Problem, Right, Role, Scope, Selection, SessionId, TokenId, UserId,
};
use serde::{Deserialize, Serialize};

pub(crate) use among::{Among, list_ids};
pub(crate) use apply::{Applied, Deed};
pub(crate) use leaving::Leaving;

use crate::{
    Actor, Error, Library, Result, Who,
    db::{
        Tx, accounts,
        batch_items::{self, BatchItemRow},
        batch_refusals,
        batches::{self, BatchRow},
        folders, teams, tokens, users,
    },
    jobs::Job,
    teams::unknown,
};

/// The most assets that are changed while somebody waits for the answer.
const AT_ONCE: usize = 1_000;
/// The same for a deed that takes each asset apart.
const PURGED_AT_ONCE: usize = 200;

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
        self.read_batch(&mut tx, actor, id).await
    }

    /// Stops a batch, for who began it and for administrators; what it has done stays done.
    pub async fn cancel_batch(&self, actor: &Actor, id: BatchId) -> Result<Batch> {
        self.require(actor, Right::Edit).await?;
        let mut tx = self.inner.db.write().await?;
        let row = undo::find_own(&mut tx, actor, id).await?;
        if row.must_end()? {
            let detail =
                "What was begun is done to all files: the tag, team or folder went before.";
            return Err(Problem::conflict(detail).into());
        }
        let now = self.inner.clock.now();
        batches::end(&mut tx, id, BatchState::Cancelled, now).await?;
        let batch = self.read_batch(&mut tx, actor, id).await?;
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
        match deed {
            Deed::Purge => self.purge_these(actor, &ids).await,
            _ => self.change_at_once(actor, deed, &ids).await,
        }
    }

    async fn change_at_once(
        &self,
        actor: &Actor,
        deed: &Deed,
        ids: &[AssetId],
    ) -> Result<BatchAnswer> {
        let mut tx = self.inner.db.write().await?;
        self.prepare(&mut tx, actor, deed).await?;
        let applied = self.apply_deed(&mut tx, actor, deed, ids).await?;
        let undo = self
            .keep_done(&mut tx, actor, deed, &Among::Named, &applied)
            .await?;
        tx.commit().await?;
        self.forget_media(ids);
        Ok(BatchAnswer {
            items: applied.items,
            batch: None,
            undo,
        })
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
                undo: None,
            });
        }
        let applied = self.apply_deed(&mut tx, actor, &deed, &ids).await?;
        let undo = self
            .keep_done(&mut tx, actor, &deed, &among, &applied)
            .await?;
        self.conclude_among(&mut tx, actor, &deed, &among).await?;
        tx.commit().await?;
        self.forget_media(&ids);
        Ok(BatchAnswer {
            items: applied.items,
            batch: None,
            undo,
        })
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
        if let Deed::TakeOff(leaving) = deed {
            leaving.lock(tx, actor).await?;
        }
        if let Deed::Assign(named) | Deed::Unassign(named) = deed {
            for team in named {
                let team = teams::find(tx, actor.account_id, *team).await?;
                team.ok_or_else(unknown)?;
            }
        }
        Ok(())
    }

    pub(crate) async fn begin_batch(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        deed: &Deed,
        among: &Among,
    ) -> Result<Batch> {
        let mut row = BatchRow {
            id: self.inner.clock.new_id(),
            account_id: actor.account_id,
            actor: json(&Asker::of(actor))?,
            action: json(deed)?,
            selection: json(among)?,
            state: BatchState::Running,
            total: 0,
            done: 0,
            changed: 0,
            refused: 0,
            position: String::new(),
            created_at: self.inner.clock.now(),
            finished_at: None,
            is_kept: is_kept(deed, among),
            undone_at: None,
            undoes: among.undone(),
            problem: None,
        };
        batches::insert(tx, &row).await?;
        // Rows that are kept for a batch point at it.
        let (among, total) = among.keep(tx, actor, row.id).await?;
        (row.selection, row.total) = (json(&among)?, total.cast_signed());
        batches::aim(tx, &row).await?;
        let (batch, position) = (row.id, String::new());
        let must_end = row.must_end()?;
        let job = Job::RunBatch {
            batch,
            position,
            must_end,
        };
        self.enqueue(tx, &job).await?;
        undo::told(row, actor, self.inner.clock.now())
    }

    /// Writes down a batch that was done at once, so that it can be undone.
    async fn keep_done(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        deed: &Deed,
        among: &Among,
        applied: &Applied,
    ) -> Result<Option<BatchId>> {
        let row = self.done_batch(actor, deed, among, applied)?;
        if !row.is_kept || row.changed == 0 {
            return Ok(None);
        }
        batches::insert(tx, &row).await?;
        batch_items::insert(tx, row.id, &changes(applied)).await?;
        batch_refusals::insert(tx, row.id, &items::refusals(applied)?).await?;
        Ok(Some(row.id))
    }

    /// A batch that was done at once.
    fn done_batch(
        &self,
        actor: &Actor,
        deed: &Deed,
        among: &Among,
        applied: &Applied,
    ) -> Result<BatchRow> {
        let count = |outcome| {
            let items = applied.items.iter();
            rows(items.filter(|item| item.outcome == outcome).count())
        };
        let total = rows(applied.items.len());
        Ok(BatchRow {
            id: self.inner.clock.new_id(),
            account_id: actor.account_id,
            actor: json(&Asker::of(actor))?,
            action: json(deed)?,
            selection: json(among)?,
            state: BatchState::Finished,
            total,
            done: total,
            changed: count(Outcome::Changed),
            refused: count(Outcome::Refused),
            position: String::new(),
            created_at: applied.at,
            finished_at: Some(applied.at),
            is_kept: is_kept(deed, among),
            undone_at: None,
            undoes: among.undone(),
            problem: None,
        })
    }

    async fn read_batch(&self, tx: &mut Tx, actor: &Actor, id: BatchId) -> Result<Batch> {
        let row = batches::find(tx, actor.account_id, id).await?;
        let row = row.ok_or_else(Problem::not_found)?;
        undo::told(row, actor, self.inner.clock.now())
    }

    /// Serves nothing from memory of assets that changed.
    fn forget_media(&self, ids: &[AssetId]) {
        self.inner.media.forget_many(ids);
    }
}

/// Whether what a batch changes is written down: folders have a way back of their own.
const fn is_kept(deed: &Deed, among: &Among) -> bool {
    deed.is_undoable() && matches!(among, Among::Filter(..) | Among::Kept(..) | Among::Named)
}

impl BatchRow {
    /// Whether what it began cannot be left in the middle: what leaves is out of sight already,
    /// what returns is in sight, and a folder goes and comes back with all it holds.
    fn must_end(&self) -> Result<bool> {
        let deed: Deed = from_json(&self.action)?;
        let among: Among = from_json(&self.selection)?;
        Ok(matches!(deed, Deed::TakeOff(_) | Deed::BringBack(_)) || among.must_end())
    }
}

/// What a deed changed, for undoing it; each asset once, however often it was named.
fn changes(applied: &Applied) -> Vec<BatchItemRow> {
    let mut changes = Vec::new();
    let mut known = HashSet::new();
    for item in &applied.items {
        let (Outcome::Changed, Some(before), Some(after)) = (item.outcome, item.before, item.after)
        else {
            continue;
        };
        if !known.insert(item.id) {
            continue;
        }
        let change = |mark: &str| BatchItemRow {
            asset_id: item.id,
            mark_id: mark.to_owned(),
            folder_id: before.folder_id,
            state: before.state,
            left_folder_id: after.folder_id,
            left_state: after.state,
            changed_at: applied.at,
        };
        match applied.marked.get(&item.id) {
            Some(marks) => changes.extend(marks.iter().map(|mark| change(mark))),
            None => changes.push(change("")),
        }
    }
    changes
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
            // No embed session comes as far as a batch.
            Who::Embed(_) | Who::System => (None, None),
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

    /// Whether it is the one who asks now, in this session or another.
    fn is(&self, actor: &Actor) -> bool {
        match actor.who {
            Who::User { id, .. } => self.user.is_some_and(|(user, _)| user == id),
            Who::Token(id) => self.token == Some(id),
            Who::Embed(_) => false,
            Who::System => self.user.is_none() && self.token.is_none(),
        }
    }

    /// The one who asked, with what they may by now; nobody, where they are not let in any more.
    async fn find_actor(self, tx: &mut Tx, account: AccountId) -> Result<Option<Actor>> {
        let asked = self.into_actor(account);
        let library_enabled = accounts::get(tx, account).await?.library_enabled;
        let (role, operator) = match asked.who {
            Who::User { id, .. } => match users::find(tx, id).await? {
                Some(user) if user.disabled_at.is_none() => (user.role, user.operator),
                _ => return Ok(None),
            },
            Who::Token(id) if !tokens::is_valid(tx, id).await? => return Ok(None),
            Who::Embed(_) => return Ok(None),
            Who::Token(_) | Who::System => (asked.role, asked.operator),
        };
        Ok(Some(Actor {
            role,
            operator,
            library_enabled,
            ..asked
        }))
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
            embed: None,
            ip: self.ip,
            door: None,
        }
    }
}

/// Whether what lies in a folder is still on its way to the trash.
pub(crate) async fn is_filling(tx: &mut Tx, actor: &Actor, folder: FolderId) -> Result<bool> {
    let selection = json(&Among::Below(folder))?;
    batches::is_running(tx, actor.account_id, &selection).await
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
