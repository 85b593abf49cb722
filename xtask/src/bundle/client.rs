//! The clients: `app` compiled to WebAssembly, with its JavaScript and optimized; the library whole,
//! and what of it the picker is made of.

use std::path::{Path, PathBuf};
use std::{env, fs};

use anyhow::Result;
use wasm_bindgen_cli_support::Bindgen;

use crate::bundle::tools::Tools;
use crate::bundle::{Quality, names, split};
use crate::tree;
use crate::workspace::{WASM, Workspace, succeed};

/// The module and the script that loads it.
pub struct Client {
    /// `app.js`, `app_bg.wasm`, `parts/` and, where a dependency brings any, `snippets/`.
    pub folder: PathBuf,
}

impl Client {
    /// The script's text.
    pub fn script(&self) -> Result<String> {
        Ok(fs::read_to_string(self.folder.join("app.js"))?)
    }

    /// The module's bytes.
    pub fn module(&self) -> Result<Vec<u8>> {
        Ok(fs::read(self.folder.join("app_bg.wasm"))?)
    }

    /// The parts that come later.
    pub fn parts(&self) -> Result<Vec<PathBuf>> {
        split::parts(&self.folder.join("parts"))
    }

    /// Scripts of dependencies, imported by the main script.
    pub fn snippets(&self) -> PathBuf {
        self.folder.join("snippets")
    }
}

/// Which client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// The library's.
    App,
    /// The picker's: a small program of its own.
    Picker,
}

impl Program {
    /// The target of `app` that it is, and what of `app` it is made of.
    fn target(self) -> &'static [&'static str] {
        match self {
            Self::App => &["--lib", "--crate-type", "cdylib", "--features", "hydrate"],
            Self::Picker => &["--bin", "picker", "--features", "picker"],
        }
    }

    /// What the compiler calls it.
    const fn name(self) -> &'static str {
        match self {
            Self::App => "app",
            Self::Picker => "picker",
        }
    }
}

/// Compiles, binds and optimizes; each step only when its input is new.
pub fn build(workspace: &Workspace, quality: Quality, program: Program) -> Result<Client> {
    let wasm = compile(workspace, quality, program)?;
    let tools = match quality {
        Quality::Dev => None,
        Quality::Release => Some(Tools::found_or_warned(workspace)),
    };
    let key = tree::digest(&fs::read(&wasm)?);
    let suffix = tools.as_ref().map_or_else(String::new, Tools::suffix);
    let cache = workspace.bundle_cache().join(quality.profile());
    let cache = cache.join(program.name());
    let folder = cache.join(format!("{key}{suffix}"));
    if !folder.exists() {
        forget(&cache);
        finish(&wasm, tools.as_ref(), &folder)?;
    }
    Ok(Client { folder })
}

/// The folder appears only when it is complete.
fn finish(wasm: &Path, tools: Option<&Tools>, folder: &Path) -> Result<()> {
    let fresh = folder.with_extension("new");
    let parts = fresh.join("parts");
    let module = fresh.join("app_bg.wasm");
    fs::create_dir_all(&parts)?;
    let main = split::split(wasm, &parts)?;
    bind(&main, &fresh)?;
    fs::remove_file(main)?;
    split::join_scripts(&fresh.join("app.js"), &parts)?;
    if let Some(tools) = tools {
        eprintln!("bundle: making it small");
        for module in split::parts(&parts)?.iter().chain([&module]) {
            tools.optimize(module)?;
        }
        shorten_names(&module, &fresh.join("app.js"))?;
        tools.minify(&fresh.join("app.js"))?;
    }
    fs::rename(fresh, folder)?;
    Ok(())
}

fn shorten_names(module: &Path, script: &Path) -> Result<()> {
    let short = names::shorten(&fs::read(module)?, &fs::read_to_string(script)?)?;
    fs::write(module, short.0)?;
    fs::write(script, short.1)?;
    Ok(())
}

/// Only the last of a client is worth keeping; a failure to tidy up harms nothing.
fn forget(cache: &Path) {
    let _ = fs::remove_dir_all(cache);
}

fn compile(workspace: &Workspace, quality: Quality, program: Program) -> Result<PathBuf> {
    let (profile, name) = (quality.profile(), program.name());
    let target = workspace.target.join("wasm");
    eprintln!("bundle: compiling {name} ({profile})");
    let mut cargo = workspace.cargo_for_wasm()?;
    if matches!(quality, Quality::Release) {
        cargo.env("CARGO_ENCODED_RUSTFLAGS", flags().join("\u{1f}"));
    }
    cargo.args(["rustc", "--quiet", "--package", "app"]);
    cargo.arg("--no-default-features").args(program.target());
    cargo
        .args(["--target", WASM, "--profile", profile, "--target-dir"])
        .arg(&target);
    // What splits a module goes by where it refers to what.
    cargo.args(["--", "-Clink-arg=--emit-relocs"]);
    succeed(&mut cargo)?;
    let built = target.join(WASM).join(profile);
    Ok(built.join(name).with_extension("wasm"))
}

/// What `.cargo/config.toml` asks for, and no folder of this machine in the places of panics: the
/// client is smaller, and the same wherever it is built.
fn flags() -> Vec<String> {
    let mut flags = vec!["--cfg".to_owned(), "erase_components".to_owned()];
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| env::home_dir().map(|home| home.join(".cargo")));
    let registries = home.and_then(|home| fs::read_dir(home.join("registry/src")).ok());
    for registry in registries.into_iter().flatten().flatten() {
        let folder = registry.path();
        flags.push(format!("--remap-path-prefix={}=", folder.display()));
    }
    flags
}

fn bind(wasm: &Path, folder: &Path) -> Result<()> {
    eprintln!("bundle: binding it to JavaScript");
    fs::create_dir_all(folder)?;
    Bindgen::new()
        .input_path(wasm)
        .out_name("app")
        .web(true)?
        .typescript(false)
        .omit_default_module_path(false)
        // What splits a module goes by its own names.
        .keep_lld_exports(true)
        .demangle(false)
        .remove_producers_section(true)
        .generate(folder)
}
