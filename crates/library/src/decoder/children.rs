//! A few children, started when they are needed and stopped when they are not.
//!
//! Light pictures are decoded side by side. One that needs more memory than a share waits until
//! it is alone, so that all processes together stay within what the operator gave; the kernel holds
//! each of those at work beside others to its part of that, whatever a codec believes. Whoever looks
//! goes before what is imported, and both before work that nobody waits for; among equals, accounts
//! take turns.

use std::{
    os::fd::OwnedFd,
    sync::{
        Arc, Mutex, PoisonError, Weak,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use model::AccountId;

use super::{
    DecodeError, DecoderConfig,
    protocol::{Answer, Limits, Question, Task},
    turns::{Rank, Turns},
    worker::Worker,
};

/// What a picture may take while others are decoded beside it.
const SHARE: u64 = 56 << 20;
/// The largest picture file that is decoded beside others.
const SHARE_INPUT: u64 = 24 << 20;
/// The largest picture file that is decoded at all.
const MAX_INPUT: u64 = 96 << 20;
/// A child's own size: its program, tables and stack.
const OWN_MEMORY: u64 = 64 << 20;
/// A child that holds more than this after its work is replaced.
const MAX_RESIDENT: u64 = 96 << 20;
/// Questions that a child answers before it is replaced.
const MAX_ANSWERS: u32 = 200;

/// The children, at work and idle.
pub(super) struct Children {
    pub config: DecoderConfig,
    pub turns: Arc<Turns>,
    idle: Mutex<Vec<Worker>>,
    pids: Mutex<Vec<u32>>,
    reaping: AtomicBool,
    /// Held by whoever runs a program of others.
    pub guest: tokio::sync::Mutex<()>,
}

/// In which line somebody waits.
pub(super) type Place = (Rank, Option<AccountId>);

impl Children {
    /// None yet.
    pub fn new(config: DecoderConfig) -> Self {
        let workers = config.workers.max(1);
        Self {
            config: DecoderConfig { workers, ..config },
            turns: Turns::new(workers),
            idle: Mutex::default(),
            pids: Mutex::default(),
            reaping: AtomicBool::new(false),
            guest: tokio::sync::Mutex::default(),
        }
    }

    /// The process ids of all.
    pub fn pids(&self) -> Vec<u32> {
        lock(&self.pids).clone()
    }

    /// Asks for a share first, and alone where a share is not enough.
    pub async fn ask(
        self: &Arc<Self>,
        place: Place,
        task: Task,
        file: OwnedFd,
    ) -> Result<(Answer, Vec<u8>), DecodeError> {
        let workers = self.config.workers;
        let (most, share) = self.rooms();
        let light = Question {
            limits: self.limits(&task, (SHARE, SHARE_INPUT, share)),
            task,
        };
        match self.queued(place, 1, &light, &file).await {
            Ok((Answer::Refused(imaging::Error::TooHeavy { .. }), _)) => {}
            // It took more than anybody had reckoned.
            Err(Silence::OutOfMemory) if workers > 1 => {}
            told => return settle(told?),
        }
        let memory = (most - most / 4, MAX_INPUT.min(most / 4), most);
        let limits = self.limits(&light.task, memory);
        let question = Question { limits, ..light };
        settle(self.queued(place, workers, &question, &file).await?)
    }

    /// The memory of all who work together, and of one of them beside others.
    pub fn rooms(&self) -> (u64, u64) {
        let most = self.config.memory.saturating_sub(OWN_MEMORY);
        let share = most / self.config.workers as u64;
        (most, share.max(2 * SHARE))
    }

    fn limits(&self, task: &Task, (max_memory, max_input, room): (u64, u64, u64)) -> Limits {
        let cpu = match task {
            Task::Inspect { .. } => self.config.look.min(self.config.cpu),
            _ => self.config.cpu,
        };
        Limits {
            max_pixels: self.config.max_pixels,
            max_memory,
            max_input,
            room,
            cpu_seconds: cpu.as_secs().max(1),
        }
    }

    /// Waits for shares, then asks; the time of waiting does not count.
    async fn queued(
        self: &Arc<Self>,
        (rank, account): Place,
        shares: usize,
        question: &Question,
        file: &OwnedFd,
    ) -> Result<(Answer, Vec<u8>), Silence> {
        let turn = self.turns.take(rank, account, shares).await;
        let _turn = turn.ok_or(Silence::Because(DecodeError::Busy))?;
        if shares > 1 {
            // Whoever decodes alone has the memory of the others, too.
            self.stop_idle(Duration::ZERO);
        }
        let deadline = tokio::time::timeout(self.patience(question), self.asked(question, file));
        deadline
            .await
            .unwrap_or(Err(Silence::Because(DecodeError::TimedOut)))
    }

    /// How long a child is waited for: always longer than the processor time that the kernel counts,
    /// so that only a busy machine is late. What is encoded again and again until it is small
    /// enough waits long for its processor time there.
    fn patience(&self, question: &Question) -> Duration {
        match question.task {
            Task::Transform(_) => self.config.wall * 3,
            Task::Inspect { .. } => self.config.wall,
            _ => self.config.wall * 3 / 2,
        }
    }

    /// Asks a child that waits, or a new one; one that died while it waited is not the file's fault.
    async fn asked(
        self: &Arc<Self>,
        question: &Question,
        file: &OwnedFd,
    ) -> Result<(Answer, Vec<u8>), Silence> {
        let waited = lock(&self.idle).pop();
        if let Some(worker) = waited {
            match self.ask_worker(worker, question, file).await {
                Err(Silence::Because(DecodeError::Crashed)) => {}
                settled => return settled,
            }
        }
        let config = &self.config;
        let worker = Worker::start(&config.program, &config.args, config.memory)?;
        lock(&self.pids).extend(worker.pid());
        self.ask_worker(worker, question, file).await
    }

    async fn ask_worker(
        self: &Arc<Self>,
        worker: Worker,
        question: &Question,
        file: &OwnedFd,
    ) -> Result<(Answer, Vec<u8>), Silence> {
        // However this ends, by error or by being dropped at the deadline, the id is forgotten.
        let mut guard = Guard {
            pool: self,
            pid: worker.pid(),
            worker: Some(worker),
        };
        let Some(worker) = &mut guard.worker else {
            return Err(Silence::Because(DecodeError::Crashed));
        };
        let Ok(answer) = worker.ask(question, Some(file)).await else {
            return Err(match worker.ended_by().await {
                // A program that is given no more memory ends itself.
                Some(libc::SIGABRT) => Silence::OutOfMemory,
                Some(libc::SIGXCPU) => Silence::Because(DecodeError::Exhausted),
                _ => Silence::Because(DecodeError::Crashed),
            });
        };
        if worker.answered < MAX_ANSWERS && worker.resident() < MAX_RESIDENT {
            worker.idle_since = Instant::now();
            lock(&self.idle).extend(guard.worker.take());
            self.reap_later();
        }
        Ok(answer)
    }

    /// Stops children that have been idle for so long.
    pub fn stop_idle(&self, longer_than: Duration) {
        let mut idle = lock(&self.idle);
        let (stopped, kept) = idle
            .drain(..)
            .partition::<Vec<_>, _>(|w| w.idle_since.elapsed() >= longer_than);
        *idle = kept;
        drop(idle);
        for worker in stopped {
            self.forget(worker.pid());
        }
    }

    fn forget(&self, pid: Option<u32>) {
        lock(&self.pids).retain(|known| Some(*known) != pid);
    }

    /// Lets one task stop idle children until there are none.
    fn reap_later(self: &Arc<Self>) {
        if self.reaping.swap(true, Ordering::SeqCst) {
            return;
        }
        let (pool, idle) = (Arc::downgrade(self), self.config.idle);
        tokio::spawn(async move {
            while still_idle(&pool, idle) {
                tokio::time::sleep(idle / 4 + Duration::from_millis(10)).await;
            }
        });
    }
}

/// Stops what has been idle for long, and says whether any child is left.
fn still_idle(pool: &Weak<Children>, idle: Duration) -> bool {
    let Some(pool) = pool.upgrade() else {
        return false;
    };
    pool.stop_idle(idle);
    if lock(&pool.pids).is_empty() {
        pool.reaping.store(false, Ordering::SeqCst);
        // One that was put aside just now may have thought that this task goes on.
        return !lock(&pool.pids).is_empty() && !pool.reaping.swap(true, Ordering::SeqCst);
    }
    true
}

/// A child at work; one that is not put aside is killed.
struct Guard<'a> {
    pool: &'a Children,
    /// Its process id, which nobody can ask for once it has ended.
    pid: Option<u32>,
    worker: Option<Worker>,
}

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        if self.worker.is_some() {
            self.pool.forget(self.pid);
        }
    }
}

/// Why no child answered.
enum Silence {
    /// The child was given no more memory.
    OutOfMemory,
    Because(DecodeError),
}

impl From<std::io::Error> for Silence {
    fn from(error: std::io::Error) -> Self {
        Self::Because(error.into())
    }
}

impl From<Silence> for DecodeError {
    fn from(silence: Silence) -> Self {
        match silence {
            Silence::OutOfMemory => Self::TooHeavy {
                reason: "it takes more memory than one file may".to_owned(),
            },
            Silence::Because(error) => error,
        }
    }
}

/// What an answer means to the caller.
fn settle((answer, body): (Answer, Vec<u8>)) -> Result<(Answer, Vec<u8>), DecodeError> {
    match answer {
        Answer::Refused(error) => Err(error.into()),
        Answer::Unreadable(error) => Err(DecodeError::Io(error)),
        answer => Ok((answer, body)),
    }
}

/// A lock whose holders never panic half-way.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
