//! The storage meter, and the reservations that keep an account within its quota.

use model::{AccountId, ByteSize, EventKind, Fullness, KindUsage, Meter, Right, Usage};

use crate::{
    Actor, Library, Result, audit,
    db::{Tx, usage},
};

/// The most people of whom a meter tells.
const PEOPLE: i64 = 500;

impl Library {
    /// What the actor's account holds, of what it may, and who brought it.
    pub async fn usage(&self, actor: &Actor) -> Result<Usage> {
        self.require(actor, Right::View).await?;
        let mut tx = self.inner.db.read().await?;
        let account = actor.account_id;
        let meter = usage::get(&mut tx, account).await?;
        let kinds = usage::list_kinds(&mut tx, account).await?;
        let own = match actor.user_id() {
            Some(user) => Some(usage::get_of_user(&mut tx, user).await?),
            None => None,
        };
        let users = if actor.may(Right::Administer) {
            usage::list_users(&mut tx, account, PEOPLE).await?
        } else {
            Vec::new()
        };
        Ok(Usage {
            used: meter.used,
            reserved: meter.reserved,
            quota: meter.quota,
            archive: sum(&kinds, |kind| kind.archive),
            trash: sum(&kinds, |kind| kind.trash),
            kinds,
            own,
            users,
        })
    }

    /// The meter alone: what pages show, and cheap however much the account holds.
    pub async fn meter(&self, actor: &Actor) -> Result<Meter> {
        self.require(actor, Right::View).await?;
        let mut tx = self.inner.db.read().await?;
        usage::get(&mut tx, actor.account_id).await
    }

    /// How full the actor's account is, where that is much and the actor, an administrator, has not
    /// said yet that they have seen it.
    pub async fn storage_warning(&self, actor: &Actor) -> Result<Option<Fullness>> {
        self.require(actor, Right::View).await?;
        let Some(user) = actor.user_id().filter(|_| actor.may(Right::Administer)) else {
            return Ok(None);
        };
        let mut tx = self.inner.db.read().await?;
        usage::find_unseen(&mut tx, actor.account_id, user).await
    }

    /// Takes the warning away for the one who has seen it, until the account is fuller still or
    /// passes the mark again; for administrators.
    pub async fn see_storage_warning(&self, actor: &Actor) -> Result<()> {
        self.require(actor, Right::Purge).await?;
        let (user, _) = actor.require_person()?;
        let mut tx = self.inner.db.write().await?;
        usage::see(&mut tx, actor.account_id, user).await?;
        tx.commit().await
    }

    /// How many accounts use 80 percent of their quota or more, and how many of them 95.
    pub async fn count_nearly_full(&self) -> Result<(u64, u64)> {
        let mut tx = self.inner.db.read().await?;
        let high = usage::count_warned(&mut tx, 80).await?;
        Ok((high, usage::count_warned(&mut tx, 95).await?))
    }

    /// Writes down, once, that an account passes 80 or 95 percent of its quota.
    pub(crate) async fn warn_when_full(&self, tx: &mut Tx, account: AccountId) -> Result<()> {
        let kind = match usage::cross(tx, account).await? {
            None | Some(Fullness::Fine) => return Ok(()),
            Some(Fullness::High) => EventKind::StorageHigh,
            Some(Fullness::Critical) => EventKind::StorageCritical,
        };
        let system = Actor::system(account);
        audit::record(tx, &*self.inner.clock, &system, kind, account).await
    }

    /// Compares every meter with a recount and says where they differ.
    pub(crate) async fn recount_usage(&self) -> Result<()> {
        let mut tx = self.inner.db.read().await?;
        for (account, recorded, counted) in usage::recount(&mut tx).await? {
            if recorded != counted {
                tracing::error!(%account, %recorded, %counted, "the storage meter is wrong; run fsck");
            }
        }
        for wrong in usage::recount_totals(&mut tx).await? {
            tracing::error!(
                account = %wrong.account, what = wrong.what, wrong.recorded, wrong.counted,
                "a total of the storage meter is wrong; run fsck"
            );
        }
        Ok(())
    }
}

fn sum(kinds: &[KindUsage], of: impl Fn(&KindUsage) -> ByteSize) -> ByteSize {
    kinds
        .iter()
        .map(of)
        .fold(ByteSize::ZERO, |sum, size| sum + size)
}
