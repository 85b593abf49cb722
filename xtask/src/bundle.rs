//! Makes the site: what a browser loads, named by its content and compressed once.

mod client;
mod compress;
mod embed;
mod encode;
mod names;
mod site;
mod split;
mod styles;
mod tools;
mod trim;

use std::fs::{self, File};
use std::path::Path;

use anyhow::{Context, Result};

use crate::bundle::client::Program;
use crate::bundle::site::Site;
use crate::tree;
use crate::workspace::Workspace;

/// Everything the site is made of.
const SOURCES: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    "app",
    "crates/model",
    "embed",
    "style",
    "public",
    "xtask/src",
];

/// How much time the site is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quality {
    /// Quick to build, large to load.
    Dev,
    /// As small as it gets.
    Release,
}

impl Quality {
    /// The profile in Cargo.toml that compiles the client.
    fn profile(self) -> &'static str {
        match self {
            Self::Dev => "wasm-dev",
            Self::Release => "wasm-release",
        }
    }
}

/// Brings the site up to date.
pub fn run(workspace: &Workspace, quality: Quality) -> Result<()> {
    let memory = workspace.bundle_cache();
    fs::create_dir_all(&memory)?;
    // Two shells may ask at once; the second finds everything done.
    let lock = File::create(memory.join("lock"))?;
    lock.lock()?;

    let fingerprint = fingerprint(workspace, quality)?;
    if is_current(workspace, &fingerprint) {
        eprintln!("bundle: the site is up to date");
        return Ok(());
    }
    build(workspace, quality)?;
    fs::write(memory.join("fingerprint"), fingerprint).context("cannot remember the fingerprint")
}

fn build(workspace: &Workspace, quality: Quality) -> Result<()> {
    let client = client::build(workspace, quality, Program::App)?;
    let picker = client::build(workspace, quality, Program::Picker)?;
    let styles = styles::bundle(&workspace.root.join("style/main.css"))?;
    let embed = embed::make(workspace, quality)?;
    let plain = styles::bundle(&workspace.root.join("style/plain.css"))?;
    let late = styles::bundle(&workspace.root.join("style/late.css"))?;
    let picker_styles = styles::bundle(&workspace.root.join("style/picker.css"))?;

    let mut site = Site::begin(&workspace.target)?;
    site.add_public(&workspace.root.join("public"))?;
    site.add_embed(&embed)?;
    site.add_client(&client)?;
    site.add_styles(&styles, &plain, &late)?;
    site.add_picker(&picker, &picker_styles)?;
    if quality == Quality::Release {
        compress::folder(site.folder(), &workspace.bundle_cache().join("compressed"))?;
    }
    site.describe();
    site.describe_embed();
    site.publish(&workspace.site())
}

fn fingerprint(workspace: &Workspace, quality: Quality) -> Result<String> {
    let sources = tree::content(&workspace.root, SOURCES)?;
    let tools = tools::Tools::find(workspace).suffix();
    Ok(format!("{sources} {quality:?} tools={tools}"))
}

fn is_current(workspace: &Workspace, fingerprint: &str) -> bool {
    let last = fs::read_to_string(workspace.bundle_cache().join("fingerprint"));
    last.is_ok_and(|last| last == fingerprint) && is_whole(&workspace.site())
}

fn is_whole(site: &Path) -> bool {
    site.join(site::MANIFEST).exists()
}
