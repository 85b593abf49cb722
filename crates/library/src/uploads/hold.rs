//! Room held back for a large file that comes in one request.
//!
//! A small file is only checked against the meter while it comes: a promise costs a commit, and so
//! the wait for the disk, and where there is no room in the end at most [`SMALL`] bytes came in
//! vain. What the request holds is a row like an upload's, though nobody is told its name: should
//! the process die, the row expires, and the room is free again.

use std::{fmt, time::Duration};

use model::{ByteSize, UploadMetadata};
use tokio::runtime::Handle;

use super::{SMALL, gone};
use crate::{
    Actor, Library, Result,
    db::uploads::{self as rows, UploadRow},
    ingest::Origin,
    staging::Lock,
};

/// How long a hold outlives its last byte, where nobody is left to give it back.
pub(super) const LIFETIME: Duration = Duration::from_hours(1);
/// How often it is said that bytes still come: many times in a hold's life.
const RENEWED_EVERY: Duration = Duration::from_mins(5);

/// What is held back for a file until it is an asset; dropped before that, it is given back.
pub(super) struct Hold {
    library: Library,
    lock: Lock,
    /// As it is written down, or would be.
    row: UploadRow,
    is_open: bool,
}

impl Library {
    /// A hold of nothing yet, for the file whose name a lock has.
    pub(super) fn hold_nothing(
        &self,
        actor: &Actor,
        lock: &Lock,
        metadata: &UploadMetadata,
    ) -> Result<Hold> {
        let row = self.new_row(actor, None, metadata, false)?;
        Ok(Hold {
            library: self.clone(),
            lock: lock.clone(),
            row: UploadRow {
                id: lock.id(),
                ..row
            },
            is_open: false,
        })
    }
}

impl Hold {
    /// How much room is held back.
    pub fn size(&self) -> ByteSize {
        self.row.reserved
    }

    /// How the file came, for whoever it is held for.
    pub fn origin(&self, actor: &Actor) -> Option<Origin> {
        let reserved = self.row.reserved;
        let is_theirs = self.is_open && self.row.owner == actor.who.to_string();
        is_theirs.then_some(Origin::Upload { reserved })
    }

    /// Holds back what a file is said to need, where it is large.
    pub async fn begin(&mut self, announced: Option<ByteSize>) -> Result<()> {
        match announced.filter(|size| *size > SMALL) {
            Some(size) => self.grow(size).await,
            None => Ok(()),
        }
    }

    /// Keeps up with a file that has come so far: never more than a small file's bytes are without
    /// room of their own.
    pub async fn follow(&mut self, position: ByteSize) -> Result<()> {
        let now = self.library.inner.clock.now();
        let is_behind = position.saturating_sub(self.row.reserved) > SMALL;
        let renewed_at = self.row.expires_at.before(LIFETIME);
        if is_behind {
            self.grow(position).await
        } else if self.is_open && now >= renewed_at.after(RENEWED_EVERY) {
            self.grow(self.row.reserved).await
        } else {
            Ok(())
        }
    }

    /// Leaves what is held to the asset that the file has become.
    pub fn settle(&mut self) {
        self.is_open = false;
    }

    /// Gives back what is held, before anybody is told why.
    pub async fn release(mut self) {
        if std::mem::take(&mut self.is_open) {
            give_back(&self.library, &self.lock).await;
        }
    }

    /// Holds back so much in all, and begins its life anew.
    async fn grow(&mut self, size: ByteSize) -> Result<()> {
        let more = size.saturating_sub(self.row.reserved);
        let changed = UploadRow {
            reserved: self.row.reserved + more,
            expires_at: self.library.inner.clock.now().after(LIFETIME),
            ..self.row.clone()
        };
        let mut tx = self.library.inner.db.write().await?;
        if !self.is_open {
            rows::insert(&mut tx, &changed).await?;
        } else if !rows::advance(&mut tx, &changed).await? {
            return Err(gone().into());
        }
        if more > ByteSize::ZERO {
            let (account, user) = (changed.account_id, changed.created_by);
            self.library.reserve(&mut tx, account, user, more).await?;
        }
        // A commit without an answer may have happened, so it is given back in any case.
        (self.row, self.is_open) = (changed, true);
        tx.commit().await
    }
}

impl fmt::Debug for Hold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Hold");
        shown
            .field("row", &self.row)
            .field("is_open", &self.is_open);
        shown.finish_non_exhaustive()
    }
}

impl Drop for Hold {
    /// The client went away in the middle.
    fn drop(&mut self) {
        let Some(runtime) = Handle::try_current().ok().filter(|_| self.is_open) else {
            return;
        };
        let (library, lock) = (self.library.clone(), self.lock.clone());
        runtime.spawn(async move { give_back(&library, &lock).await });
    }
}

/// Frees the room; where that fails, it is free when the hold expires.
async fn give_back(library: &Library, lock: &Lock) {
    if let Err(error) = library.end_upload(lock).await {
        tracing::warn!(upload = %lock.id(), %error, "room is held back for nobody");
    }
}
