//! `satchel openapi`: prints the description of the REST interface.

use std::{io::Write, process::ExitCode};

use crate::cli::Outcome;

pub(crate) fn run() -> Outcome {
    let mut out = std::io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &crate::rest::document())
        .map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(ExitCode::SUCCESS)
}
