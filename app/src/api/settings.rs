//! Doors to what the settings show: people, sessions, storage, audit trail, accounts.
//!
//! What they change goes by plain forms, so that it works without a script.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{
    Account, AuditFilter, AuditLine, Cursor, Invitation, Page, Session, SessionId, Usage, User,
    UserId,
};
use serde::{Deserialize, Serialize};

use super::Failure;

/// The cookie that carries a one-use link to the page that shows it, for a minute.
pub const LINK_COOKIE: &str = "satchel-link";

/// Who is at the settings, and which of them are theirs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    pub id: UserId,
    pub name: String,
    pub email: String,
    pub account: String,
    pub administers: bool,
    pub operates: bool,
    /// Whether the library is switched on for the account.
    pub library: bool,
}

/// The people of an account, and who may join them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct People {
    pub page: Page<User>,
    pub invitations: Vec<Invitation>,
    /// A one-use link that was made just now.
    pub link: Option<String>,
    pub own: Option<UserId>,
}

/// Who is at the settings.
#[server(prefix = "/rpc", endpoint = "get_seat", input = Json)]
pub async fn get_seat() -> Result<Seat, Failure> {
    use super::context::{actor, library};
    use model::{Problem, Right};

    let (library, actor) = (library(), actor()?);
    let user = library.find_own_user(&actor).await?;
    let user = user.ok_or_else(Problem::unauthenticated)?;
    let account = library.get_own_account(&actor).await?;
    Ok(Seat {
        id: user.id,
        name: user.name,
        email: user.email.to_string(),
        account: account.name,
        administers: actor.may(Right::Administer),
        operates: actor.may(Right::Operate),
        library: account.library_enabled,
    })
}

/// The people of the account, by name.
#[server(prefix = "/rpc", endpoint = "list_people", input = Json)]
pub async fn list_people(cursor: Option<Cursor>) -> Result<People, Failure> {
    use super::context::{actor, cookie, library};
    use model::Limit;

    let (library, actor) = (library(), actor()?);
    let page = library.list_users(&actor, cursor.as_ref(), Limit::default());
    Ok(People {
        page: page.await?,
        invitations: library.list_invitations(&actor).await?,
        link: cookie(LINK_COOKIE),
        own: actor.user_id(),
    })
}

/// The own living sessions, newest first, and which of them asks.
#[server(prefix = "/rpc", endpoint = "list_own_sessions", input = Json)]
pub async fn list_own_sessions() -> Result<(Vec<Session>, Option<SessionId>), Failure> {
    use super::context::{actor, library};
    use library::Who;
    use model::Limit;

    let actor = actor()?;
    let page = library()
        .list_sessions(&actor, None, Limit::default())
        .await?;
    let own = match actor.who {
        Who::User { session, .. } => Some(session),
        Who::Token(_) | Who::System => None,
    };
    Ok((page.items, own))
}

/// The living sessions of a colleague, newest first.
#[server(prefix = "/rpc", endpoint = "list_sessions_of", input = Json)]
pub async fn list_sessions_of(id: UserId) -> Result<Vec<Session>, Failure> {
    use super::context::{actor, library};
    use model::Limit;

    let (library, actor) = (library(), actor()?);
    let page = library.list_user_sessions(&actor, id, None, Limit::default());
    Ok(page.await?.items)
}

/// What the account holds, and who brought it.
#[server(prefix = "/rpc", endpoint = "get_usage", input = Json)]
pub async fn get_usage() -> Result<Usage, Failure> {
    use super::context::{actor, library};

    Ok(library().usage(&actor()?).await?)
}

/// A page of the audit trail.
#[server(prefix = "/rpc", endpoint = "list_audit", input = Json)]
pub async fn list_audit(
    filter: AuditFilter,
    cursor: Option<Cursor>,
) -> Result<Page<AuditLine>, Failure> {
    use super::context::{actor, library};
    use model::Limit;

    let (library, actor) = (library(), actor()?);
    let page = library.list_audit(&actor, &filter, cursor.as_ref(), Limit::default());
    Ok(page.await?)
}

/// A page of all accounts.
#[server(prefix = "/rpc", endpoint = "list_accounts", input = Json)]
pub async fn list_accounts(cursor: Option<Cursor>) -> Result<Page<Account>, Failure> {
    use super::context::{actor, library};
    use model::Limit;

    let (library, actor) = (library(), actor()?);
    let page = library.list_accounts(&actor, cursor.as_ref(), Limit::default());
    Ok(page.await?)
}
