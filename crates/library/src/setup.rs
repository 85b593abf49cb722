//! The first start: a one-use link makes the first account, its administrator and the operator.

use model::{Email, PersonName, Problem, Role, Secret, Theme, User};

use crate::{
    Actor, Client, Library, Result, accounts,
    db::{settings, users},
    digest, password, sessions,
};

/// What the person who opens the set-up link says.
#[derive(Clone, Debug)]
pub struct SetUp {
    pub account: PersonName,
    pub name: PersonName,
    pub email: Email,
    pub password: Secret,
}

impl Library {
    /// Makes a new one-use set-up token, unless somebody has an account already.
    ///
    /// A token made earlier stops working.
    pub async fn create_setup_token(&self) -> Result<Option<Secret>> {
        let token = self.inner.clock.new_secret("");
        let mut tx = self.inner.db.write().await?;
        if users::any(&mut tx).await? {
            return Ok(None);
        }
        settings::set(&mut tx, settings::SETUP, &digest_of(&token)).await?;
        tx.commit().await?;
        Ok(Some(token))
    }

    /// Whether a set-up token is the current one and nobody has an account yet.
    pub async fn is_setup_token(&self, token: &Secret) -> Result<bool> {
        let mut tx = self.inner.db.read().await?;
        let current = settings::find(&mut tx, settings::SETUP).await?;
        Ok(current == Some(digest_of(token)) && !users::any(&mut tx).await?)
    }

    /// Makes the first account and its administrator, who is the operator, and signs them in.
    pub async fn set_up(
        &self,
        token: &Secret,
        set_up: SetUp,
        client: &Client,
    ) -> Result<(User, Secret)> {
        if !self.is_setup_token(token).await? {
            return Err(Problem::not_found().into());
        }
        password::check(&set_up.password, &set_up.email)?;
        let hash = self.hash_password(&set_up.password).await?;
        let clock = &*self.inner.clock;
        let limits = self.inner.config.default_limits.clone();
        let account = accounts::new_account(clock, set_up.account, limits);
        let user = User {
            id: clock.new_id(),
            account_id: account.id,
            email: set_up.email,
            name: set_up.name.to_string(),
            role: Role::Administrator,
            operator: true,
            language: None,
            theme: Theme::default(),
            quota: None,
            created_at: clock.now(),
            disabled_at: None,
        };
        let mut system = Actor::system(account.id);
        system.ip = client.ip;
        let mut tx = self.inner.db.write().await?;
        // Of two who come at once, one takes the token.
        let won = settings::take(&mut tx, settings::SETUP, &digest_of(token)).await?;
        if !won || users::any(&mut tx).await? {
            return Err(Problem::not_found().into());
        }
        accounts::add(&mut tx, clock, &system, &account).await?;
        crate::users::add(&mut tx, clock, &system, &user, &hash).await?;
        let session = sessions::begin(&mut tx, clock, &user, client).await?;
        tx.commit().await?;
        Ok((user, session))
    }
}

fn digest_of(token: &Secret) -> String {
    digest::of_secret(token).to_string()
}
