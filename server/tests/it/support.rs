//! What stories stand on: a running server of their own, people in it, and a client.

mod command;
mod database;
mod disk;
pub mod files;
mod http;
pub mod people;
mod raw;
pub mod tus;

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc,
    time::{Duration, Instant},
};

pub use disk::{Disk, Kept};
pub use http::{Live, Part, Reply, Request, chunked, form, multipart};
pub use raw::{exchange, first_line};
use tempfile::TempDir;
pub use tus::Tus;

/// How long a server may take for anything a story waits for.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// A place where servers and commands run: a folder, a database, settings.
pub struct Place {
    settings: Vec<(String, String)>,
    program: PathBuf,
    // Dropped before the folder, in which an SQLite file lies.
    database: database::Database,
    folder: TempDir,
}

impl Place {
    /// An empty place.
    pub fn empty() -> Self {
        let folder = TempDir::with_prefix("satchel-it-").expect("a temporary folder");
        let database = database::Database::create(folder.path());
        let settings = vec![
            ("SATCHEL_LISTEN".to_owned(), "127.0.0.1:0".to_owned()),
            (
                "SATCHEL_DATA_DIR".to_owned(),
                folder.path().join("data").display().to_string(),
            ),
            ("SATCHEL_DATABASE_URL".to_owned(), database.url()),
            (
                "SATCHEL_STORAGE_URL".to_owned(),
                database::storage(folder.path()),
            ),
            (
                "SATCHEL_SITE_DIR".to_owned(),
                folder.path().join("site").display().to_string(),
            ),
            // One token of a story asks more in a minute than a program would.
            ("SATCHEL_RATE_LIMITS_TOKEN".to_owned(), "0".to_owned()),
        ];
        Self {
            settings,
            program: PathBuf::from(env!("CARGO_BIN_EXE_satchel")),
            database,
            folder,
        }
    }

    /// A place with a database that nothing is in yet.
    pub fn migrated() -> Self {
        let place = Self::empty();
        place.run(&["migrate"]);
        place
    }

    /// The same place with settings changed.
    pub fn with(mut self, settings: &[(&str, &str)]) -> Self {
        for (name, value) in settings {
            self.settings.retain(|(known, _)| known != name);
            self.settings
                .push(((*name).to_owned(), (*value).to_owned()));
        }
        self
    }

    /// The same place with the program somewhere else.
    pub fn running(self, program: PathBuf) -> Self {
        Self { program, ..self }
    }

    /// The database that is used here unless settings say otherwise.
    pub fn database(&self) -> &database::Database {
        &self.database
    }

    /// The folder everything lies in.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Starts a server here.
    pub fn serve(self) -> Server {
        Server::start(self)
    }

    /// The program, set up to run here.
    fn program(&self) -> Command {
        let mut command = Command::new(&self.program);
        command
            .current_dir(self.folder.path())
            .env_clear()
            .envs(std::env::vars().filter(|(name, _)| !name.starts_with("SATCHEL_")))
            .envs(self.settings.iter().map(|(name, value)| (name, value)));
        command
    }
}

/// A server that runs until it is dropped.
pub struct Server {
    pub place: Place,
    /// Where it listens, such as `http://127.0.0.1:43210`.
    pub url: String,
    /// What it printed while it started.
    pub printed: Vec<String>,
    process: Child,
}

impl Server {
    fn start(place: Place) -> Self {
        let (process, printed) = launch(&place);
        Self {
            place,
            url: address(&printed),
            printed,
            process,
        }
    }

    /// A server with nothing in it.
    pub fn fresh() -> Self {
        Place::empty().serve()
    }

    /// The host and port it listens on.
    pub fn authority(&self) -> &str {
        self.url.trim_start_matches("http://")
    }

    /// The process it is.
    pub fn pid(&self) -> u32 {
        self.process.id()
    }

    /// Sends a signal and waits for the end.
    pub fn stop(&mut self, signal: &str) -> (ExitStatus, Duration) {
        let start = Instant::now();
        let pid = self.process.id().to_string();
        let sent = Command::new("kill").args([signal, &pid]).status();
        assert!(sent.expect("kill runs").success());
        (
            self.process.wait().expect("the server ends"),
            start.elapsed(),
        )
    }

    /// Stops the server hard and starts it again in the same place.
    pub fn restart(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let (process, printed) = launch(&self.place);
        self.url = address(&printed);
        (self.process, self.printed) = (process, printed);
    }

    /// Files under a folder of the place, at any depth.
    pub fn files_in(&self, folder: &str) -> Vec<PathBuf> {
        files::under(&self.place.folder().join(folder))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Where a server says it listens.
fn address(printed: &[String]) -> String {
    let line = printed
        .iter()
        .find_map(|line| line.strip_prefix("listening on "));
    line.expect("the server says where it listens").to_owned()
}

/// Starts the program and reads what it prints until it can be used.
fn launch(place: &Place) -> (Child, Vec<String>) {
    let log = std::fs::File::create(place.folder().join("log")).expect("a log file");
    let mut process = place
        .program()
        .stdout(Stdio::piped())
        .stderr(log)
        .spawn()
        .expect("the program starts");
    let stdout = process.stdout.take().expect("its output");
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            let _ = send.send(line);
        }
    });
    let mut printed = Vec::new();
    let deadline = Instant::now() + PATIENCE;
    while Instant::now() < deadline {
        match receive.recv_timeout(Duration::from_millis(200)) {
            Ok(line) => printed.push(line),
            // Nothing more follows what it says at once.
            Err(_) if !printed.is_empty() => return (process, printed),
            Err(mpsc::RecvTimeoutError::Timeout) => {}
            Err(mpsc::RecvTimeoutError::Disconnected) => break,
        }
    }
    let _ = process.kill();
    let _ = process.wait();
    let log = std::fs::read_to_string(place.folder().join("log")).unwrap_or_default();
    panic!("the server does not start: {printed:?}\n{log}");
}
