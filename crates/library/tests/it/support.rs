//! What stories stand on: a fresh library, a clock that moves when told, and people in it.

mod bucket;
mod clock;
mod database;
mod files;
mod flaky;
mod object_store;
mod people;
mod receiver;
mod store;

use std::{ops::Deref, path::PathBuf, sync::Arc};

use library::{Config, Error, Library};
use model::{AccountLimits, Problem, ProblemCode, Secret};
use tempfile::TempDir;

pub use bucket::Bucket;
pub use clock::TestClock;
pub use database::TestDatabase;
pub use files::{at as piece_at, body, grid, jpeg, meta, png, text};
pub use flaky::{Fault, Flaky};
pub use people::{PASSWORD, at, system};
pub use receiver::{Heard, Receiver};

/// A library of its own, gone with all it held when dropped.
pub struct TestLibrary {
    pub library: Library,
    pub clock: Arc<TestClock>,
    pub config: Config,
    pub database: TestDatabase,
    // Dropped last: the database file lies in it.
    _folder: TempDir,
}

impl Deref for TestLibrary {
    type Target = Library;

    fn deref(&self) -> &Library {
        &self.library
    }
}

impl TestLibrary {
    /// Opens the same installation once more, as another process or after a restart would.
    pub async fn reopen(&self) -> Library {
        Library::open(self.config.clone(), self.clock.clone())
            .await
            .expect("the library opens again")
    }
}

/// An empty library with the limits a new installation has.
pub async fn fresh_library() -> TestLibrary {
    library_with(|_| {}).await
}

/// An empty library with settings changed.
pub async fn library_with(change: impl FnOnce(&mut Config)) -> TestLibrary {
    let mut ground = Ground::prepare().await;
    change(&mut ground.config);
    let library = ground.open().await.expect("the library opens");
    let Ground {
        clock,
        config,
        database,
        folder,
    } = ground;
    TestLibrary {
        library,
        clock,
        config,
        database,
        _folder: folder,
    }
}

/// Where a library can be opened, and nobody has yet.
pub struct Ground {
    pub clock: Arc<TestClock>,
    pub config: Config,
    pub database: TestDatabase,
    folder: TempDir,
}

impl Ground {
    /// An empty database and an empty store.
    pub async fn prepare() -> Self {
        let folder = TempDir::with_prefix("satchel-").expect("a temporary folder");
        let database = TestDatabase::create(folder.path()).await;
        let clock = Arc::new(TestClock::default());
        let config = Config {
            data_dir: folder.path().to_owned(),
            database_url: Secret::new(database.url()),
            storage_url: Secret::new(store::url(folder.path())),
            public_url: "https://media.example.com".to_owned(),
            media_url: "https://media.example.com".to_owned(),
            default_limits: AccountLimits::default(),
            max_pixels: 100_000_000,
            svg: false,
            decoders: 2,
            avif: true,
            decoder_program: Some(PathBuf::from(env!("CARGO_BIN_EXE_satchel-decoder"))),
            ffmpeg: None,
            soffice: None,
            scanner: None,
            egress: library::config::Egress::default(),
        };
        Self {
            clock,
            config,
            database,
            folder,
        }
    }

    /// Opens a library there.
    pub async fn open(&self) -> Result<Library, Error> {
        Library::open(self.config.clone(), self.clock.clone()).await
    }
}

/// Where a program is on this machine, as a shell would find it.
pub fn installed(program: &str) -> Option<PathBuf> {
    let folders = setting("PATH")?;
    let mut found = std::env::split_paths(&folders).map(|folder| folder.join(program));
    found.find(|path| path.is_file())
}

/// A setting of the test run, read where nothing else is.
#[expect(
    clippy::disallowed_methods,
    reason = "a test run is told by its surroundings"
)]
fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The problem a verb ended with.
#[track_caller]
pub fn problem<T: std::fmt::Debug>(result: Result<T, Error>) -> Problem {
    Problem::from(result.expect_err("this must not work"))
}

/// The code of the problem a verb ended with.
#[track_caller]
pub fn code<T: std::fmt::Debug>(result: Result<T, Error>) -> ProblemCode {
    problem(result).code
}
