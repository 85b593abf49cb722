//! Stories of the real program, told over its own wires: a port, a command line, a folder.

#![expect(
    clippy::similar_names,
    reason = "a path and the patch sent to it stand side by side"
)]

mod cli;
mod corpus;
mod documented;
mod embed_page;
mod forms;
mod full_disks;
mod health;
mod kills;
mod language;
mod media;
mod openapi;
mod pages;
mod power_cuts;
mod reference;
mod release;
mod rest;
mod rights;
mod security;
mod settings;
mod shutdown;
mod support;
mod tus;
