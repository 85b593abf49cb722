//! Names that were changed go into the documents of their assets: some at once, the others later.

use model::AssetId;

use crate::{Library, Result, db::search};

/// Documents that get a changed name in one transaction.
const AT_ONCE: usize = 200;

impl Library {
    /// Brings a name that was changed just now into the first documents, which mostly are all.
    ///
    /// The change itself is done: what fails here is tried again later.
    pub(crate) async fn spread_now(&self, id: impl ToString) {
        if let Err(error) = self.spread_one(Some(id.to_string())).await {
            tracing::info!(%error, "a name goes into the documents later");
        }
    }

    /// Brings some name into some more documents; whether it came further.
    ///
    /// Documents that others are at are left for the next time.
    pub(crate) async fn spread_some(&self) -> Result<bool> {
        match self.spread_one(None).await {
            Err(error) if error.is_lock_timeout() => Ok(false),
            done => done,
        }
    }

    /// Most changes rename nothing, and looking takes no turn at the writer.
    async fn spread_one(&self, id: Option<String>) -> Result<bool> {
        let mut tx = self.inner.db.read().await?;
        if !search::is_any_on_its_way(&mut tx).await? {
            return Ok(false);
        }
        drop(tx);
        let mut tx = self.inner.db.write().await?;
        let Some(spread) = search::find_spread(&mut tx, id).await? else {
            return Ok(false);
        };
        let holders = search::list_holders(&mut tx, &spread, AT_ONCE).await?;
        if let Some(last) = holders.last() {
            let ids: Vec<AssetId> = holders.iter().map(|(id, _)| *id).collect();
            search::index_again(&mut tx, &ids).await?;
            search::advance(&mut tx, &spread, *last).await?;
        }
        if holders.len() < AT_ONCE {
            search::end(&mut tx, &spread.id).await?;
        }
        tx.commit().await?;
        self.inner.jobs.ring();
        Ok(true)
    }
}
