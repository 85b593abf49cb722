//! API tokens: kept as digests, shown once.

use model::{
    AccountId, Cursor, EventKind, Limit, Page, PersonName, Problem, Right, Role, Scope, Secret,
    Token, TokenId, UserId,
};

use crate::{
    Actor, Clock, Library, Result, Who, audit,
    db::{Tx, page, tokens},
    digest, embed,
    users::find_colleague,
};

/// The most tokens of one person that are told at once.
const MADE_MOST: i64 = 50;

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
        self.require_administered(actor, account).await?;
        if exceeds(&token, actor) {
            self.record_denial(actor).await;
            return Err(Problem::forbidden().into());
        }
        let clock = &*self.inner.clock;
        let secret = clock.new_secret("sat_");
        let mut tx = self.inner.db.write().await?;
        let token = Token {
            id: clock.new_id(),
            name: token.name.to_string(),
            role: token.role,
            scopes: token.scopes,
            created_at: clock.now(),
            created_by: find_maker(&mut tx, actor).await?,
            last_used_at: None,
            revoked_at: None,
        };
        tokens::insert(&mut tx, account, &token, digest::of_secret(&secret)).await?;
        let kind = (account, EventKind::TokenCreated);
        let (id, role) = (token.id, token.role);
        audit::record_with(&mut tx, clock, actor, kind, id, role).await?;
        tx.commit().await?;
        Ok((token, secret))
    }

    /// The account's tokens, newest first; for administrators.
    pub async fn list_tokens(
        &self,
        actor: &Actor,
        cursor: Option<&Cursor>,
        limit: Limit,
    ) -> Result<Page<Token>> {
        self.require(actor, Right::Administer).await?;
        let before: Option<TokenId> = page::decode(cursor)?;
        let mut tx = self.inner.db.read().await?;
        let rows = page::rows(limit);
        let tokens = tokens::list(&mut tx, actor.account_id, before, rows).await?;
        Ok(page::cut(tokens, limit, |token| token.id))
    }

    /// The latest tokens of the account that a person made; for administrators.
    pub async fn list_user_tokens(&self, actor: &Actor, id: UserId) -> Result<Vec<Token>> {
        self.require(actor, Right::Administer).await?;
        let mut tx = self.inner.db.read().await?;
        find_colleague(&mut tx, actor, id).await?;
        tokens::list_made_by(&mut tx, actor.account_id, id, MADE_MOST).await
    }

    /// Makes a token worthless; for administrators.
    pub async fn revoke_token(&self, actor: &Actor, id: TokenId) -> Result<Token> {
        self.require(actor, Right::Administer).await?;
        let mut tx = self.inner.db.write().await?;
        let token = tokens::find(&mut tx, actor.account_id, id).await?;
        let mut token = token.ok_or_else(Problem::not_found)?;
        let now = self.inner.clock.now();
        if tokens::revoke(&mut tx, id, now).await? {
            token.revoked_at = Some(now);
            let kind = EventKind::TokenRevoked;
            audit::record(&mut tx, &*self.inner.clock, actor, kind, id).await?;
            embed::end_of_token(&mut tx, &*self.inner.clock, actor, id).await?;
        }
        tx.commit().await?;
        Ok(token)
    }
}

/// The person who makes a token: a token that makes another hands on who made it.
async fn find_maker(tx: &mut Tx, actor: &Actor) -> Result<Option<UserId>> {
    match actor.who {
        Who::User { id, .. } => Ok(Some(id)),
        Who::Token(id) => tokens::find_maker(tx, id).await,
        Who::Embed(_) | Who::System => Ok(None),
    }
}

/// Makes all tokens worthless that somebody made who may less from now on, and ends the embed
/// sessions of both, each with a line.
pub(crate) async fn revoke_made_by(
    tx: &mut Tx,
    clock: &dyn Clock,
    actor: &Actor,
    maker: UserId,
) -> Result<()> {
    for (id, account) in tokens::revoke_made_by(tx, maker, clock.now()).await? {
        let kind = EventKind::TokenRevoked;
        audit::record_in(tx, clock, actor, Some(account), kind, id).await?;
        embed::end_of_token(tx, clock, actor, id).await?;
    }
    embed::end_made_by(tx, clock, actor, maker).await
}

/// Whether a token would be good for more than the actor who makes it.
fn exceeds(token: &NewToken, actor: &Actor) -> bool {
    if actor.may(Right::Operate) {
        return false;
    }
    let beyond_scopes = actor.scopes.as_ref().is_some_and(|own| {
        token.scopes.is_empty() || token.scopes.iter().any(|scope| !own.contains(scope))
    });
    beyond_scopes || token.role > actor.role
}
