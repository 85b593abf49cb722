//! The collector: removes blobs nothing points at, after a grace period; never a request does.

use serde::Serialize;

use crate::{Library, Result};

/// What a collection removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Collected {
    pub blobs: u64,
    pub renditions: u64,
    pub uploads: u64,
    pub bytes: u64,
}

impl Library {
    /// Removes blobs that have been unreferenced for the grace period, uploads that have expired and strays.
    pub async fn collect_garbage(&self) -> Result<Collected> {
        todo!()
    }
}
