//! Accounts: the tenants to which everything belongs, and the limits an operator sets them.

use serde::{Deserialize, Serialize};

use crate::{AccountId, ByteSize, Kind, Timestamp};

/// A tenant; owns everything in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Account {
    pub id: AccountId,
    pub name: String,
    /// Whether the library is switched on for it.
    pub library_enabled: bool,
    pub limits: AccountLimits,
    pub created_at: Timestamp,
}

/// What an operator allows an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountLimits {
    /// The most bytes its assets may hold; absent means no limit.
    pub quota: Option<ByteSize>,
    /// The largest file of each kind.
    pub max_size: KindSizes,
    /// The most images taken from one dropped folder.
    pub folder_images: u32,
    /// Days that trash is kept.
    pub retention_days: u32,
    /// The most bytes one person may bring, unless they have a figure of their own; absent means
    /// no limit.
    #[serde(default)]
    pub user_quota: Option<ByteSize>,
    /// Days that the audit trail is kept.
    #[serde(default = "a_year")]
    pub audit_days: u32,
    /// The most assets it may have, the trash included.
    #[serde(default = "a_million")]
    pub max_assets: u32,
}

const fn a_million() -> u32 {
    1_000_000
}

const fn a_year() -> u32 {
    365
}

impl Default for AccountLimits {
    fn default() -> Self {
        Self {
            quota: None,
            max_size: KindSizes::default(),
            folder_images: 50,
            retention_days: 30,
            user_quota: None,
            audit_days: a_year(),
            max_assets: a_million(),
        }
    }
}

/// The largest file of each kind, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KindSizes {
    pub image: ByteSize,
    pub video: ByteSize,
    pub audio: ByteSize,
    pub document: ByteSize,
    pub contact: ByteSize,
}

impl KindSizes {
    /// The largest file of a kind.
    pub const fn of(&self, kind: Kind) -> ByteSize {
        match kind {
            Kind::Image => self.image,
            Kind::Video => self.video,
            Kind::Audio => self.audio,
            Kind::Document => self.document,
            Kind::Contact => self.contact,
        }
    }

    /// Sets the largest file of a kind.
    pub const fn set(&mut self, kind: Kind, size: ByteSize) {
        match kind {
            Kind::Image => self.image = size,
            Kind::Video => self.video = size,
            Kind::Audio => self.audio = size,
            Kind::Document => self.document = size,
            Kind::Contact => self.contact = size,
        }
    }

    /// The largest file of any kind: what must be let in before the kind is known.
    pub fn largest(&self) -> ByteSize {
        Kind::ALL
            .into_iter()
            .map(|kind| self.of(kind))
            .max()
            .unwrap_or_default()
    }
}

impl Default for KindSizes {
    /// Images 5 MB, video 100 MB, audio 16 MB, documents 100 MB, contact cards 1 MB.
    fn default() -> Self {
        Self {
            image: ByteSize::megabytes(5),
            video: ByteSize::megabytes(100),
            audio: ByteSize::megabytes(16),
            document: ByteSize::megabytes(100),
            contact: ByteSize::megabytes(1),
        }
    }
}
