//! Folders of this machine, made so that a power cut does not take them with all that is in them.

use std::{
    fs::{DirBuilder, File},
    io,
    os::unix::fs::DirBuilderExt as _,
    path::{Path, absolute},
};

/// Makes the names in a folder survive a power cut.
pub(crate) fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Makes a folder that is nobody else's, and those above it, where they are not there; when this
/// returns, a power cut does not undo it.
pub(crate) fn make_folder(folder: &Path) -> io::Result<()> {
    let folder = absolute(folder)?;
    // Its own name in any case: whoever made it may have been ended before the sync.
    let above = folder
        .ancestors()
        .skip(1)
        .take_while(|above| !above.exists());
    let unsure: Vec<_> = above.map(Path::to_owned).collect();
    make_private(&folder)?;
    for folder in unsure.iter().chain([&folder]) {
        match sync(parent(folder)) {
            // Where we may not look, somebody else made it.
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {}
            // Nothing lies in a folder that there was no room for; and who looks after a full disk
            // must get in.
            Err(error) if error.kind() == io::ErrorKind::StorageFull => {}
            synced => synced?,
        }
    }
    Ok(())
}

/// Makes a folder that is nobody else's, and those above it; of what is there nothing is asked, so
/// that a full disk does not refuse it.
pub(crate) fn make_private(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// The folder that holds a name.
pub(crate) fn parent(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new("/"))
}
