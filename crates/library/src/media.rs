//! Bytes on their way out: originals, renditions and their public copies.

use std::{ops::Range, time::Duration};

use bytes::Bytes;
use futures::stream::BoxStream;
use model::{AssetId, FileName, Kind, Mime, Preset, RenditionFormat, Timestamp};

use crate::{Actor, Library, Result};

/// Which bytes of an asset are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// The original, byte for byte for members, without metadata in public.
    Original,
    /// A rendition by preset, in a format the reader takes.
    Rendition {
        preset: Preset,
        format: RenditionFormat,
    },
}

/// Bytes to be served, and what to say about them.
#[derive(Clone, Debug)]
pub struct Media {
    pub name: FileName,
    pub kind: Kind,
    pub mime: Mime,
    pub size: u64,
    /// Opaque, strong, without quotes; the same for the same bytes of the same account.
    pub etag: String,
    pub modified_at: Timestamp,
    /// A word that changes with the original; equal to `Asset::fingerprint`.
    pub fingerprint: String,
    pub(crate) body: Body,
}

/// Where the bytes lie.
#[derive(Clone, Debug)]
pub(crate) enum Body {
    /// In memory, because they are small or asked for often.
    Held(Bytes),
    // Stored { key, patches, … }: the owner of this file decides.
}

impl Library {
    /// An asset's bytes, for a member.
    pub async fn open_media(&self, actor: &Actor, id: AssetId, view: View) -> Result<Media> {
        todo!()
    }

    /// An asset's bytes, for whoever has its public key while it is shared.
    pub async fn open_shared_media(&self, key: &str, view: View) -> Result<Media> {
        todo!()
    }

    /// An asset's bytes, for whoever has an address that a member had signed.
    pub async fn open_signed_media(
        &self,
        id: AssetId,
        view: View,
        expires: Timestamp,
        signature: &str,
    ) -> Result<Media> {
        todo!()
    }

    /// Signs an address of an asset's bytes: the path and query, good for a while.
    pub async fn sign_media(
        &self,
        actor: &Actor,
        id: AssetId,
        view: View,
        lifetime: Duration,
    ) -> Result<String> {
        todo!()
    }

    /// Streams a range of the bytes, in pieces, with flat memory.
    pub fn stream_media(
        &self,
        media: &Media,
        range: Range<u64>,
    ) -> BoxStream<'static, std::io::Result<Bytes>> {
        todo!()
    }
}
