//! AVIF: smaller than what is made at once, and made when nothing else is to do.
//!
//! Wishes are held in memory alone: nobody waits for them, and who looks again wishes again.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use model::{BlobId, Preset, RenditionFormat};
use quick_cache::sync::Cache;

use super::Subject;
use crate::{
    Library, Result,
    db::{
        blobs,
        media::MediaRow,
        renditions::{self, RenditionRow},
    },
    decoder::{DecodeError, Picture, Rank, ThumbSpec},
    looks::Look,
    media::{Prepared, desk::Made},
};

/// Wishes that are kept; one more is passed over, and comes with the next look.
const MOST: usize = 256;
/// What is known not to be there.
const KNOWN: usize = 4_096;
/// How long that is believed, as another process may have made it.
const FRESH: Duration = Duration::from_secs(10);

/// How long one is not tried again that took too long.
const REST: Duration = Duration::from_hours(24);

/// Whether there is a smaller form of a rendition.
pub(crate) enum Smaller {
    There(Arc<Prepared>),
    /// Nobody has made it yet, or it was lost.
    Wanted,
    /// There is none, or it was wished for a moment ago.
    Nothing,
}

/// A smaller form that somebody would have taken.
#[derive(Clone, Copy, Debug)]
struct Wish {
    subject: Subject,
    preset: Preset,
}

impl Wish {
    fn made(&self) -> Made {
        Made::Rendition(self.subject.blob, self.preset, RenditionFormat::Avif)
    }
}

/// What was wished for lately.
pub(crate) struct Wishes {
    waiting: Mutex<VecDeque<Wish>>,
    /// Since when something is known not to be there; a moment to come for what is left alone.
    absent: Cache<(BlobId, Preset), Instant>,
}

impl Default for Wishes {
    fn default() -> Self {
        Self {
            waiting: Mutex::default(),
            absent: Cache::new(KNOWN),
        }
    }
}

impl Wishes {
    fn is_absent(&self, blob: BlobId, preset: Preset) -> bool {
        let since = self.absent.get(&(blob, preset));
        since.is_some_and(|since| since.elapsed() < FRESH)
    }

    /// Holds something not to be there for a day.
    fn rest(&self, blob: BlobId, preset: Preset) {
        self.absent.insert((blob, preset), Instant::now() + REST);
    }

    fn add(&self, wish: Wish) {
        let mut waiting = self.lock();
        let is_known = waiting.iter().any(|other| other.made() == wish.made());
        if waiting.len() < MOST && !is_known {
            waiting.push_back(wish);
        }
    }

    fn take(&self) -> Option<Wish> {
        self.lock().pop_front()
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Wish>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Library {
    /// The smaller form of a rendition, where it lies there.
    pub(crate) async fn find_smaller(&self, row: &MediaRow, preset: Preset) -> Result<Smaller> {
        let (subject, format) = (Subject::of(row), RenditionFormat::Avif);
        // Pictures alone; and one decoder is for people.
        let is_made = self.inner.config.avif && self.inner.config.decoders > 1;
        if !is_made || !preset.has_avif() || !row.has_renditions || subject.look != Look::Itself {
            return Ok(Smaller::Nothing);
        }
        let wish = Wish { subject, preset };
        if let Some(prepared) = self.inner.media.made(&wish.made()) {
            return Ok(Smaller::There(prepared));
        }
        if self.inner.wishes.is_absent(row.blob_id, preset) {
            return Ok(Smaller::Nothing);
        }
        let mut tx = self.inner.db.read().await?;
        let known = renditions::find(&mut tx, row.blob_id, preset, format).await?;
        drop(tx);
        if let Some(known) = &known
            && self.is_kept(&subject, known).await?
        {
            return Ok(Smaller::There(self.hold_smaller(&wish, known)));
        }
        let absent = &self.inner.wishes.absent;
        absent.insert((row.blob_id, preset), Instant::now());
        let may_be_made = known.is_none_or(|known| known.state == renditions::READY);
        Ok(if may_be_made {
            Smaller::Wanted
        } else {
            Smaller::Nothing
        })
    }

    /// Has the smaller form of a rendition made, some time.
    pub(crate) fn wish_smaller(&self, row: &MediaRow, preset: Preset) {
        let subject = Subject::of(row);
        self.inner.wishes.add(Wish { subject, preset });
        self.inner.jobs.ring();
    }

    /// Makes one form that was wished for; whether there was any.
    pub(crate) async fn make_smaller(&self) -> bool {
        let Some(wish) = self.inner.wishes.take() else {
            return false;
        };
        if let Err(error) = self.make_wish(&wish).await {
            // Whoever looks next wishes again.
            tracing::warn!(blob = %wish.subject.blob, preset = %wish.preset, %error, "no AVIF was made");
        }
        true
    }

    async fn make_wish(&self, wish: &Wish) -> Result<()> {
        let Wish { subject, preset } = wish;
        let format = RenditionFormat::Avif;
        let _flight = self.inner.media.flight(wish.made()).await;
        let mut tx = self.inner.db.read().await?;
        let blob = blobs::find(&mut tx, subject.account, subject.blob).await?;
        let known = renditions::find(&mut tx, subject.blob, *preset, format).await?;
        drop(tx);
        if blob.is_none_or(|blob| blob.refs == 0) {
            return Ok(());
        }
        match known {
            Some(known) if known.state != renditions::READY => return Ok(()),
            Some(known) if self.is_kept(subject, &known).await? => return Ok(()),
            _ => {}
        }
        let source = self.open_original(&subject.original()).await?;
        let spec = ThumbSpec::of(*preset, format);
        let decoder = self.inner.decoder.ranked(Rank::Later, subject.account);
        match decoder.render(source, spec).await {
            Ok(picture) => self.keep_smaller(wish, picture).await,
            Err(error) if error.is_final() => {
                tracing::info!(blob = %subject.blob, %preset, %error, "a picture stays without AVIF");
                let row = self.rendition_row(subject, *preset, format, None);
                self.write_rendition(&row).await
            }
            Err(error) => {
                if matches!(error, DecodeError::TimedOut | DecodeError::Crashed) {
                    // It may be too much for this machine; what was made at once is good.
                    self.inner.wishes.rest(subject.blob, *preset);
                }
                Err(crate::Error::Inconsistent(error.to_string()))
            }
        }
    }

    /// Keeps a picture that is smaller than what was made at once; of another, that it is not.
    async fn keep_smaller(&self, wish: &Wish, picture: Picture) -> Result<()> {
        let Wish { subject, preset } = *wish;
        let mut tx = self.inner.db.read().await?;
        let other = renditions::find(&mut tx, subject.blob, preset, RenditionFormat::Webp).await?;
        drop(tx);
        let size = picture.bytes.len() as u64;
        if other.is_some_and(|other| other.size.as_u64() > 0 && other.size.as_u64() <= size) {
            let row = RenditionRow {
                state: renditions::LARGER.to_owned(),
                ..self.rendition_row(&subject, preset, picture.format, None)
            };
            return self.write_rendition(&row).await;
        }
        let row = self.rendition_row(&subject, preset, picture.format, Some(&picture));
        let key = subject.key(preset, picture.format);
        self.inner.blobs.put(picture.bytes.into(), &key).await?;
        self.write_rendition(&row).await?;
        self.hold_smaller(wish, &row);
        Ok(())
    }

    async fn is_kept(&self, subject: &Subject, row: &RenditionRow) -> Result<bool> {
        let key = subject.key(row.preset, row.format);
        Ok(row.state == renditions::READY && self.lies_there(&key, row.size).await?)
    }

    fn hold_smaller(&self, wish: &Wish, row: &RenditionRow) -> Arc<Prepared> {
        let prepared = Prepared {
            key: wish.subject.key(row.preset, row.format),
            size: row.size.as_u64(),
            patches: Arc::default(),
            held: None,
        };
        self.hold(wish.made(), prepared)
    }
}
