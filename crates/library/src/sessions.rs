//! Signing in and out, and knowing who asks.

use std::time::Duration;

use model::{Secret, Session, User};

use crate::{Actor, Client, Library, Result};

/// How long a session lives untouched.
pub const IDLE: Duration = Duration::from_secs(14 * 24 * 3600);
/// How long a session lives at all.
pub const ABSOLUTE: Duration = Duration::from_secs(90 * 24 * 3600);

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
        todo!()
    }

    /// Who a session token belongs to, while it lives.
    pub async fn find_actor_by_session(
        &self,
        token: &Secret,
        client: &Client,
    ) -> Result<Option<Actor>> {
        todo!()
    }

    /// Who an API token belongs to, while it is valid.
    pub async fn find_actor_by_token(
        &self,
        token: &Secret,
        client: &Client,
    ) -> Result<Option<Actor>> {
        todo!()
    }

    /// Ends the session that asks.
    pub async fn sign_out(&self, actor: &Actor) -> Result<()> {
        todo!()
    }

    /// Ends all sessions of the person who asks, this one too.
    pub async fn sign_out_everywhere(&self, actor: &Actor) -> Result<()> {
        todo!()
    }

    /// The living sessions of the person who asks, newest first.
    pub async fn list_sessions(&self, actor: &Actor) -> Result<Vec<Session>> {
        todo!()
    }
}
