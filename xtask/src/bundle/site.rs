//! The site's folder: made aside, then put in place at once.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Serialize;
use tempfile::TempDir;

use crate::bundle::client::Client;
use crate::bundle::compress::beside;
use crate::tree;

/// Tells the server the names that carry hashes.
pub const MANIFEST: &str = "manifest.json";

/// What the pages of other programs load.
const EMBED: &str = "embed.js";

/// A site in the making; it vanishes unless it is published.
pub struct Site {
    folder: TempDir,
    manifest: Manifest,
    parts: Vec<Part>,
    picker_parts: Vec<Part>,
}

/// What a part was called, and where it lies.
type Part = (String, String);

/// Where a client lies.
struct Program {
    wasm: String,
    js: String,
    parts: Vec<Part>,
}

#[derive(Default, Serialize)]
struct Manifest {
    /// What identifies the script for other sites, whose name stays.
    embed: String,
    js: String,
    wasm: String,
    css: String,
    plain_css: String,
    late_css: String,
    picker_js: String,
    picker_wasm: String,
    picker_css: String,
}

impl Site {
    /// Starts an empty site on the disk where it will stay.
    pub fn begin(target: &Path) -> Result<Self> {
        let folder = tempfile::Builder::new()
            .prefix("site-")
            .tempdir_in(target)?;
        fs::create_dir(folder.path().join("pkg"))?;
        Ok(Self {
            folder,
            manifest: Manifest::default(),
            parts: Vec::new(),
            picker_parts: Vec::new(),
        })
    }

    /// Where the site lies meanwhile.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Takes the script for the pages of other programs, under its name and that of its version.
    pub fn add_embed(&mut self, script: &str) -> Result<()> {
        fs::create_dir_all(self.folder().join("embed"))?;
        for name in [EMBED, "embed/v1.js"] {
            fs::write(self.folder().join(name), script)?;
        }
        self.manifest.embed = tree::digest(script.as_bytes());
        Ok(())
    }

    /// Takes files that keep their names.
    pub fn add_public(&self, public: &Path) -> Result<()> {
        tree::copy(public, self.folder())
    }

    /// Takes the client of the library.
    pub fn add_client(&mut self, client: &Client) -> Result<()> {
        let program = self.add_program("app", client)?;
        (self.manifest.wasm, self.manifest.js) = (program.wasm, program.js);
        self.parts = program.parts;
        Ok(())
    }

    /// Takes the picker and its styles.
    pub fn add_picker(&mut self, client: &Client, styles: &str) -> Result<()> {
        let program = self.add_program("picker", client)?;
        (self.manifest.picker_wasm, self.manifest.picker_js) = (program.wasm, program.js);
        self.picker_parts = program.parts;
        self.manifest.picker_css = self.add("picker", "css", styles.as_bytes())?;
        Ok(())
    }

    /// Takes a client; its script learns the modules' new names.
    fn add_program(&self, name: &str, client: &Client) -> Result<Program> {
        let wasm = self.add(name, "wasm", &client.module()?)?;
        let named = wasm.trim_start_matches("pkg/");
        let mut script = client.script()?.replace("app_bg.wasm", named);
        let mut parts = Vec::new();
        for part in client.parts()? {
            let address = self.add(name, "wasm", &fs::read(&part)?)?;
            let old = part.file_name().unwrap_or_default().to_string_lossy();
            script = script.replace(&*old, address.trim_start_matches("pkg/"));
            parts.push((old.into_owned(), address));
        }
        let js = self.add(name, "js", script.as_bytes())?;
        tree::copy(&client.snippets(), &self.folder().join("pkg/snippets"))?;
        Ok(Program { wasm, js, parts })
    }

    /// Takes the style sheets: of the client's pages, of those that do without it, and of what comes
    /// later.
    pub fn add_styles(&mut self, styles: &str, plain: &str, late: &str) -> Result<()> {
        self.manifest.css = self.add("app", "css", styles.as_bytes())?;
        self.manifest.plain_css = self.add("app", "css", plain.as_bytes())?;
        self.manifest.late_css = self.add("app", "css", late.as_bytes())?;
        Ok(())
    }

    fn add(&self, client: &str, extension: &str, bytes: &[u8]) -> Result<String> {
        let name = format!("pkg/{client}.{}.{extension}", tree::digest(bytes));
        fs::write(self.folder().join(&name), bytes)?;
        Ok(name)
    }

    /// Prints what a first visit loads, and what the picker does.
    pub fn describe(&self) {
        let Manifest { wasm, js, css, .. } = &self.manifest;
        self.sum_up("a first visit loads", &[wasm, js, css]);
        self.list(&self.parts);
        let Manifest {
            picker_wasm,
            picker_js,
            picker_css,
            ..
        } = &self.manifest;
        self.sum_up("the picker loads", &[picker_wasm, picker_js, picker_css]);
        self.list(&self.picker_parts);
    }

    fn list(&self, parts: &[Part]) {
        for (part, name) in parts {
            let file = self.folder().join(name);
            let sizes = sizes(size(&file), size(&beside(&file, "br")));
            eprintln!("bundle: later, {part:<23} {sizes}");
        }
    }

    fn sum_up(&self, what: &str, names: &[&String]) {
        let mut total = (0, 0);
        for name in names {
            let file = self.folder().join(name);
            let (raw, small) = (size(&file), size(&beside(&file, "br")));
            total = (total.0 + raw, total.1 + small);
            eprintln!("bundle: {name:<30} {}", sizes(raw, small));
        }
        eprintln!("bundle: {what:<30} {}", sizes(total.0, total.1));
    }

    /// Prints what the pages of other programs load.
    pub fn describe_embed(&self) {
        let file = self.folder().join(EMBED);
        let sizes = sizes(size(&file), size(&beside(&file, "br")));
        eprintln!("bundle: elsewhere, {EMBED:<19} {sizes}");
    }

    /// Puts the site in place; a running server never sees half of it.
    pub fn publish(self, place: &Path) -> Result<()> {
        let manifest = serde_json::to_string_pretty(&self.manifest)?;
        fs::write(self.folder().join(MANIFEST), manifest + "\n")?;
        readable_by_all(self.folder())?;
        let old = place.with_extension("old");
        discard(&old)?;
        set_aside(place, &old)?;
        fs::rename(self.folder.keep(), place).context("cannot put the site in place")?;
        discard(&old)
    }
}

/// A temporary folder is its maker's own; a site may be served by another user.
#[cfg(unix)]
fn readable_by_all(folder: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    Ok(fs::set_permissions(
        folder,
        fs::Permissions::from_mode(0o755),
    )?)
}

#[cfg(not(unix))]
fn readable_by_all(_folder: &Path) -> Result<()> {
    Ok(())
}

fn set_aside(place: &Path, old: &Path) -> Result<()> {
    match fs::rename(place, old) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).context("cannot replace the site")
        }
        _ => Ok(()),
    }
}

fn discard(folder: &PathBuf) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).context("cannot remove the old site")
        }
        _ => Ok(()),
    }
}

fn size(file: &Path) -> u64 {
    fs::metadata(file).map_or(0, |facts| facts.len())
}

fn sizes(raw: u64, small: u64) -> String {
    match small {
        0 => format!("{raw:>9} bytes"),
        small => format!("{raw:>9} bytes, {small:>7} as brotli"),
    }
}
