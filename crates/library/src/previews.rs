//! What there is to see of files that are no pictures: read by the decoder once, and kept.

use model::{
    AccountId, AssetId, BlobId, Kind, Preview, Right, placement::Learned, preview::Content,
};

use crate::{
    Actor, Library, Result,
    db::{Tx, blobs, previews},
    decoder::{DecodeError, DecodeSource, Rank},
    facts::told,
    looks::Look,
    media::desk::{Asked, Made},
    renditions::Subject,
};

/// Counts up whenever more can be read than before, so that it is.
const READER: i64 = 4;

impl Library {
    /// What there is to see and to know of an asset before it is opened.
    pub async fn preview_asset(&self, actor: &Actor, id: AssetId) -> Result<Preview> {
        self.require(actor, Right::View).await?;
        let row = self.find_media(Asked::Member(actor.account_id, id)).await?;
        let asset = self.get_asset(actor, id).await?;
        self.draw_late(&row).await?;
        let learned = self.learned(actor.account_id, &asset).await?;
        let content = match row.kind {
            kind if is_read(kind) => self.content_of(&Subject::of(&row), Rank::Viewer).await?,
            _ => Content::None,
        };
        Ok(Preview {
            codecs: learned.codecs.unwrap_or_default(),
            is_turned: learned.is_turned,
            about: learned.about,
            content,
        })
    }

    /// Reads what there is to see of bytes that are still there, before anybody asks.
    pub(crate) async fn read_content(&self, account: AccountId, blob: BlobId) -> Result<()> {
        let mut tx = self.inner.db.read().await?;
        let row = blobs::find(&mut tx, account, blob).await?;
        drop(tx);
        let Some(row) = row.filter(|row| row.refs > 0) else {
            return Ok(());
        };
        let subject = Subject::of_blob(&row);
        self.content_of(&subject, Rank::Later).await.map(|_| ())
    }

    /// What there is to see of bytes, read now where nobody has.
    async fn content_of(&self, subject: &Subject, rank: Rank) -> Result<Content> {
        if let Some(content) = self.kept_content(subject).await? {
            return Ok(content);
        }
        let _flight = self.inner.media.flight(Made::Content(subject.blob)).await;
        if let Some(content) = self.kept_content(subject).await? {
            return Ok(content);
        }
        self.read_now(subject, rank).await
    }

    /// Reads again what there is to see of bytes, where more can be read than before.
    pub(crate) async fn read_anew(&self, subject: &Subject) -> Result<()> {
        let _flight = self.inner.media.flight(Made::Content(subject.blob)).await;
        self.read_now(subject, Rank::Later).await.map(|_| ())
    }

    async fn read_now(&self, subject: &Subject, rank: Rank) -> Result<Content> {
        let source = self.open_readable(subject).await?;
        let decoder = self.inner.decoder.ranked(rank, subject.account);
        let read = match decoder.read_content(source).await {
            // Words that take too much are done without; who is late may only have met a busy
            // machine.
            Err(DecodeError::Crashed | DecodeError::Exhausted | DecodeError::TooHeavy { .. }) => {
                let source = self.open_readable(subject).await?;
                decoder.read_outline(source).await
            }
            read => read,
        };
        let content = match read {
            Ok(content) => content,
            Err(error) if error.is_final() => {
                tracing::info!(blob = %subject.blob, %error, "there is nothing to see of a file");
                Content::None
            }
            // Dead, late or busy: that may have been anybody's fault.
            Err(_) => {
                let later = "The file cannot be looked into right now.";
                return Err(model::Problem::unavailable(later).into());
            }
        };
        let bytes = (subject.account, subject.blob);
        let mut tx = self.inner.db.write().await?;
        previews::put(&mut tx, bytes, READER, &content, self.inner.clock.now()).await?;
        if let Content::Pages(pages) = &content {
            note_pages(&mut tx, subject, pages.total).await?;
        }
        tx.commit().await?;
        Ok(content)
    }

    /// A file as it is read: what was printed of it, or itself.
    async fn open_readable(&self, subject: &Subject) -> Result<DecodeSource> {
        let print = match subject.look {
            Look::Print(_) => self.open_print(subject).await?,
            _ => None,
        };
        match print {
            Some(print) => Ok(print),
            None => self.open_original(&subject.original()).await,
        }
    }

    async fn kept_content(&self, subject: &Subject) -> Result<Option<Content>> {
        let mut tx = self.inner.db.read().await?;
        previews::find(&mut tx, subject.blob, READER).await
    }
}

/// Lets rules about pages go by those that are drawn: the first look at a file only guesses.
async fn note_pages(tx: &mut Tx, subject: &Subject, total: u32) -> Result<()> {
    let blob = blobs::find(tx, subject.account, subject.blob).await?;
    let facts = blob.and_then(|blob| blob.facts);
    let known = facts.and_then(|facts| serde_json::from_str::<Learned>(&facts).ok());
    match known {
        Some(known) if known.pages != Some(total) => {
            let known = Learned {
                pages: Some(total),
                ..known
            };
            blobs::learn(tx, subject.blob, &told(&known)).await
        }
        _ => Ok(()),
    }
}

/// Whether there may be more to see of a kind than pictures of it.
const fn is_read(kind: Kind) -> bool {
    !matches!(kind, Kind::Image | Kind::Video)
}
