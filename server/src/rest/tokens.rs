//! `/tokens`: API tokens of an account; for administrators.

use axum::{extract::State as Extract, http::StatusCode};
use library::{Library, tokens::NewToken};
use model::{Page, PersonName, Role, Scope, Secret, Token, TokenId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Answer, Private, Secretive,
    extract::{Asked, Id, Said},
    page::ListPage,
};
use crate::{failure::Result, identify::SignedIn};

/// A token to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "name": "Website", "role": "agent", "scopes": ["read", "write"] })))]
pub struct CreateToken {
    name: PersonName,
    role: Role,
    /// What it is good for; all its role may when empty or absent.
    #[serde(default)]
    scopes: Vec<Scope>,
}

/// A new token with its secret.
#[derive(Serialize, ToSchema)]
pub struct CreatedToken {
    #[serde(flatten)]
    token: Token,
    /// Shown once and never again.
    secret: Secret,
}

/// Lists the account's tokens, newest first.
#[utoipa::path(get, path = "/tokens", tag = "tokens", params(ListPage),
    responses((status = 200, body = Page<Token>)))]
pub async fn list_tokens(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Asked(page): Asked<ListPage>,
) -> Answer<Page<Token>> {
    let (cursor, limit) = page.read()?;
    let page = library.list_tokens(&actor, cursor.as_ref(), limit);
    Ok(Private(page.await?))
}

/// Makes a token; its secret is in this answer alone.
#[utoipa::path(post, path = "/tokens", tag = "tokens", request_body = CreateToken,
    responses((status = 201, body = CreatedToken)))]
pub async fn create_token(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Said(token): Said<CreateToken>,
) -> Result<(StatusCode, Secretive<CreatedToken>)> {
    let token = NewToken {
        name: token.name,
        role: token.role,
        scopes: token.scopes,
    };
    let (token, secret) = library
        .create_token(&actor, actor.account_id, token)
        .await?;
    Ok((
        StatusCode::CREATED,
        Secretive(CreatedToken { token, secret }),
    ))
}

/// Makes a token worthless.
#[utoipa::path(delete, path = "/tokens/{id}", tag = "tokens", params(("id" = TokenId, Path)),
    responses((status = 200, body = Token)))]
pub async fn revoke_token(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<TokenId>,
) -> Answer<Token> {
    Ok(Private(library.revoke_token(&actor, id).await?))
}
