//! The collector: removes blobs nothing points at, after a grace period; never a request does.

use std::{collections::HashSet, time::Duration};

use futures::TryStreamExt as _;
use model::{BlobId, Preset, RenditionFormat, Timestamp, UploadId};
use serde::Serialize;
use ulid::Ulid;

use crate::{
    Library, Result,
    blobs::{BlobKey, blocking},
    db::{
        blobs::{self, BlobRow},
        uploads,
    },
    staging::untouched,
};

/// How long bytes that nothing points at are kept: longer than the longest upload and its retries.
pub(crate) const GRACE: Duration = Duration::from_hours(25);
/// How long a staged file without an upload is kept.
const STRAY: Duration = Duration::from_hours(1);
/// An original has its row within this time, or never will.
const UNDER_WAY: Duration = Duration::from_hours(1);
/// Rows that are looked at in one go.
const BATCH: i64 = 200;
/// Names that are looked up in one go.
const LISTED: usize = 200;

/// What a collection removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Collected {
    pub blobs: u64,
    pub renditions: u64,
    pub uploads: u64,
    pub bytes: u64,
}

impl Library {
    /// Removes blobs that have been unreferenced for the grace period, uploads that have expired and strays.
    pub async fn collect_garbage(&self) -> Result<Collected> {
        self.collect_garbage_after(GRACE).await
    }

    /// The same with another grace period for blobs that were referenced once.
    ///
    /// Bytes that never had a row are given an hour in any case: one may be on its way.
    pub async fn collect_garbage_after(&self, grace: Duration) -> Result<Collected> {
        let before = self.inner.clock.now().before(grace.max(UNDER_WAY));
        let mut collected = self.collect_known_after(grace).await?;
        self.collect_orphans(before, &mut collected).await?;
        if collected != Collected::default() {
            tracing::info!(?collected, "collected");
        }
        Ok(collected)
    }

    /// Removes what rows and staged files tell of, without listing the whole store.
    pub(crate) async fn collect_known(&self) -> Result<Collected> {
        self.collect_known_after(GRACE).await
    }

    async fn collect_known_after(&self, grace: Duration) -> Result<Collected> {
        let before = self.inner.clock.now().before(grace);
        let mut collected = Collected {
            uploads: self.expire_uploads().await?,
            ..Collected::default()
        };
        self.collect_blobs(before, &mut collected).await?;
        self.collect_strays(&mut collected).await?;
        Ok(collected)
    }

    /// Dooms, deletes, forgets: a row outlives its bytes, and a doomed row is never revived.
    async fn collect_blobs(&self, before: Timestamp, collected: &mut Collected) -> Result<()> {
        loop {
            let mut tx = self.inner.db.write().await?;
            let doomed = blobs::doom(&mut tx, before, BATCH).await?;
            tx.commit().await?;
            if doomed == 0 {
                break;
            }
        }
        loop {
            let mut tx = self.inner.db.read().await?;
            let doomed = blobs::list_doomed(&mut tx, BATCH).await?;
            drop(tx);
            if doomed.is_empty() {
                return Ok(());
            }
            for blob in doomed {
                self.delete_blob(&blob, collected).await?;
            }
        }
    }

    async fn delete_blob(&self, blob: &BlobRow, collected: &mut Collected) -> Result<()> {
        for key in keys_of(blob) {
            self.inner.blobs.delete(&key).await?;
        }
        let mut tx = self.inner.db.write().await?;
        collected.renditions += blobs::delete(&mut tx, blob.id).await?;
        tx.commit().await?;
        collected.blobs += 1;
        collected.bytes += blob.size.as_u64();
        Ok(())
    }

    /// Removes bytes that no row ever came to point at: what a crash left between the two.
    async fn collect_orphans(&self, before: Timestamp, collected: &mut Collected) -> Result<()> {
        for (key, size) in self.find_orphans(before).await? {
            self.inner.blobs.delete(&key).await?;
            collected.bytes += size;
            if key.is_derived() {
                collected.renditions += 1;
            } else {
                collected.blobs += 1;
            }
        }
        Ok(())
    }

    /// Bytes that no row points at, and that are older than an upload may take.
    pub(crate) async fn find_orphans(&self, before: Timestamp) -> Result<Vec<(BlobKey, u64)>> {
        let mut found = self.inner.blobs.list().await?.try_chunks(LISTED);
        let mut orphans = Vec::new();
        loop {
            let chunk = match found.try_next().await {
                Ok(Some(chunk)) => chunk,
                Ok(None) => return Ok(orphans),
                Err(error) => return Err(error.1),
            };
            let old: Vec<_> = chunk
                .into_iter()
                .filter(|(key, _)| made_at(key.blob()) < before)
                .collect();
            let ids: HashSet<_> = old.iter().map(|(key, _)| key.blob()).collect();
            let mut tx = self.inner.db.read().await?;
            let known = blobs::list_existing(&mut tx, &ids).await?;
            orphans.extend(
                old.into_iter()
                    .filter(|(key, _)| !known.contains(&key.blob())),
            );
        }
    }

    /// Removes staged files that belong to no upload, and files that were never finished.
    async fn collect_strays(&self, collected: &mut Collected) -> Result<()> {
        let staging = &self.inner.staging;
        staging.sweep_rooms(STRAY).await?;
        for id in staging.untouched(STRAY).await? {
            if !self.is_wanted(id).await?
                && let Some(_lock) = staging.lock(id)
                && !staging.is_held_elsewhere(id).await?
            {
                staging.remove(id).await?;
                collected.uploads += 1;
            }
        }
        let Some(folder) = self.inner.blobs.folder() else {
            return Ok(());
        };
        let unfinished = folder.unfinished();
        blocking(move || {
            for name in untouched(&unfinished, STRAY)? {
                std::fs::remove_file(unfinished.join(name))?;
            }
            Ok(())
        })
        .await
    }

    /// Files that the next collection removes: staged for no upload, or never finished.
    pub(crate) async fn find_strays(&self) -> Result<Vec<String>> {
        let staging = &self.inner.staging;
        let mut strays = Vec::new();
        for id in staging.untouched(STRAY).await? {
            if !self.is_wanted(id).await? && !staging.is_held_elsewhere(id).await? {
                strays.push(staging.path(id).display().to_string());
            }
        }
        if let Some(folder) = self.inner.blobs.folder() {
            let unfinished = folder.unfinished();
            let names = blocking(move || {
                let names = untouched(&unfinished, STRAY)?;
                Ok(names
                    .map(|name| unfinished.join(name).display().to_string())
                    .collect::<Vec<_>>())
            });
            strays.extend(names.await?);
        }
        Ok(strays)
    }

    /// Whether a staged file belongs to an upload under way.
    async fn is_wanted(&self, id: UploadId) -> Result<bool> {
        let mut tx = self.inner.db.read().await?;
        uploads::is_open(&mut tx, id).await
    }
}

/// Every key that may hold something of a blob.
fn keys_of(blob: &BlobRow) -> Vec<BlobKey> {
    let (account, blob) = (blob.account_id, blob.id);
    let mut keys = vec![
        BlobKey::Public { account, blob },
        BlobKey::Print { account, blob },
    ];
    for preset in Preset::ALL {
        for format in RenditionFormat::ALL {
            keys.push(BlobKey::Rendition {
                account,
                blob,
                preset,
                format,
            });
        }
    }
    // Last, so that a collection that breaks off is gone on with.
    keys.push(BlobKey::Original { account, blob });
    keys
}

/// When a blob was named, which is before its bytes were there.
fn made_at(blob: BlobId) -> Timestamp {
    let text = blob.to_string();
    let ulid = text
        .strip_prefix(BlobId::PREFIX)
        .and_then(|ulid| Ulid::from_string(ulid).ok());
    let milliseconds = ulid.map_or(i64::MAX, |ulid| ulid.timestamp_ms().cast_signed());
    Timestamp::from_millis(milliseconds)
}
