//! Uploads: bytes on their way.

use serde::{Deserialize, Serialize};

use crate::{AltText, AssetId, ByteSize, FileName, FolderId, Timestamp, UploadId};

/// Bytes on their way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    pub id: UploadId,
    /// Bytes that lie safely on disk.
    pub offset: ByteSize,
    /// How long it will be; absent while the client has not said.
    pub length: Option<ByteSize>,
    pub metadata: UploadMetadata,
    /// Whether it is one part of a larger file.
    pub is_partial: bool,
    /// When it is given up.
    pub expires_at: Timestamp,
    /// The asset it became.
    pub asset_id: Option<AssetId>,
}

/// What a client says about a file; none of it is believed about its content.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UploadMetadata {
    pub name: Option<FileName>,
    /// The media type the client believes it is; kept to be read back, and for nothing else.
    pub filetype: Option<String>,
    pub folder_id: Option<FolderId>,
    /// Where it lay in a dropped folder, such as `Summer/2026/beach.jpg`.
    pub relative_path: Option<String>,
    pub tags: Vec<String>,
    /// What it is for those who cannot see it.
    pub alt_text: Option<AltText>,
    /// All of this in the client's own words, kept to be read back as they came.
    pub raw: Option<String>,
    /// How it joins with other uploads, in the client's own words, kept to be read back.
    pub concat: Option<String>,
}
