//! Who asks, and whether they may.

use std::{fmt, net::IpAddr, sync::Arc};

use model::{
    AccountId, EmbedSession, EmbedSessionId, Problem, Right, Role, Scope, SessionId, TokenId,
    UserId,
};

use crate::Result;

/// Who asks, in which account, with which rights.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    pub account_id: AccountId,
    pub who: Who,
    pub role: Role,
    pub operator: bool,
    /// Whether the library is switched on for the account; where it is off, nothing of it is found.
    pub library_enabled: bool,
    /// What a token is good for; absent for people, who may all their role may.
    pub scopes: Option<Vec<Scope>>,
    /// What an embed session is narrowed to; absent for everybody else.
    pub embed: Option<Arc<EmbedSession>>,
    pub ip: Option<IpAddr>,
    /// What was asked where, as far as the trail is told.
    pub door: Option<Arc<str>>,
}

/// The one who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// A signed-in person.
    User { id: UserId, session: SessionId },
    /// A program with an API token.
    Token(TokenId),
    /// The picker in a page of another program.
    Embed(EmbedSessionId),
    /// Satchel itself, or somebody at its command line.
    System,
}

/// Where a request comes from, as far as a trusted party tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Client {
    pub ip: Option<IpAddr>,
    pub user_agent: Option<String>,
    /// What it asks where: one line without secrets.
    pub door: Option<Arc<str>>,
}

impl fmt::Display for Who {
    /// Writes the id of the one who asks, as it stands in the audit trail.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User { id, .. } => id.fmt(f),
            Self::Token(id) => id.fmt(f),
            Self::Embed(id) => id.fmt(f),
            Self::System => f.write_str("system"),
        }
    }
}

impl Client {
    /// The address, as it is kept.
    pub(crate) fn ip_text(&self) -> Option<String> {
        self.ip.map(|ip| ip.to_string())
    }

    /// What the browser calls itself: one line that is not endless.
    pub(crate) fn browser(&self) -> Option<String> {
        let name = self.user_agent.as_deref()?;
        Some(name.chars().filter(|c| !c.is_control()).take(300).collect())
    }
}

impl Actor {
    /// Satchel itself, at work in an account.
    pub fn system(account_id: AccountId) -> Self {
        Self {
            account_id,
            who: Who::System,
            role: Role::Administrator,
            operator: true,
            library_enabled: true,
            scopes: None,
            embed: None,
            ip: None,
            door: None,
        }
    }

    /// Whether the actor has a right.
    pub fn may(&self, right: Right) -> bool {
        let in_scope = match &self.scopes {
            None => true,
            Some(scopes) => Scope::for_right(right).is_some_and(|scope| scopes.contains(&scope)),
        };
        in_scope && self.role.may(right, self.operator)
    }

    /// Whether the actor may all that a role may, so that making somebody of it gives nothing away.
    pub fn covers(&self, role: Role) -> bool {
        let rights = [Right::View, Right::Edit, Right::Purge, Right::Administer];
        let own = |right| !role.may(right, false) || self.may(right);
        self.may(Right::Operate) || rights.into_iter().all(own)
    }

    /// Refuses an actor that lacks a right; where the library is switched off, it has nothing to find.
    ///
    /// Embed sessions are refused: what they may is asked door by door (`embed/doors.rs`).
    pub fn require(&self, right: Right) -> Result<()> {
        let of_library = matches!(right, Right::View | Right::Edit | Right::Purge);
        if of_library && !self.library_enabled {
            Err(Problem::not_found().into())
        } else if self.embed.is_some() {
            Err(Problem::not_in_session().into())
        } else if self.may(right) {
            Ok(())
        } else {
            Err(Problem::forbidden().into())
        }
    }

    /// The user who asks, where it is one.
    pub fn user_id(&self) -> Option<UserId> {
        match self.who {
            Who::User { id, .. } => Some(id),
            Who::Token(_) | Who::Embed(_) | Who::System => None,
        }
    }

    /// The person who asks and the session they ask in; programs have none.
    pub(crate) fn require_person(&self) -> Result<(UserId, SessionId)> {
        match self.who {
            Who::User { id, session } => Ok((id, session)),
            Who::Token(_) | Who::Embed(_) | Who::System => Err(Problem::forbidden().into()),
        }
    }
}
