//! What machines see: REST, tus, media, forms, pages and the command line, one thin door each.

pub mod cli;
mod commands;
pub mod config;
mod embed;
mod failure;
mod forms;
mod health;
mod identify;
mod links;
mod listen;
mod logging;
mod media;
mod metering;
mod middleware;
mod pages;
mod reference;
pub mod rest;
mod router;
mod site;
mod state;
mod tus;

use std::process::ExitCode;

/// Runs the program.
///
/// The decoder starts before anything else: it locks itself in, and threads or open files made
/// earlier would be a way out.
pub fn main() -> ExitCode {
    if std::env::args_os()
        .nth(1)
        .is_some_and(|word| word == "decoder")
    {
        return commands::decoder::run();
    }
    cli::run()
}
