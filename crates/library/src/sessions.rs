//! Signing in and out, and knowing who asks.

use std::time::Duration;

use model::{
    Cursor, Email, EventKind, Limit, Page, Problem, ProblemCode, Reason, Secret, Session,
    SessionId, Sha256, Timestamp, TokenId, User,
};

use crate::{
    Actor, Client, Clock, Library, Result, Who, audit,
    db::{
        Tx, attempts, idempotency, invitations, jobs, page,
        sessions::{self, Living},
        tokens::{self, Valid},
        users,
    },
    digest, embed, idempotent,
    throttle::{self, Try},
};

/// How long a session lives untouched.
pub const IDLE: Duration = Duration::from_hours(14 * 24);
/// How long a session lives at all.
pub const ABSOLUTE: Duration = Duration::from_hours(90 * 24);
/// How exact "last seen" and "last used" are; a write for every look would be too dear.
const TOUCHED_EVERY: Duration = Duration::from_mins(1);
/// Long enough for somebody to look why work failed; then the same work may be tried again.
const FAILED_JOBS_KEPT: Duration = Duration::from_hours(7 * 24);

impl Library {
    /// Signs a person in with a new session; gives back its token for the cookie.
    ///
    /// A session the browser had before ends. Tries are throttled by person and by address.
    pub async fn sign_in(
        &self,
        email: &str,
        password: &Secret,
        client: &Client,
        previous: Option<&Secret>,
    ) -> Result<(User, Secret)> {
        let attempt = Try::new(&email.trim().to_lowercase(), client.ip);
        // What is no address is nobody's, and is looked for all the same.
        let email: Option<Email> = email.parse().ok();
        let email = email.map(|email| email.to_string()).unwrap_or_default();
        let found = self
            .begin_sign_in(&email, &attempt, client, previous)
            .await?;
        let (user, kept) = found.unzip();
        let fits = self.inner.passwords.verify(password, kept.clone()).await?;
        match user.filter(|user| fits && user.disabled_at.is_none()) {
            Some(user) => {
                let kept = kept.unwrap_or_default();
                self.finish_sign_in(user, &kept, &attempt, client, previous)
                    .await
            }
            None => Err(self.refuse_sign_in(&email, client).await?.into()),
        }
    }

    /// Who a session token belongs to, while it lives.
    pub async fn find_actor_by_session(
        &self,
        token: &Secret,
        client: &Client,
    ) -> Result<Option<Actor>> {
        let now = self.inner.clock.now();
        let digest = digest::of_secret(token);
        let Some(living) = self.find_living(digest, now).await? else {
            return Ok(None);
        };
        if now.since(living.last_seen_at) >= TOUCHED_EVERY {
            self.touch_session(living.id, now, client).await;
            self.inner.sessions.forget(&digest);
        }
        Ok(Some(Actor {
            account_id: living.account_id,
            who: Who::User {
                id: living.user_id,
                session: living.id,
            },
            role: living.role,
            operator: living.operator,
            library_enabled: living.library_enabled,
            scopes: None,
            embed: None,
            ip: client.ip,
            door: client.door.clone(),
        }))
    }

    /// Who an API token or the secret of an embed session belongs to, while it is valid.
    pub async fn find_actor_by_token(
        &self,
        token: &Secret,
        client: &Client,
    ) -> Result<Option<Actor>> {
        if token.expose().starts_with(embed::PREFIX) {
            return self.find_embedded(token, client).await;
        }
        let now = self.inner.clock.now();
        let digest = digest::of_secret(token);
        let Some(valid) = self.find_valid(digest, now).await? else {
            return Ok(None);
        };
        let touched = valid.last_used_at.unwrap_or_default();
        if now.since(touched) >= TOUCHED_EVERY {
            self.touch_token(valid.id, now).await;
            self.inner.tokens.forget(&digest);
        }
        Ok(Some(Actor {
            account_id: valid.account_id,
            who: Who::Token(valid.id),
            role: valid.role,
            operator: false,
            library_enabled: valid.library_enabled,
            scopes: Some(valid.scopes).filter(|scopes| !scopes.is_empty()),
            embed: None,
            ip: client.ip,
            door: client.door.clone(),
        }))
    }

    /// A living session, as read a moment ago or now.
    async fn find_living(&self, digest: Sha256, now: Timestamp) -> Result<Option<Living>> {
        let changes = self.inner.db.caller_changes();
        let held = self.inner.sessions.find(&digest, now, changes);
        if held.as_ref().is_some_and(|living| lives(living, now)) {
            return Ok(held);
        }
        let mut tx = self.inner.db.read().await?;
        let found = sessions::find_living(&mut tx, digest, now).await?;
        if let Some(living) = &found {
            let living = living.clone();
            self.inner.sessions.hold(digest, living, now, changes);
        }
        Ok(found)
    }

    /// A token that is good, as read a moment ago or now.
    async fn find_valid(&self, digest: Sha256, now: Timestamp) -> Result<Option<Valid>> {
        let changes = self.inner.db.caller_changes();
        let held = self.inner.tokens.find(&digest, now, changes);
        if held.is_some() {
            return Ok(held);
        }
        let mut tx = self.inner.db.read().await?;
        let found = tokens::find_valid(&mut tx, digest).await?;
        if let Some(valid) = &found {
            let valid = valid.clone();
            self.inner.tokens.hold(digest, valid, now, changes);
        }
        Ok(found)
    }

    /// Ends the session that asks.
    pub async fn sign_out(&self, actor: &Actor) -> Result<()> {
        let (_, session) = actor.require_person()?;
        let mut tx = self.inner.db.write().await?;
        sessions::delete(&mut tx, session).await?;
        let kind = EventKind::UserSignedOut;
        audit::record(&mut tx, &*self.inner.clock, actor, kind, session).await?;
        tx.commit().await
    }

    /// Ends all sessions of the person who asks, this one too.
    pub async fn sign_out_everywhere(&self, actor: &Actor) -> Result<()> {
        let (id, _) = actor.require_person()?;
        let mut tx = self.inner.db.write().await?;
        sessions::delete_of_user(&mut tx, id, None).await?;
        let kind = EventKind::UserSignedOut;
        audit::record(&mut tx, &*self.inner.clock, actor, kind, id).await?;
        tx.commit().await
    }

    /// The living sessions of the person who asks, newest first.
    pub async fn list_sessions(
        &self,
        actor: &Actor,
        cursor: Option<&Cursor>,
        limit: Limit,
    ) -> Result<Page<Session>> {
        let (id, _) = actor.require_person()?;
        let before: Option<SessionId> = page::decode(cursor)?;
        let now = self.inner.clock.now();
        let mut tx = self.inner.db.read().await?;
        let sessions = sessions::list(&mut tx, id, now, before, page::rows(limit)).await?;
        Ok(page::cut(sessions, limit, |session| session.id))
    }

    /// Ends one session of the person who asks.
    pub async fn end_session(&self, actor: &Actor, id: SessionId) -> Result<()> {
        let (user, _) = actor.require_person()?;
        let mut tx = self.inner.db.write().await?;
        if !sessions::delete_own(&mut tx, id, user).await? {
            return Err(Problem::not_found().into());
        }
        let kind = EventKind::UserSignedOut;
        audit::record(&mut tx, &*self.inner.clock, actor, kind, id).await?;
        tx.commit().await
    }

    /// Notes the try, and finds who it may be.
    async fn begin_sign_in(
        &self,
        email: &str,
        attempt: &Try,
        client: &Client,
        previous: Option<&Secret>,
    ) -> Result<Option<(User, String)>> {
        let now = self.inner.clock.now();
        let digest = previous.map(digest::of_secret);
        let mut tx = self.inner.db.write().await?;
        let known = sessions::is_known(&mut tx, email, digest, client.ip_text(), now).await?;
        attempt.begin(&mut tx, now, known).await?;
        let found = users::find_by_email(&mut tx, email).await?;
        tx.commit().await?;
        Ok(found)
    }

    /// Begins the session of a person whose password fits, if all is still as it was.
    async fn finish_sign_in(
        &self,
        user: User,
        kept: &str,
        attempt: &Try,
        client: &Client,
        previous: Option<&Secret>,
    ) -> Result<(User, Secret)> {
        let mut tx = self.inner.db.write().await?;
        let found = users::find_by_email(&mut tx, user.email.as_str()).await?;
        let Some((user, _)) =
            found.filter(|(user, password)| user.disabled_at.is_none() && password == kept)
        else {
            return Err(wrong().into());
        };
        attempt.succeed(&mut tx).await?;
        if let Some(previous) = previous {
            sessions::delete_by_digest(&mut tx, digest::of_secret(previous)).await?;
        }
        let token = begin(&mut tx, &*self.inner.clock, &user, client).await?;
        tx.commit().await?;
        Ok((user, token))
    }

    /// Writes down a try that failed, as costly for somebody unknown as for somebody known.
    async fn refuse_sign_in(&self, email: &str, client: &Client) -> Result<Problem> {
        let clock = &*self.inner.clock;
        let mut tx = self.inner.db.write().await?;
        let found = users::find_by_email(&mut tx, email).await?;
        audit::record_failed_sign_in(&mut tx, clock, found.map(|(user, _)| user), client).await?;
        tx.commit().await?;
        Ok(wrong())
    }

    /// Notes that a session was used; one that cannot be noted may still be used.
    async fn touch_session(&self, id: SessionId, now: Timestamp, client: &Client) {
        let touched = async {
            let mut tx = self.inner.db.write().await?;
            sessions::touch(&mut tx, id, now, client).await?;
            tx.commit().await
        };
        if let Err(error) = touched.await {
            tracing::warn!(%error, "the use of a session was not noted");
        }
    }

    /// Notes that a token was used; one that cannot be noted may still be used.
    async fn touch_token(&self, id: TokenId, now: Timestamp) {
        let touched = async {
            let mut tx = self.inner.db.write().await?;
            tokens::touch(&mut tx, id, now).await?;
            tx.commit().await
        };
        if let Err(error) = touched.await {
            tracing::warn!(%error, "the use of a token was not noted");
        }
    }

    /// Removes what nobody will ask for again: ended sessions and batches, old tries, old answers
    /// and work that was given up.
    pub(crate) async fn forget_expired(&self) -> Result<u64> {
        let now = self.inner.clock.now();
        let mut tx = self.inner.db.write().await?;
        let forgotten = sessions::delete_expired(&mut tx, now).await?
            + attempts::delete_before(&mut tx, throttle::forgotten_before(now)).await?
            + jobs::delete_failed(&mut tx, now.before(FAILED_JOBS_KEPT)).await?
            + idempotency::delete_before(&mut tx, now.before(idempotent::KEPT)).await?
            + invitations::delete_expired(&mut tx, now).await?
            + embed::forget(&mut tx, now).await?;
        tx.commit().await?;
        Ok(forgotten
            + self.forget_batches().await?
            + self.forget_webhook_deliveries().await?
            + self.forget_events().await?)
    }
}

/// Whether a session that lived a moment ago still does.
fn lives(session: &Living, now: Timestamp) -> bool {
    now < session.created_at.after(ABSOLUTE) && now < session.last_seen_at.after(IDLE)
}

/// Begins a session, and writes down that it did.
pub(crate) async fn begin(
    tx: &mut Tx,
    clock: &dyn Clock,
    user: &User,
    client: &Client,
) -> Result<Secret> {
    let (id, token) = (clock.new_id(), clock.new_secret(""));
    let digest = digest::of_secret(&token);
    sessions::insert(tx, id, user.id, digest, clock.now(), client).await?;
    let actor = Actor {
        account_id: user.account_id,
        who: Who::User {
            id: user.id,
            session: id,
        },
        role: user.role,
        operator: user.operator,
        library_enabled: true,
        scopes: None,
        embed: None,
        ip: client.ip,
        door: client.door.clone(),
    };
    audit::record(tx, clock, &actor, EventKind::UserSignedIn, id).await?;
    Ok(token)
}

/// Gives a session another token; the one it had opens nothing from then on.
pub(crate) async fn rotate(tx: &mut Tx, clock: &dyn Clock, id: SessionId) -> Result<Secret> {
    let token = clock.new_secret("");
    if !sessions::rotate(tx, id, digest::of_secret(&token)).await? {
        return Err(Problem::unauthenticated().into());
    }
    Ok(token)
}

/// The answer to every sign-in that fails, whatever the reason.
fn wrong() -> Problem {
    Problem::new(
        ProblemCode::Unauthenticated,
        "The email address or the password is wrong.",
    )
    .because(Reason::WrongCredentials)
}
