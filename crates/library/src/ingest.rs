//! From a staged file to an asset: looked at, kept, written down; then, and only then, "yes".
//!
//! The order is what makes an acknowledged asset survive a power cut: bytes durable under their
//! key, then one transaction for everything that is said of them, then the answer. Whatever
//! breaks off in between leaves at most bytes that nothing points at, and the collector takes
//! those.

mod look;
mod place;
mod write;

use model::{
    AltText, Asset, AssetId, BlobId, ByteSize, EventKind, Problem, UploadId, UploadMetadata,
};

use crate::{
    Actor, Error, Library, Result,
    db::{blobs, derivations::DerivationRow, uploads::UploadRow},
    decoder::{Inspected, Rank, ThumbSpec},
    renditions::Subject,
    staging::Lock,
};
pub(crate) use look::refusal;
use place::Place;
pub(crate) use place::{cost, original_key};
pub(crate) use write::require_own_place;

/// How often the same bytes may be met on their way in or out before we say "later".
const TRIES: u32 = 8;

/// A whole file in staging.
#[derive(Debug)]
pub(crate) struct Arrival {
    /// Whose name the staged file has.
    pub lock: Lock,
    pub size: ByteSize,
    pub metadata: UploadMetadata,
    pub origin: Origin,
}

/// How a file came.
#[derive(Clone, Debug)]
pub(crate) enum Origin {
    /// In one request, with nothing held back for it.
    Request,
    /// As an upload, with so much of the quota held back.
    Upload { reserved: ByteSize },
    /// As an upload in one request, which is written down only now.
    Whole(Box<UploadRow>),
    /// In parts side by side, which are given up for it.
    Joined {
        whole: Box<UploadRow>,
        parts: Vec<UploadId>,
    },
    /// Made here, of another picture.
    Made(Box<MadeOf>),
    /// To take the place of what an asset shows.
    Replacement(Replacement),
}

/// Which asset gets another original, and why.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Replacement {
    pub asset: AssetId,
    /// The version it has.
    pub version: i64,
    /// The version whose bytes come back, where it is gone back to one.
    pub again: Option<i64>,
}

/// What a picture was made of, and what becomes of it.
#[derive(Clone, Debug)]
pub(crate) struct MadeOf {
    pub row: DerivationRow,
    /// The asset it is a new version of, and the version that one had; else it is a copy.
    pub version_of: Option<(AssetId, i64)>,
    /// What a version comes about by.
    pub event: EventKind,
    /// What a copy says of itself.
    pub alt_text: AltText,
    /// Who a copy is for.
    pub teams: Vec<String>,
}

/// What is known of a file before it has a place.
struct Draft<'a> {
    arrival: &'a Arrival,
    found: Inspected,
    sha256: model::Sha256,
}

impl Library {
    /// Makes an asset of a staged file.
    ///
    /// Where that fails, the file is still staged.
    pub(crate) async fn ingest(&self, actor: &Actor, arrival: &Arrival) -> Result<Asset> {
        let _people = self.inner.jobs.people_first();
        let (found, sha256) = tokio::try_join!(
            self.look_at(actor, arrival),
            self.inner
                .staging
                .digest(&arrival.lock, arrival.size.as_u64()),
        )?;
        self.scan(arrival).await?;
        let draft = Draft {
            arrival,
            found,
            sha256,
        };
        for _ in 0..TRIES {
            let place = self.find_place(actor, &draft).await?;
            if let Some(asset) = self.settle(actor, &draft, &place).await? {
                self.inner.jobs.ring();
                return Ok(asset);
            }
        }
        Err(
            Problem::unavailable("The same file is just being removed. Try again in a moment.")
                .into(),
        )
    }

    /// Lets an asset show bytes once more that are stored already.
    pub(crate) async fn ingest_again(
        &self,
        actor: &Actor,
        blob: BlobId,
        replacement: Replacement,
    ) -> Result<Asset> {
        let mut tx = self.inner.db.read().await?;
        let blob = blobs::find(&mut tx, actor.account_id, blob).await?;
        let blob = blob.ok_or_else(Problem::not_found)?;
        drop(tx);
        let source = self
            .open_original(&Subject::of_blob(&blob).original())
            .await?;
        let decoder = self.inner.decoder.ranked(Rank::Upload, actor.account_id);
        let looked = decoder.inspect(source, None, ThumbSpec::default());
        let found = looked.await.map_err(|error| refusal(&error, None))?;
        let id: UploadId = self.inner.clock.new_id();
        let lock = self.inner.staging.lock(id);
        let arrival = Arrival {
            lock: lock.ok_or_else(|| Error::Inconsistent(format!("{id} was made twice")))?,
            size: blob.size,
            metadata: UploadMetadata::default(),
            origin: Origin::Replacement(replacement),
        };
        let draft = Draft {
            arrival: &arrival,
            found,
            sha256: blob.sha256,
        };
        self.put_thumb(&draft, &blob).await?;
        let settled = self.settle(actor, &draft, &Place::Known(blob)).await?;
        let asset = settled.ok_or_else(Problem::not_found)?;
        self.inner.media.forget(asset.id);
        self.inner.jobs.ring();
        Ok(asset)
    }

    /// Writes everything down in one transaction; `None` where the place was lost meanwhile.
    async fn settle(
        &self,
        actor: &Actor,
        draft: &Draft<'_>,
        place: &Place,
    ) -> Result<Option<Asset>> {
        let mut tx = match self.inner.db.write().await {
            Ok(tx) => tx,
            Err(error) => {
                self.leave(draft, place).await;
                return Err(error);
            }
        };
        match self.write_down(&mut tx, actor, draft, place).await {
            Ok(Some(asset)) => match tx.commit().await {
                Ok(()) => Ok(Some(asset)),
                // It may have happened all the same. The bytes stay where they would be needed; at
                // worst the collector finds them.
                Err(error) => {
                    self.share(draft, place).await;
                    Err(error)
                }
            },
            undone => {
                drop(tx);
                self.leave(draft, place).await;
                undone
            }
        }
    }
}
