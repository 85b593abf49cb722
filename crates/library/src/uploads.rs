//! Uploads: bytes on their way, kept safely from the first to the last.

use bytes::Bytes;
use futures::Stream;
use model::{Asset, ByteSize, Upload, UploadId, UploadMetadata};

use crate::{Actor, Library, Result};

/// An upload to be begun.
#[derive(Clone, Debug, Default)]
pub struct NewUpload {
    /// How long it will be; absent when the client will say later.
    pub length: Option<ByteSize>,
    pub metadata: UploadMetadata,
    /// Whether it is one part of a larger file.
    pub is_partial: bool,
}

/// Bytes to be added to an upload.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Where they start: must be where the last ones ended.
    pub offset: ByteSize,
    /// How many the client announced; absent when it did not.
    pub announced: Option<ByteSize>,
    /// The upload's length, when the client says it only now.
    pub length: Option<ByteSize>,
    pub checksum: Option<Checksum>,
}

/// A digest the client sent along with a piece; a piece that does not match is dropped whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Checksum {
    Sha1([u8; 20]),
    Sha256([u8; 32]),
}

/// What an upload came to.
#[derive(Clone, Debug)]
pub struct Progress {
    pub upload: Upload,
    /// The asset, once the last byte is there.
    pub asset: Option<Asset>,
}

/// The body of a request.
pub trait Body: Stream<Item = std::io::Result<Bytes>> + Send + Unpin {}
impl<S: Stream<Item = std::io::Result<Bytes>> + Send + Unpin> Body for S {}

impl Library {
    /// Begins an upload; checks size and folder and reserves quota before any byte is taken.
    ///
    /// An upload of no bytes is refused as an empty file unless it is partial.
    pub async fn create_upload(&self, actor: &Actor, upload: NewUpload) -> Result<Upload> {
        todo!()
    }

    /// An upload as it lies on disk; `Gone` once expired or terminated.
    pub async fn get_upload(&self, actor: &Actor, id: UploadId) -> Result<Upload> {
        todo!()
    }

    /// Adds bytes to an upload; with the last one it becomes an asset.
    ///
    /// Bytes that arrived before a connection broke are kept; what is acknowledged is on disk.
    /// A second writer at the same time is refused as a conflict.
    pub async fn append_upload(
        &self,
        actor: &Actor,
        id: UploadId,
        piece: Piece,
        body: impl Body,
    ) -> Result<Progress> {
        todo!()
    }

    /// Joins finished partial uploads into one and makes it an asset.
    pub async fn concat_uploads(
        &self,
        actor: &Actor,
        parts: Vec<UploadId>,
        metadata: UploadMetadata,
    ) -> Result<Progress> {
        todo!()
    }

    /// Gives an upload up and frees what it held.
    pub async fn terminate_upload(&self, actor: &Actor, id: UploadId) -> Result<()> {
        todo!()
    }

    /// Takes a whole file in one go and makes it an asset.
    ///
    /// `announced` is what the client says the length is, where it says so.
    pub async fn upload_asset(
        &self,
        actor: &Actor,
        metadata: UploadMetadata,
        announced: Option<ByteSize>,
        body: impl Body,
    ) -> Result<Asset> {
        todo!()
    }
}
