//! Blobs in a folder of this machine, written so that what was acknowledged survives a power
//! cut: bytes are synced, then named, then the folder that holds the name is synced.

use std::{
    collections::HashSet,
    fs::{self, File, OpenOptions},
    io::{self, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use super::sync::Syncs;
use crate::{
    blobs::BlobKey,
    disk::{make_folder, make_private, parent, sync},
};

/// Where files lie until they are whole.
const NEW: &str = ".new";

/// A folder of blobs; its methods block. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Folder {
    root: PathBuf,
    /// Folders whose names are known to be on disk.
    durable: Arc<Mutex<HashSet<PathBuf>>>,
    syncs: Arc<Syncs>,
    counter: Arc<AtomicU64>,
    /// A word no other process has: two may share a folder, and in containers even a process id.
    process: Arc<str>,
}

impl Folder {
    /// Where it is.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Opens a folder, making it where it is not there.
    pub fn open(root: PathBuf, process: &str) -> io::Result<Self> {
        let folder = Self {
            root,
            durable: Arc::default(),
            syncs: Arc::default(),
            counter: Arc::default(),
            process: process.into(),
        };
        make_folder(&folder.root)?;
        match folder.make_durable(&folder.root.join(NEW)) {
            // Whatever is written first tries again; who looks after a full disk must get in.
            Err(error) if error.kind() == io::ErrorKind::StorageFull => {}
            made => made?,
        }
        Ok(folder)
    }

    /// Whether anything lies in a folder: where a disk is not mounted, nothing does.
    pub fn is_in_use(root: &Path) -> io::Result<bool> {
        match fs::read_dir(root) {
            Ok(mut entries) => Ok(entries.next().is_some()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Where the bytes of a key lie.
    pub fn path(&self, key: &BlobKey) -> PathBuf {
        self.root.join(key.to_string())
    }

    /// Where unfinished files lie.
    pub fn unfinished(&self) -> PathBuf {
        self.root.join(NEW)
    }

    /// Gives a finished file its name here; when this returns, a power cut does not undo it.
    pub fn adopt(&self, staged: &Path, key: &BlobKey) -> io::Result<()> {
        let target = self.path(key);
        self.must_be_there()?;
        File::open(staged)?.sync_all()?;
        self.make_durable(parent(&target))?;
        match fs::rename(staged, &target) {
            Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
                self.copy(staged, &target)?;
                fs::remove_file(staged)?;
            }
            renamed => renamed?,
        }
        sync(parent(&target)).inspect_err(|_| {
            // Whoever brought it may try again, and then has it still.
            let _ = self.give_back(key, staged);
        })
    }

    /// Writes bytes again that were missing; the staged file stays.
    pub fn mend(&self, staged: &Path, key: &BlobKey) -> io::Result<()> {
        let target = self.path(key);
        self.must_be_there()?;
        self.make_durable(parent(&target))?;
        self.copy(staged, &target)?;
        sync(parent(&target))
    }

    /// Gives a file back that turned out not to be wanted yet.
    pub fn give_back(&self, key: &BlobKey, staged: &Path) -> io::Result<()> {
        let source = self.path(key);
        match fs::rename(&source, staged) {
            Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
                fs::copy(&source, staged)?;
                File::open(staged)?.sync_all()?;
                fs::remove_file(source)
            }
            renamed => renamed,
        }
    }

    /// Lets a file have its old name, too: nobody can tell whether the new one is wanted.
    pub fn share(&self, key: &BlobKey, staged: &Path) -> io::Result<()> {
        let source = self.path(key);
        match fs::hard_link(&source, staged) {
            Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
                fs::copy(&source, staged).map(drop)
            }
            linked => linked,
        }
    }

    /// Keeps bytes that can be made again: never torn while the machine runs, and not synced.
    ///
    /// After a power cut such a file may be missing or short, which its reader notices by the
    /// size in the row, and has it made again.
    pub fn put(&self, bytes: &[u8], key: &BlobKey) -> io::Result<()> {
        let target = self.path(key);
        self.must_be_there()?;
        self.make_durable(parent(&target))?;
        let new = self.new_path();
        let written = create_private(&new).and_then(|mut file| file.write_all(bytes));
        rename_or_remove(written, &new, &target)
    }

    fn copy(&self, staged: &Path, target: &Path) -> io::Result<()> {
        let new = self.new_path();
        let mut file = create_private(&new)?;
        let copied = File::open(staged)
            .and_then(|mut staged| io::copy(&mut staged, &mut file))
            .and_then(|_| file.sync_all());
        rename_or_remove(copied, &new, target)
    }

    fn new_path(&self) -> PathBuf {
        let number = self.counter.fetch_add(1, Ordering::Relaxed);
        self.root
            .join(NEW)
            .join(format!("{}-{number}", self.process))
    }

    /// Refuses to write where a disk was mounted and is no more: what went to the disk beneath
    /// would be hidden once the right one is back.
    fn must_be_there(&self) -> io::Result<()> {
        let unfinished = self.unfinished();
        if !self.is_durable(&unfinished) {
            // There was no room for it when the folder was opened.
            return self.make_durable(&unfinished);
        }
        match fs::metadata(&unfinished) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(io::Error::new(
                io::ErrorKind::NotConnected,
                "the folder of the store is gone",
            )),
            found => found.map(drop),
        }
    }

    /// Makes a folder and syncs every name on the way to it, once.
    fn make_durable(&self, folder: &Path) -> io::Result<()> {
        if self.is_durable(folder) {
            return Ok(());
        }
        make_private(folder)?;
        let new: Vec<_> = folder
            .ancestors()
            .take_while(|folder| folder.starts_with(&self.root) && !self.is_durable(folder))
            .collect();
        for folder in &new {
            self.syncs.sync(parent(folder))?;
        }
        self.known().extend(new.into_iter().map(Path::to_owned));
        Ok(())
    }

    fn is_durable(&self, folder: &Path) -> bool {
        self.known().contains(folder)
    }

    fn known(&self) -> std::sync::MutexGuard<'_, HashSet<PathBuf>> {
        self.durable.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Gives a new file its name; one that did not become whole is taken away, as the disk may be full.
fn rename_or_remove(written: io::Result<()>, new: &Path, target: &Path) -> io::Result<()> {
    let renamed = written.and_then(|()| fs::rename(new, target));
    if renamed.is_err() {
        let _ = fs::remove_file(new);
    }
    renamed
}

fn create_private(path: &Path) -> io::Result<File> {
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
}
