//! The workshop: builds the client, watches while we write, and packs releases.

mod bundle;
mod dev;
mod release;
mod tree;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::bundle::Quality;
use crate::workspace::Workspace;

/// What the workshop can make.
#[derive(Parser)]
#[command(name = "cargo xtask", about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the client's site: WebAssembly, styles and public files.
    Bundle {
        /// Build quickly, for a developer who waits: no optimizer, no compression.
        #[arg(long)]
        dev: bool,
    },
    /// Serve, and build and start again whenever a source changes.
    Dev {
        /// Flags for `satchel serve`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        serve: Vec<String>,
    },
    /// Pack the binary and its site as one folder and one archive.
    Release,
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    let workspace = Workspace::find()?;
    match command {
        Command::Bundle { dev: true } => bundle::run(&workspace, Quality::Dev),
        Command::Bundle { dev: false } => bundle::run(&workspace, Quality::Release),
        Command::Dev { serve } => dev::run(&workspace, &serve),
        Command::Release => release::run(&workspace),
    }
}
