//! Goes on with a batch, a piece at a time, until it is done or somebody stops it.

use std::time::Duration;

use model::{AssetId, BatchId, BatchState, Outcome, Problem, ProblemCode};

use super::{
    Among, Asker, Deed, changes, from_json, is_filling, items::refusals, json, rows, undo,
};
use crate::{
    Actor, Error, Library, Result,
    db::{
        Tx, batch_items, batch_refusals, batch_targets,
        batches::{self, BatchRow},
        folder_trash, gone_marks,
    },
    jobs::Job,
};

/// Assets of one transaction: few enough that others get their turn between two.
const PIECE: usize = 200;
/// Pieces that are done before other work gets its turn.
const TURN: usize = 50;
/// Changes that are forgotten in one transaction.
const FORGOTTEN_AT_ONCE: i64 = 2_000;
/// How long an ended batch can be looked at.
pub(crate) const KEPT: Duration = Duration::from_hours(7 * 24);

impl Library {
    /// Does the next pieces of a batch.
    pub(crate) async fn run_batch(&self, batch: BatchId) -> Result<()> {
        for _ in 0..TURN {
            if !self.run_piece(batch).await? {
                return Ok(());
            }
        }
        let mut tx = self.inner.db.write().await?;
        if let Some(row) = batches::lock_running(&mut tx, batch).await? {
            let must_end = row.must_end()?;
            let position = row.position;
            let job = Job::RunBatch {
                batch,
                position,
                must_end,
            };
            self.enqueue(&mut tx, &job).await?;
        }
        tx.commit().await?;
        self.inner.jobs.ring();
        Ok(())
    }

    /// Marks a batch whose work was given up.
    pub(crate) async fn fail_batch(&self, batch: BatchId) -> Result<()> {
        let told = "It failed several times and was given up. What was done stays done.";
        let problem = json(&Problem::new(ProblemCode::Internal, told))?;
        let mut tx = self.inner.db.write().await?;
        batches::fail(&mut tx, batch, &problem, self.inner.clock.now()).await?;
        tx.commit().await
    }

    /// Forgets batches that ended long ago, and what they changed sooner.
    pub(crate) async fn forget_batches(&self) -> Result<u64> {
        let before = self.inner.clock.now().before(undo::ITEMS_KEPT);
        loop {
            let mut tx = self.inner.db.write().await?;
            let forgotten = batch_items::forget(&mut tx, before, FORGOTTEN_AT_ONCE).await?
                + batch_refusals::forget(&mut tx, before, FORGOTTEN_AT_ONCE).await?
                + batch_targets::forget(&mut tx, before, FORGOTTEN_AT_ONCE).await?;
            tx.commit().await?;
            if forgotten == 0 {
                break;
            }
        }
        let mut tx = self.inner.db.write().await?;
        let before = self.inner.clock.now().before(KEPT);
        let forgotten = batches::forget(&mut tx, before).await?;
        tx.commit().await?;
        Ok(forgotten)
    }

    /// Does one piece; says whether there is more.
    async fn run_piece(&self, batch: BatchId) -> Result<bool> {
        let mut tx = self.inner.db.write().await?;
        let Some(mut row) = batches::lock_running(&mut tx, batch).await? else {
            return Ok(false);
        };
        let deed: Deed = from_json(&row.action)?;
        let among: Among = from_json(&row.selection)?;
        let Some(actor) = find_asker(&mut tx, &row, &deed).await? else {
            tracing::info!(%batch, "who asked for a batch may no longer go on with it");
            let now = self.inner.clock.now();
            batches::end(&mut tx, batch, BatchState::Cancelled, now).await?;
            tx.commit().await?;
            return Ok(false);
        };
        match self.prepare(&mut tx, &actor, &deed).await {
            // The folder they are moved to is gone by now.
            Err(Error::Problem(problem)) => {
                tracing::info!(%batch, %problem, "a batch cannot go on");
                let now = self.inner.clock.now();
                batches::fail(&mut tx, batch, &json(&problem)?, now).await?;
                tx.commit().await?;
                return Ok(false);
            }
            prepared => prepared?,
        }
        if let Some(among) = among.keep_more(&mut tx, &actor, batch).await? {
            row.selection = json(&among)?;
            batches::aim(&mut tx, &row).await?;
            tx.commit().await?;
            return Ok(true);
        }
        let ids = among
            .list(&mut tx, &actor, &row.position, rows(PIECE))
            .await?;
        self.run_ids(&mut tx, &actor, &deed, &mut row, &ids).await?;
        if let (Among::Kept(..), Some(last)) = (&among, ids.last()) {
            batch_targets::pass(&mut tx, batch, *last).await?;
        }
        if ids.is_empty() {
            self.conclude_among(&mut tx, &actor, &deed, &among).await?;
            let now = self.inner.clock.now();
            batches::end(&mut tx, batch, BatchState::Finished, now).await?;
        }
        tx.commit().await?;
        self.forget_media(&ids);
        Ok(!ids.is_empty())
    }

    async fn run_ids(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        deed: &Deed,
        row: &mut BatchRow,
        ids: &[AssetId],
    ) -> Result<()> {
        let Some(last) = ids.last() else {
            return Ok(());
        };
        let applied = self.apply_deed(tx, actor, deed, ids).await?;
        if row.is_kept {
            batch_items::insert(tx, row.id, &changes(&applied)).await?;
        }
        batch_refusals::insert(tx, row.id, &refusals(&applied)?).await?;
        let items = &applied.items;
        let count = |outcome| items.iter().filter(|item| item.outcome == outcome).count();
        row.position = last.to_string();
        row.done += rows(items.len());
        row.changed += rows(count(Outcome::Changed));
        row.refused += rows(count(Outcome::Refused));
        batches::advance(tx, row).await
    }

    /// What is left to do when the last asset is done: folders go after what they held.
    pub(super) async fn conclude_among(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        deed: &Deed,
        among: &Among,
    ) -> Result<()> {
        match (deed, among) {
            (Deed::Purge, Among::ToPurge(folder)) => self.delete_folder(tx, actor, *folder).await,
            (Deed::Purge, Among::Trash(newest)) => {
                let begun = newest.made_at();
                let folders = folder_trash::list(tx, actor.account_id, begun).await?;
                for folder in folders {
                    if !is_filling(tx, actor, folder).await? {
                        self.delete_folder(tx, actor, folder).await?;
                    }
                }
                Ok(())
            }
            (Deed::TakeOff(leaving), _) => leaving.remove(tx, actor).await,
            (Deed::BringBack(leaving), _) => {
                gone_marks::delete(tx, actor.account_id, &leaving.mark().1).await
            }
            _ => Ok(()),
        }
    }
}

/// Who asked for a batch, as long as they may do it; what cannot be left in the middle goes on
/// in their name.
async fn find_asker(tx: &mut Tx, row: &BatchRow, deed: &Deed) -> Result<Option<Actor>> {
    let asker: Asker = from_json(&row.actor)?;
    if row.must_end()? {
        return Ok(Some(asker.into_actor(row.account_id)));
    }
    let actor = asker.find_actor(tx, row.account_id).await?;
    Ok(actor.filter(|actor| actor.require(deed.right()).is_ok()))
}
