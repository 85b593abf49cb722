//! What a data folder is called, so that uploads tell where their bytes lie: processes that share
//! the folder share the name, and a restart keeps it.

use std::{
    fs::OpenOptions,
    io::{self, Read as _, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
};

use crate::disk::sync;

/// The file in the data folder that tells its name.
const MACHINE: &str = "machine";

/// Reads what a data folder is called, and writes it down where nobody has.
pub(super) fn find_or_give(folder: &Path, fresh: &str) -> io::Result<String> {
    let mut file = OpenOptions::new()
        .read(true)
        .append(true)
        .create(true)
        .mode(0o600)
        .open(folder.join(MACHINE))?;
    // Held until the name is on disk; whoever comes at the same time reads it then.
    file.lock()?;
    let mut name = String::new();
    file.read_to_string(&mut name)?;
    if !name.is_empty() {
        return Ok(name);
    }
    file.write_all(fresh.as_bytes())?;
    file.sync_all()?;
    sync(folder)?;
    Ok(fresh.to_owned())
}
