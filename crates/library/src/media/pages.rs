//! Pages of documents, drawn when they are asked for and held for a while; never stored.

use std::sync::Arc;

use bytes::Bytes;
use model::{Preset, Problem, RenditionFormat};

use super::{Prepared, desk::Made, original};
use crate::{
    Library, Result,
    db::media::MediaRow,
    decoder::{DecodeError, Rank, ThumbSpec},
    ingest::refusal,
    looks::Look,
    renditions::Subject,
};

/// One page of a document, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Sheet {
    pub page: u32,
    pub preset: Preset,
    pub format: RenditionFormat,
}

impl Library {
    /// A page, drawn now where nobody has asked for it lately.
    pub(super) async fn prepare_page(&self, row: &MediaRow, sheet: Sheet) -> Result<Arc<Prepared>> {
        let look = Look::of(&row.mime);
        // What is printed is there once its first picture is.
        let is_there = look == Look::Pages || look.has_pages() && row.has_renditions;
        if !is_there || sheet.page == 0 {
            return Err(Problem::not_found().into());
        }
        let made = Made::Page(row.blob_id, sheet.page, sheet.preset, sheet.format);
        let _flight = self.inner.media.flight(made).await;
        let bytes = if let Some(bytes) = self.inner.media.page(&made) {
            bytes
        } else {
            let bytes = self.draw_page(row, sheet).await?;
            self.inner.media.hold_page(made, bytes.clone());
            bytes
        };
        Ok(Arc::new(Prepared {
            size: bytes.len() as u64,
            held: Some(bytes),
            ..original(row)
        }))
    }

    async fn draw_page(&self, row: &MediaRow, sheet: Sheet) -> Result<Bytes> {
        let spec = ThumbSpec::of(sheet.preset, sheet.format);
        let drawn = match self.open_look(&Subject::of(row), Rank::Viewer).await? {
            Ok(source) => {
                let decoder = self.inner.decoder.ranked(Rank::Viewer, row.account_id);
                decoder.render_page(source, sheet.page, spec).await
            }
            Err(error) => Err(error),
        };
        match drawn {
            Ok(picture) => Ok(picture.bytes.into()),
            // Locked, or it has no such page.
            Err(DecodeError::Unsupported { .. }) => Err(Problem::not_found().into()),
            Err(error) => Err(refusal(&error, Some(&row.name)).into()),
        }
    }
}
