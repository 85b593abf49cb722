//! Accounts and what operators allow them.

use model::{Account, AccountId, AccountLimits, PersonName};

use crate::{Actor, Library, Result};

/// What about an account changes; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct AccountPatch {
    pub library_enabled: Option<bool>,
    pub limits: Option<AccountLimits>,
}

impl Library {
    /// Makes an account. At the command line, before anybody is there, the system asks.
    pub async fn create_account(
        &self,
        actor: &Actor,
        name: PersonName,
        limits: AccountLimits,
    ) -> Result<Account> {
        todo!()
    }

    /// All accounts, by name; for operators.
    pub async fn list_accounts(&self, actor: &Actor) -> Result<Vec<Account>> {
        todo!()
    }

    /// The account of a name; for operators.
    pub async fn get_account_by_name(&self, actor: &Actor, name: &str) -> Result<Account> {
        todo!()
    }

    /// The actor's own account.
    pub async fn get_own_account(&self, actor: &Actor) -> Result<Account> {
        todo!()
    }

    /// Changes what an account may; for operators.
    pub async fn set_account(
        &self,
        actor: &Actor,
        id: AccountId,
        patch: AccountPatch,
    ) -> Result<Account> {
        todo!()
    }
}
