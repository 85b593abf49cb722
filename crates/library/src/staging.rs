//! Bytes on their way: files in `{data_dir}/staging`, each written by one request at a time.

mod name;
mod writer;

use std::{
    collections::HashMap,
    fs::{self, DirBuilder, File, OpenOptions, TryLockError},
    io::{self, Read as _},
    os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use model::{Problem, UploadId};
use sha2::{Digest as _, Sha256};
use tokio_util::sync::CancellationToken;

use crate::{
    Config, Result,
    blobs::blocking,
    disk::{make_folder, parent, sync},
};
pub(crate) use writer::Writer;

/// The folder of staged files; cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Staging {
    folder: PathBuf,
    /// What everybody calls it who shares the data folder, and nobody else.
    machine: Arc<str>,
    slots: Arc<Mutex<HashMap<UploadId, Slot>>>,
}

/// What is known of an upload while this process lives.
#[derive(Debug, Default)]
struct Slot {
    busy: bool,
    /// Tells whoever holds it that somebody else wants to go on.
    let_go: CancellationToken,
    /// The digest of the first so many bytes, so that most uploads are read only once.
    digest: Option<(u64, Sha256)>,
}

/// How the names of folders begin that programs of others work in.
const ROOM: &str = "room-";

/// A folder for a program of others, which goes with all that is in it when it is dropped.
#[derive(Debug)]
pub(crate) struct Room(PathBuf);

impl Room {
    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            tracing::warn!(room = %self.0.display(), %error, "a folder is left behind");
        }
    }
}

impl Staging {
    /// Opens the folder for bytes on their way; it gets a fresh name where it has none.
    pub async fn open(config: &Config, fresh: String) -> Result<Self> {
        let folder = config.data_dir.join("staging");
        let (made, data) = (folder.clone(), config.data_dir.clone());
        let opened = blocking(move || {
            make_folder(&made)?;
            match name::find_or_give(&data, &fresh) {
                // No upload begins there; and who looks after a full disk must get in.
                Err(error) if error.kind() == io::ErrorKind::StorageFull => Ok(fresh),
                found => Ok(found?),
            }
        });
        Ok(Self {
            machine: opened.await?.into(),
            folder,
            slots: Arc::default(),
        })
    }

    /// What tells these uploads from those of another machine.
    pub fn machine(&self) -> &str {
        &self.machine
    }

    /// Where an upload's bytes lie.
    pub fn path(&self, id: UploadId) -> PathBuf {
        self.folder.join(id.to_string())
    }

    /// Keeps everybody else from an upload; `None` while somebody does.
    pub fn lock(&self, id: UploadId) -> Option<Lock> {
        let mut slots = self.slots();
        let slot = slots.entry(id).or_default();
        if slot.busy {
            return None;
        }
        slot.busy = true;
        slot.let_go = CancellationToken::new();
        let held = Held {
            staging: self.clone(),
            id,
            file: Mutex::default(),
            let_go: slot.let_go.clone(),
        };
        Some(Lock(Arc::new(held)))
    }

    /// Asks whoever keeps others from an upload to save what it has and let go.
    pub fn ask_to_let_go(&self, id: UploadId) {
        if let Some(slot) = self.slots().get(&id) {
            slot.let_go.cancel();
        }
    }

    /// Whether another process is at work on an upload's file.
    pub async fn is_held_elsewhere(&self, id: UploadId) -> Result<bool> {
        let path = self.path(id);
        blocking(move || match File::open(path) {
            Ok(file) => Ok(matches!(file.try_lock(), Err(TryLockError::WouldBlock))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error.into()),
        })
        .await
    }

    /// Opens an upload's file for writing at a position; what lies beyond it is cut off.
    pub async fn write(&self, lock: &Lock, position: u64) -> Result<Writer> {
        let path = self.path(lock.id());
        let known = self
            .slots()
            .get_mut(&lock.id())
            .and_then(|slot| slot.digest.take());
        let digest = match known {
            Some((length, digest)) if length == position => Some(digest),
            _ if position == 0 => Some(Sha256::new()),
            _ => None,
        };
        let lock = lock.clone();
        blocking(move || {
            part_from_blob(&path, position)?;
            let file = OpenOptions::new()
                .write(true)
                .read(true)
                .create(true)
                .truncate(false)
                .mode(0o600)
                .open(path)?;
            let file = Arc::new(file);
            lock.hold(None);
            // Other processes see by it that somebody is at work here.
            if matches!(file.try_lock(), Err(TryLockError::WouldBlock)) {
                return Err(busy().into());
            }
            lock.hold(Some(Arc::clone(&file)));
            if file.metadata()?.len() != position {
                file.set_len(position)?;
            }
            Ok(Writer::new(file, lock, position, digest))
        })
        .await
    }

    /// Remembers the digest of what has been written so far.
    pub fn remember(&self, lock: &Lock, position: u64, digest: Option<Sha256>) {
        if let Some(slot) = self.slots().get_mut(&lock.id()) {
            slot.digest = digest.map(|digest| (position, digest));
        }
    }

    /// The digest of a whole file: the one kept while it was written, or else by reading it.
    pub async fn digest(&self, lock: &Lock, size: u64) -> Result<model::Sha256> {
        let known = self
            .slots()
            .get(&lock.id())
            .and_then(|slot| slot.digest.clone());
        if let Some((length, digest)) = known
            && length == size
        {
            return Ok(model::Sha256(digest.finalize().into()));
        }
        let path = self.path(lock.id());
        blocking(move || Ok(model::Sha256(digest_file(&path)?))).await
    }

    /// How many bytes of an upload are there.
    pub async fn length(&self, id: UploadId) -> Result<u64> {
        match tokio::fs::metadata(self.path(id)).await {
            Ok(found) => Ok(found.len()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
            Err(error) => Err(error.into()),
        }
    }

    /// Appends the bytes of one upload to another's, and forgets the first.
    pub async fn append(&self, part: UploadId, whole: UploadId) -> Result<u64> {
        let (part, whole) = (self.path(part), self.path(whole));
        blocking(move || {
            let mut file = OpenOptions::new()
                .append(true)
                .create(true)
                .mode(0o600)
                .open(whole)?;
            let copied = match File::open(part) {
                // Copied inside the kernel, and where the file system can, not at all.
                Ok(mut part) => io::copy(&mut part, &mut file)?,
                Err(error) if error.kind() == io::ErrorKind::NotFound => 0,
                Err(error) => return Err(error.into()),
            };
            Ok(copied)
        })
        .await
    }

    /// Removes an upload's bytes, if there are any.
    pub async fn remove(&self, id: UploadId) -> Result<()> {
        self.forget(id);
        match tokio::fs::remove_file(self.path(id)).await {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Files that nobody has touched for so long, by the upload whose name they have.
    pub async fn untouched(&self, age: Duration) -> Result<Vec<UploadId>> {
        let folder = self.folder.clone();
        blocking(move || {
            Ok(untouched(&folder, age)?
                .filter_map(|name| name.parse().ok())
                .collect())
        })
        .await
    }

    /// A file without a name, for writing and for reading; it goes with its last handle.
    pub async fn scratch(&self, id: UploadId) -> Result<(File, File)> {
        let path = self.path(id);
        blocking(move || {
            let mut options = OpenOptions::new();
            let writing = options
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(&path)?;
            let reading = File::open(&path)?;
            fs::remove_file(path)?;
            Ok((writing, reading))
        })
        .await
    }

    /// A folder for a program of others, which goes with all that is in it when it is dropped.
    pub async fn room(&self, id: UploadId) -> Result<Room> {
        let path = self.folder.join(format!("{ROOM}{id}"));
        blocking(move || {
            DirBuilder::new().mode(0o700).create(&path)?;
            Ok(Room(path))
        })
        .await
    }

    /// Removes folders that a program of others worked in when this process was ended.
    pub async fn sweep_rooms(&self, age: Duration) -> Result<()> {
        let folder = self.folder.clone();
        blocking(move || {
            for name in untouched(&folder, age)?.filter(|name| name.starts_with(ROOM)) {
                fs::remove_dir_all(folder.join(name))?;
            }
            Ok(())
        })
        .await
    }

    /// Forgets the digest of an upload that is over.
    fn forget(&self, id: UploadId) {
        if let Some(slot) = self.slots().get_mut(&id) {
            slot.digest = None;
        }
    }

    fn slots(&self) -> MutexGuard<'_, HashMap<UploadId, Slot>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The right to write to an upload, until its last clone is dropped.
#[derive(Clone, Debug)]
pub(crate) struct Lock(Arc<Held>);

#[derive(Debug)]
struct Held {
    staging: Staging,
    id: UploadId,
    /// The locked file, for as long as this is held.
    file: Mutex<Option<Arc<File>>>,
    let_go: CancellationToken,
}

impl Lock {
    /// The upload.
    pub fn id(&self) -> UploadId {
        self.0.id
    }

    /// Ends when somebody else wants to go on with the upload.
    pub async fn wanted(&self) {
        self.0.let_go.cancelled().await;
    }

    /// Keeps a file locked; one that was kept before is let go first.
    fn hold(&self, file: Option<Arc<File>>) {
        self.0.hold(file);
    }

    /// The folder its file lies in.
    pub fn folder(&self) -> &Path {
        &self.0.staging.folder
    }
}

impl Held {
    fn hold(&self, file: Option<Arc<File>>) {
        let mut held = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        // Closing is not enough: a child that is just being started has a copy for a moment.
        if let Some(before) = std::mem::replace(&mut *held, file) {
            let _ = before.unlock();
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.hold(None);
        let mut slots = self.staging.slots();
        if let Some(slot) = slots.get_mut(&self.id) {
            slot.busy = false;
            if slot.digest.is_none() {
                slots.remove(&self.id);
            }
        }
    }
}

/// Before a file is cut that a blob may be, too, it becomes a file of its own: see
/// [`Folder::share`](crate::blobs::folder::Folder::share).
fn part_from_blob(path: &Path, position: u64) -> io::Result<()> {
    let is_blob = |found: &fs::Metadata| found.nlink() > 1 && found.len() != position;
    if !fs::metadata(path).is_ok_and(|found| is_blob(&found)) {
        return Ok(());
    }
    let own = path.with_extension("own");
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&own)?;
    let copied = File::open(path)
        .and_then(|shared| io::copy(&mut shared.take(position), &mut file))
        .and_then(|_| file.sync_all())
        .and_then(|()| fs::rename(&own, path));
    if copied.is_err() {
        let _ = fs::remove_file(own);
    }
    copied.and_then(|()| sync(parent(path)))
}

/// Names of files in a folder that nobody has touched for so long.
///
/// File times come from the file system's own clock, and so does the time they are compared to:
/// that of a file made just now.
pub(crate) fn untouched(folder: &Path, age: Duration) -> io::Result<impl Iterator<Item = String>> {
    static COUNTER: AtomicU64 = AtomicU64::new(0);
    let number = COUNTER.fetch_add(1, Ordering::Relaxed);
    let probe = folder.join(format!(".now-{}-{number}", std::process::id()));
    File::create(&probe)?;
    let now = fs::metadata(&probe)?.modified()?;
    fs::remove_file(&probe)?;
    let names: Vec<_> = fs::read_dir(folder)?
        .filter_map(Result::ok)
        .filter(|entry| {
            let modified = entry.metadata().and_then(|found| found.modified());
            modified.is_ok_and(|at| now.duration_since(at).is_ok_and(|since| since >= age))
        })
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    Ok(names.into_iter())
}

/// Two cannot write to one upload at once.
pub(crate) fn busy() -> Problem {
    Problem::conflict("Another request is writing to this upload.")
}

fn digest_file(path: &Path) -> io::Result<[u8; 32]> {
    let mut digest = Sha256::new();
    let mut file = File::open(path)?;
    let mut buffer = vec![0; 256 * 1024];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(digest.finalize().into()),
            read => digest.update(&buffer[..read]),
        }
    }
}
