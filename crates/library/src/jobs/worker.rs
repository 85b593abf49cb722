//! Takes work that is due, does it, and says how it went.

use std::time::Duration;

use tokio::time::{Instant, interval_at, sleep};
use tokio_util::sync::CancellationToken;

use super::{Job, survive::survive};
use crate::{
    Error, Library, Result,
    db::jobs::{self, JobRow, Lane},
};

/// How long a worker is believed alive without a word.
const LEASE: Duration = Duration::from_mins(1);
/// How often a worker says that it is alive.
const HEARTBEAT: Duration = Duration::from_secs(20);
/// How often work is begun before it is given up.
const MAX_ATTEMPTS: i64 = 5;
/// How often to look for work that no bell told of: retries, and other processes' work.
const LOOK: Duration = Duration::from_secs(5);
/// How long work that nobody waits for lets people go first.
const HOLD_BACK: Duration = Duration::from_secs(30);

impl Library {
    /// Works until it is told to stop.
    pub(super) async fn work(self, stop: CancellationToken) {
        let mut last = Instant::now();
        while !stop.is_cancelled() {
            let is_our_turn = self.inner.jobs.is_quiet() || last.elapsed() >= HOLD_BACK;
            let worked = if is_our_turn {
                Box::pin(survive(self.work_once())).await
            } else {
                Ok(false)
            };
            match worked {
                Ok(true) => {
                    last = Instant::now();
                    continue;
                }
                Ok(false) => {}
                Err(error) => tracing::warn!(%error, "no work could be taken"),
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = self.inner.jobs.work.notified(), if is_our_turn => {}
                () = sleep(if is_our_turn { LOOK } else { LOOK / 10 }) => {}
            }
        }
    }

    /// Does one job, or where none is due something for the search, or makes a picture smaller;
    /// whether there was anything to do.
    async fn work_once(&self) -> Result<bool> {
        Ok(self.run_next_job(Lane::Workshop).await?
            || self.spread_some().await?
            || self.learn_words().await? > 0
            || self.make_smaller().await)
    }

    /// Does one job of a lane, if any is due.
    pub(super) async fn run_next_job(&self, lane: Lane) -> Result<bool> {
        let Some(row) = self.claim_job(lane).await? else {
            return Ok(false);
        };
        self.run_claimed(&row).await?;
        Ok(true)
    }

    /// Takes a job of a lane, if any is due.
    pub(super) async fn claim_job(&self, lane: Lane) -> Result<Option<JobRow>> {
        let now = self.inner.clock.now();
        let mut tx = self.inner.db.read().await?;
        if !jobs::is_any_due(&mut tx, lane, now).await? {
            return Ok(None);
        }
        drop(tx);
        let mut tx = self.inner.db.write().await?;
        let row = jobs::claim(&mut tx, lane, now, now.after(LEASE)).await?;
        tx.commit().await?;
        Ok(row)
    }

    /// Does a job that was taken, and says how it went.
    pub(super) async fn run_claimed(&self, row: &JobRow) -> Result<()> {
        let done = self.run_alive(row).await;
        self.conclude(row, done).await
    }

    /// Does a job, saying now and then that its worker is alive.
    async fn run_alive(&self, row: &JobRow) -> Result<()> {
        let mut heartbeat = interval_at(Instant::now() + HEARTBEAT, HEARTBEAT);
        let work = survive(self.run(row));
        tokio::pin!(work);
        loop {
            tokio::select! {
                done = &mut work => return done,
                _ = heartbeat.tick() => self.extend_lease(row).await,
            }
        }
    }

    async fn extend_lease(&self, row: &JobRow) {
        let extended = async {
            let mut tx = self.inner.db.write().await?;
            jobs::extend(&mut tx, row, self.inner.clock.now().after(LEASE)).await?;
            tx.commit().await
        };
        if let Err(error) = extended.await {
            tracing::warn!(job = %row.id, %error, "a lease could not be extended");
        }
    }

    async fn run(&self, row: &JobRow) -> Result<()> {
        let job: Job = serde_json::from_str(&row.payload)
            .map_err(|error| Error::Inconsistent(error.to_string()))?;
        if row.attempts > MAX_ATTEMPTS && !job.must_end() {
            return Err(Error::Inconsistent("its workers died of it".to_owned()));
        }
        match job {
            Job::MakePreview { account, blob } => self.run_make_preview(account, blob).await,
            Job::MakePoster { account, blob } => self.make_poster(account, blob).await,
            Job::RunBatch { batch, .. } => self.run_batch(batch).await,
            Job::ReadText { account, blob } => self.read_text(account, blob).await,
            Job::ReadContent { account, blob } => self.read_content(account, blob).await,
            Job::SendWebhook {
                account, delivery, ..
            } => self.send_webhook(account, delivery).await,
        }
    }

    async fn conclude(&self, row: &JobRow, done: Result<()>) -> Result<()> {
        let mut tx = self.inner.db.write().await?;
        let again = row.attempts < MAX_ATTEMPTS || must_end(row);
        let is_given_up = done.is_err() && !again;
        match done {
            Ok(()) => jobs::delete(&mut tx, row).await?,
            Err(error) => {
                let again_at =
                    again.then(|| self.inner.clock.now().after(pause_after(row.attempts)));
                tracing::warn!(job = %row.id, kind = row.kind, attempt = row.attempts, %error, again, "a job failed");
                jobs::fail(&mut tx, row, &error.to_string(), again_at).await?;
            }
        }
        tx.commit().await?;
        if is_given_up {
            self.tell_given_up(row).await?;
        }
        Ok(())
    }

    /// Tells whoever watches that work was given up.
    async fn tell_given_up(&self, row: &JobRow) -> Result<()> {
        match serde_json::from_str(&row.payload) {
            Ok(Job::RunBatch { batch, .. }) => self.fail_batch(batch).await,
            _ => Ok(()),
        }
    }
}

fn must_end(row: &JobRow) -> bool {
    serde_json::from_str::<Job>(&row.payload).is_ok_and(|job| job.must_end())
}

/// The pause before the next try: 10 s, 40 s, 160 s, 640 s, and so for what is tried until it is done.
fn pause_after(attempts: i64) -> Duration {
    let doublings = u32::try_from(attempts.clamp(1, 4) - 1).unwrap_or(0) * 2;
    Duration::from_secs(10 << doublings)
}
