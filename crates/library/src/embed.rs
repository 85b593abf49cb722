//! Embed sessions: a page of another program may look and write here for a short while.
//!
//! The other program's server asks for one and hands its secret to its page, which hands it to
//! the picker; the picker claims it at once, so what lies in the page is spent. What a session
//! may do at all stands in `doors`, what it sees in `fence`.

mod doors;
pub(crate) mod fence;

use std::{sync::Arc, time::Duration};

use model::{
    AccountId, Cursor, EmbedFrame, EmbedScope, EmbedSession, EmbedSessionId, EmbedUser, EventKind,
    FolderId, Kind, Limit, NewUsage, Page, Problem, ProblemCode, Right, Role, Scope, Secret,
    Sha256, Timestamp, TokenId, UserId, WebOrigin,
};

use crate::{
    Actor, Client, Clock, Library, Result, Who, audit,
    db::{Tx, accounts, embed_sessions, folders, page},
    digest,
};
pub(crate) use doors::Door;

/// What the secrets of embed sessions begin with, which tells them from API tokens.
pub const PREFIX: &str = "sem_";
/// How long a session lives unless said.
pub const LIFETIME: Duration = Duration::from_mins(15);
/// How long a session lives at most.
pub const LONGEST: Duration = Duration::from_hours(1);
/// The most living sessions of one account.
pub const MOST_LIVING: i64 = 1_000;
/// How long an ended session is kept, so that the audit trail can say who it was.
const KEPT: Duration = Duration::from_hours(30 * 24);

/// An embed session to be made.
#[derive(Clone, Debug)]
pub struct NewEmbedSession {
    pub origin: WebOrigin,
    pub scopes: Vec<EmbedScope>,
    pub folder_id: Option<FolderId>,
    /// None at all means all kinds.
    pub kinds: Vec<Kind>,
    pub max_operations: Option<u32>,
    pub lifetime: Duration,
    /// What is written in the page; without it, nothing is recorded as used.
    pub used_in: Option<NewUsage>,
    pub user: Option<EmbedUser>,
}

/// A living session as it was read a moment ago: the actor it makes but for the address.
pub(crate) type Living = (AccountId, Arc<EmbedSession>);

impl Library {
    /// Makes an embed session; its secret is given back once and never again. For API tokens that
    /// may write, and for administrators.
    ///
    /// Nobody makes a session that may more than they.
    pub async fn create_embed_session(
        &self,
        actor: &Actor,
        wanted: NewEmbedSession,
    ) -> Result<(EmbedSession, Secret)> {
        let (token_id, created_by) = self.require_embedder(actor).await?;
        let lifetime = check(&wanted)?;
        let scopes = in_one_order(wanted.scopes);
        for scope in &scopes {
            self.require(actor, doors::right_of(*scope)).await?;
        }
        let (clock, account) = (&*self.inner.clock, actor.account_id);
        let (now, secret) = (clock.now(), clock.new_secret(PREFIX));
        let session = EmbedSession {
            id: clock.new_id(),
            origin: wanted.origin,
            scopes,
            folder_id: wanted.folder_id,
            kinds: in_one_order(wanted.kinds),
            max_operations: wanted.max_operations,
            used_in: wanted.used_in,
            user: wanted.user,
            token_id,
            created_by,
            created_at: now,
            expires_at: now.after(lifetime),
        };
        let mut tx = self.inner.db.write().await?;
        // Of many who ask at once, each counts those before.
        accounts::lock(&mut tx, account).await?;
        if embed_sessions::count_living(&mut tx, account, now).await? >= MOST_LIVING {
            return Err(too_many().into());
        }
        if let Some(folder) = session.folder_id {
            let depth = folders::find_depth(&mut tx, account, folder).await?;
            depth.ok_or_else(Problem::not_found)?;
        }
        embed_sessions::insert(&mut tx, account, &session, digest::of_secret(&secret)).await?;
        let kind = (account, EventKind::EmbedSessionCreated);
        let user = session.user.as_ref().map(EmbedUser::as_str);
        let user = user.unwrap_or_default();
        audit::record_with(&mut tx, clock, actor, kind, session.id, user).await?;
        tx.commit().await?;
        Ok((session, secret))
    }

    /// Gives the session that asks another secret; the one it asked with opens nothing from then
    /// on, so of two who have the same the second learns that there was a first.
    pub async fn claim_embed_session(
        &self,
        actor: &Actor,
        spent: &Secret,
    ) -> Result<(EmbedSession, Secret)> {
        let session = require_embedded(actor)?;
        let fresh = self.inner.clock.new_secret(PREFIX);
        let digests = (digest::of_secret(spent), digest::of_secret(&fresh));
        let mut tx = self.inner.db.write().await?;
        if !embed_sessions::rotate(&mut tx, actor.account_id, session.id, digests).await? {
            return Err(Problem::unauthenticated().into());
        }
        tx.commit().await?;
        Ok((session.clone(), fresh))
    }

    /// The session that asks, and the name of the account it acts in.
    pub async fn get_own_embed_session(&self, actor: &Actor) -> Result<(EmbedSession, String)> {
        let session = require_embedded(actor)?;
        let mut tx = self.inner.db.read().await?;
        let account = accounts::get(&mut tx, actor.account_id).await?;
        Ok((session.clone(), account.name))
    }

    /// The account's living embed sessions, newest first; for administrators.
    pub async fn list_embed_sessions(
        &self,
        actor: &Actor,
        cursor: Option<&Cursor>,
        limit: Limit,
    ) -> Result<Page<EmbedSession>> {
        self.require(actor, Right::Administer).await?;
        let before: Option<EmbedSessionId> = page::decode(cursor)?;
        let (account, now) = (actor.account_id, self.inner.clock.now());
        let mut tx = self.inner.db.read().await?;
        let rows = page::rows(limit);
        let found = embed_sessions::list_living(&mut tx, account, now, before, rows).await?;
        Ok(page::cut(found, limit, |session| session.id))
    }

    /// Ends an embed session; for administrators, and for the token that made it.
    pub async fn end_embed_session(&self, actor: &Actor, id: EmbedSessionId) -> Result<()> {
        let (token, _) = self.require_embedder(actor).await?;
        let (clock, account) = (&*self.inner.clock, actor.account_id);
        let now = clock.now();
        let mut tx = self.inner.db.write().await?;
        let found = embed_sessions::find(&mut tx, account, id, now).await?;
        let is_theirs = |session: &EmbedSession| {
            actor.may(Right::Administer) || (token.is_some() && session.token_id == token)
        };
        found.filter(is_theirs).ok_or_else(Problem::not_found)?;
        if embed_sessions::end(&mut tx, account, id, now).await? {
            let kind = EventKind::EmbedSessionEnded;
            audit::record(&mut tx, clock, actor, kind, id).await?;
        }
        tx.commit().await
    }

    /// Which page may frame the picker of a session, while that lives. Nobody asks as anybody here:
    /// a frame is loaded before the picker in it knows who it works for.
    pub async fn embed_frame(&self, id: &EmbedSessionId) -> Result<Option<EmbedFrame>> {
        let now = self.inner.clock.now();
        let mut tx = self.inner.db.read().await?;
        let origin = embed_sessions::find_origin(&mut tx, *id, now).await?;
        Ok(origin.map(|origin| EmbedFrame { origin }))
    }

    /// Who the secret of an embed session belongs to, while that lives.
    pub(crate) async fn find_embedded(
        &self,
        secret: &Secret,
        client: &Client,
    ) -> Result<Option<Actor>> {
        let now = self.inner.clock.now();
        let found = self
            .find_living_embed(digest::of_secret(secret), now)
            .await?;
        Ok(found.map(|(account_id, session)| Actor {
            account_id,
            who: Who::Embed(session.id),
            role: Role::Agent,
            operator: false,
            library_enabled: true,
            scopes: Some(scopes_of(&session)),
            embed: Some(session),
            ip: client.ip,
            door: client.door.clone(),
        }))
    }

    /// A living session, as read a moment ago or now.
    async fn find_living_embed(&self, digest: Sha256, now: Timestamp) -> Result<Option<Living>> {
        let changes = self.inner.db.caller_changes();
        let held: Option<Living> = self.inner.embeds.find(&digest, now, changes);
        let held = held.filter(|(_, session)| now < session.expires_at);
        if held.is_some() {
            return Ok(held);
        }
        let mut tx = self.inner.db.read().await?;
        let found = embed_sessions::find_living(&mut tx, digest, now).await?;
        let found = found.map(|(account, session)| (account, Arc::new(session)));
        if let Some(living) = &found {
            let living = living.clone();
            self.inner.embeds.hold(digest, living, now, changes);
        }
        Ok(found)
    }

    /// Refuses whoever may make no embed sessions; the token or the person that may.
    async fn require_embedder(&self, actor: &Actor) -> Result<(Option<TokenId>, Option<UserId>)> {
        self.require(actor, Right::Edit).await?;
        match actor.who {
            Who::Token(id) => Ok((Some(id), None)),
            Who::User { id, .. } => {
                self.require(actor, Right::Administer).await?;
                Ok((None, Some(id)))
            }
            Who::Embed(_) | Who::System => Err(Problem::forbidden().into()),
        }
    }
}

/// Ends all that a token made, each with a line.
pub(crate) async fn end_of_token(
    tx: &mut Tx,
    clock: &dyn Clock,
    actor: &Actor,
    token: TokenId,
) -> Result<()> {
    let ended = embed_sessions::end_of_token(tx, token, clock.now()).await?;
    record_ends(tx, clock, actor, ended).await
}

/// Ends all that a person made who may less from now on, each with a line.
pub(crate) async fn end_made_by(
    tx: &mut Tx,
    clock: &dyn Clock,
    actor: &Actor,
    maker: UserId,
) -> Result<()> {
    let ended = embed_sessions::end_made_by(tx, maker, clock.now()).await?;
    record_ends(tx, clock, actor, ended).await
}

async fn record_ends(
    tx: &mut Tx,
    clock: &dyn Clock,
    actor: &Actor,
    ended: Vec<(EmbedSessionId, AccountId)>,
) -> Result<()> {
    for (id, account) in ended {
        let kind = EventKind::EmbedSessionEnded;
        audit::record_in(tx, clock, actor, Some(account), kind, id).await?;
    }
    Ok(())
}

/// Forgets sessions that ended long ago.
pub(crate) async fn forget(tx: &mut Tx, now: Timestamp) -> Result<u64> {
    embed_sessions::delete_before(tx, now.before(KEPT)).await
}

/// The session that asks; nobody else has one.
fn require_embedded(actor: &Actor) -> Result<&EmbedSession> {
    let session = actor.embed.as_deref();
    session.ok_or_else(|| Problem::forbidden().into())
}

/// Refuses a session that nobody could use; how long it will live.
fn check(wanted: &NewEmbedSession) -> Result<Duration> {
    if wanted.scopes.is_empty() {
        let detail = "Name at least one of browse, upload, crop and share.";
        return Err(Problem::invalid("scopes", detail).into());
    }
    if wanted.max_operations == Some(0) {
        let detail = "A session may write at least once, where that is counted.";
        return Err(Problem::invalid("max_operations", detail).into());
    }
    if wanted.lifetime.is_zero() || wanted.lifetime > LONGEST {
        let detail = "A session lives 1 to 3 600 seconds.";
        let problem = Problem::invalid("expires_in", detail).at_most(LONGEST.as_secs());
        return Err(problem.into());
    }
    Ok(wanted.lifetime)
}

/// What the rights of a session come to in the words of tokens.
fn scopes_of(session: &EmbedSession) -> Vec<Scope> {
    let rights = session.scopes.iter().map(|scope| doors::right_of(*scope));
    let mut scopes: Vec<_> = rights.filter_map(Scope::for_right).collect();
    scopes.dedup();
    scopes
}

fn in_one_order<T: Ord>(mut words: Vec<T>) -> Vec<T> {
    words.sort_unstable();
    words.dedup();
    words
}

fn too_many() -> Problem {
    Problem {
        retry_after: Some(60),
        ..Problem::new(
            ProblemCode::TooManyRequests,
            format!("The account has {MOST_LIVING} embed sessions. Wait until some have ended."),
        )
    }
    .at_most(MOST_LIVING.unsigned_abs())
}
