//! A few children, started when they are needed and stopped when they are not.
//!
//! Light pictures are decoded side by side. One that needs more memory than a share waits until
//! it is alone, so that all processes together stay within what the operator gave; the kernel holds
//! each of those at work beside others to its part of that, whatever a codec believes. Whoever looks
//! goes before what is imported, and both before work that nobody waits for; among equals, accounts
//! take turns.

use std::{
    os::fd::OwnedFd,
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError, Weak,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use imaging::{Inspected, Made, Picture, Recipe, ThumbSpec, metadata::Stripped};
use model::{AccountId, preview::Content};

use super::{
    DecodeError, DecodeSource, SandboxStatus,
    protocol::{Answer, Limits, Question, Task, unpack},
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

/// How many children there are, and what each may take.
#[derive(Clone, Debug)]
pub struct DecoderConfig {
    /// The program that is run.
    pub program: PathBuf,
    /// What it is told.
    pub args: Vec<String>,
    /// Children at work at once.
    pub workers: usize,
    /// The most address space of a child, in bytes.
    pub memory: u64,
    /// The longest that a look at a file may take, however busy the machine is; what is made of a
    /// file may take longer.
    pub wall: Duration,
    /// The most processor time of what is made of a file, in whole seconds.
    pub cpu: Duration,
    /// The most processor time of a look at a file that comes in, in whole seconds.
    pub look: Duration,
    /// The most pixels that a picture may have.
    pub max_pixels: u64,
    /// Whether drawings in SVG are kept; they are never opened.
    pub drawings: bool,
    /// How long a child without work is kept.
    pub idle: Duration,
}

impl Default for DecoderConfig {
    fn default() -> Self {
        Self {
            program: this_program(),
            args: vec!["decoder".to_owned()],
            workers: 2,
            memory: 448 << 20,
            wall: Duration::from_secs(10),
            cpu: Duration::from_secs(10),
            look: Duration::from_secs(4),
            max_pixels: 64_000_000,
            drawings: false,
            idle: Duration::from_mins(1),
        }
    }
}

/// The running program, even where an upgrade has put another in its place.
fn this_program() -> PathBuf {
    let running = PathBuf::from("/proc/self/exe");
    if running.exists() {
        running
    } else {
        std::env::current_exe().unwrap_or(running)
    }
}

/// Children that decode, for callers of one rank and account; cheap to clone.
#[derive(Clone)]
pub struct DecoderPool {
    inner: Arc<Inner>,
    rank: Rank,
    account: Option<AccountId>,
}

struct Inner {
    config: DecoderConfig,
    turns: Arc<Turns>,
    idle: Mutex<Vec<Worker>>,
    pids: Mutex<Vec<u32>>,
    reaping: AtomicBool,
    /// Held by whoever runs a program of others.
    guest: tokio::sync::Mutex<()>,
}

impl DecoderPool {
    /// A pool as the configuration wants it; nothing is started yet.
    pub fn new(config: &crate::Config) -> Self {
        let default = DecoderConfig::default();
        Self::with(DecoderConfig {
            program: config.decoder_program.clone().unwrap_or(default.program),
            workers: config.decoders,
            max_pixels: config.max_pixels,
            drawings: config.svg,
            ..default
        })
    }

    /// A pool of one's own making.
    pub fn with(config: DecoderConfig) -> Self {
        let workers = config.workers.max(1);
        let inner = Inner {
            config: DecoderConfig { workers, ..config },
            turns: Turns::new(workers),
            idle: Mutex::default(),
            pids: Mutex::default(),
            reaping: AtomicBool::new(false),
            guest: tokio::sync::Mutex::default(),
        };
        Self {
            inner: Arc::new(inner),
            rank: Rank::Viewer,
            account: None,
        }
    }

    /// The same children for callers of a rank, who wait in the line of their account; without
    /// this, they are viewers of nobody's.
    #[must_use]
    pub fn ranked(&self, rank: Rank, account: impl Into<Option<AccountId>>) -> Self {
        Self {
            inner: Arc::clone(&self.inner),
            rank,
            account: account.into(),
        }
    }

    /// How many callers wait for their turn.
    pub fn waiting(&self) -> usize {
        self.inner.turns.waiting()
    }

    /// Format, facts and, of pictures, thumbnail, placeholder and color, in one decode.
    pub async fn inspect(
        &self,
        source: DecodeSource,
        name: Option<&str>,
        thumb: ThumbSpec,
    ) -> Result<Inspected, DecodeError> {
        // The end of a name tells as much as the whole.
        let end = |name: &str| {
            let letters = name.chars().count();
            name.chars().skip(letters.saturating_sub(255)).collect()
        };
        let task = Task::Inspect {
            name: name.map(end),
            thumb,
            drawings: self.inner.config.drawings,
        };
        match self.ask(task, source).await? {
            (Answer::Inspected(mut found), bytes) => {
                if let Some(thumb) = &mut found.thumb {
                    thumb.bytes = bytes;
                }
                Ok(*found)
            }
            _ => Err(DecodeError::Crashed),
        }
    }

    /// One rendition, upright, in sRGB and never larger than the picture.
    pub async fn render(
        &self,
        source: DecodeSource,
        preset: ThumbSpec,
    ) -> Result<Picture, DecodeError> {
        match self.ask(Task::Render(preset), source).await? {
            (Answer::Rendered(picture), bytes) => Ok(Picture { bytes, ..picture }),
            _ => Err(DecodeError::Crashed),
        }
    }

    /// One page of a document, counted from 1.
    pub async fn render_page(
        &self,
        source: DecodeSource,
        page: u32,
        preset: ThumbSpec,
    ) -> Result<Picture, DecodeError> {
        match self.ask(Task::Page(page, preset), source).await? {
            (Answer::Rendered(picture), bytes) => Ok(Picture { bytes, ..picture }),
            _ => Err(DecodeError::Crashed),
        }
    }

    /// A picture made of this one: edited, resized, encoded anew, without metadata.
    pub async fn transform(
        &self,
        source: DecodeSource,
        recipe: Recipe,
    ) -> Result<Made, DecodeError> {
        match self.ask(Task::Transform(recipe), source).await? {
            (Answer::Made(made), bytes) => Ok(Made { bytes, ..made }),
            _ => Err(DecodeError::Crashed),
        }
    }

    /// What a public copy without metadata looks like.
    pub async fn strip(&self, source: DecodeSource) -> Result<Stripped, DecodeError> {
        match self.ask(Task::Strip, source).await? {
            (Answer::Unchanged, _) => Ok(Stripped::Unchanged),
            (Answer::Bytes, bytes) => Ok(Stripped::Bytes(bytes)),
            (Answer::Patches(places), body) => Ok(Stripped::Patches(unpack(places, &body))),
            _ => Err(DecodeError::Crashed),
        }
    }

    /// What a document says, as far as words are looked for in it.
    pub async fn read_text(&self, source: DecodeSource) -> Result<String, DecodeError> {
        match self.ask(Task::Text, source).await? {
            (Answer::Text(text), _) => Ok(text),
            _ => Err(DecodeError::Crashed),
        }
    }

    /// What there is to see of a file that is no picture.
    pub async fn read_content(&self, source: DecodeSource) -> Result<Content, DecodeError> {
        match self.ask(Task::Content, source).await? {
            (Answer::Content(content), _) => Ok(content),
            _ => Err(DecodeError::Crashed),
        }
    }

    /// The pages of a document, without its words.
    pub async fn read_outline(&self, source: DecodeSource) -> Result<Content, DecodeError> {
        match self.ask(Task::Outline, source).await? {
            (Answer::Content(content), _) => Ok(content),
            _ => Err(DecodeError::Crashed),
        }
    }

    /// How well a child is locked in, tried from inside.
    pub async fn sandbox_status(&self) -> Result<SandboxStatus, DecodeError> {
        let nothing = DecodeSource::Bytes(bytes::Bytes::new());
        match self.ask(Task::Sandbox, nothing).await? {
            (Answer::Sandbox(status), _) => Ok(status),
            _ => Err(DecodeError::Crashed),
        }
    }

    /// The process ids of the children, at work and idle.
    pub fn worker_pids(&self) -> Vec<u32> {
        lock(&self.inner.pids).clone()
    }

    /// How children are started.
    pub(super) fn config(&self) -> &DecoderConfig {
        &self.inner.config
    }

    /// Held by whoever runs a program of others.
    pub(super) fn guest(&self) -> &tokio::sync::Mutex<()> {
        &self.inner.guest
    }

    /// Whose turn it is, of all who work here.
    pub(super) fn turns(&self) -> &Arc<Turns> {
        &self.inner.turns
    }

    /// The memory of all who work here together, and what one of them may take beside others.
    pub(super) fn rooms(&self) -> (u64, u64) {
        self.inner.rooms()
    }

    /// Stops children without work: what they hold goes to somebody else.
    pub(super) fn clear(&self) {
        self.inner.stop_idle(Duration::ZERO);
    }

    async fn ask(
        &self,
        task: Task,
        source: DecodeSource,
    ) -> Result<(Answer, Vec<u8>), DecodeError> {
        let file = tokio::task::spawn_blocking(|| source.into_file()).await;
        let file = OwnedFd::from(file.map_err(|error| DecodeError::Io(error.to_string()))??);
        self.inner.ask((self.rank, self.account), task, file).await
    }
}

/// In which line somebody waits.
type Place = (Rank, Option<AccountId>);

impl Inner {
    /// Asks for a share first, and alone where a share is not enough.
    async fn ask(
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
    fn rooms(&self) -> (u64, u64) {
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
    fn stop_idle(&self, longer_than: Duration) {
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
fn still_idle(pool: &Weak<Inner>, idle: Duration) -> bool {
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
    pool: &'a Inner,
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
