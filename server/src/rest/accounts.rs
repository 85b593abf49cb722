//! `/accounts`: tenants and what they may; for operators.

use axum::{extract::State as Extract, http::StatusCode};
use library::{
    Library,
    accounts::{AccountPatch, LimitsPatch},
};
use model::{Account, AccountId, AccountLimits, ByteSize, Kind, Meter, Page, PersonName, User};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    Answer, Private,
    extract::{Asked, Clearable, Id, Said, said},
    page::ListPage,
};
use crate::{failure::Result, identify::SignedIn, state::State};

/// An account to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "name": "Acme" })))]
pub struct CreateAccount {
    name: PersonName,
    /// What it may hold and bring in; as the settings say when absent.
    limits: Option<AccountLimits>,
}

/// What about an account changes; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "library_enabled": true, "limits": { "quota": 5_000_000_000_u64 } })))]
pub struct UpdateAccount {
    library_enabled: Option<bool>,
    limits: Option<UpdateLimits>,
}

/// What about the limits of an account changes; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateLimits {
    /// `null` takes the quota away.
    #[serde(default, deserialize_with = "said")]
    #[schema(value_type = Option<ByteSize>)]
    quota: Clearable<ByteSize>,
    max_size: Option<UpdateSizes>,
    folder_images: Option<u32>,
    retention_days: Option<u32>,
    /// `null` takes the quota of each person away.
    #[serde(default, deserialize_with = "said")]
    #[schema(value_type = Option<ByteSize>)]
    user_quota: Clearable<ByteSize>,
    #[schema(minimum = 1)]
    audit_days: Option<u32>,
    max_assets: Option<u32>,
}

/// The largest file of some kinds, in bytes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateSizes {
    image: Option<ByteSize>,
    video: Option<ByteSize>,
    audio: Option<ByteSize>,
    document: Option<ByteSize>,
    contact: Option<ByteSize>,
}

impl From<UpdateLimits> for LimitsPatch {
    fn from(said: UpdateLimits) -> Self {
        let sizes = said.max_size.map(|sizes| {
            [
                (Kind::Image, sizes.image),
                (Kind::Video, sizes.video),
                (Kind::Audio, sizes.audio),
                (Kind::Document, sizes.document),
                (Kind::Contact, sizes.contact),
            ]
        });
        let sizes = sizes.into_iter().flatten();
        Self {
            quota: said.quota,
            max_size: sizes
                .filter_map(|(kind, size)| Some((kind, size?)))
                .collect(),
            folder_images: said.folder_images,
            retention_days: said.retention_days,
            user_quota: said.user_quota,
            audit_days: said.audit_days,
            max_assets: said.max_assets,
        }
    }
}

/// The people of an account, by name.
#[utoipa::path(get, path = "/accounts/{id}/users", tag = "administration",
    params(("id" = AccountId, Path), ListPage), responses((status = 200, body = Page<User>)))]
pub async fn list_account_users(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<AccountId>,
    Asked(page): Asked<ListPage>,
) -> Answer<Page<User>> {
    let (cursor, limit) = page.read()?;
    let page = library.list_users_of(&actor, id, cursor.as_ref(), limit);
    Ok(Private(page.await?))
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

/// Tells about an account.
#[utoipa::path(get, path = "/accounts/{id}", tag = "administration",
    params(("id" = AccountId, Path)), responses((status = 200, body = Account)))]
pub async fn get_account(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<AccountId>,
) -> Answer<Account> {
    Ok(Private(library.get_account(&actor, id).await?))
}

/// Tells what an account holds, of what it may.
#[utoipa::path(get, path = "/accounts/{id}/usage", tag = "administration",
    params(("id" = AccountId, Path)), responses((status = 200, body = Meter)))]
pub async fn get_account_usage(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<AccountId>,
) -> Answer<Meter> {
    Ok(Private(library.account_meter(&actor, id).await?))
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
