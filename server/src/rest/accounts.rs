//! `/accounts`: tenants and what they may; for operators.

use axum::{extract::State as Extract, http::StatusCode};
use library::{
    Library,
    accounts::{AccountPatch, LimitsPatch},
};
use model::{Account, AccountId, AccountLimits, Page, PersonName};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    Answer, Private,
    extract::{Asked, Id, Said},
    page::ListPage,
};
use crate::{failure::Result, identify::SignedIn, state::State};

/// An account to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateAccount {
    name: PersonName,
    /// What it may hold and bring in; as the settings say when absent.
    limits: Option<AccountLimits>,
}

/// What about an account changes; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateAccount {
    library_enabled: Option<bool>,
    limits: Option<AccountLimits>,
}

/// Lists all accounts, by name.
#[utoipa::path(get, path = "/accounts", tag = "administration", params(ListPage),
    responses((status = 200, body = Page<Account>)))]
pub async fn list_accounts(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Asked(page): Asked<ListPage>,
) -> Answer<Page<Account>> {
    let (cursor, limit) = page.read()?;
    let page = library.list_accounts(&actor, cursor.as_ref(), limit);
    Ok(Private(page.await?))
}

/// Makes an account.
#[utoipa::path(post, path = "/accounts", tag = "administration", request_body = CreateAccount,
    responses((status = 201, body = Account)))]
pub async fn create_account(
    Extract(state): Extract<State>,
    SignedIn(actor): SignedIn,
    Said(account): Said<CreateAccount>,
) -> Result<(StatusCode, Private<Account>)> {
    let limits = account
        .limits
        .unwrap_or_else(|| state.default_limits.clone());
    let library = &state.library;
    let account = library.create_account(&actor, account.name, limits).await?;
    Ok((StatusCode::CREATED, Private(account)))
}

/// Changes what an account may.
#[utoipa::path(patch, path = "/accounts/{id}", tag = "administration",
    params(("id" = AccountId, Path)), request_body = UpdateAccount,
    responses((status = 200, body = Account)))]
pub async fn update_account(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<AccountId>,
    Said(patch): Said<UpdateAccount>,
) -> Answer<Account> {
    let patch = AccountPatch {
        library_enabled: patch.library_enabled,
        limits: patch.limits.map(LimitsPatch::from).unwrap_or_default(),
    };
    Ok(Private(library.set_account(&actor, id, patch).await?))
}
