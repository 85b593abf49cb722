//! Renditions: stored results of presets, made by the decoder and never from a request's figures.

pub(crate) mod smaller;

use model::{AccountId, BlobId, ByteSize, Preset, Problem, RenditionFormat};

use std::sync::Arc;

use crate::{
    Library, Result,
    blobs::BlobKey,
    db::{
        blobs::{self, BlobRow},
        media::MediaRow,
        renditions::{self, RenditionRow},
    },
    decoder::{Picture, Rank, ThumbSpec},
    ingest::refusal,
    looks::Look,
    media::Prepared,
};

/// The original that renditions are made of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Subject {
    pub account: AccountId,
    pub blob: BlobId,
    pub size: ByteSize,
    pub look: Look,
}

impl Subject {
    /// The original of an asset.
    pub fn of(row: &MediaRow) -> Self {
        Self {
            account: row.account_id,
            blob: row.blob_id,
            size: row.size,
            look: Look::of(&row.mime),
        }
    }

    /// Bytes, whichever assets have them.
    pub fn of_blob(row: &BlobRow) -> Self {
        Self {
            account: row.account_id,
            blob: row.id,
            size: row.size,
            look: Look::of(&row.mime),
        }
    }

    /// Where a rendition of it lies.
    pub fn key(&self, preset: Preset, format: RenditionFormat) -> BlobKey {
        BlobKey::Rendition {
            account: self.account,
            blob: self.blob,
            preset,
            format,
        }
    }

    /// Where the original lies.
    pub fn original(&self) -> Prepared {
        Prepared {
            key: BlobKey::Original {
                account: self.account,
                blob: self.blob,
            },
            size: self.size.as_u64(),
            patches: Arc::default(),
            held: None,
        }
    }
}

impl Library {
    /// Makes a rendition and keeps it; gives back its size.
    ///
    /// Where the bytes are to blame, that is kept instead, and nobody tries again.
    pub(crate) async fn make_rendition(
        &self,
        subject: &Subject,
        preset: Preset,
        format: RenditionFormat,
        rank: Rank,
    ) -> Result<u64> {
        let spec = ThumbSpec::of(preset, format);
        let decoder = self.inner.decoder.ranked(rank, subject.account);
        let drawn = match self.open_look(subject, rank).await? {
            Ok(source) => decoder.render(source, spec).await,
            Err(error) => Err(error),
        };
        match drawn {
            Ok(picture) => self.keep_rendition(subject, preset, picture).await,
            Err(error) if error.is_final() => {
                let row = self.rendition_row(subject, preset, format, None);
                self.write_rendition(&row).await?;
                tracing::warn!(blob = %subject.blob, %preset, %error, "a rendition cannot be made");
                Err(Problem::not_found().into())
            }
            // Dead, late or busy: that may have been anybody's fault.
            Err(error) => {
                let problem = refusal(&error, None);
                Err(Problem::unavailable(problem.detail).into())
            }
        }
    }

    /// Makes the preview of a blob that is still there.
    pub(crate) async fn make_preview(&self, account: AccountId, blob: BlobId) -> Result<()> {
        let (preset, format) = (Preset::Preview, RenditionFormat::Webp);
        let mut tx = self.inner.db.read().await?;
        let row = blobs::find(&mut tx, account, blob).await?;
        let known = renditions::find(&mut tx, blob, preset, format).await?;
        drop(tx);
        let Some(row) = row.filter(|row| row.refs > 0 && known.is_none()) else {
            return Ok(());
        };
        let subject = Subject::of_blob(&row);
        let made = self.make_rendition(&subject, preset, format, Rank::Later);
        match made.await {
            Err(crate::Error::Problem(problem)) if problem.status == 404 => Ok(()),
            made => made.map(|_| ()),
        }
    }

    async fn keep_rendition(
        &self,
        subject: &Subject,
        preset: Preset,
        picture: Picture,
    ) -> Result<u64> {
        let row = self.rendition_row(subject, preset, picture.format, Some(&picture));
        let key = subject.key(preset, picture.format);
        self.inner.blobs.put(picture.bytes.into(), &key).await?;
        self.write_rendition(&row).await?;
        Ok(row.size.as_u64())
    }

    fn rendition_row(
        &self,
        subject: &Subject,
        preset: Preset,
        format: RenditionFormat,
        picture: Option<&Picture>,
    ) -> RenditionRow {
        let state = picture.map_or(renditions::FAILED, |_| renditions::READY);
        RenditionRow {
            id: self.inner.clock.new_id(),
            account_id: subject.account,
            blob_id: subject.blob,
            preset,
            format,
            state: state.to_owned(),
            width: picture.map_or(0, |picture| i64::from(picture.width)),
            height: picture.map_or(0, |picture| i64::from(picture.height)),
            size: ByteSize::bytes(picture.map_or(0, |picture| picture.bytes.len() as u64)),
            created_at: self.inner.clock.now(),
        }
    }

    async fn write_rendition(&self, row: &RenditionRow) -> Result<()> {
        let mut tx = self.inner.db.write().await?;
        renditions::put(&mut tx, row).await?;
        tx.commit().await
    }
}
