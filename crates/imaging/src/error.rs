//! Why bytes are refused, in words a person can act on.

use serde::{Deserialize, Serialize};

/// A result of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why bytes are refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Error {
    /// The bytes are of a kind that is not kept here.
    #[error("{reason}")]
    Unsupported {
        /// A sentence for a person.
        reason: String,
    },
    /// The bytes claim to be something that they are not, or not wholly.
    #[error("{reason}")]
    Corrupt {
        /// A sentence for a person.
        reason: String,
    },
    /// The header tells of more pixels than may be decoded.
    #[error("the picture has {pixels} pixels, more than the {max} allowed")]
    TooManyPixels {
        /// How many the header tells of.
        pixels: u64,
        /// How many are allowed.
        max: u64,
    },
    /// Decoding would hold more bytes at once than may be held.
    #[error("decoding the picture takes {bytes} bytes of memory, more than the {max} allowed")]
    TooHeavy {
        /// How many would be held.
        bytes: u64,
        /// How many are allowed.
        max: u64,
    },
}

impl Error {
    /// A refusal for the kind of the bytes.
    pub fn unsupported(reason: impl Into<String>) -> Self {
        Self::Unsupported {
            reason: reason.into(),
        }
    }

    /// A refusal for broken bytes.
    pub fn corrupt(reason: impl Into<String>) -> Self {
        Self::Corrupt {
            reason: reason.into(),
        }
    }
}

/// Reading fails only where the bytes end too early: disks are the caller's affair.
impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::UnexpectedEof => Self::corrupt("the file ends too early"),
            _ => Self::corrupt(format!("the file cannot be read: {error}")),
        }
    }
}
