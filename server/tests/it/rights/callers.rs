//! Who knocks: nobody, and one of each sort from two accounts.

use serde_json::json;

use super::{
    table::{Door, Need},
    target::Makers,
};
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
    /// Who lets it in, where it is a page of another program.
    host: Option<Who>,
}

/// Everybody.
pub struct Callers {
    pub nobody: Caller,
    pub signed_in: Vec<Caller>,
    accounts: Vec<Account>,
    /// An operator who knocks nowhere.
    operator: Who,
}

const AGENT: &[Need] = &[Need::Open, Need::View, Need::Edit, Need::Embed];
const ADMIN: &[Need] = &[
    Need::Open,
    Need::View,
    Need::Edit,
    Need::Manage,
    Need::Administer,
    Need::Embed,
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
    Need::Embed,
];
const PAGE: &[Need] = &[Need::Open, Need::Embedded];

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
            host: None,
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
                host: None,
            });
        }
        let host = accounts[0].admin.clone();
        signed_in.push(Caller {
            name: "a page of another program",
            who: server.embeds(&host, &json!({})).await,
            account: 0,
            may: PAGE,
            email: None,
            host: Some(host),
        });
        let nobody = Caller {
            name: "nobody",
            who: Who::Nobody,
            account: 0,
            may: &[Need::Open],
            email: None,
            host: None,
        };
        Self {
            nobody,
            signed_in,
            accounts,
            operator,
        }
    }

    /// Those who make things for somebody: themselves what is of whoever began it, where they may.
    pub fn makers_for<'a>(&'a self, caller: &'a Caller, door: &Door) -> Makers<'a> {
        let home = &self.accounts[caller.account];
        let may_begin = caller.may(Need::Edit) || (caller.host.is_some() && door.embedded);
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
    /// Whether a door opens.
    pub fn passes(&self, door: &Door) -> bool {
        self.may(door.need) || (self.host.is_some() && door.embedded)
    }

    /// Whether a door that asks for this opens.
    pub fn may(&self, need: Need) -> bool {
        self.may.contains(&need)
    }

    /// The same one with a session of this moment, since some doors end them all.
    pub async fn renewed(&self, server: &Server) -> Self {
        let who = match (self.email, &self.host) {
            (Some(email), _) => server.signs_in(email).await,
            (None, Some(host)) => server.embeds(host, &json!({})).await,
            (None, None) => self.who.clone(),
        };
        Self {
            who,
            ..self.clone()
        }
    }
}
