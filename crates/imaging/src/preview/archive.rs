//! What is in an archive, by its directory; nothing is unpacked.

use model::{
    ByteSize,
    preview::{Archive, ArchiveEntry},
};

use crate::{Result, Source, archive};

/// The most entries that are shown.
const ENTRIES: usize = 500;
/// The most letters of a name.
const LETTERS: usize = 300;

/// The list of an archive.
///
/// # Errors
/// `Corrupt` where its directory is missing.
pub(super) fn read(source: &mut dyn Source) -> Result<Archive> {
    let found = archive::entries(source)?;
    let files = found.iter().filter(|entry| !entry.name.ends_with('/'));
    let (mut count, mut size) = (0_u32, 0_u64);
    for file in files {
        count = count.saturating_add(1);
        size = size.saturating_add(file.size);
    }
    let shown = found.iter().take(ENTRIES).map(|entry| ArchiveEntry {
        name: shown(&entry.name),
        size: (!entry.name.ends_with('/')).then(|| ByteSize::bytes(entry.size)),
        is_locked: entry.is_locked,
    });
    Ok(Archive {
        entries: shown.collect(),
        files: count,
        size: ByteSize::bytes(size),
        is_cut: found.len() > ENTRIES || archive::is_cut(source, found.len())?,
    })
}

/// A name as it may be shown: what is not seen would deceive.
fn shown(name: &str) -> String {
    let seen = |c: char| {
        if c.is_control() || is_turning(c) {
            '\u{fffd}'
        } else {
            c
        }
    };
    name.chars().take(LETTERS).map(seen).collect()
}

/// Whether a letter turns the direction of those after it.
fn is_turning(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
