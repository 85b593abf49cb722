//! The command line: what can be said, and which exit code answers.

use std::{io::Write, net::SocketAddr, path::PathBuf, process::ExitCode};

use clap::{Args, Parser, Subcommand};
use library::{Library, SystemClock};
use model::Problem;
use serde::Serialize;
use toml::{Table, Value};

use crate::{
    commands::{account, doctor, fsck, gc, migrate, openapi, serve, token, user},
    config::{Settings, SettingsError},
};

/// Satchel: a media library you host yourself.
#[derive(Debug, Parser)]
#[command(name = "satchel", version, propagate_version = true)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Option<Command>,
}

/// Settings that may be said at every command; they go over environment and file.
#[derive(Debug, Args)]
#[command(next_help_heading = "Settings")]
struct Global {
    /// The settings file; `satchel.toml` in the working folder when not said
    #[arg(long, global = true, env = "SATCHEL_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// The address to listen on
    #[arg(long, global = true, value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
    /// Everything an embedded installation writes
    #[arg(long, global = true, value_name = "FOLDER")]
    data_dir: Option<PathBuf>,
    /// `sqlite://path` or `postgres://…`
    #[arg(long, global = true, value_name = "URL")]
    database_url: Option<String>,
    /// Any `OpenDAL` address, such as `s3://bucket?endpoint=…`
    #[arg(long, global = true, value_name = "URL")]
    storage_url: Option<String>,
    /// Where people reach this installation
    #[arg(long, global = true, value_name = "URL")]
    public_url: Option<String>,
    /// Where shared media is served
    #[arg(long, global = true, value_name = "URL")]
    media_url: Option<String>,
    /// Proxies that may set `X-Forwarded-*`: addresses or networks, with commas between
    #[arg(long, global = true, value_name = "NETWORKS", value_delimiter = ',')]
    trusted_proxies: Option<Vec<String>>,
    /// The folder with script and styles
    #[arg(long, global = true, value_name = "FOLDER")]
    site_dir: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the library (what happens when nothing is said)
    Serve,
    /// Bring the database's schema up to date, as `serve` does when it starts; nothing else does
    Migrate,
    /// Make, change and list accounts
    #[command(subcommand)]
    Account(account::Command),
    /// Add people
    #[command(subcommand)]
    User(user::Command),
    /// Make API tokens
    #[command(subcommand)]
    Token(token::Command),
    /// Check database, storage, free space, clock, decoder and public URL, and say what to do
    Doctor(doctor::Command),
    /// Compare the database with the storage, and the meters with a recount
    Fsck(fsck::Command),
    /// Remove stored bytes that nothing has pointed at for a while
    Gc(gc::Command),
    /// Print the `OpenAPI` document
    Openapi,
    /// Decode pictures for a server that started this (internal)
    #[command(hide = true)]
    Decoder,
}

/// Why a command did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The settings cannot be used.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The library says no.
    #[error("{}", .0.detail)]
    Problem(#[from] Problem),
    /// It failed before a problem could be told apart.
    #[error("{}", causes(.0))]
    Library(library::Error),
    /// Reading or writing failed.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// What was said makes no sense together.
    #[error("{0}")]
    Usage(String),
}

impl From<library::Error> for CommandError {
    fn from(error: library::Error) -> Self {
        match error {
            library::Error::Problem(problem) => Self::Problem(problem),
            error => Self::Library(error),
        }
    }
}

/// What a command comes to: all well, or found something wrong.
pub type Outcome = Result<ExitCode, CommandError>;

/// Reads the command line and does what it says.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    match dispatch(cli) {
        Ok(code) => code,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(cli: Cli) -> Outcome {
    let command = match cli.command.unwrap_or(Command::Serve) {
        Command::Openapi => return openapi::run(),
        Command::Decoder => return Ok(crate::commands::decoder::run()),
        command => command,
    };
    let settings = Settings::load(cli.global.config.clone(), cli.global.flags())?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        match command {
            Command::Serve => serve::run(settings).await,
            Command::Migrate => migrate::run(&settings).await,
            Command::Account(command) => account::run(&settings, command).await,
            Command::User(command) => user::run(&settings, command).await,
            Command::Token(command) => token::run(&settings, command).await,
            Command::Doctor(command) => doctor::run(&settings, &command).await,
            Command::Fsck(command) => fsck::run(&settings, &command).await,
            Command::Gc(command) => gc::run(&settings, &command).await,
            Command::Openapi | Command::Decoder => unreachable!("answered above"),
        }
    })
}

impl Global {
    /// The flags that were said, as a table to lay over the other settings.
    fn flags(self) -> Table {
        let path = |path: PathBuf| path.display().to_string();
        let texts = [
            ("listen", self.listen.map(|address| address.to_string())),
            ("data_dir", self.data_dir.map(path)),
            ("database_url", self.database_url),
            ("storage_url", self.storage_url),
            ("public_url", self.public_url),
            ("media_url", self.media_url),
            ("site_dir", self.site_dir.map(path)),
        ];
        let mut table: Table = texts
            .into_iter()
            .filter_map(|(key, text)| Some((key.to_owned(), Value::String(text?))))
            .collect();
        if let Some(networks) = self.trusted_proxies {
            table.insert("trusted_proxies".to_owned(), networks.into());
        }
        table
    }
}

/// Opens the library for a command that runs beside a server, or without one; the schema stays as
/// it is.
pub(crate) async fn open(settings: &Settings) -> Result<Library, CommandError> {
    crate::logging::start_quiet(&settings.log);
    let config = settings.library(&settings.public_url(settings.listen)?)?;
    Ok(Library::open_beside(config, std::sync::Arc::new(SystemClock)).await?)
}

/// Writes a line for people, or JSON for a script.
pub(crate) fn print<T: Serialize>(json: bool, value: &T, text: impl FnOnce() -> String) -> Outcome {
    let mut out = std::io::stdout().lock();
    if json {
        serde_json::to_writer(&mut out, value).map_err(std::io::Error::from)?;
        writeln!(out)?;
    } else {
        writeln!(out, "{}", text())?;
    }
    Ok(ExitCode::SUCCESS)
}

/// An error and what it came from, on one line.
fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text
}
