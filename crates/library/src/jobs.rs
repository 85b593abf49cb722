//! Work to do later, kept in the database: leased, retried, idempotent.
//!
//! The table is our own, after a look at apalis 1.0. It could push a task in our transaction
//! (`queries::push_tasks`), but goes by the machine's clock and by the database's, which the clock
//! of this crate cannot hold still; its `setup` turns `synchronous` off on a connection of the pool
//! that acknowledges uploads; and its tables and migrations come once for each database, in a
//! history beside ours. What is left of a queue without these is this file, two tables and a worker.

mod make_preview;
mod post;
mod schedule;
mod survive;
mod worker;

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use model::{AccountId, BatchId, BlobId, JobId, Timestamp, WebhookDeliveryId};
use serde::{Deserialize, Serialize};
use tokio::{sync::Notify, task::JoinHandle};
use tokio_util::sync::CancellationToken;

use crate::{
    Error, Library, Result,
    db::{
        Tx,
        jobs::{self, JobRow, Lane},
    },
};

/// How long workers have to finish at shutdown.
const DRAIN: Duration = Duration::from_secs(10);

/// Work to do later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Job {
    /// Makes the preview of a picture before anybody asks for it.
    MakePreview { account: AccountId, blob: BlobId },
    /// Makes the first picture of what is no picture, and has it shown.
    MakePoster { account: AccountId, blob: BlobId },
    /// Goes on with a deed on very many assets, from where it has come to.
    RunBatch {
        batch: BatchId,
        position: String,
        /// Whether it may not be given up in the middle.
        #[serde(default)]
        must_end: bool,
    },
    /// Reads what a document says, so that words find it.
    ReadText { account: AccountId, blob: BlobId },
    /// Reads what there is to see of a file that is no picture, before anybody asks for it.
    ReadContent { account: AccountId, blob: BlobId },
    /// Tries once to tell a webhook something, not before a moment.
    SendWebhook {
        account: AccountId,
        delivery: WebhookDeliveryId,
        at: Timestamp,
    },
}

impl Job {
    /// A try to tell a webhook something, at a moment.
    pub const fn send(account: AccountId, delivery: WebhookDeliveryId, at: Timestamp) -> Self {
        Self::SendWebhook {
            account,
            delivery,
            at,
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::MakePreview { .. } => "make_preview",
            Self::MakePoster { .. } => "make_poster",
            Self::RunBatch { .. } => "run_batch",
            Self::ReadText { .. } => "read_text",
            Self::ReadContent { .. } => "read_content",
            Self::SendWebhook { .. } => "send_webhook",
        }
    }

    /// Whether it is tried until it is done: what it began cannot be left as it is.
    const fn must_end(&self) -> bool {
        matches!(
            self,
            Self::RunBatch { must_end: true, .. } | Self::SendWebhook { .. }
        )
    }

    /// What keeps the same work from waiting twice.
    fn unique_key(&self) -> String {
        match self {
            Self::MakePreview { blob, .. } => format!("make_preview:{blob}"),
            Self::MakePoster { blob, .. } => format!("make_poster:{blob}"),
            Self::RunBatch {
                batch, position, ..
            } => format!("run_batch:{batch}:{position}"),
            Self::ReadText { blob, .. } => format!("read_text:{blob}"),
            Self::ReadContent { blob, .. } => format!("read_content:{blob}"),
            // Each try is work of its own.
            Self::SendWebhook { delivery, at, .. } => {
                format!("send_webhook:{delivery}:{}", at.as_millis())
            }
        }
    }
}

/// Rings when there is work, so that workers need not wait for their next look.
#[derive(Debug, Default)]
pub(crate) struct Bell {
    work: Notify,
    /// People who wait for an answer right now; work that nobody waits for lets them go first.
    people: AtomicUsize,
}

impl Bell {
    /// Tells one worker that there is work.
    pub fn ring(&self) {
        self.work.notify_one();
    }

    /// Lets workers hold back until the guard is dropped.
    pub fn people_first(&self) -> People<'_> {
        self.people.fetch_add(1, Ordering::Relaxed);
        People(self)
    }

    fn is_quiet(&self) -> bool {
        self.people.load(Ordering::Relaxed) == 0
    }
}

/// Somebody waits for an answer while this lives.
pub(crate) struct People<'a>(&'a Bell);

impl Drop for People<'_> {
    fn drop(&mut self) {
        self.0.people.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Workers under way; dropping it stops nothing, [`Workers::drain`] does.
pub struct Workers {
    stop: CancellationToken,
    tasks: Vec<JoinHandle<()>>,
}

impl Workers {
    /// Takes no new work, lets what is under way finish within ten seconds, and returns.
    ///
    /// What does not finish is leased still, and begun again when the lease is over.
    pub async fn drain(self) {
        self.stop.cancel();
        let deadline = tokio::time::Instant::now() + DRAIN;
        for mut task in self.tasks {
            if tokio::time::timeout_at(deadline, &mut task).await.is_err() {
                tracing::warn!("a job did not finish in time and will be begun again");
                task.abort();
            }
        }
    }
}

impl Library {
    /// Starts the workers and the schedule (collector, expiry of uploads and sessions).
    pub fn start_workers(&self) -> Workers {
        let stop = CancellationToken::new();
        // As many as may decode at once, and at most two: they share the machine with people.
        let workers = self.inner.config.decoders.clamp(1, 2);
        let mut tasks: Vec<_> = (0..workers)
            .map(|_| tokio::spawn(self.clone().work(stop.clone())))
            .collect();
        tasks.push(tokio::spawn(self.clone().keep_schedule(stop.clone())));
        tasks.push(tokio::spawn(self.clone().keep_posting(stop.clone())));
        Workers { stop, tasks }
    }

    /// Does all work that is due, then returns how many jobs there were; for tests and the command line.
    pub async fn run_due_jobs(&self) -> Result<usize> {
        let mut done = 0;
        loop {
            while self.tell_some().await? {}
            let worked = self.run_next_job(Lane::Workshop).await?;
            if !worked && !self.run_next_job(Lane::Post).await? {
                break;
            }
            done += 1;
        }
        while self.spread_some().await? {}
        while self.learn_words().await? > 0 {}
        while self.make_smaller().await {}
        Ok(done)
    }

    /// Writes down work to do, in the transaction that makes it necessary; ring when that is done.
    pub(crate) async fn enqueue(&self, tx: &mut Tx, job: &Job) -> Result<()> {
        self.enqueue_at(tx, job, self.inner.clock.now()).await
    }

    /// Writes down work to do, not before a moment.
    pub(crate) async fn enqueue_at(&self, tx: &mut Tx, job: &Job, at: Timestamp) -> Result<()> {
        let id: JobId = self.inner.clock.new_id();
        let payload =
            serde_json::to_string(job).map_err(|error| Error::Inconsistent(error.to_string()))?;
        let row = JobRow {
            id,
            kind: job.kind().to_owned(),
            payload,
            unique_key: job.unique_key(),
            attempts: 0,
        };
        jobs::insert(tx, &row, at).await
    }

    /// Puts off work that nobody has begun: each is replaced by what is the same at another moment.
    pub(crate) async fn put_off_jobs(
        &self,
        tx: &mut Tx,
        moved: &[(Job, Job)],
        at: Timestamp,
    ) -> Result<()> {
        let keys = moved.iter();
        let keys = keys.map(|(job, later)| (job.unique_key(), later.unique_key()));
        jobs::put_off(tx, &keys.collect::<Vec<_>>(), at).await
    }
}
