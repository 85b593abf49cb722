//! Who knocks: nobody, and one of each sort from two accounts.

use super::{table::Need, target::Makers};
use crate::support::{Server, people::Who};

/// An account with its administrator's token, and an agent of it who knocks nowhere.
pub struct Account {
    name: &'static str,
    admin: Who,
    colleague: Who,
}

/// Somebody at a door.
#[derive(Clone)]
pub struct Caller {
    pub name: &'static str,
    pub who: Who,
    account: usize,
    may: &'static [Need],
    email: Option<&'static str>,
}

/// Everybody.
pub struct Callers {
    pub nobody: Caller,
    pub signed_in: Vec<Caller>,
    accounts: Vec<Account>,
    /// An operator who knocks nowhere.
    operator: Who,
}

const AGENT: &[Need] = &[Need::Open, Need::View, Need::Edit];
const ADMIN: &[Need] = &[
    Need::Open,
    Need::View,
    Need::Edit,
    Need::Manage,
    Need::Administer,
];
const READER: &[Need] = &[Need::Open, Need::View];
const PERSON: &[Need] = &[Need::Open, Need::View, Need::Edit, Need::Person];
/// Manages accounts, and is no more than an agent in their own.
const OPERATING_AGENT: &[Need] = &[
    Need::Open,
    Need::View,
    Need::Edit,
    Need::Manage,
    Need::Operate,
    Need::Person,
];
const OPERATOR: &[Need] = &[
    Need::Open,
    Need::View,
    Need::Edit,
    Need::Manage,
    Need::Administer,
    Need::Operate,
    Need::Person,
];

impl Callers {
    /// Makes the accounts and everybody in them.
    pub async fn gather(server: &Server) -> Self {
        let mut accounts = Vec::new();
        for (name, email) in [("Acme", "cora@example.com"), ("Beta", "dora@example.com")] {
            server.account(name);
            accounts.push(Account {
                name,
                admin: server.token(name, "administrator"),
                colleague: server.person(name, email, "agent", false).await,
            });
        }
        let operator = server.person("Acme", "root@example.com", "agent", true);
        let operator = operator.await;
        let token = |name, account: usize, role: &str, scopes: &[&str], may| Caller {
            name,
            who: server.token_for(accounts[account].name, role, scopes),
            account,
            may,
            email: None,
        };
        let mut signed_in = vec![
            token("an agent's token", 0, "agent", &[], AGENT),
            token("an administrator's token", 0, "administrator", &[], ADMIN),
            token("a read-only token", 0, "administrator", &["read"], READER),
            token("another account's agent", 1, "agent", &[], AGENT),
        ];
        for (name, email, role, operator, may) in [
            (
                "a signed-in agent",
                "anna@example.com",
                "agent",
                false,
                PERSON,
            ),
            (
                "the operator",
                "op@example.com",
                "administrator",
                true,
                OPERATOR,
            ),
            (
                "an operator who is an agent",
                "otto@example.com",
                "agent",
                true,
                OPERATING_AGENT,
            ),
        ] {
            signed_in.push(Caller {
                name,
                who: server.person("Acme", email, role, operator).await,
                account: 0,
                may,
                email: Some(email),
            });
        }
        let nobody = Caller {
            name: "nobody",
            who: Who::Nobody,
            account: 0,
            may: &[Need::Open],
            email: None,
        };
        Self {
            nobody,
            signed_in,
            accounts,
            operator,
        }
    }

    /// Those who make things for somebody: themselves what is of whoever began it, where they may.
    pub fn makers_for<'a>(&'a self, caller: &'a Caller) -> Makers<'a> {
        let home = &self.accounts[caller.account];
        let may_begin = caller.may(Need::Edit);
        Makers {
            beginner: if may_begin { &caller.who } else { &home.admin },
            ..self.makers_in(home)
        }
    }

    /// Those who make things in somebody's account, all of them others.
    pub fn makers_beside(&self, caller: &Caller) -> Makers<'_> {
        self.makers_in(&self.accounts[caller.account])
    }

    /// Those who make things in an account that somebody does not belong to.
    pub fn makers_elsewhere(&self, caller: &Caller) -> Makers<'_> {
        self.makers_in(&self.accounts[1 - caller.account])
    }

    fn makers_in<'a>(&'a self, account: &'a Account) -> Makers<'a> {
        Makers {
            admin: &account.admin,
            beginner: &account.colleague,
            person: &account.colleague,
            operator: &self.operator,
        }
    }
}

impl Caller {
    /// Whether a door that asks for this opens.
    pub fn may(&self, need: Need) -> bool {
        self.may.contains(&need)
    }

    /// The same person with a session of this moment, since some doors end them all.
    pub async fn renewed(&self, server: &Server) -> Self {
        let who = match self.email {
            Some(email) => server.signs_in(email).await,
            None => self.who.clone(),
        };
        Self {
            who,
            ..self.clone()
        }
    }
}
