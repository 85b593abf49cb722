//! Doors to what the settings show: people, sessions, storage, audit trail, accounts.
//!
//! What they change goes by plain forms, so that it works without a script.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{
    Account, AccountId, Asset, AuditFilter, AuditLine, ByteSize, Cursor, Invitation, Meter, Page,
    Placement, Session, SessionId, Token, Usage, User, UserId,
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

/// One person of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub user: User,
    /// What they brought, of what they may.
    pub meter: Meter,
    /// What everybody of the account may bring.
    pub everybody: Option<ByteSize>,
    pub sessions: Vec<Session>,
    /// The latest API tokens they made.
    pub tokens: Vec<Token>,
    /// A one-use link that was made just now.
    pub link: Option<String>,
    pub is_own: bool,
}

/// One account, as its operator sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountSeat {
    pub account: Account,
    pub meter: Meter,
    pub people: Page<User>,
    /// Every placement, with what an operator says of it for this account.
    pub placements: Vec<Placement>,
}

/// What holds the room, and assets worth a look when more is needed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    pub usage: Usage,
    /// Whether the one who asks is to say that they have seen how full the account is.
    pub warned: bool,
    pub largest: Vec<Asset>,
    /// The largest of those that nobody used yet.
    pub unused: Vec<Asset>,
}

/// A page of the audit trail, and for how many days it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trail {
    pub page: Page<AuditLine>,
    pub days: u32,
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

    let (library, actor, link) = (library(), actor()?, cookie(LINK_COOKIE));
    let page = library.list_users(&actor, cursor.as_ref(), Limit::default());
    Ok(People {
        page: page.await?,
        invitations: library.list_invitations(&actor).await?,
        link,
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
        Who::Token(_) | Who::Embed(_) | Who::System => None,
    };
    Ok((page.items, own))
}

/// One person of the account.
#[server(prefix = "/rpc", endpoint = "get_person", input = Json)]
pub async fn get_person(id: UserId) -> Result<Person, Failure> {
    use super::context::{actor, cookie, library};
    use model::Limit;

    // What the page knows is asked for first: it may be gone once something was waited for.
    let (library, actor, link) = (library(), actor()?, cookie(LINK_COOKIE));
    let sessions = library.list_user_sessions(&actor, id, None, Limit::default());
    let sessions = sessions.await?.items;
    Ok(Person {
        user: library.get_user(&actor, id).await?,
        meter: library.user_meter(&actor, id).await?,
        everybody: library.get_own_account(&actor).await?.limits.user_quota,
        sessions,
        tokens: library.list_user_tokens(&actor, id).await?,
        link,
        is_own: actor.user_id() == Some(id),
    })
}

/// One account, for operators.
#[server(prefix = "/rpc", endpoint = "get_account", input = Json)]
pub async fn get_account(id: AccountId, cursor: Option<Cursor>) -> Result<AccountSeat, Failure> {
    use super::context::{actor, library};
    use model::Limit;
    use model::placement::{catalogue, with_own};

    let (library, actor) = (library(), actor()?);
    let people = library.list_users_of(&actor, id, cursor.as_ref(), Limit::default());
    let own = library.list_own_placements(&actor, id, None, Limit::MOST);
    Ok(AccountSeat {
        placements: with_own(catalogue(), own.await?.items),
        people: people.await?,
        account: library.get_account(&actor, id).await?,
        meter: library.account_meter(&actor, id).await?,
    })
}

/// What the account holds, and who brought it.
#[server(prefix = "/rpc", endpoint = "get_usage", input = Json)]
pub async fn get_usage() -> Result<Usage, Failure> {
    use super::context::{actor, library};

    Ok(library().usage(&actor()?).await?)
}

/// A page of the audit trail.
#[server(prefix = "/rpc", endpoint = "list_audit", input = Json)]
pub async fn list_audit(filter: AuditFilter, cursor: Option<Cursor>) -> Result<Trail, Failure> {
    use super::context::{actor, library};
    use model::Limit;

    let (library, actor) = (library(), actor()?);
    let page = library.list_audit(&actor, &filter, cursor.as_ref(), Limit::default());
    Ok(Trail {
        page: page.await?,
        days: library.get_own_account(&actor).await?.limits.audit_days,
    })
}

/// What holds the room, and assets worth a look when more is needed.
#[server(prefix = "/rpc", endpoint = "review_storage", input = Json)]
pub async fn review_storage() -> Result<Review, Failure> {
    use super::context::{actor, library};
    use model::{AssetFilter, AssetSort, Limit};

    let (library, actor) = (library(), actor()?);
    let few = Limit::new(10).unwrap_or_default();
    let largest = AssetFilter {
        sort: AssetSort::Largest,
        ..AssetFilter::default()
    };
    let unused = AssetFilter {
        used: Some(false),
        ..largest.clone()
    };
    Ok(Review {
        usage: library.usage(&actor).await?,
        warned: library.storage_warning(&actor).await?.is_some(),
        largest: library
            .list_assets(&actor, &largest, None, few)
            .await?
            .items,
        unused: library.list_assets(&actor, &unused, None, few).await?.items,
    })
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
