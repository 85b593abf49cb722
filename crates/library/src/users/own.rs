//! What people change about themselves: name, language, look and password.

use model::{EventKind, MePatch, Problem, Reason, Secret, User, UserId};

use crate::{
    Actor, Library, Result, audit,
    db::{invitations, sessions, users},
    password,
    throttle::Try,
};

impl Library {
    /// The person who asks.
    pub async fn find_own_user(&self, actor: &Actor) -> Result<Option<User>> {
        let Some(id) = actor.user_id() else {
            return Ok(None);
        };
        let mut tx = self.inner.db.read().await?;
        users::find(&mut tx, id).await
    }

    /// Changes the own name, language and look.
    pub async fn update_me(&self, actor: &Actor, patch: MePatch) -> Result<User> {
        let (id, _) = actor.require_person()?;
        let mut tx = self.inner.db.write().await?;
        let user = users::lock(&mut tx, id).await?;
        let user = user.ok_or_else(Problem::unauthenticated)?;
        let changed = patched(user.clone(), patch);
        if changed != user {
            users::set_profile(&mut tx, &changed).await?;
            let kind = EventKind::ProfileChanged;
            audit::record(&mut tx, &*self.inner.clock, actor, kind, id).await?;
        }
        tx.commit().await?;
        Ok(changed)
    }

    /// Changes the own password and ends all other sessions; gives back a new token for this one,
    /// since whoever had a look at the password may have had one at the cookie.
    pub async fn change_password(
        &self,
        actor: &Actor,
        old: &Secret,
        new: &Secret,
    ) -> Result<Secret> {
        let (id, session) = actor.require_person()?;
        let (user, kept) = self.begin_password_change(actor, id).await?;
        if !self.inner.passwords.verify(old, Some(kept.clone())).await? {
            return Err(
                Problem::invalid("old_password", "The old password is wrong.")
                    .because(Reason::WrongPassword)
                    .into(),
            );
        }
        password::check(new, &user.email)?;
        let hash = self.hash_password(new).await?;
        let mut tx = self.inner.db.write().await?;
        if !users::replace_password(&mut tx, id, &kept, &hash).await? {
            return Err(Problem::changed_meanwhile("The password was changed in between.").into());
        }
        let token = crate::sessions::rotate(&mut tx, &*self.inner.clock, session).await?;
        sessions::delete_of_user(&mut tx, id, Some(session)).await?;
        invitations::forget_reset(&mut tx, id).await?;
        Try::new(user.email.as_str(), actor.ip)
            .succeed(&mut tx)
            .await?;
        let kind = EventKind::PasswordChanged;
        audit::record(&mut tx, &*self.inner.clock, actor, kind, id).await?;
        tx.commit().await?;
        Ok(token)
    }

    /// Notes a try with the own password, for whoever sits down at an open browser and guesses.
    async fn begin_password_change(&self, actor: &Actor, id: UserId) -> Result<(User, String)> {
        let mut tx = self.inner.db.write().await?;
        let user = users::find(&mut tx, id).await?;
        let email = user.ok_or_else(Problem::unauthenticated)?.email;
        let now = self.inner.clock.now();
        Try::new(email.as_str(), actor.ip)
            .begin(&mut tx, now, true)
            .await?;
        let found = users::find_by_email(&mut tx, email.as_str()).await?;
        tx.commit().await?;
        Ok(found.ok_or_else(Problem::unauthenticated)?)
    }
}

fn patched(user: User, patch: MePatch) -> User {
    User {
        name: patch.name.map_or(user.name, |name| name.to_string()),
        language: patch.language.unwrap_or(user.language),
        theme: patch.theme.unwrap_or(user.theme),
        ..user
    }
}
