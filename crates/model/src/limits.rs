//! What is enforced on the way in, told to whoever asks.

use serde::{Deserialize, Serialize};

use crate::{ByteSize, Kind};

/// What is enforced on the way in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Limits {
    pub kinds: Vec<KindLimit>,
    /// The most pixels of a picture.
    pub max_pixels: u64,
    /// The most images taken from one dropped folder.
    pub folder_images: u32,
    /// The most characters of a name.
    pub max_name_chars: u32,
    /// The most bytes the account may hold; absent means no limit.
    pub quota: Option<ByteSize>,
    /// Days that trash is kept.
    pub retention_days: u32,
    /// The most assets the account may have, the trash included.
    pub max_assets: u32,
}

/// What is enforced for one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KindLimit {
    pub kind: Kind,
    /// The largest file.
    pub max_size: ByteSize,
    /// The media types taken, as told by content.
    pub mimes: Vec<String>,
    /// How names of them end; a help for choosing files, never proof of a kind.
    pub extensions: Vec<String>,
}
