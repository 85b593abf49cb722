//! Who waits in one rank: accounts in turn, and whoever came first within an account.
//!
//! So the five hundred files of one account do not stand before the one file of another.

use std::collections::VecDeque;

use model::AccountId;

use super::Waiter;

/// Callers of one account that may wait before the next is told to come again.
pub(super) const MAX_WAITING: usize = 512;

/// Those who wait, by account; no account's line is empty.
#[derive(Debug, Default)]
pub(super) struct Line {
    accounts: VecDeque<(Option<AccountId>, VecDeque<Waiter>)>,
}

impl Line {
    /// Takes somebody in, behind their own; says no where too many of the account wait already.
    pub fn join(&mut self, account: Option<AccountId>, waiter: Waiter) -> bool {
        let found = self.accounts.iter_mut().find(|(id, _)| *id == account);
        let Some((_, own)) = found else {
            self.accounts.push_back((account, VecDeque::from([waiter])));
            return true;
        };
        if own.len() >= MAX_WAITING {
            own.retain(|waiter| !waiter.is_gone());
        }
        if own.len() >= MAX_WAITING {
            return false;
        }
        own.push_back(waiter);
        true
    }

    /// Whose turn it is next.
    pub fn first(&self) -> Option<&Waiter> {
        self.accounts.front()?.1.front()
    }

    /// Lets the first one go; the turn is another account's then.
    pub fn pop(&mut self) -> Option<Waiter> {
        let (account, mut own) = self.accounts.pop_front()?;
        let waiter = own.pop_front();
        if !own.is_empty() {
            self.accounts.push_back((account, own));
        }
        waiter
    }

    /// Forgets who has gone away from the front; that costs nobody a turn.
    pub fn forget_gone(&mut self) {
        while let Some((_, own)) = self.accounts.front_mut() {
            while own.front().is_some_and(Waiter::is_gone) {
                own.pop_front();
            }
            if !own.is_empty() {
                return;
            }
            self.accounts.pop_front();
        }
    }

    /// How many wait.
    pub fn len(&self) -> usize {
        self.accounts.iter().map(|(_, own)| own.len()).sum()
    }
}
