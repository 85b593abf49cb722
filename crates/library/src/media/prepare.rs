//! Makes what is served of an original, once, whoever asks: renditions and public copies.

use std::sync::Arc;

use bytes::Bytes;
use futures::TryStreamExt as _;
use model::{ByteSize, Preset, Problem, RenditionFormat};
use tokio::io::AsyncWriteExt as _;

use super::{Prepared, desk::Made, original};
use crate::{
    Error, Library, Result,
    blobs::BlobKey,
    db::{
        media::MediaRow,
        renditions,
        shares::{self, PublicCopyRow},
    },
    decoder::{DecodeSource, Format, Patch, Rank, Stripped},
    ingest::refusal,
    renditions::{Subject, smaller::Smaller},
};

/// Originals up to this go to the decoder through memory, larger ones through a file.
const IN_MEMORY: u64 = 8 << 20;

impl Library {
    /// A rendition in the smallest format there is of those that the reader takes.
    ///
    /// AVIF is never waited for: what is made at once is served until it lies there.
    pub(super) async fn prepare_best(
        &self,
        row: &MediaRow,
        preset: Preset,
        format: RenditionFormat,
    ) -> Result<(Arc<Prepared>, RenditionFormat)> {
        let smaller = match format {
            RenditionFormat::Avif => self.find_smaller(row, preset).await?,
            _ => Smaller::Nothing,
        };
        if let Smaller::There(prepared) = smaller {
            return Ok((prepared, format));
        }
        let format = format.at_once();
        let prepared = self.prepare_rendition(row, preset, format).await?;
        if let Smaller::Wanted = smaller {
            self.wish_smaller(row, preset);
        }
        Ok((prepared, format))
    }

    /// A rendition, made now where it is not there yet.
    async fn prepare_rendition(
        &self,
        row: &MediaRow,
        preset: Preset,
        format: RenditionFormat,
    ) -> Result<Arc<Prepared>> {
        if !row.has_renditions {
            return Err(Problem::not_found().into());
        }
        let made = Made::Rendition(row.blob_id, preset, format);
        if let Some(prepared) = self.inner.media.made(&made) {
            return Ok(prepared);
        }
        let _flight = self.inner.media.flight(made).await;
        if let Some(prepared) = self.inner.media.made(&made) {
            return Ok(prepared);
        }
        let subject = Subject::of(row);
        let key = subject.key(preset, format);
        let mut tx = self.inner.db.read().await?;
        let known = renditions::find(&mut tx, row.blob_id, preset, format).await?;
        drop(tx);
        let size = match known {
            Some(known) if known.state == renditions::FAILED => {
                return Err(Problem::not_found().into());
            }
            Some(known) if self.lies_there(&key, known.size).await? => known.size.as_u64(),
            _ => {
                self.make_rendition(&subject, preset, format, Rank::Viewer)
                    .await?
            }
        };
        Ok(self.hold(
            made,
            Prepared {
                key,
                size,
                patches: Arc::default(),
                held: None,
            },
        ))
    }

    /// The form of an original that the public may see, made now where it is not there yet.
    pub(crate) async fn prepare_public(&self, row: &MediaRow) -> Result<Arc<Prepared>> {
        let made = Made::Public(row.blob_id);
        if let Some(prepared) = self.inner.media.made(&made) {
            return Ok(prepared);
        }
        let _flight = self.inner.media.flight(made).await;
        if let Some(prepared) = self.inner.media.made(&made) {
            return Ok(prepared);
        }
        let mut tx = self.inner.db.read().await?;
        let known = shares::find_copy(&mut tx, row.blob_id).await?;
        drop(tx);
        if let Some(known) = known
            && let Some(prepared) = self.read_copy(row, &known).await?
        {
            return Ok(self.hold(made, prepared));
        }
        let prepared = self.make_public(row).await?;
        Ok(self.hold(made, prepared))
    }

    pub(crate) fn hold(&self, made: Made, prepared: Prepared) -> Arc<Prepared> {
        let prepared = Arc::new(prepared);
        self.inner.media.hold_made(made, Arc::clone(&prepared));
        prepared
    }

    /// Whether derived bytes are what their row says: they are not synced when they are made.
    pub(crate) async fn lies_there(&self, key: &BlobKey, size: ByteSize) -> Result<bool> {
        Ok(self.inner.blobs.size_of(key).await? == Some(size.as_u64()))
    }

    async fn read_copy(&self, row: &MediaRow, copy: &PublicCopyRow) -> Result<Option<Prepared>> {
        let mut prepared = original(row);
        match copy.form.as_str() {
            "copy" => {
                prepared.key = public_key(row);
                prepared.size = copy.size.as_u64();
                if !self.lies_there(&prepared.key, copy.size).await? {
                    return Ok(None);
                }
            }
            "patched" => {
                let patches: Vec<Patch> = serde_json::from_str(&copy.patches)
                    .map_err(|error| Error::Inconsistent(error.to_string()))?;
                prepared.patches = patches.into();
            }
            _ => {}
        }
        Ok(Some(prepared))
    }

    async fn make_public(&self, row: &MediaRow) -> Result<Prepared> {
        // A drawing is opened by nobody here, so nothing is taken from it.
        let stripped = if row.mime.as_str() == Format::Svg.mime() {
            Stripped::Unchanged
        } else {
            let source = self.open_original(&original(row)).await?;
            let decoder = self.inner.decoder.ranked(Rank::Viewer, row.account_id);
            let stripped = decoder.strip(source).await;
            stripped.map_err(|error| refusal(&error, Some(&row.name)))?
        };
        let mut copy = PublicCopyRow {
            blob_id: row.blob_id,
            account_id: row.account_id,
            form: "original".to_owned(),
            size: row.size,
            patches: String::new(),
            created_at: self.inner.clock.now(),
        };
        let mut prepared = original(row);
        match stripped {
            Stripped::Unchanged => {}
            Stripped::Bytes(bytes) => {
                prepared.key = public_key(row);
                prepared.size = bytes.len() as u64;
                "copy".clone_into(&mut copy.form);
                copy.size = ByteSize::bytes(prepared.size);
                self.inner.blobs.put(bytes.into(), &prepared.key).await?;
            }
            Stripped::Patches(patches) => {
                "patched".clone_into(&mut copy.form);
                copy.patches = serde_json::to_string(&patches)
                    .map_err(|error| Error::Inconsistent(error.to_string()))?;
                prepared.patches = patches.into();
            }
        }
        let mut tx = self.inner.db.write().await?;
        shares::put_copy(&mut tx, &copy).await?;
        tx.commit().await?;
        Ok(prepared)
    }

    /// An original as the decoder takes it.
    pub(crate) async fn open_original(&self, original: &Prepared) -> Result<DecodeSource> {
        if let Some(folder) = self.inner.blobs.folder() {
            let path = folder.path(&original.key);
            return crate::blobs::blocking(move || Ok(DecodeSource::open(path)?)).await;
        }
        let mut pieces = self.inner.blobs.stream(&original.key, 0..original.size);
        if original.size <= IN_MEMORY {
            let pieces: Vec<Bytes> = pieces.try_collect().await?;
            return Ok(DecodeSource::Bytes(pieces.concat().into()));
        }
        let (writing, reading) = self
            .inner
            .staging
            .scratch(self.inner.clock.new_id())
            .await?;
        let mut writing = tokio::fs::File::from_std(writing);
        while let Some(piece) = pieces.try_next().await? {
            writing.write_all(&piece).await?;
        }
        writing.flush().await?;
        Ok(DecodeSource::File(reading))
    }
}

fn public_key(row: &MediaRow) -> BlobKey {
    BlobKey::Public {
        account: row.account_id,
        blob: row.blob_id,
    }
}
