//! What pictures of an original are drawn from, by its type: itself, its pages or a frame of it.

mod film;
mod office;

use model::Mime;

use crate::{
    Library, Result,
    db::{media::MediaRow, renditions},
    decoder::{DecodeError, DecodeSource, Format, KNOWN, Rank},
    jobs::Job,
    posters::POSTER,
    renditions::Subject,
};

/// What pictures of an original are drawn from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// Itself, where it is a picture at all.
    Itself,
    /// Its pages, the first before others.
    Pages,
    /// The pages that an office program prints of it, told by this extension.
    Print(&'static str),
    /// A frame of it, which ffmpeg takes by this demuxer.
    Frame(&'static str),
}

impl Look {
    /// That of a media type, as it was told by content.
    pub fn of(mime: &Mime) -> Self {
        match mime.as_str() {
            "application/pdf" => Self::Pages,
            "video/mp4" | "video/quicktime" | "video/3gpp" => Self::Frame("mov"),
            "video/x-matroska" | "video/webm" => Self::Frame("matroska"),
            "video/x-msvideo" => Self::Frame("avi"),
            mime => office_extension(mime).map_or(Self::Itself, Self::Print),
        }
    }

    /// Whether it has pages that can be drawn one by one, once the first was.
    pub fn has_pages(self) -> bool {
        matches!(self, Self::Pages | Self::Print(_))
    }

    /// Whether it has a first picture that is made after it is kept.
    pub fn is_made_later(self) -> bool {
        self != Self::Itself
    }
}

impl Library {
    /// Whether this installation has what it takes to draw it.
    pub(crate) fn can_draw(&self, look: Look) -> bool {
        match look {
            Look::Itself | Look::Pages => true,
            Look::Frame(_) => self.inner.config.ffmpeg.is_some(),
            Look::Print(_) => self.inner.config.soffice.is_some(),
        }
    }

    /// What pictures of an original are drawn from, or why there is nothing to draw.
    pub(crate) async fn open_look(
        &self,
        subject: &Subject,
        rank: Rank,
    ) -> Result<Result<DecodeSource, DecodeError>> {
        match subject.look {
            Look::Itself | Look::Pages => Ok(Ok(self.open_original(&subject.original()).await?)),
            Look::Frame(demuxer) => {
                let frame = self.frame_of(subject, demuxer, rank).await?;
                Ok(frame.map(DecodeSource::Bytes))
            }
            Look::Print(extension) => self.print_of(subject, extension).await,
        }
    }

    /// Has a first picture made of bytes that came before this could be done.
    pub(crate) async fn draw_late(&self, row: &MediaRow) -> Result<()> {
        let look = Look::of(&row.mime);
        if row.has_renditions || !look.is_made_later() || !self.can_draw(look) {
            return Ok(());
        }
        let mut tx = self.inner.db.read().await?;
        let known = renditions::find(&mut tx, row.blob_id, POSTER.0, POSTER.1).await?;
        drop(tx);
        // A picture that is known to fail is not tried again.
        if known.is_some_and(|known| known.state != renditions::READY) {
            return Ok(());
        }
        let job = Job::MakePoster {
            account: row.account_id,
            blob: row.blob_id,
        };
        let mut tx = self.inner.db.write().await?;
        self.enqueue(&mut tx, &job).await?;
        tx.commit().await?;
        self.inner.jobs.ring();
        Ok(())
    }
}

/// The extension of an office document, by its media type.
fn office_extension(mime: &str) -> Option<&'static str> {
    let known = KNOWN.iter().find(|known| known.mime == mime)?;
    let is_office = matches!(
        known.format,
        Format::Docx
            | Format::Xlsx
            | Format::Pptx
            | Format::Odt
            | Format::Ods
            | Format::Odp
            | Format::Doc
            | Format::Xls
            | Format::Ppt
            | Format::Rtf
    );
    is_office.then(|| known.format.extension())
}
