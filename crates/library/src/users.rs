//! People who sign in.

use model::{AccountId, Email, PersonName, Role, Secret, User, UserId};

use crate::{Actor, Library, Result};

/// A person to be added.
#[derive(Clone, Debug)]
pub struct NewUser {
    pub email: Email,
    pub name: PersonName,
    pub role: Role,
    pub operator: bool,
    /// Absent: one is made up and given back.
    pub password: Option<Secret>,
}

impl Library {
    /// Adds a person to an account; gives back the password where it was made up.
    ///
    /// Administrators add to their own account; only operators add to others or make operators.
    pub async fn create_user(
        &self,
        actor: &Actor,
        account: AccountId,
        user: NewUser,
    ) -> Result<(User, Option<Secret>)> {
        todo!()
    }

    /// The people of the actor's account, by name; for administrators.
    pub async fn list_users(&self, actor: &Actor) -> Result<Vec<User>> {
        todo!()
    }

    /// The person who asks.
    pub async fn find_own_user(&self, actor: &Actor) -> Result<Option<User>> {
        todo!()
    }

    /// Stops a person from signing in and ends their sessions; for administrators.
    pub async fn disable_user(&self, actor: &Actor, id: UserId) -> Result<User> {
        todo!()
    }

    /// Changes the own password and ends all other sessions.
    pub async fn change_password(&self, actor: &Actor, old: &Secret, new: &Secret) -> Result<()> {
        todo!()
    }
}
