//! The first picture of what is no picture itself, made after it is kept: the first page of a
//! document, a frame of a film.

use model::{AccountId, BlobId, EventKind, Preset, Problem, RenditionFormat};

use crate::{
    Actor, Error, Library, Result, audit,
    db::{
        Tx, assets,
        blobs::{self, BlobRow},
        renditions,
    },
    decoder::Rank,
    jobs::Job,
    looks::Look,
    renditions::Subject,
};

/// The rendition that tells whether there is a first picture.
pub(crate) const POSTER: (Preset, RenditionFormat) = (Preset::Thumb, RenditionFormat::Webp);

impl Library {
    /// Makes the first picture of a blob that is still there, and has it shown.
    pub(crate) async fn make_poster(&self, account: AccountId, blob: BlobId) -> Result<()> {
        let mut tx = self.inner.db.read().await?;
        let row = blobs::find(&mut tx, account, blob).await?;
        drop(tx);
        let Some(row) = row.filter(|row| row.refs > 0) else {
            return Ok(());
        };
        let look = Look::of(&row.mime);
        if !look.is_made_later() || !self.can_draw(look) || !self.has_poster(&row).await? {
            return Ok(());
        }
        if let Look::Print(_) = look {
            // What was read of the document itself are its words; now there are its pages, too.
            self.read_anew(&Subject::of_blob(&row)).await?;
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
        let (preset, format) = POSTER;
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
        let (preset, format) = POSTER;
        let mut tx = self.inner.db.read().await?;
        let known = renditions::find(&mut tx, row.id, preset, format).await?;
        drop(tx);
        if let Some(known) = known {
            return Ok(known.state == renditions::READY);
        }
        let subject = Subject::of_blob(row);
        let made = self.make_rendition(&subject, preset, format, Rank::Later);
        match made.await {
            Ok(_) => Ok(true),
            Err(Error::Problem(Problem { status: 404, .. })) => Ok(false),
            Err(error) => Err(error),
        }
    }
}
