//! The storage meter, and the reservations that keep an account within its quota.

use model::{Meter, Right, Usage};

use crate::{Actor, Library, Result, db::usage};

impl Library {
    /// What the actor's account holds, of what it may.
    pub async fn usage(&self, actor: &Actor) -> Result<Usage> {
        self.require(actor, Right::View).await?;
        let mut tx = self.inner.db.read().await?;
        let account = actor.account_id;
        let meter = usage::get(&mut tx, account).await?;
        Ok(Usage {
            used: meter.used,
            reserved: meter.reserved,
            quota: meter.quota,
            trash: usage::trash(&mut tx, account).await?,
            kinds: usage::list_kinds(&mut tx, account).await?,
        })
    }

    /// The meter alone: what pages show, and cheap however much the account holds.
    pub async fn meter(&self, actor: &Actor) -> Result<Meter> {
        self.require(actor, Right::View).await?;
        let mut tx = self.inner.db.read().await?;
        usage::get(&mut tx, actor.account_id).await
    }

    /// Compares every meter with a recount and says where they differ.
    pub(crate) async fn recount_usage(&self) -> Result<()> {
        let mut tx = self.inner.db.read().await?;
        for (account, recorded, counted) in usage::recount(&mut tx).await? {
            if recorded != counted {
                tracing::error!(%account, %recorded, %counted, "the storage meter is wrong; run fsck");
            }
        }
        Ok(())
    }
}
