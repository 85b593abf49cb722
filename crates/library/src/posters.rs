//! The first picture of what is no picture itself, made after it is kept: the first page.

use model::{AccountId, BlobId, EventKind, Mime, Preset, Problem, RenditionFormat};

use crate::{
    Actor, Error, Library, Result, audit,
    db::{
        Tx, assets,
        blobs::{self, BlobRow},
        renditions,
    },
    decoder::Rank,
    jobs::Job,
    renditions::Subject,
};

impl Library {
    /// Makes the first picture of a blob that is still there, and has it shown.
    pub(crate) async fn make_poster(&self, account: AccountId, blob: BlobId) -> Result<()> {
        let mut tx = self.inner.db.read().await?;
        let row = blobs::find(&mut tx, account, blob).await?;
        drop(tx);
        let Some(row) = row.filter(|row| row.refs > 0 && has_first_picture(&row.mime)) else {
            return Ok(());
        };
        if !self.has_poster(&row).await? {
            return Ok(());
        }
        let mut tx = self.inner.db.write().await?;
        self.show_poster(&mut tx, account, blob).await?;
        let preview = Job::MakePreview { account, blob };
        self.enqueue(&mut tx, &preview).await?;
        tx.commit().await?;
        self.inner.jobs.ring();
        Ok(())
    }

    /// Shows the first picture of bytes with all assets that have them, where there is one.
    pub(crate) async fn show_poster(
        &self,
        tx: &mut Tx,
        account: AccountId,
        blob: BlobId,
    ) -> Result<()> {
        let (preset, format) = (Preset::Thumb, RenditionFormat::Webp);
        let known = renditions::find(tx, blob, preset, format).await?;
        if known.is_none_or(|known| known.state != renditions::READY) {
            return Ok(());
        }
        let shown = assets::show_renditions(tx, account, blob).await?;
        let deeds: Vec<_> = shown
            .iter()
            .map(|id| (EventKind::AssetPictured, *id))
            .collect();
        audit::record_many(tx, &*self.inner.clock, &Actor::system(account), &deeds).await?;
        self.inner.media.forget_many(&shown);
        Ok(())
    }

    /// Whether there is a first picture, made now where nobody has tried.
    async fn has_poster(&self, row: &BlobRow) -> Result<bool> {
        let (preset, format) = (Preset::Thumb, RenditionFormat::Webp);
        let mut tx = self.inner.db.read().await?;
        let known = renditions::find(&mut tx, row.id, preset, format).await?;
        drop(tx);
        if let Some(known) = known {
            return Ok(known.state == renditions::READY);
        }
        let subject = Subject {
            account: row.account_id,
            blob: row.id,
            size: row.size,
        };
        let made = self.make_rendition(&subject, preset, format, Rank::Later);
        match made.await {
            Ok(_) => Ok(true),
            Err(Error::Problem(Problem { status: 404, .. })) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

/// Whether a first picture is made of a media type.
pub(crate) fn has_first_picture(mime: &Mime) -> bool {
    mime.as_str() == "application/pdf"
}
