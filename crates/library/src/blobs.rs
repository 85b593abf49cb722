//! Stored bytes: whatever store the operator chose, reached through `OpenDAL`.
//!
//! `OpenDAL` writes files in place and never syncs a folder, so originals in a folder of this
//! machine are put there by [`folder::Folder`]; everything else goes through the operator.

pub(crate) mod folder;
pub(crate) mod key;
mod open;
mod sync;

use std::{io, ops::Range, path::Path};

use bytes::Bytes;
use futures::{StreamExt as _, TryFutureExt as _, TryStreamExt as _, stream, stream::BoxStream};
use opendal::{ErrorKind, Operator};
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _};
use tokio_util::io::ReaderStream;

use crate::{Config, Error, Result};
use folder::Folder;
pub(crate) use key::BlobKey;

/// How much of a body is in memory at a time.
const PIECE: usize = 128 * 1024;
/// The parts in which large originals go to a distant store.
const PART: usize = 8 << 20;

/// The store; cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Blobs {
    operator: Operator,
    /// Set where the store is a folder of this machine.
    folder: Option<Folder>,
}

impl Blobs {
    /// Opens the store that the configuration names, for a process of a name of its own; whether
    /// files lie in it already, the database knows.
    pub async fn open(config: &Config, process: String, has_files: bool) -> Result<Self> {
        let url = config.storage_url.clone();
        let opened = blocking(move || open::open(&url, &process, has_files)).await;
        let (operator, folder) = opened?;
        Ok(Self { operator, folder })
    }

    /// Whether the store answers.
    pub async fn ping(&self) -> Result<()> {
        if let Some(folder) = &self.folder {
            // Where a disk is not mounted, there is a folder as well, and nothing of ours in it.
            let unfinished = tokio::fs::metadata(folder.unfinished()).await;
            return Ok(unfinished.map(drop)?);
        }
        Ok(self.operator.check().await?)
    }

    /// The folder, where the store is one.
    pub fn folder(&self) -> Option<&Folder> {
        self.folder.as_ref()
    }

    /// Takes a finished file into the store under a key.
    ///
    /// When this returns, the bytes are durable. In a folder the file has moved; elsewhere the
    /// staged one is still there.
    pub async fn adopt(&self, staged: &Path, size: u64, key: &BlobKey) -> Result<()> {
        if let Some(folder) = self.folder.clone() {
            let (staged, key) = (staged.to_owned(), *key);
            return blocking(move || Ok(folder.adopt(&staged, &key)?)).await;
        }
        // An answer that got lost leaves it unknown whether the bytes are there. The same bytes
        // under the same key again settle that.
        match self.upload(staged, size, key).await {
            Err(Error::Store(error)) if error.is_temporary() => {
                self.upload(staged, size, key).await
            }
            settled => settled,
        }
    }

    /// Writes bytes again that were missing under a key; the staged file stays.
    pub async fn mend(&self, staged: &Path, size: u64, key: &BlobKey) -> Result<()> {
        let Some(folder) = self.folder.clone() else {
            return self.adopt(staged, size, key).await;
        };
        let (staged, key) = (staged.to_owned(), *key);
        blocking(move || Ok(folder.mend(&staged, &key)?)).await
    }

    /// Undoes [`Self::adopt`] for bytes that no row points at.
    pub async fn give_back(&self, key: &BlobKey, staged: &Path) -> Result<()> {
        let Some(folder) = self.folder.clone() else {
            return self.delete(key).await;
        };
        let (staged, key) = (staged.to_owned(), *key);
        blocking(move || Ok(folder.give_back(&key, &staged)?)).await
    }

    /// Lets a file that was adopted be in staging as well.
    pub async fn share(&self, key: &BlobKey, staged: &Path) -> Result<()> {
        let Some(folder) = self.folder.clone() else {
            // It is there still.
            return Ok(());
        };
        let (staged, key) = (staged.to_owned(), *key);
        blocking(move || Ok(folder.share(&key, &staged)?)).await
    }

    /// Keeps bytes that can be made again.
    pub async fn put(&self, bytes: Bytes, key: &BlobKey) -> Result<()> {
        let Some(folder) = self.folder.clone() else {
            self.operator.write(&key.to_string(), bytes).await?;
            return Ok(());
        };
        let key = *key;
        blocking(move || Ok(folder.put(&bytes, &key)?)).await
    }

    /// How many bytes lie under a key, if any.
    pub async fn size_of(&self, key: &BlobKey) -> Result<Option<u64>> {
        if let Some(folder) = &self.folder {
            return match tokio::fs::metadata(folder.path(key)).await {
                Ok(found) => Ok(Some(found.len())),
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
                Err(error) => Err(error.into()),
            };
        }
        match self.operator.stat(&key.to_string()).await {
            Ok(found) => Ok(Some(found.content_length())),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// A range of the bytes under a key, in pieces.
    pub fn stream(
        &self,
        key: &BlobKey,
        range: Range<u64>,
    ) -> BoxStream<'static, io::Result<Bytes>> {
        if range.is_empty() {
            return stream::empty().boxed();
        }
        match &self.folder {
            Some(folder) => stream_file(folder.path(key), range),
            None => stream_object(self.operator.clone(), key.to_string(), range),
        }
    }

    /// Removes what lies under a key, if anything.
    pub async fn delete(&self, key: &BlobKey) -> Result<()> {
        Ok(self.operator.delete(&key.to_string()).await?)
    }

    /// Whether what an ended process left of a large file lies in the store unseen: parts that are
    /// neither listed nor removed from here.
    pub fn hides_parts(&self) -> bool {
        let service = self.operator.info().scheme();
        self.folder.is_none() && ["s3", "oss", "b2"].contains(&service)
    }

    /// Everything that has a key of ours, with its size.
    pub async fn list(&self) -> Result<BoxStream<'static, Result<(BlobKey, u64)>>> {
        let lister = self.operator.lister_with("/").recursive(true).await?;
        let operator = self.operator.clone();
        let found = lister.map_err(Error::from).try_filter_map(move |entry| {
            let operator = operator.clone();
            async move { measure(&operator, &entry).await }
        });
        Ok(found.boxed())
    }

    /// Names in the store that are none of ours, so many at most; files that are not whole yet are
    /// ours.
    pub async fn list_foreign(&self, most: usize) -> Result<Vec<String>> {
        let lister = self.operator.lister_with("/").recursive(true).await?;
        let names = lister.map_ok(|entry| entry.path().to_owned());
        let foreign = names.try_filter(|path| {
            let is_ours = path.ends_with('/') || path.starts_with('.');
            std::future::ready(!is_ours && BlobKey::parse(path).is_none())
        });
        Ok(foreign.take(most).try_collect().await?)
    }

    /// Writes, reads and removes a few bytes, to see whether that works.
    pub async fn probe(&self, name: &str) -> Result<()> {
        let path = format!(".probe-{name}");
        self.operator.write(&path, name.as_bytes().to_vec()).await?;
        let read = self.operator.read(&path).await;
        self.operator.delete(&path).await?;
        if read?.to_bytes() != name.as_bytes() {
            return Err(Error::Inconsistent("other bytes came back".to_owned()));
        }
        Ok(())
    }

    /// Streams a file to the store in parts, and checks what arrived.
    async fn upload(&self, staged: &Path, size: u64, key: &BlobKey) -> Result<()> {
        let path = key.to_string();
        let mut file = tokio::fs::File::open(staged).await?;
        if size <= PART as u64 {
            let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(PART));
            file.read_to_end(&mut bytes).await?;
            self.operator.write(&path, bytes).await?;
        } else {
            let mut writer = self
                .operator
                .writer_with(&path)
                .chunk(PART)
                .concurrent(2)
                .await?;
            let mut pieces = ReaderStream::with_capacity(file, PIECE * 2);
            let written = async {
                while let Some(piece) = pieces.try_next().await? {
                    writer.write(piece).await?;
                }
                writer.close().await?;
                Ok::<_, Error>(())
            };
            if let Err(error) = written.await {
                // Its parts would lie in the store unseen, and be paid for. Where the whole came
                // to be and the answer got lost, there is nothing to abort any more.
                if let Err(left) = writer.abort().await {
                    tracing::warn!(%key, error = %left, "parts of a file are left in the store");
                }
                return Err(error);
            }
        }
        match self.size_of(key).await? {
            Some(stored) if stored == size => Ok(()),
            stored => Err(Error::Inconsistent(format!(
                "{key} has {stored:?} bytes in the store instead of {size}"
            ))),
        }
    }
}

/// The key and size of something in the store; `None` where it is not ours.
async fn measure(operator: &Operator, entry: &opendal::Entry) -> Result<Option<(BlobKey, u64)>> {
    let Some(key) = BlobKey::parse(entry.path()) else {
        return Ok(None);
    };
    let size = match entry.metadata().content_length() {
        // Some stores list names alone.
        0 => match operator.stat(entry.path()).await {
            Ok(found) => found.content_length(),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        },
        size => size,
    };
    Ok(Some((key, size)))
}

fn stream_file(
    path: std::path::PathBuf,
    range: Range<u64>,
) -> BoxStream<'static, io::Result<Bytes>> {
    let length = range.end - range.start;
    let capacity = usize::try_from(length).unwrap_or(PIECE).min(PIECE);
    let opened = async move {
        let mut file = tokio::fs::File::open(path).await?;
        if range.start > 0 {
            file.seek(io::SeekFrom::Start(range.start)).await?;
        }
        Ok(ReaderStream::with_capacity(file.take(length), capacity))
    };
    opened.try_flatten_stream().boxed()
}

fn stream_object(
    operator: Operator,
    path: String,
    range: Range<u64>,
) -> BoxStream<'static, io::Result<Bytes>> {
    let opened = async move {
        let reader = operator.reader(&path).await.map_err(io::Error::from)?;
        reader
            .into_bytes_stream(range)
            .await
            .map_err(io::Error::from)
    };
    opened.try_flatten_stream().boxed()
}

/// Runs what blocks where blocking is welcome.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| Error::Inconsistent(error.to_string()))?
}
