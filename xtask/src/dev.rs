//! Serves while we write: a change is built, and the server starts again.

use std::process::{Child, Command};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::bundle::{self, Quality};
use crate::tree;
use crate::workspace::{Workspace, succeed};

const WATCHED: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    "app",
    "crates",
    "server",
    "embed",
    "style",
    "public",
    "migrations",
];

/// How often we look; listing a few hundred files takes a few milliseconds.
const GLANCE: Duration = Duration::from_millis(400);

/// How long the server may take to say goodbye.
const PATIENCE: Duration = Duration::from_secs(5);

/// Runs until it is interrupted.
pub fn run(workspace: &Workspace, serve: &[String]) -> Result<()> {
    let mut server: Option<Child> = None;
    loop {
        let seen = tree::pulse(&workspace.root, WATCHED)?;
        match build(workspace) {
            Ok(()) => {
                stop(server.take());
                server = Some(start(workspace, serve)?);
            }
            // The compiler has said why; the last server that worked stays up.
            Err(error) => eprintln!("dev: {error:#}"),
        }
        while tree::pulse(&workspace.root, WATCHED)? == seen {
            thread::sleep(GLANCE);
        }
        eprintln!("dev: something changed");
    }
}

fn build(workspace: &Workspace) -> Result<()> {
    bundle::run(workspace, Quality::Dev)?;
    succeed(workspace.cargo().args([
        "build",
        "--quiet",
        "--package",
        "server",
        "--bin",
        "satchel",
    ]))
}

fn start(workspace: &Workspace, serve: &[String]) -> Result<Child> {
    let satchel = workspace.target.join("debug/satchel");
    let mut command = Command::new(satchel);
    command
        .arg("serve")
        .args(serve)
        .current_dir(&workspace.root);
    Ok(command.env("SATCHEL_SITE_DIR", workspace.site()).spawn()?)
}

/// Asks first, then insists.
fn stop(server: Option<Child>) {
    let Some(mut server) = server else { return };
    let _ = Command::new("kill").arg(server.id().to_string()).status();
    let asked = Instant::now();
    while asked.elapsed() < PATIENCE {
        if !matches!(server.try_wait(), Ok(None)) {
            return;
        }
        thread::sleep(Duration::from_millis(50));
    }
    let _ = server.kill();
    let _ = server.wait();
}
