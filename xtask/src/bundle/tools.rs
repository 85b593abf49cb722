//! The programs that make a client small.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::workspace::{Workspace, succeed};

/// What today's browsers run and rustc emits.
const FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// What makes a client small; where one is missing, the client stays larger and works as well.
pub struct Tools {
    wasm_opt: Option<PathBuf>,
    esbuild: Option<PathBuf>,
}

impl Tools {
    /// Those in the tests' node modules or the PATH.
    pub fn find(workspace: &Workspace) -> Self {
        Self {
            wasm_opt: find(workspace, "wasm-opt"),
            esbuild: find(workspace, "esbuild"),
        }
    }

    /// The same, and says which are missing.
    pub fn found_or_warned(workspace: &Workspace) -> Self {
        let found = Self::find(workspace);
        for (name, tool) in [("wasm-opt", &found.wasm_opt), ("esbuild", &found.esbuild)] {
            if tool.is_none() {
                eprintln!("bundle: {name} is missing, so the client stays larger than it need be");
            }
        }
        found
    }

    /// Tells clients apart that were made with more or fewer of the tools.
    pub fn suffix(&self) -> String {
        let name = |tool: &Option<PathBuf>, name| tool.as_ref().map_or("", |_| name);
        name(&self.wasm_opt, "-small").to_owned() + name(&self.esbuild, "-minified")
    }

    /// Makes a module small.
    pub fn optimize(&self, module: &Path) -> Result<()> {
        let Some(optimizer) = &self.wasm_opt else {
            return Ok(());
        };
        let small = module.with_extension("small");
        succeed(
            Command::new(optimizer)
                // Below 1 KB lies the end of the stack only, which nothing but an overflow reaches.
                .args(["--low-memory-unused", "-Os", "--flatten", "--rereloop"])
                .args([
                    "-Os",
                    "--converge",
                    "--one-caller-inline-max-function-size=40",
                    "--quiet",
                ])
                .args(["--strip-debug", "--strip-producers"])
                .args(FEATURES)
                .arg(module)
                .arg("-o")
                .arg(&small),
        )?;
        fs::rename(small, module)?;
        Ok(())
    }

    /// Makes a module of script small.
    pub fn minify(&self, module: &Path) -> Result<()> {
        self.shrink(module, &["--format=esm"])
    }

    /// Makes a script small that is no module: it keeps its shape.
    pub fn minify_classic(&self, script: &Path) -> Result<()> {
        self.shrink(script, &[])
    }

    fn shrink(&self, script: &Path, shape: &[&str]) -> Result<()> {
        let Some(minifier) = &self.esbuild else {
            return Ok(());
        };
        let small = script.with_extension("small.js");
        let mut outfile = OsString::from("--outfile=");
        outfile.push(&small);
        succeed(
            Command::new(minifier)
                .arg(script)
                .args(["--minify", "--target=es2022"])
                .args(shape)
                .args(["--log-level=warning"])
                .arg(outfile),
        )?;
        fs::rename(small, script)?;
        Ok(())
    }
}

fn find(workspace: &Workspace, name: &str) -> Option<PathBuf> {
    let ours = workspace.root.join("end2end/node_modules/.bin");
    let path = env::var_os("PATH").unwrap_or_default();
    std::iter::once(ours)
        .chain(env::split_paths(&path))
        .map(|folder| folder.join(name))
        .find(|program| program.is_file())
}
