//! Accounts and what operators allow them.

use model::{
    Account, AccountId, AccountLimits, ByteSize, Cursor, EventKind, Kind, Limit, Meter, Page,
    PersonName, Problem, Reason, Right,
};

use crate::{
    Actor, Clock, Library, Result, audit,
    db::{Tx, accounts, page, usage},
};

/// What about an account changes; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct AccountPatch {
    pub library_enabled: Option<bool>,
    pub limits: LimitsPatch,
}

/// What about the limits of an account changes; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct LimitsPatch {
    /// No quota at all, where it is said to be none.
    pub quota: Option<Option<ByteSize>>,
    pub max_size: Vec<(Kind, ByteSize)>,
    pub folder_images: Option<u32>,
    pub retention_days: Option<u32>,
    /// No quota for each person, where it is said to be none.
    pub user_quota: Option<Option<ByteSize>>,
    pub audit_days: Option<u32>,
    pub max_assets: Option<u32>,
}

impl From<AccountLimits> for LimitsPatch {
    /// Changes all there is.
    fn from(limits: AccountLimits) -> Self {
        let largest = |kind| (kind, limits.max_size.of(kind));
        Self {
            quota: Some(limits.quota),
            max_size: Kind::ALL.into_iter().map(largest).collect(),
            folder_images: Some(limits.folder_images),
            retention_days: Some(limits.retention_days),
            user_quota: Some(limits.user_quota),
            audit_days: Some(limits.audit_days),
            max_assets: Some(limits.max_assets),
        }
    }
}

impl LimitsPatch {
    fn lay_over(self, limits: &mut AccountLimits) {
        limits.quota = self.quota.unwrap_or(limits.quota);
        for (kind, size) in self.max_size {
            limits.max_size.set(kind, size);
        }
        limits.folder_images = self.folder_images.unwrap_or(limits.folder_images);
        limits.retention_days = self.retention_days.unwrap_or(limits.retention_days);
        limits.user_quota = self.user_quota.unwrap_or(limits.user_quota);
        limits.max_assets = self.max_assets.unwrap_or(limits.max_assets);
        // A trail of no length would not even hold the change.
        limits.audit_days = self.audit_days.unwrap_or(limits.audit_days).max(1);
    }
}

impl Library {
    /// Makes an account. At the command line, before anybody is there, the system asks.
    pub async fn create_account(
        &self,
        actor: &Actor,
        name: PersonName,
        limits: AccountLimits,
    ) -> Result<Account> {
        self.require(actor, Right::Operate).await?;
        let account = new_account(&*self.inner.clock, name, limits);
        let mut tx = self.inner.db.write().await?;
        add(&mut tx, &*self.inner.clock, actor, &account).await?;
        tx.commit().await?;
        Ok(account)
    }

    /// All accounts, by name; for operators.
    pub async fn list_accounts(
        &self,
        actor: &Actor,
        cursor: Option<&Cursor>,
        limit: Limit,
    ) -> Result<Page<Account>> {
        self.require(actor, Right::Operate).await?;
        let after = page::decode(cursor)?.unwrap_or_default();
        let mut tx = self.inner.db.read().await?;
        let accounts = accounts::list(&mut tx, &after, page::rows(limit)).await?;
        Ok(page::cut(accounts, limit, |account| {
            (account.name.clone(), account.id)
        }))
    }

    /// The account of a name; for operators.
    pub async fn get_account_by_name(&self, actor: &Actor, name: &str) -> Result<Account> {
        self.require(actor, Right::Operate).await?;
        let mut tx = self.inner.db.read().await?;
        let name: PersonName = name.parse().map_err(|_| Problem::not_found())?;
        let account = accounts::find_by_name(&mut tx, name.as_str()).await?;
        Ok(account.ok_or_else(Problem::not_found)?)
    }

    /// An account by its id; for operators.
    pub async fn get_account(&self, actor: &Actor, id: AccountId) -> Result<Account> {
        self.require(actor, Right::Operate).await?;
        let mut tx = self.inner.db.read().await?;
        let account = accounts::find(&mut tx, id).await?;
        Ok(account.ok_or_else(Problem::not_found)?)
    }

    /// What an account holds, of what it may; for operators.
    pub async fn account_meter(&self, actor: &Actor, id: AccountId) -> Result<Meter> {
        self.require(actor, Right::Operate).await?;
        let mut tx = self.inner.db.read().await?;
        let account = accounts::find(&mut tx, id).await?;
        account.ok_or_else(Problem::not_found)?;
        usage::get(&mut tx, id).await
    }

    /// The actor's own account.
    pub async fn get_own_account(&self, actor: &Actor) -> Result<Account> {
        let mut tx = self.inner.db.read().await?;
        accounts::get(&mut tx, actor.account_id).await
    }

    /// Changes what an account may; for operators.
    pub async fn set_account(
        &self,
        actor: &Actor,
        id: AccountId,
        patch: AccountPatch,
    ) -> Result<Account> {
        self.require(actor, Right::Operate).await?;
        let mut tx = self.inner.db.write().await?;
        let account = accounts::lock(&mut tx, id).await?;
        let mut account = account.ok_or_else(Problem::not_found)?;
        account.library_enabled = patch.library_enabled.unwrap_or(account.library_enabled);
        patch.limits.lay_over(&mut account.limits);
        accounts::update(&mut tx, &account).await?;
        self.warn_when_full(&mut tx, id).await?;
        let kind = EventKind::AccountChanged;
        audit::record_in(&mut tx, &*self.inner.clock, actor, Some(id), kind, id).await?;
        tx.commit().await?;
        Ok(account)
    }
}

/// A new account, switched on.
pub(crate) fn new_account(clock: &dyn Clock, name: PersonName, limits: AccountLimits) -> Account {
    Account {
        id: clock.new_id(),
        name: name.to_string(),
        library_enabled: true,
        limits,
        created_at: clock.now(),
    }
}

/// Adds an account, and writes down who did.
pub(crate) async fn add(
    tx: &mut Tx,
    clock: &dyn Clock,
    actor: &Actor,
    account: &Account,
) -> Result<()> {
    let id = account.id;
    match accounts::insert(tx, account).await {
        Err(error) if error.is_unique_violation() => {
            return Err(
                Problem::conflict("There is an account of this name already.")
                    .because(Reason::NameTaken)
                    .into(),
            );
        }
        done => done?,
    }
    audit::record_in(tx, clock, actor, Some(id), EventKind::AccountCreated, id).await
}
