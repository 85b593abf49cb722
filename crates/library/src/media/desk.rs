//! What serving keeps in memory: small bytes and rows that are asked for again and again.

use std::{
    collections::{HashMap, HashSet},
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    time::{Duration, Instant},
};

use bytes::Bytes;
use model::{AccountId, AssetId, BlobId, Preset, RenditionFormat};
use quick_cache::{Weighter, sync::Cache};

use super::Prepared;
use crate::{blobs::BlobKey, db::media::MediaRow};

/// Bytes of all that is held.
const MOST: u64 = 32 << 20;
/// Bytes of all pages of documents and frames of films that are held.
const PAGES: u64 = 16 << 20;
/// The largest body that is held.
pub(super) const SMALL: u64 = 1 << 20;
/// Rows that are held.
const ROWS: usize = 4_096;
/// How long a row is believed that another process may have changed.
const FRESH: Duration = Duration::from_secs(2);

/// How a row was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Asked {
    Member(AccountId, AssetId),
    Shared(String),
    Signed(AssetId),
}

/// What was made of an original.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Made {
    Public(BlobId),
    Content(BlobId),
    Rendition(BlobId, Preset, RenditionFormat),
    Page(BlobId, u32, Preset, RenditionFormat),
    Frame(BlobId),
    Print(BlobId),
}

/// What serving keeps in memory.
pub(crate) struct Desk {
    bytes: Cache<BlobKey, Bytes, Weight>,
    pages: Cache<Made, Bytes, Weight>,
    made: Cache<Made, Arc<Prepared>>,
    rows: Mutex<Rows>,
    flights: Mutex<HashMap<Made, Weak<tokio::sync::Mutex<()>>>>,
}

#[derive(Default)]
struct Rows {
    /// Counts the changes, so that a row read before one is not kept after it.
    changes: u64,
    held: HashMap<Asked, (Instant, Arc<MediaRow>)>,
}

#[derive(Clone, Copy, Debug)]
struct Weight;

impl<K> Weighter<K, Bytes> for Weight {
    fn weight(&self, _: &K, bytes: &Bytes) -> u64 {
        // A row's own size keeps many tiny ones from filling memory unseen.
        bytes.len() as u64 + 256
    }
}

impl Default for Desk {
    fn default() -> Self {
        Self {
            bytes: Cache::with_weighter(1_000, MOST, Weight),
            pages: Cache::with_weighter(1_000, PAGES, Weight),
            made: Cache::new(ROWS),
            rows: Mutex::default(),
            flights: Mutex::default(),
        }
    }
}

impl Desk {
    /// The bytes of a key, where they are held.
    pub fn bytes(&self, key: &BlobKey) -> Option<Bytes> {
        self.bytes.get(key)
    }

    /// Holds the bytes of a key.
    pub fn hold_bytes(&self, key: BlobKey, bytes: Bytes) {
        self.bytes.insert(key, bytes);
    }

    /// A page or frame that was drawn lately.
    pub fn page(&self, made: &Made) -> Option<Bytes> {
        self.pages.get(made)
    }

    /// Holds a page or frame that was drawn.
    pub fn hold_page(&self, made: Made, bytes: Bytes) {
        self.pages.insert(made, bytes);
    }

    /// What was made of an original, where it is known.
    pub fn made(&self, made: &Made) -> Option<Arc<Prepared>> {
        self.made.get(made)
    }

    /// Remembers what was made of an original.
    pub fn hold_made(&self, made: Made, prepared: Arc<Prepared>) {
        self.made.insert(made, prepared);
    }

    /// Forgets what was made of an original, as it is lost.
    pub fn forget_made(&self, made: &Made) {
        self.made.remove(made);
    }

    /// A row that was asked for just now, or the number of changes until then.
    pub fn row(&self, asked: &Asked) -> Result<Arc<MediaRow>, u64> {
        let rows = lock(&self.rows);
        match rows.held.get(asked) {
            Some((since, row)) if since.elapsed() < FRESH => Ok(Arc::clone(row)),
            _ => Err(rows.changes),
        }
    }

    /// Holds a row, unless something changed since it was asked for.
    pub fn hold_row(&self, asked: Asked, row: &Arc<MediaRow>, changes: u64) {
        let mut rows = lock(&self.rows);
        if rows.changes != changes {
            return;
        }
        if rows.held.len() >= ROWS {
            rows.held.clear();
        }
        rows.held.insert(asked, (Instant::now(), Arc::clone(row)));
    }

    /// Forgets an asset's rows; called after every change, before it is told of.
    pub fn forget(&self, asset: AssetId) {
        let mut rows = lock(&self.rows);
        rows.changes += 1;
        rows.held.retain(|_, (_, row)| row.id != asset);
    }

    /// Forgets the rows of many assets.
    pub fn forget_many(&self, assets: &[AssetId]) {
        let assets: HashSet<_> = assets.iter().collect();
        let mut rows = lock(&self.rows);
        rows.changes += 1;
        rows.held.retain(|_, (_, row)| !assets.contains(&row.id));
    }

    /// The right to make something, which only one has at a time.
    pub async fn flight(&self, made: Made) -> tokio::sync::OwnedMutexGuard<()> {
        let flight = {
            let mut flights = lock(&self.flights);
            if flights.len() > 64 {
                flights.retain(|_, flight| flight.strong_count() > 0);
            }
            let known = flights.get(&made).and_then(Weak::upgrade);
            known.unwrap_or_else(|| {
                let flight = Arc::default();
                flights.insert(made, Arc::downgrade(&flight));
                flight
            })
        };
        flight.lock_owned().await
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
