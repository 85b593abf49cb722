//! Uploads that arrived in parts side by side, joined.

use std::collections::HashSet;

use model::{ByteSize, Problem, UploadId, UploadMetadata};

use super::Progress;
use crate::{
    Actor, Library, Result,
    db::uploads::{self as rows, UploadRow},
    staging::Lock,
};

/// The most parts of one file.
const MAX_PARTS: usize = 1_000;

impl Library {
    pub(super) async fn join(
        &self,
        actor: &Actor,
        parts: Vec<UploadId>,
        metadata: UploadMetadata,
    ) -> Result<Progress> {
        check_parts(&parts)?;
        let (locks, found) = self.take_parts(actor, &parts).await?;
        let length: ByteSize = found.iter().map(|part| part.position).sum();
        if length == ByteSize::ZERO {
            return Err(super::once::empty().into());
        }
        self.check_length(actor, &metadata, length, false).await?;
        let mut whole = self.new_row(actor, Some(length), &metadata, false)?;
        let lock = self.lock_upload(whole.id).await?;
        whole.position = length;
        let joined = async {
            self.copy_parts(&parts, &lock, length).await?;
            self.replace_parts(&found, &mut whole).await
        };
        if let Err(error) = joined.await {
            // The parts are there still; half a copy of them only takes room.
            self.inner.staging.remove(lock.id()).await?;
            return Err(error);
        }
        for part in &locks {
            self.inner.staging.remove(part.id()).await?;
        }
        self.finish_upload(actor, lock, whole, length).await
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

    /// Lets the whole take the place of its parts, with the quota they held back.
    async fn replace_parts(&self, parts: &[UploadRow], whole: &mut UploadRow) -> Result<()> {
        let mut tx = self.inner.db.write().await?;
        whole.reserved = ByteSize::ZERO;
        for part in parts {
            let Some((_, _, held)) = rows::end(&mut tx, part.id).await? else {
                return Err(super::gone().into());
            };
            whole.reserved = whole.reserved + held;
        }
        rows::insert(&mut tx, whole).await?;
        tx.commit().await
    }
}

fn check_parts(parts: &[UploadId]) -> Result<()> {
    let different: HashSet<_> = parts.iter().collect();
    if parts.is_empty() || parts.len() > MAX_PARTS || different.len() != parts.len() {
        return Err(Problem::malformed("A file is joined from 1 to 1 000 different parts.").into());
    }
    Ok(())
}
