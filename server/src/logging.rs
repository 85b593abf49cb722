//! Log lines: on standard error, so that standard output stays for answers.

use std::io::{self, IsTerminal};

use tracing_subscriber::EnvFilter;

use crate::config::{LogFormat, LogSettings};

/// Starts the log of a server.
pub fn start(settings: &LogSettings) {
    install(settings, &settings.filter);
}

/// Starts the log of a command: warnings and worse.
pub fn start_quiet(settings: &LogSettings) {
    install(settings, "warn");
}

fn install(settings: &LogSettings, filter: &str) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(io::stderr().is_terminal())
        .with_writer(io::stderr);
    // A second start in one process, as in tests, changes nothing.
    let _ = match settings.format {
        LogFormat::Text => builder.try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    };
}
