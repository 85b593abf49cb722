//! Folders as a whole: listed, copied, and summed up to see whether they changed.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// Every file at or below a path, sorted; none where there is nothing.
pub fn files(path: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    collect(path, &mut found).with_context(|| format!("cannot list {}", path.display()))?;
    found.sort();
    Ok(found)
}

fn collect(path: &Path, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    let facts = match fs::metadata(path) {
        // An editor's temporary file may be gone by the time we look.
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        facts => facts?,
    };
    if facts.is_file() {
        found.push(path.to_path_buf());
    } else {
        for entry in fs::read_dir(path)? {
            collect(&entry?.path(), found)?;
        }
    }
    Ok(())
}

/// Copies a folder's files to another, which may not exist yet.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    for file in files(from)? {
        let place = to.join(file.strip_prefix(from)?);
        fs::create_dir_all(place.parent().context("a copied file has a folder")?)?;
        fs::copy(&file, &place).with_context(|| format!("cannot copy {}", file.display()))?;
    }
    Ok(())
}

/// What identifies some bytes: the first sixteen hexadecimal digits of their SHA-256.
pub fn digest(bytes: &[u8]) -> String {
    short(Sha256::new_with_prefix(bytes))
}

/// What identifies the content of all these files and folders.
pub fn content(root: &Path, paths: &[&str]) -> Result<String> {
    let mut hasher = Sha256::new();
    for path in paths {
        for file in files(&root.join(path))? {
            let bytes = fs::read(&file)?;
            hasher.update(file.strip_prefix(root)?.as_os_str().as_encoded_bytes());
            hasher.update(bytes.len().to_le_bytes());
            hasher.update(&bytes);
        }
    }
    Ok(short(hasher))
}

/// How many files there are and when the last was written: cheap enough to ask often.
pub fn pulse(root: &Path, paths: &[&str]) -> Result<(usize, SystemTime)> {
    let mut pulse = (0, SystemTime::UNIX_EPOCH);
    for path in paths {
        for file in files(&root.join(path))? {
            let Ok(written) = fs::metadata(&file).and_then(|facts| facts.modified()) else {
                continue;
            };
            pulse = (pulse.0 + 1, pulse.1.max(written));
        }
    }
    Ok(pulse)
}

fn short(hasher: Sha256) -> String {
    hex::encode(&hasher.finalize()[..8])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_the_same_until_a_name_or_a_byte_changes() {
        let folder = tempfile::tempdir().unwrap();
        let look = || content(folder.path(), &["style"]).unwrap();
        fs::create_dir(folder.path().join("style")).unwrap();
        fs::write(folder.path().join("style/a.css"), "a{}").unwrap();
        let first = look();
        assert_eq!(look(), first);

        fs::write(folder.path().join("style/a.css"), "b{}").unwrap();
        assert_ne!(look(), first);

        fs::rename(
            folder.path().join("style/a.css"),
            folder.path().join("style/b.css"),
        )
        .unwrap();
        fs::write(folder.path().join("style/b.css"), "a{}").unwrap();
        assert_ne!(look(), first);
    }

    #[test]
    fn a_copy_keeps_the_folders() {
        let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::create_dir_all(from.path().join("deep/er")).unwrap();
        fs::write(from.path().join("deep/er/cat.txt"), "meow").unwrap();

        copy(from.path(), &to.path().join("copy")).unwrap();

        assert_eq!(
            fs::read_to_string(to.path().join("copy/deep/er/cat.txt")).unwrap(),
            "meow"
        );
    }
}
