//! An upload with its last byte: it becomes an asset, or is refused for good.

use model::{ByteSize, Problem, ProblemCode};

use super::Progress;
use crate::{
    Actor, Error, Library, Result,
    db::{
        uploads::{self as rows, UploadRow},
        usage,
    },
    ingest::{Arrival, Origin},
    staging::Lock,
};

impl Library {
    /// Makes an asset of an upload whose bytes are all there.
    ///
    /// The work goes on when the client goes away: it may ask again and gets the same asset.
    pub(super) async fn finish_upload(
        &self,
        actor: &Actor,
        lock: Lock,
        row: UploadRow,
        size: ByteSize,
    ) -> Result<Progress> {
        let (library, actor) = (self.clone(), actor.clone());
        let work = tokio::spawn(async move { library.finish(&actor, lock, row, size).await });
        work.await
            .map_err(|error| Error::Inconsistent(error.to_string()))?
    }

    async fn finish(
        &self,
        actor: &Actor,
        lock: Lock,
        mut row: UploadRow,
        size: ByteSize,
    ) -> Result<Progress> {
        let arrival = Arrival {
            lock: lock.clone(),
            size,
            metadata: row.metadata(),
            origin: Origin::Upload {
                reserved: row.reserved,
            },
        };
        match self.ingest(actor, &arrival).await {
            Ok(asset) => {
                self.inner.staging.remove(row.id).await?;
                rows::FINISHED.clone_into(&mut row.state);
                (row.position, row.asset_id) = (size, Some(asset.id));
                Ok(Progress {
                    upload: row.into(),
                    asset: Some(asset),
                })
            }
            Err(error) if is_final(&error) => {
                self.end_upload(&lock).await?;
                Err(error)
            }
            // What a disk failed to sync may be gone, though another sync would not say so.
            Err(error) if error.is_disk_failure() => Err(error),
            Err(error) => {
                if let Err(unkept) = self.keep_whole(&lock, &mut row, size).await {
                    tracing::warn!(upload = %row.id, %unkept, "a whole upload could not be kept");
                }
                Err(error)
            }
        }
    }

    /// Keeps a whole upload that could not become an asset just now.
    async fn keep_whole(&self, lock: &Lock, row: &mut UploadRow, size: ByteSize) -> Result<()> {
        let length = self.inner.staging.length(row.id).await?;
        if length != size.as_u64() {
            return Ok(());
        }
        let mut writer = self.inner.staging.write(lock, length).await?;
        writer.sync_with_name().await?;
        self.inner
            .staging
            .remember(lock, length, writer.into_digest());
        self.advance_upload(row, size).await
    }

    /// Ends an upload for good and frees what it held.
    pub(super) async fn end_upload(&self, lock: &Lock) -> Result<()> {
        let mut tx = self.inner.db.write().await?;
        if let Some((account, user, held)) = rows::end(&mut tx, lock.id()).await? {
            usage::release(&mut tx, account, user, held).await?;
        }
        tx.commit().await?;
        self.inner.staging.remove(lock.id()).await
    }

    /// What a finished upload came to, told again.
    pub(super) async fn finished(&self, actor: &Actor, row: UploadRow) -> Result<Progress> {
        let Some(asset) = row.asset_id else {
            return Err(super::gone().into());
        };
        let mut tx = self.inner.db.read().await?;
        let asset = self.read_seen(&mut tx, actor, asset).await?;
        Ok(Progress {
            upload: row.into(),
            asset: Some(asset),
        })
    }
}

/// Whether the same bytes will be refused again.
pub(super) fn is_final(error: &Error) -> bool {
    let Error::Problem(Problem { code, .. }) = error else {
        return false;
    };
    matches!(
        code,
        ProblemCode::EmptyFile
            | ProblemCode::TooLarge
            | ProblemCode::UnsupportedKind
            | ProblemCode::MismatchedName
            | ProblemCode::CorruptFile
            | ProblemCode::UnsafeFile
            | ProblemCode::TooManyPixels
            | ProblemCode::Invalid
            | ProblemCode::NotFound
    )
}
