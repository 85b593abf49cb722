//! Compares the database with the store, and the meters with a recount.

use futures::TryStreamExt as _;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::{
    Library, Result,
    blobs::BlobKey,
    collector::GRACE,
    db::{
        blobs::{self, BlobRow},
        folder_tree, repair, usage,
    },
    ingest::original_key,
};

/// Rows that are looked at in one go.
const BATCH: i64 = 200;
/// The most names of others that are told.
const FOREIGN_MOST: usize = 1_000;

/// What a check found; all clear when every list is empty, but for what is only told.
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
    /// Folders whose count differs from a recount, with both figures.
    pub folders: Vec<FolderDifference>,
    /// Totals by kind, state and person, and what is held for uploads, that differ from a recount.
    pub totals: Vec<TotalDifference>,
    /// Names in the store that are none of ours; told, and left alone.
    pub foreign: Vec<String>,
    /// Files left of uploads that are over; told, and removed by the next collection.
    pub stray: Vec<String>,
}

/// A total that differs from a recount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TotalDifference {
    pub account_id: model::AccountId,
    /// What is counted.
    pub what: String,
    pub recorded: i64,
    pub counted: i64,
}

impl From<usage::Difference> for TotalDifference {
    fn from(wrong: usage::Difference) -> Self {
        Self {
            account_id: wrong.account,
            what: wrong.what,
            recorded: wrong.recorded,
            counted: wrong.counted,
        }
    }
}

/// A folder whose count differs from a recount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FolderDifference {
    pub folder_id: model::FolderId,
    pub recorded: i64,
    pub counted: i64,
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
            && self.folders.is_empty()
            && self.totals.is_empty()
    }
}

impl Library {
    /// Writes meters and totals anew from what they count; the figures that were other than that.
    pub async fn repair_meters(&self) -> Result<Vec<TotalDifference>> {
        let mut tx = self.inner.db.write().await?;
        repair::hold_others_off(&mut tx).await?;
        let meters = usage::recount(&mut tx).await?.into_iter();
        let meters = meters.filter(|(_, recorded, counted)| recorded != counted);
        let mut wrong: Vec<_> = meters
            .map(|(account_id, recorded, counted)| TotalDifference {
                account_id,
                what: "bytes".to_owned(),
                recorded: recorded.as_u64().cast_signed(),
                counted: counted.as_u64().cast_signed(),
            })
            .collect();
        let totals = usage::recount_totals(&mut tx).await?;
        wrong.extend(totals.into_iter().map(TotalDifference::from));
        if !wrong.is_empty() {
            repair::write_anew(&mut tx).await?;
        }
        tx.commit().await?;
        Ok(wrong)
    }

    /// Checks everything; `deep` reads every blob and compares digests.
    pub async fn fsck(&self, deep: bool) -> Result<FsckReport> {
        let mut report = FsckReport::default();
        self.check_blobs(deep, &mut report).await?;
        let before = self.inner.clock.now().before(GRACE);
        let orphans = self.find_orphans(before).await?;
        report.orphaned = orphans
            .into_iter()
            .map(|(key, _)| key.to_string())
            .collect();
        let mut tx = self.inner.db.read().await?;
        for (account_id, recorded, counted) in usage::recount(&mut tx).await? {
            if recorded != counted {
                let (recorded, counted) = (recorded.as_u64(), counted.as_u64());
                report.quota.push(QuotaDifference {
                    account_id,
                    recorded,
                    counted,
                });
            }
        }
        for (folder_id, recorded, counted) in folder_tree::recount(&mut tx).await? {
            report.folders.push(FolderDifference {
                folder_id,
                recorded,
                counted,
            });
        }
        let totals = usage::recount_totals(&mut tx).await?;
        report.totals = totals.into_iter().map(TotalDifference::from).collect();
        drop(tx);
        report.foreign = self.inner.blobs.list_foreign(FOREIGN_MOST).await?;
        report.stray = self.find_strays().await?;
        Ok(report)
    }

    async fn check_blobs(&self, deep: bool, report: &mut FsckReport) -> Result<()> {
        let mut after = None;
        loop {
            let mut tx = self.inner.db.read().await?;
            let page = blobs::list(&mut tx, after, BATCH).await?;
            drop(tx);
            let Some(last) = page.last() else {
                return Ok(());
            };
            after = Some(last.id);
            for blob in page {
                report.blobs_checked += 1;
                self.check_blob(&blob, deep, report).await?;
            }
        }
    }

    async fn check_blob(&self, blob: &BlobRow, deep: bool, report: &mut FsckReport) -> Result<()> {
        let key = original_key(blob);
        match self.inner.blobs.size_of(&key).await? {
            None => {
                // The collector may have come to it since its row was read.
                let mut tx = self.inner.db.read().await?;
                if blobs::is_live(&mut tx, blob.id).await? {
                    report.missing.push(key.to_string());
                }
            }
            Some(size) if size != blob.size.as_u64() => {
                report.mismatched.push(format!(
                    "{key} has {size} bytes instead of {}",
                    blob.size.as_u64()
                ));
            }
            Some(size) if deep && self.digest_stored(&key, size).await? != blob.sha256 => {
                report
                    .mismatched
                    .push(format!("{key} has another digest than its row says"));
            }
            Some(_) => {}
        }
        Ok(())
    }

    async fn digest_stored(&self, key: &BlobKey, size: u64) -> Result<model::Sha256> {
        let mut pieces = self.inner.blobs.stream(key, 0..size);
        let mut digest = Sha256::new();
        while let Some(piece) = pieces.try_next().await? {
            digest.update(&piece);
        }
        Ok(model::Sha256(digest.finalize().into()))
    }
}
