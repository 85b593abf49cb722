//! One-use links: into an account for somebody new, and back into it for who forgot a password.

use std::time::Duration;

use model::{
    Email, EventKind, Invitation, InvitationId, PersonName, Problem, Reason, Right, Role, Secret,
    Sha256, Theme, User, UserId, invitation::Welcome,
};

use crate::{
    Actor, Client, Library, Result, Who, audit,
    db::{accounts, invitations, sessions, users},
    digest, password,
    sessions::begin,
    throttle::Try,
    users::find_colleague,
};

/// How long an invitation may be accepted.
pub const INVITED_FOR: Duration = Duration::from_hours(7 * 24);
/// How long a link for a new password works.
pub const RESET_FOR: Duration = Duration::from_hours(24);

/// Somebody to be invited.
#[derive(Clone, Debug)]
pub struct NewInvitation {
    pub email: Email,
    pub role: Role,
}

/// What somebody who accepts an invitation says.
#[derive(Clone, Debug)]
pub struct Acceptance {
    pub name: PersonName,
    pub password: Secret,
}

impl Library {
    /// Makes a one-use link by which somebody joins the actor's account; for administrators.
    ///
    /// An earlier invitation of the same address works no longer. Whether somebody outside the
    /// account has the address is not told.
    pub async fn invite_user(
        &self,
        actor: &Actor,
        new: NewInvitation,
    ) -> Result<(Invitation, Secret)> {
        self.require(actor, Right::Administer).await?;
        self.require_covered(actor, new.role).await?;
        let clock = &*self.inner.clock;
        let now = clock.now();
        let (token, invitation) = (
            clock.new_secret(""),
            Invitation {
                id: clock.new_id(),
                email: new.email,
                role: new.role,
                created_at: now,
                expires_at: now.after(INVITED_FOR),
                refused_at: None,
            },
        );
        let mut tx = self.inner.db.write().await?;
        let found = users::find_by_email(&mut tx, invitation.email.as_str()).await?;
        if found.is_some_and(|(user, _)| user.account_id == actor.account_id) {
            let problem = Problem::conflict("Somebody here has this email address already.");
            return Err(problem.because(Reason::EmailTaken).into());
        }
        let digest = digest::of_secret(&token);
        let (account, by) = (actor.account_id, actor.user_id());
        invitations::insert(&mut tx, account, &invitation, digest, by).await?;
        audit::record(&mut tx, clock, actor, EventKind::UserInvited, invitation.id).await?;
        tx.commit().await?;
        Ok((invitation, token))
    }

    /// Who may join the actor's account and has not yet, newest first; for administrators.
    pub async fn list_invitations(&self, actor: &Actor) -> Result<Vec<Invitation>> {
        self.require(actor, Right::Administer).await?;
        let now = self.inner.clock.now();
        let mut tx = self.inner.db.read().await?;
        invitations::list(&mut tx, actor.account_id, now).await
    }

    /// Makes an invitation worthless; for administrators.
    pub async fn withdraw_invitation(&self, actor: &Actor, id: InvitationId) -> Result<()> {
        self.require(actor, Right::Administer).await?;
        let mut tx = self.inner.db.write().await?;
        // Afterwards nobody knows who was invited; without one, nothing of this is kept.
        let kind = EventKind::InvitationWithdrawn;
        audit::record(&mut tx, &*self.inner.clock, actor, kind, id).await?;
        if !invitations::delete(&mut tx, actor.account_id, id).await? {
            return Err(Problem::not_found().into());
        }
        tx.commit().await
    }

    /// What somebody with an invitation's link joins, while the link works.
    pub async fn find_invitation(&self, token: &Secret) -> Result<Option<Welcome>> {
        let now = self.inner.clock.now();
        let mut tx = self.inner.db.read().await?;
        let found = invitations::find(&mut tx, digest::of_secret(token), now).await?;
        let Some((account, invitation)) = found else {
            return Ok(None);
        };
        Ok(Some(Welcome {
            account: accounts::get(&mut tx, account).await?.name,
            email: invitation.email,
        }))
    }

    /// Uses an invitation up: somebody joins the account and is signed in.
    pub async fn accept_invitation(
        &self,
        token: &Secret,
        said: Acceptance,
        client: &Client,
    ) -> Result<(User, Secret)> {
        let digest = digest::of_secret(token);
        let attempt = self.begin_link(digest, client).await?;
        let clock = &*self.inner.clock;
        let mut tx = self.inner.db.read().await?;
        let found = invitations::find(&mut tx, digest, clock.now()).await?;
        drop(tx);
        let (account, invitation) = found.ok_or_else(Problem::not_found)?;
        password::check(&said.password, &invitation.email)?;
        let hash = self.hash_password(&said.password).await?;
        let user = User {
            id: clock.new_id(),
            account_id: account,
            email: invitation.email,
            name: said.name.to_string(),
            role: invitation.role,
            operator: false,
            quota: None,
            language: None,
            theme: Theme::default(),
            created_at: clock.now(),
            disabled_at: None,
        };
        let mut tx = self.inner.db.write().await?;
        // Of two who come at once, one takes the link.
        if !invitations::take(&mut tx, digest).await? {
            return Err(Problem::not_found().into());
        }
        match users::insert(&mut tx, &user, &hash).await {
            Err(error) if error.is_unique_violation() => {
                drop(tx);
                return self.refuse_invitation(digest).await;
            }
            done => done?,
        }
        attempt.succeed(&mut tx).await?;
        let mut own = Actor::system(account);
        own.ip = client.ip;
        audit::record(&mut tx, clock, &own, EventKind::UserCreated, user.id).await?;
        let session = begin(&mut tx, clock, &user, client).await?;
        tx.commit().await?;
        Ok((user, session))
    }

    /// Tells whoever has the link, and nobody else, that its address cannot be used; the
    /// administrators see that it was tried. Who has the address elsewhere is nobody's business.
    async fn refuse_invitation<T>(&self, digest: Sha256) -> Result<T> {
        let mut tx = self.inner.db.write().await?;
        invitations::refuse(&mut tx, digest, self.inner.clock.now()).await?;
        tx.commit().await?;
        tracing::info!("an invitation was not accepted: its address is of another account");
        let told = "This address cannot be used here; ask for an invitation to another one.";
        Err(Problem::conflict(told)
            .because(Reason::AddressElsewhere)
            .into())
    }

    /// Makes a one-use link by which a person chooses a new password; for administrators.
    ///
    /// The old password and all sessions go on until the link is used.
    pub async fn create_password_reset(&self, actor: &Actor, id: UserId) -> Result<Secret> {
        self.require(actor, Right::Administer).await?;
        let clock = &*self.inner.clock;
        let token = clock.new_secret("");
        let mut tx = self.inner.db.write().await?;
        let user = find_colleague(&mut tx, actor, id).await?;
        if user.operator {
            actor.require(Right::Operate)?;
        }
        if !actor.covers(user.role) {
            return Err(Problem::forbidden().into());
        }
        if user.disabled_at.is_some() {
            return Err(Problem::conflict("Let this person sign in again first.")
                .because(Reason::SwitchedOff)
                .into());
        }
        let now = clock.now();
        let times = (now, now.after(RESET_FOR));
        let digest = digest::of_secret(&token);
        invitations::put_reset(&mut tx, id, digest, actor.user_id(), times).await?;
        audit::record(&mut tx, clock, actor, EventKind::PasswordResetMade, id).await?;
        tx.commit().await?;
        Ok(token)
    }

    /// Who chooses a new password by a link, while the link works.
    pub async fn find_password_reset(&self, token: &Secret) -> Result<Option<Welcome>> {
        let now = self.inner.clock.now();
        let mut tx = self.inner.db.read().await?;
        let found = invitations::find_reset(&mut tx, digest::of_secret(token), now).await?;
        let user = match found {
            Some(id) => users::find(&mut tx, id).await?,
            None => None,
        };
        let Some(user) = user.filter(|user| user.disabled_at.is_none()) else {
            return Ok(None);
        };
        Ok(Some(Welcome {
            account: accounts::get(&mut tx, user.account_id).await?.name,
            email: user.email,
        }))
    }

    /// Uses a link up: its person has a new password, is signed in here and nowhere else.
    pub async fn reset_password(
        &self,
        token: &Secret,
        new: &Secret,
        client: &Client,
    ) -> Result<(User, Secret)> {
        let digest = digest::of_secret(token);
        let attempt = self.begin_link(digest, client).await?;
        let welcome = self.find_password_reset(token).await?;
        let welcome = welcome.ok_or_else(Problem::not_found)?;
        password::check(new, &welcome.email)?;
        let hash = self.hash_password(new).await?;
        let clock = &*self.inner.clock;
        let mut tx = self.inner.db.write().await?;
        let found = users::find_by_email(&mut tx, welcome.email.as_str()).await?;
        let user = found.map(|(user, _)| user);
        let user = user.filter(|user| user.disabled_at.is_none());
        let user = user.ok_or_else(Problem::not_found)?;
        if !invitations::take_reset(&mut tx, digest).await? {
            return Err(Problem::not_found().into());
        }
        users::set_password(&mut tx, user.id, &hash).await?;
        sessions::delete_of_user(&mut tx, user.id, None).await?;
        attempt.succeed(&mut tx).await?;
        let session = begin(&mut tx, clock, &user, client).await?;
        let mut own = Actor::system(user.account_id);
        own.ip = client.ip;
        audit::record(&mut tx, clock, &own, EventKind::PasswordChanged, user.id).await?;
        tx.commit().await?;
        Ok((user, session))
    }

    /// Notes a try with a link, for whoever guesses them.
    async fn begin_link(&self, digest: Sha256, client: &Client) -> Result<Try> {
        let attempt = Try::new(&format!("link {digest}"), client.ip);
        let mut tx = self.inner.db.write().await?;
        attempt
            .begin(&mut tx, self.inner.clock.now(), false)
            .await?;
        tx.commit().await?;
        Ok(attempt)
    }

    /// Whether an actor found earlier would be found again: the session lives, the token is good,
    /// and the library is still theirs to see.
    pub async fn is_still_let_in(&self, actor: &Actor) -> Result<bool> {
        let now = self.inner.clock.now();
        let mut tx = self.inner.db.read().await?;
        let found = match actor.who {
            Who::User { session, .. } => sessions::is_living(&mut tx, session, now).await?,
            Who::Token(id) => crate::db::tokens::is_valid(&mut tx, id).await?,
            Who::Embed(id) => crate::db::embed_sessions::lives(&mut tx, id, now).await?,
            Who::System => true,
        };
        Ok(found
            && accounts::get(&mut tx, actor.account_id)
                .await?
                .library_enabled)
    }
}
