//! The trash: emptied by administrators, and by time.

use model::{BatchAnswer, Right};

use crate::{
    Actor, Error, Library, Result,
    batches::{Among, Deed},
    db::{assets, folder_trash, folder_tree},
};

/// The most that one round takes out of the trash, so that a mistake is noticed in time.
const MOST_PURGED: i64 = 1_000;

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

    /// Purges trash whose time is over; how many assets and folders went.
    pub(crate) async fn purge_trash(&self) -> Result<u64> {
        let now = self.inner.clock.now();
        let mut tx = self.inner.db.read().await?;
        let over = assets::list_purgeable(&mut tx, now, MOST_PURGED).await?;
        drop(tx);
        let mut purged = 0;
        for (account, asset) in over {
            let done = self.purge_asset(&Actor::system(account), asset).await;
            purged += count(done)?;
        }
        let mut tx = self.inner.db.read().await?;
        let over = folder_trash::list_purgeable(&mut tx, now, MOST_PURGED).await?;
        drop(tx);
        for (account, folder) in over {
            let done = self.purge_folder(&Actor::system(account), folder).await;
            purged += count(done)?;
        }
        Ok(purged)
    }
}

/// Counts what was done; what somebody restored in between is left where it is.
fn count<T>(done: Result<T>) -> Result<u64> {
    match done {
        Ok(_) => Ok(1),
        Err(Error::Problem(_)) => Ok(0),
        Err(error) => Err(error),
    }
}
