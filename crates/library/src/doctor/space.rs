//! Free space of every disk that something is written to.

use std::{io, os::unix::fs::MetadataExt as _, path::PathBuf};

use model::ByteSize;

use super::{Check, fine, wrong};
use crate::{Library, db::connect};

/// Less free space than this deserves a word.
const LITTLE_SPACE: ByteSize = ByteSize::megabytes(1_000);

/// Somewhere that is written to, what it is called, and the setting that names it.
struct Place {
    name: &'static str,
    setting: &'static str,
    path: PathBuf,
}

impl Library {
    /// One check for each file system, named by the first that lies there.
    pub(super) fn check_space(&self) -> Vec<Check> {
        let mut seen = Vec::new();
        let mut checks = Vec::new();
        for place in self.places() {
            match look(&place) {
                Ok((disk, _)) if seen.contains(&disk) => {}
                Ok((disk, free)) => {
                    seen.push(disk);
                    checks.push(judge(&place, free));
                }
                Err(error) => checks.push(wrong(
                    "space",
                    format!("{} cannot be looked at: {error}.", capital(place.name)),
                    &format!(
                        "Check `{}`, and that this user may write there.",
                        place.setting
                    ),
                )),
            }
        }
        checks
    }

    fn places(&self) -> Vec<Place> {
        let config = &self.inner.config;
        let place = |name, setting, path| Place {
            name,
            setting,
            path,
        };
        let data = config.data_dir.clone();
        let staging = data.join("staging");
        let mut places = vec![
            place("the data folder", "SATCHEL_DATA_DIR", data),
            place("the folder of uploads", "SATCHEL_DATA_DIR", staging),
        ];
        // One that is kept in memory has no file.
        let database = connect::file_of(&config.database_url).filter(|file| file.exists());
        if let Some(file) = database {
            places.push(place("the database", "SATCHEL_DATABASE_URL", file));
        }
        if let Some(folder) = self.inner.blobs.folder() {
            let root = folder.root().to_owned();
            places.push(place("the storage folder", "SATCHEL_STORAGE_URL", root));
        }
        places
    }
}

/// Which disk a place lies on, and how much of it is free.
fn look(place: &Place) -> io::Result<(u64, ByteSize)> {
    let disk = std::fs::metadata(&place.path)?.dev();
    let found = rustix::fs::statvfs(&place.path)?;
    let free = found.f_bavail.saturating_mul(found.f_frsize);
    Ok((disk, ByteSize::bytes(free)))
}

fn judge(place: &Place, free: ByteSize) -> Check {
    let finding = format!("{free} are free where {} lies.", place.name);
    if free >= LITTLE_SPACE {
        return fine("space", finding);
    }
    wrong(
        "space",
        finding,
        "Make room: uploads are refused when the disk is full.",
    )
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}
