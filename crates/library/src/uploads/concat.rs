//! Uploads that arrived in parts side by side, joined.

use std::collections::HashSet;

use model::{ByteSize, Problem, UploadId, UploadMetadata};

use super::{Progress, finish::is_final};
use crate::{
    Actor, Error, Library, Result,
    db::uploads::{self as rows, UploadRow},
    ingest::{Arrival, Origin},
    staging::Lock,
};

/// The most parts of one file.
const MAX_PARTS: usize = 1_000;

impl Library {
    /// Joins parts; the work goes on when the client goes away.
    pub(super) async fn join(
        &self,
        actor: &Actor,
        parts: Vec<UploadId>,
        metadata: UploadMetadata,
    ) -> Result<Progress> {
        check_parts(&parts)?;
        let (library, actor) = (self.clone(), actor.clone());
        let work = tokio::spawn(async move { library.join_parts(&actor, parts, metadata).await });
        work.await
            .map_err(|error| Error::Inconsistent(error.to_string()))?
    }

    /// The parts are given up for the asset, or where they will never be one; until then they can
    /// be joined again.
    async fn join_parts(
        &self,
        actor: &Actor,
        parts: Vec<UploadId>,
        metadata: UploadMetadata,
    ) -> Result<Progress> {
        let (locks, found) = self.take_parts(actor, &parts).await?;
        let length: ByteSize = found.iter().map(|part| part.position).sum();
        if length == ByteSize::ZERO {
            return Err(super::once::empty().into());
        }
        self.check_length(actor, &metadata, length, false).await?;
        let mut whole = self.new_row(actor, Some(length), &metadata, false)?;
        let lock = self.lock_upload(whole.id).await?;
        let made = async {
            self.copy_parts(&parts, &lock, length).await?;
            let origin = Origin::Joined {
                whole: Box::new(whole.clone()),
                parts,
            };
            let arrival = Arrival {
                lock: lock.clone(),
                size: length,
                metadata,
                origin,
            };
            self.ingest(actor, &arrival).await
        };
        let made = made.await;
        // The parts are there still; a copy of them only takes room.
        self.unstage(lock.id()).await;
        match made {
            Ok(asset) => {
                for part in &locks {
                    self.unstage(part.id()).await;
                }
                rows::FINISHED.clone_into(&mut whole.state);
                (whole.position, whole.asset_id) = (length, Some(asset.id));
                Ok(Progress {
                    upload: whole.into(),
                    asset: Some(asset),
                })
            }
            Err(error) => {
                if is_final(&error) {
                    for part in &locks {
                        self.end_upload(part).await?;
                    }
                }
                Err(error)
            }
        }
    }

    /// Removes bytes that nobody asks for any more; what cannot be removed is swept up later.
    async fn unstage(&self, id: UploadId) {
        if let Err(error) = self.inner.staging.remove(id).await {
            tracing::warn!(upload = %id, %error, "staged bytes could not be removed");
        }
    }

    /// Puts the parts in one file, which is on disk before they are given up for it.
    async fn copy_parts(&self, parts: &[UploadId], whole: &Lock, length: ByteSize) -> Result<()> {
        for part in parts {
            self.inner.staging.append(*part, whole.id()).await?;
        }
        let mut writer = self.inner.staging.write(whole, length.as_u64()).await?;
        writer.sync_with_name().await
    }

    /// Locks the parts and finds them complete.
    async fn take_parts(
        &self,
        actor: &Actor,
        parts: &[UploadId],
    ) -> Result<(Vec<Lock>, Vec<UploadRow>)> {
        let (mut locks, mut found) = (Vec::new(), Vec::new());
        for part in parts {
            locks.push(self.lock_upload(*part).await?);
            let row = self.find_upload(actor, *part).await?;
            let is_complete = row.length == Some(self.safe_position(&row).await?);
            if !row.is_partial || row.state != rows::OPEN || !is_complete {
                return Err(Problem::conflict(
                    "Only partial uploads that are complete can be joined.",
                )
                .into());
            }
            found.push(row);
        }
        Ok((locks, found))
    }
}

fn check_parts(parts: &[UploadId]) -> Result<()> {
    let different: HashSet<_> = parts.iter().collect();
    if parts.is_empty() || parts.len() > MAX_PARTS || different.len() != parts.len() {
        return Err(Problem::malformed("A file is joined from 1 to 1 000 different parts.").into());
    }
    Ok(())
}
