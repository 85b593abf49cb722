//! A whole file in one request: nothing of it outlives the request but the asset.

use std::path::PathBuf;

use futures::StreamExt as _;
use model::{Asset, ByteSize, Problem, ProblemCode, UploadId, UploadMetadata};

use super::{Body, Progress, append::broken, gate::Gate, hold::Hold};
use crate::{
    Actor, Error, Library, Result,
    db::uploads as rows,
    ingest::{Arrival, MadeOf, Origin, Replacement},
    staging::Lock,
};

/// How often it is asked whether the account still has room.
const STEP: u64 = 4 << 20;

/// A staged file that goes when this does, wherever the request breaks off.
#[derive(Debug)]
struct Scrap(PathBuf);

impl Drop for Scrap {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// A whole file that lies on this machine and is no asset yet; dropped, it is gone, and what was
/// held back for it is free again.
#[derive(Debug)]
pub struct Staged {
    lock: Lock,
    scrap: Scrap,
    hold: Option<Hold>,
    size: ByteSize,
}

impl Library {
    pub(super) async fn take_whole(
        &self,
        actor: &Actor,
        metadata: UploadMetadata,
        announced: Option<ByteSize>,
        body: impl Body,
    ) -> Result<Asset> {
        let staged = self.stage_whole(actor, &metadata, announced, body).await?;
        self.ingest_whole(actor, staged, metadata).await
    }

    /// Takes an upload whose bytes all come along.
    pub(super) async fn take_upload(
        &self,
        actor: &Actor,
        length: ByteSize,
        metadata: UploadMetadata,
        body: impl Body,
    ) -> Result<Progress> {
        let mut row = self.new_row(actor, Some(length), &metadata, false)?;
        let staged = self
            .stage_as(row.id, actor, &metadata, Some(length), body)
            .await?;
        if staged.size != length {
            return Err(not_the_length().into());
        }
        let origin = Origin::Whole(Box::new(row.clone()));
        let asset = self.ingest_from(actor, staged, metadata, origin).await?;
        rows::FINISHED.clone_into(&mut row.state);
        (row.position, row.asset_id) = (length, Some(asset.id));
        Ok(Progress {
            upload: row.into(),
            asset: Some(asset),
        })
    }

    pub(super) async fn stage_whole(
        &self,
        actor: &Actor,
        metadata: &UploadMetadata,
        announced: Option<ByteSize>,
        body: impl Body,
    ) -> Result<Staged> {
        let id = self.inner.clock.new_id();
        self.stage_as(id, actor, metadata, announced, body).await
    }

    async fn stage_as(
        &self,
        id: UploadId,
        actor: &Actor,
        metadata: &UploadMetadata,
        announced: Option<ByteSize>,
        body: impl Body,
    ) -> Result<Staged> {
        let lock = self.lock_fresh(id)?;
        let scrap = Scrap(self.inner.staging.path(id));
        let mut hold = self.hold_nothing(actor, &lock, metadata)?;
        let received = async {
            hold.begin(announced).await?;
            let announced = (announced, Some(&mut hold));
            self.receive_whole(actor, &lock, metadata, announced, body)
                .await
        };
        match received.await {
            Ok(size) => Ok(Staged {
                lock,
                scrap,
                hold: Some(hold),
                size,
            }),
            Err(error) => {
                hold.release().await;
                Err(error)
            }
        }
    }

    /// The right to write a file that is begun just now.
    fn lock_fresh(&self, id: UploadId) -> Result<Lock> {
        let lock = self.inner.staging.lock(id);
        lock.ok_or_else(|| Error::Inconsistent(format!("{id} was made twice")))
    }

    pub(super) async fn ingest_whole(
        &self,
        actor: &Actor,
        staged: Staged,
        metadata: UploadMetadata,
    ) -> Result<Asset> {
        self.ingest_from(actor, staged, metadata, Origin::Request)
            .await
    }

    /// Keeps a picture that was made here.
    pub(crate) async fn ingest_made(
        &self,
        actor: &Actor,
        bytes: Vec<u8>,
        metadata: UploadMetadata,
        made: MadeOf,
    ) -> Result<Asset> {
        let version_of = made.version_of;
        let staged = self.stage_made(actor, &metadata, bytes).await?;
        let origin = Origin::Made(Box::new(made));
        let asset = self.ingest_from(actor, staged, metadata, origin).await?;
        if let Some((id, _)) = version_of {
            self.inner.media.forget(id);
        }
        Ok(asset)
    }

    /// Lets a file take the place of what an asset shows.
    pub(crate) async fn ingest_replacement(
        &self,
        actor: &Actor,
        staged: Staged,
        replacement: Replacement,
    ) -> Result<Asset> {
        // All that is said of the asset stays as it is.
        let metadata = UploadMetadata::default();
        let origin = Origin::Replacement(replacement);
        let asset = self.ingest_from(actor, staged, metadata, origin).await?;
        self.inner.media.forget(asset.id);
        Ok(asset)
    }

    /// Stages bytes that are all here, so that there is nothing to hold room back for.
    async fn stage_made(
        &self,
        actor: &Actor,
        metadata: &UploadMetadata,
        bytes: Vec<u8>,
    ) -> Result<Staged> {
        let id = self.inner.clock.new_id();
        let lock = self.lock_fresh(id)?;
        let scrap = Scrap(self.inner.staging.path(id));
        let announced = (Some(ByteSize::bytes(bytes.len() as u64)), None);
        let body = futures::stream::iter([Ok(bytes.into())]);
        let size = self
            .receive_whole(actor, &lock, metadata, announced, body)
            .await?;
        Ok(Staged {
            lock,
            scrap,
            hold: None,
            size,
        })
    }

    async fn ingest_from(
        &self,
        actor: &Actor,
        staged: Staged,
        metadata: UploadMetadata,
        origin: Origin,
    ) -> Result<Asset> {
        let Staged {
            lock,
            scrap,
            hold,
            size,
        } = staged;
        let settled = hold.as_ref().and_then(|hold| hold.origin(actor));
        let is_held = settled.is_some();
        let arrival = Arrival {
            lock,
            size,
            metadata,
            origin: settled.unwrap_or(origin),
        };
        let (library, actor) = (self.clone(), actor.clone());
        let work = tokio::spawn(async move {
            let _scrap = scrap;
            let made = library.ingest(&actor, &arrival).await;
            match hold {
                Some(mut hold) if is_held && made.is_ok() => hold.settle(),
                Some(hold) => hold.release().await,
                None => {}
            }
            made
        });
        work.await
            .map_err(|error| Error::Inconsistent(error.to_string()))?
    }

    async fn receive_whole(
        &self,
        actor: &Actor,
        lock: &Lock,
        metadata: &UploadMetadata,
        (announced, mut hold): (Option<ByteSize>, Option<&mut Hold>),
        mut body: impl Body,
    ) -> Result<ByteSize> {
        let sizes = self.limits_of(actor.account_id).await?.max_size;
        let reserved = hold.as_ref().map_or(ByteSize::ZERO, |hold| hold.size());
        let missing = announced.unwrap_or_default().saturating_sub(reserved);
        self.check_room(actor, missing).await?;
        let mut gate = Gate::new(sizes, metadata, Vec::new(), announced, None);
        let mut writer = self.inner.staging.write(lock, 0).await?;
        let mut asked = 0;
        let mut watch = self.watch(actor);
        while let Some(bytes) = body.next().await {
            let bytes = bytes.map_err(|error| broken(&error))?;
            watch.look().await?;
            gate.admit(writer.position(), &bytes)?;
            writer.write(&bytes).await?;
            if writer.position() - asked >= STEP {
                asked = writer.position();
                let position = ByteSize::bytes(asked);
                let mut missing = position;
                if let Some(hold) = &mut hold {
                    hold.follow(position).await?;
                    missing = position.saturating_sub(hold.size());
                }
                self.check_room(actor, missing).await?;
            }
        }
        writer.finish().await?;
        let size = writer.position();
        if size == 0 {
            return Err(empty().into());
        }
        self.inner
            .staging
            .remember(lock, size, writer.into_digest());
        Ok(ByteSize::bytes(size))
    }
}

fn not_the_length() -> Problem {
    Problem::malformed("There are not as many bytes as the upload's length says.")
}

pub(super) fn empty() -> Problem {
    Problem::new(ProblemCode::EmptyFile, "The file is empty.")
}
