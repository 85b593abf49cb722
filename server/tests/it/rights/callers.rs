//! Who knocks: nobody, and one of each sort from two accounts.

use super::table::Need;
use crate::support::{Server, people::Who};

/// An account with its administrator's token.
pub struct Account {
    pub name: &'static str,
    pub admin: Who,
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
}

const AGENT: &[Need] = &[Need::Open, Need::View, Need::Edit];
const ADMIN: &[Need] = &[Need::Open, Need::View, Need::Edit, Need::Administer];
const READER: &[Need] = &[Need::Open, Need::View];
const PERSON: &[Need] = &[Need::Open, Need::View, Need::Edit, Need::Person];
const OPERATOR: &[Need] = &[
    Need::Open,
    Need::View,
    Need::Edit,
    Need::Administer,
    Need::Operate,
    Need::Person,
];

impl Callers {
    /// Makes the accounts and everybody in them.
    pub async fn gather(server: &Server) -> Self {
        let accounts: Vec<Account> = ["Acme", "Beta"]
            .into_iter()
            .map(|name| {
                server.account(name);
                let admin = server.token(name, "administrator");
                Account { name, admin }
            })
            .collect();
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
        }
    }

    /// An account that somebody does not belong to.
    pub fn other_than(&self, caller: &Caller) -> &Account {
        &self.accounts[1 - caller.account]
    }
}

impl Caller {
    /// Whether a door that asks for this opens.
    pub fn may(&self, need: Need) -> bool {
        self.may.contains(&need)
    }

    /// Who administers the caller's account.
    pub fn admin<'a>(&self, callers: &'a Callers) -> &'a Who {
        &callers.accounts[self.account].admin
    }

    /// Who begins an upload for the caller to go on with: the caller, where they may.
    pub fn maker(&self, callers: &Callers) -> Who {
        if self.may(Need::Edit) {
            self.who.clone()
        } else {
            self.admin(callers).clone()
        }
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
