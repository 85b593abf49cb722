//! Files that stories upload.

use std::path::{Path, PathBuf};

use bytes::Bytes;
use sha2::{Digest, Sha256};

/// A small photo, free to use.
pub fn photo() -> Bytes {
    sample("astronaut.jpg")
}

/// A sample from the folder that the end-to-end tests share.
pub fn sample(name: &str) -> Bytes {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../end2end/media")
        .join(name);
    std::fs::read(&path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        .into()
}

/// A text nobody else has, of about so many bytes.
pub fn note(about: &str, size: usize) -> Bytes {
    let line = format!("A note about {about}.\n");
    line.repeat(size / line.len() + 1).into()
}

/// A digest as the API writes it.
pub fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// All files under a folder, at any depth; none where there is no folder.
pub fn under(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    entries
        .filter_map(Result::ok)
        .flat_map(|entry| match entry.path() {
            path if path.is_dir() => under(&path),
            path => vec![path],
        })
        .collect()
}
