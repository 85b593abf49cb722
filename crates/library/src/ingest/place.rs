//! Where the bytes of an arrival lie: with equal bytes of the account, or under a key of their own.

use bytes::Bytes;
use model::{BlobId, ByteSize, Mime, Preset, RenditionFormat};

use super::Draft;
use crate::{
    Actor, Library, Result,
    blobs::BlobKey,
    db::blobs::{self, BlobRow},
    facts::{learned, told},
};

/// Where the bytes lie.
#[derive(Debug)]
pub(super) enum Place {
    /// With equal bytes that were there before.
    Known(BlobRow),
    /// Under a new key; nothing points there yet.
    New(BlobRow),
}

impl Place {
    pub fn blob(&self) -> &BlobRow {
        match self {
            Self::Known(blob) | Self::New(blob) => blob,
        }
    }
}

impl Library {
    /// Brings the bytes to a place where a row may point at them.
    pub(super) async fn find_place(&self, actor: &Actor, draft: &Draft<'_>) -> Result<Place> {
        let mut tx = self.inner.db.read().await?;
        let known = blobs::find_by_digest(&mut tx, actor.account_id, draft.sha256).await?;
        drop(tx);
        let place = match known {
            Some(blob) => {
                self.mend(draft, &blob).await?;
                Place::Known(blob)
            }
            None => self.place_new(actor, draft).await?,
        };
        // Known bytes have one already; the same picture makes the same thumbnail.
        if let Err(error) = self.put_thumb(draft, place.blob()).await {
            self.leave(draft, &place).await;
            return Err(error);
        }
        Ok(place)
    }

    async fn place_new(&self, actor: &Actor, draft: &Draft<'_>) -> Result<Place> {
        let id: BlobId = self.inner.clock.new_id();
        let blob = BlobRow {
            id,
            account_id: actor.account_id,
            sha256: draft.sha256,
            size: draft.arrival.size,
            mime: Mime(draft.found.facts.format.mime().to_owned()),
            refs: 0,
            facts: Some(told(&learned(&draft.found))),
        };
        let staged = self.inner.staging.path(draft.arrival.lock.id());
        let size = draft.arrival.size.as_u64();
        self.inner
            .blobs
            .adopt(&staged, size, &original_key(&blob))
            .await?;
        Ok(Place::New(blob))
    }

    /// Writes known bytes again where they are not what the row says: a row is no proof.
    async fn mend(&self, draft: &Draft<'_>, blob: &BlobRow) -> Result<()> {
        let (key, size) = (original_key(blob), blob.size.as_u64());
        if self.inner.blobs.size_of(&key).await? == Some(size) {
            return Ok(());
        }
        // The collector may be taking them just now; then this place is lost, and so the staged
        // file must stay.
        tracing::warn!(%key, "bytes were missing and came back with an upload");
        let staged = self.inner.staging.path(draft.arrival.lock.id());
        self.inner.blobs.mend(&staged, size, &key).await
    }

    pub(super) async fn put_thumb(&self, draft: &Draft<'_>, blob: &BlobRow) -> Result<()> {
        let Some(thumb) = &draft.found.thumb else {
            return Ok(());
        };
        let key = BlobKey::Rendition {
            account: blob.account_id,
            blob: blob.id,
            preset: Preset::Thumb,
            format: thumb.format,
        };
        self.inner
            .blobs
            .put(Bytes::copy_from_slice(&thumb.bytes), &key)
            .await
    }

    /// Lets the bytes be in staging as well, where nobody can tell whether a row points at them.
    pub(super) async fn share(&self, draft: &Draft<'_>, place: &Place) {
        let Place::New(blob) = place else { return };
        let staged = self.inner.staging.path(draft.arrival.lock.id());
        let shared = self.inner.blobs.share(&original_key(blob), &staged).await;
        if let Err(error) = shared {
            tracing::warn!(blob = %blob.id, %error, "what was uploaded has to be sent again");
        }
    }

    /// Takes the bytes back from a place that nothing came to point at.
    pub(super) async fn leave(&self, draft: &Draft<'_>, place: &Place) {
        let Place::New(blob) = place else { return };
        let staged = self.inner.staging.path(draft.arrival.lock.id());
        let thumb = BlobKey::Rendition {
            account: blob.account_id,
            blob: blob.id,
            preset: Preset::Thumb,
            format: RenditionFormat::Webp,
        };
        let left = async {
            self.inner
                .blobs
                .give_back(&original_key(blob), &staged)
                .await?;
            self.inner.blobs.delete(&thumb).await
        };
        if let Err(error) = left.await {
            tracing::warn!(blob = %blob.id, %error, "bytes that nothing points at stay for the collector");
        }
    }
}

/// The key of an original.
pub(crate) fn original_key(blob: &BlobRow) -> BlobKey {
    BlobKey::Original {
        account: blob.account_id,
        blob: blob.id,
    }
}

/// What a blob costs the account whose first reference to it this is.
pub(crate) fn cost(refs: Option<i64>, size: ByteSize) -> Option<ByteSize> {
    refs.map(|refs| if refs == 1 { size } else { ByteSize::ZERO })
}
