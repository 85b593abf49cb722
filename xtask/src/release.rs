//! Packs a release: one folder with the binary and its site, and one archive of it.

use std::fs::{self, File};
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::bundle::{self, Quality};
use crate::tree;
use crate::workspace::{Workspace, succeed};

/// What lies beside the binary, for people.
const PAPERS: &[&str] = &[
    "config.example.toml",
    "LICENSE",
    "README.md",
    "CHANGELOG.md",
];

/// Builds everything and leaves it in `dist/`.
pub fn run(workspace: &Workspace) -> Result<()> {
    bundle::run(workspace, Quality::Release)?;
    succeed(workspace.cargo().args([
        "build",
        "--profile",
        "dist",
        "--package",
        "server",
        "--bin",
        "satchel",
    ]))?;

    let name = format!("satchel-{}-{}", env!("CARGO_PKG_VERSION"), host()?);
    let dist = workspace.root.join("dist");
    let folder = dist.join(&name);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fill(workspace, &folder)?;
    let archive = dist.join(format!("{name}.tar.gz"));
    pack(&folder, &name, &archive)?;
    eprintln!("release: {}", archive.display());
    Ok(())
}

fn fill(workspace: &Workspace, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    fs::copy(
        workspace.target.join("dist/satchel"),
        folder.join("satchel"),
    )?;
    tree::copy(&workspace.site(), &folder.join("site"))?;
    for paper in PAPERS {
        let from = workspace.root.join(paper);
        fs::copy(&from, folder.join(paper)).with_context(|| format!("{paper} is missing"))?;
    }
    Ok(())
}

fn pack(folder: &Path, name: &str, archive: &Path) -> Result<()> {
    let mut tar = tar::Builder::new(GzEncoder::new(File::create(archive)?, Compression::best()));
    tar.append_dir_all(name, folder)?;
    tar.into_inner()?.finish()?;
    Ok(())
}

/// The platform the compiler runs on, as it names it.
fn host() -> Result<String> {
    let output = Command::new("rustc").arg("-vV").output()?;
    let facts = String::from_utf8(output.stdout)?;
    let host = facts.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("rustc names no host")?.to_string())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use flate2::read::GzDecoder;

    use super::*;

    #[test]
    fn a_release_has_the_binary_with_its_site_and_papers_beside_it() {
        let made = tempfile::tempdir().unwrap();
        let workspace = Workspace {
            root: made.path().join("root"),
            target: made.path().join("target"),
        };
        let dist = workspace.target.join("dist");
        for folder in [&workspace.root, &dist, &workspace.site().join("pkg")] {
            fs::create_dir_all(folder).unwrap();
        }
        for paper in PAPERS {
            fs::write(workspace.root.join(paper), paper).unwrap();
        }
        fs::write(dist.join("satchel"), "program").unwrap();
        fs::set_permissions(dist.join("satchel"), fs::Permissions::from_mode(0o755)).unwrap();
        fs::write(workspace.site().join("manifest.json"), "{}").unwrap();
        fs::write(workspace.site().join("pkg/app.1.js.br"), "small").unwrap();

        let folder = made.path().join("satchel-1");
        fill(&workspace, &folder).unwrap();
        pack(&folder, "satchel-1", &made.path().join("archive")).unwrap();

        let unpacked = made.path().join("unpacked");
        let archive = File::open(made.path().join("archive")).unwrap();
        tar::Archive::new(GzDecoder::new(archive))
            .unpack(&unpacked)
            .unwrap();
        let read = |name: &str| fs::read_to_string(unpacked.join("satchel-1").join(name)).unwrap();
        assert_eq!(read("satchel"), "program");
        assert_eq!(read("site/manifest.json"), "{}");
        assert_eq!(read("site/pkg/app.1.js.br"), "small");
        for paper in PAPERS {
            assert_eq!(read(paper), *paper);
        }
        let program = fs::metadata(unpacked.join("satchel-1/satchel")).unwrap();
        assert_eq!(program.permissions().mode() & 0o111, 0o111);
    }
}
