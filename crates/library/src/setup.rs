//! The first start: a one-use link makes the first account, its administrator and the operator.

use model::{Email, PersonName, Secret, User};

use crate::{Client, Library, Result};

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
        todo!()
    }

    /// Whether a set-up token is the current one and nobody has an account yet.
    pub async fn is_setup_token(&self, token: &Secret) -> Result<bool> {
        todo!()
    }

    /// Makes the first account and its administrator, who is the operator, and signs them in.
    pub async fn set_up(
        &self,
        token: &Secret,
        set_up: SetUp,
        client: &Client,
    ) -> Result<(User, Secret)> {
        todo!()
    }
}
