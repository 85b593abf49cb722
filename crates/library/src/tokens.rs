//! API tokens: kept as digests, shown once.

use model::{AccountId, PersonName, Role, Scope, Secret, Token, TokenId};

use crate::{Actor, Library, Result};

/// A token to be made.
#[derive(Clone, Debug)]
pub struct NewToken {
    pub name: PersonName,
    pub role: Role,
    /// None at all means everything the role may.
    pub scopes: Vec<Scope>,
}

impl Library {
    /// Makes a token; its secret is given back once and never again. For administrators, or operators in any account.
    pub async fn create_token(
        &self,
        actor: &Actor,
        account: AccountId,
        token: NewToken,
    ) -> Result<(Token, Secret)> {
        todo!()
    }

    /// The account's tokens, newest first; for administrators.
    pub async fn list_tokens(&self, actor: &Actor) -> Result<Vec<Token>> {
        todo!()
    }

    /// Makes a token worthless; for administrators.
    pub async fn revoke_token(&self, actor: &Actor, id: TokenId) -> Result<Token> {
        todo!()
    }
}
