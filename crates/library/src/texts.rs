//! What documents say, read by the decoder after they are kept, so that words find them.

use model::{AccountId, BlobId};

use crate::{
    Library, Result,
    db::{blobs, texts},
    decoder::{DecodeError, Rank},
    renditions::Subject,
    words::index_words,
};

/// The most of a document's words that it is found by, in bytes.
const WORDS_MOST: usize = 64 * 1024;

impl Library {
    /// Reads what a document says, unless it was read already or is gone.
    pub(crate) async fn read_text(&self, account: AccountId, blob: BlobId) -> Result<()> {
        let mut tx = self.inner.db.read().await?;
        let row = blobs::find(&mut tx, account, blob).await?;
        let is_read = texts::is_there(&mut tx, blob).await?;
        drop(tx);
        let Some(row) = row.filter(|row| row.refs > 0 && !is_read) else {
            return Ok(());
        };
        let subject = Subject::of_blob(&row);
        let source = self.open_original(&subject.original()).await?;
        let text = match self
            .inner
            .decoder
            .ranked(Rank::Later, account)
            .read_text(source)
            .await
        {
            Ok(text) => text,
            Err(DecodeError::Busy | DecodeError::TimedOut | DecodeError::Io(_)) => {
                let later = "A document cannot be read right now.";
                return Err(model::Problem::unavailable(later).into());
            }
            Err(error) => {
                tracing::info!(%blob, %error, "a document's words cannot be read");
                String::new()
            }
        };
        let words = index_words(&text, WORDS_MOST);
        let mut tx = self.inner.db.write().await?;
        texts::insert(&mut tx, account, blob, &text, &words).await?;
        tx.commit().await
    }
}
