//! Decoding of what strangers send, in children of this program that may do nothing else.
//!
//! A picture is untrusted code for a decoder. So each is opened by a child process with hard
//! limits on memory and time, no files but the one it is handed, and no network; a child that
//! dies or hangs costs that one picture, and the next one gets a new child.

mod child;
mod children;
mod config;
mod guest;
mod pool;
mod protocol;
mod reader;
mod sandbox;
mod source;
mod turns;
mod worker;

pub use child::run_child;
pub use config::DecoderConfig;
pub(crate) use guest::{Errand, INPUT, Room};
pub use imaging::{
    Facts, Format, Inspected, KNOWN, Known, Made, Picture, Recipe, ThumbSpec,
    metadata::{Patch, Stripped},
};
pub use pool::DecoderPool;
pub use sandbox::SandboxStatus;
pub use source::DecodeSource;
pub use turns::Rank;

/// Why bytes could not be decoded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// They are of a kind that is not kept, or of a form that is not decoded.
    #[error("{reason}")]
    Unsupported {
        /// A sentence for a person.
        reason: String,
    },
    /// They are cut off or damaged.
    #[error("{reason}")]
    Corrupt {
        /// A sentence for a person.
        reason: String,
    },
    /// Their header tells of more pixels than are decoded.
    #[error("the picture has {pixels} pixels, more than the {max} allowed")]
    TooManyPixels {
        /// How many the header tells of.
        pixels: u64,
        /// How many are allowed.
        max: u64,
    },
    /// They need more memory at once than a decoder has, as interlaced pictures may.
    #[error("{reason}")]
    TooHeavy {
        /// A sentence for a person.
        reason: String,
    },
    /// They took more processor time than one file may.
    #[error("decoding took too much work")]
    Exhausted,
    /// There was no answer in time, though the processor time was not used up: the machine is
    /// busy, or the child hung.
    #[error("decoding took too long")]
    TimedOut,
    /// The decoder died, of them or of something else.
    #[error("the decoder gave up on this file")]
    Crashed,
    /// Too many others are waiting; try again later.
    #[error("too many files are waiting to be decoded")]
    Busy,
    /// They could not be read, or no decoder could be started: not the fault of the bytes.
    #[error("the decoder could not work: {0}")]
    Io(String),
}

impl DecodeError {
    /// Whether the bytes are to blame, so that trying again is of no use.
    pub fn is_final(&self) -> bool {
        matches!(
            self,
            Self::Unsupported { .. }
                | Self::Corrupt { .. }
                | Self::TooManyPixels { .. }
                | Self::TooHeavy { .. }
                | Self::Exhausted
        )
    }

    /// Whether a program of others that ended so may have wanted more memory.
    pub(crate) fn may_want_room(&self) -> bool {
        matches!(self, Self::Corrupt { .. } | Self::Crashed)
    }
}

impl From<imaging::Error> for DecodeError {
    fn from(error: imaging::Error) -> Self {
        match error {
            imaging::Error::Unsupported { reason } => Self::Unsupported { reason },
            imaging::Error::Corrupt { reason } => Self::Corrupt { reason },
            imaging::Error::TooManyPixels { pixels, max } => Self::TooManyPixels { pixels, max },
            error @ imaging::Error::TooHeavy { .. } => Self::TooHeavy {
                reason: error.to_string(),
            },
        }
    }
}

impl From<std::io::Error> for DecodeError {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error.to_string())
    }
}
