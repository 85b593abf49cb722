//! Compares the database with the store, and the meters with a recount.

use serde::Serialize;

use crate::{Library, Result};

/// What a check found; all clear when every list is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FsckReport {
    pub blobs_checked: u64,
    /// Rows whose bytes are not there.
    pub missing: Vec<String>,
    /// Bytes that no row points at (older than an upload may take).
    pub orphaned: Vec<String>,
    /// Bytes whose size or digest is not what the row says.
    pub mismatched: Vec<String>,
    /// Accounts whose meter differs from a recount, with both figures.
    pub quota: Vec<QuotaDifference>,
}

/// An account whose meter differs from a recount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QuotaDifference {
    pub account_id: model::AccountId,
    pub recorded: u64,
    pub counted: u64,
}

impl FsckReport {
    /// Whether nothing is wrong.
    pub fn is_clean(&self) -> bool {
        self.missing.is_empty()
            && self.orphaned.is_empty()
            && self.mismatched.is_empty()
            && self.quota.is_empty()
    }
}

impl Library {
    /// Checks everything; `deep` reads every blob and compares digests.
    pub async fn fsck(&self, deep: bool) -> Result<FsckReport> {
        todo!()
    }
}
