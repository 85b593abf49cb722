//! The trash: emptied by administrators, and by time.

use std::time::Duration;

use model::{AccountId, BatchAnswer, Right, Timestamp};

use crate::{
    Actor, Error, Library, Result,
    batches::{Among, Deed},
    db::{accounts, assets, folder_trash, folder_tree},
};

/// The most that one round takes out of the trash of one account, so that a mistake is noticed in
/// time and nobody's hundred thousand files stand before everybody else's.
const MOST_PURGED: i64 = 1_000;

const DAY: Duration = Duration::from_hours(24);

/// What became of trash whose time was over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Purged {
    pub done: u64,
    /// What could not be removed; it is tried again in the next round.
    pub failed: u64,
}

impl Library {
    /// Removes all that is in the trash for good; for administrators.
    pub async fn empty_trash(&self, actor: &Actor) -> Result<BatchAnswer> {
        self.require(actor, Right::Purge).await?;
        let newest = self.inner.clock.new_id();
        let mut tx = self.inner.db.write().await?;
        folder_tree::lock(&mut tx, actor.account_id).await?;
        self.change_among(tx, actor, Deed::Purge, Among::Trash(newest))
            .await
    }

    /// Purges trash whose time is over, of each account as much as one round takes.
    pub(crate) async fn purge_trash(&self) -> Result<Purged> {
        let now = self.inner.clock.now();
        let mut tx = self.inner.db.read().await?;
        let accounts = accounts::list_retention_days(&mut tx).await?;
        drop(tx);
        let mut purged = Purged::default();
        for (account, days) in accounts {
            self.purge_trash_of(account, now.before(DAY * days), &mut purged)
                .await?;
        }
        Ok(purged)
    }

    async fn purge_trash_of(
        &self,
        account: AccountId,
        before: Timestamp,
        purged: &mut Purged,
    ) -> Result<()> {
        let system = Actor::system(account);
        let mut tx = self.inner.db.read().await?;
        let over = assets::list_purgeable(&mut tx, account, before, MOST_PURGED).await?;
        drop(tx);
        for asset in over {
            let done = self.purge_asset(&system, asset).await;
            self.count_purged(purged, asset, done).await?;
        }
        let mut tx = self.inner.db.read().await?;
        let over = folder_trash::list_purgeable(&mut tx, account, before, MOST_PURGED).await?;
        drop(tx);
        for folder in over {
            let done = self.purge_folder(&system, folder).await;
            self.count_purged(purged, folder, done).await?;
        }
        self.forget_gone(account, before).await
    }

    /// Counts what was done: what somebody restored in between is left where it is, and what
    /// cannot be removed keeps nobody else in the trash, as long as the database answers at all.
    async fn count_purged<T>(
        &self,
        purged: &mut Purged,
        subject: impl std::fmt::Display,
        done: Result<T>,
    ) -> Result<()> {
        match done {
            Ok(_) => purged.done += 1,
            Err(Error::Problem(_)) => {}
            Err(error) => {
                tracing::error!(%subject, %error, "something in the trash cannot be purged");
                purged.failed += 1;
                self.inner.db.ping().await?;
            }
        }
        Ok(())
    }
}
