//! `/users`: the people of an account; for administrators.

use axum::{
    extract::State as Extract,
    http::{StatusCode, header::SET_COOKIE},
    response::{IntoResponse, Response},
};
use library::{
    Library,
    users::{NewUser, UserPatch},
};
use model::{ByteSize, Email, Meter, Page, PersonName, Role, Secret, Session, User, UserId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Answer, Private, Secretive,
    extract::{Asked, Clearable, Id, Said, said},
    page::ListPage,
};
use crate::{
    failure::Result,
    identify::{SignedIn, session_cookie},
    state::State,
};

/// A person to be added to the account.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "email": "ben@example.com", "name": "Ben", "role": "agent" })))]
pub struct CreateUser {
    email: Email,
    name: PersonName,
    role: Role,
    /// One is made up and shown once when absent.
    password: Option<Secret>,
}

/// A new person, and the password where it was made up.
#[derive(Serialize, ToSchema)]
pub struct CreatedUser {
    #[serde(flatten)]
    user: User,
    /// Shown once and never again.
    #[serde(skip_serializing_if = "Option::is_none")]
    password: Option<Secret>,
}

/// A new password, and proof of the old one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "old_password": "correct horse battery", "new_password": "staple under the willow" })))]
pub struct ChangePassword {
    old_password: Secret,
    new_password: Secret,
}

/// Lists the account's people, by name.
#[utoipa::path(get, path = "/users", tag = "users", params(ListPage), responses((status = 200, body = Page<User>)))]
pub async fn list_users(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Asked(page): Asked<ListPage>,
) -> Answer<Page<User>> {
    let (cursor, limit) = page.read()?;
    let page = library.list_users(&actor, cursor.as_ref(), limit);
    Ok(Private(page.await?))
}

/// Adds a person to the account.
#[utoipa::path(post, path = "/users", tag = "users", request_body = CreateUser,
    responses((status = 201, body = CreatedUser)))]
pub async fn create_user(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Said(user): Said<CreateUser>,
) -> Result<Response> {
    let user = NewUser {
        email: user.email,
        name: user.name,
        role: user.role,
        operator: false,
        password: user.password,
    };
    let (user, password) = library.create_user(&actor, actor.account_id, user).await?;
    let made_up = password.is_some();
    let created = CreatedUser { user, password };
    Ok(if made_up {
        (StatusCode::CREATED, Secretive(created)).into_response()
    } else {
        (StatusCode::CREATED, Private(created)).into_response()
    })
}

/// What about a person changes; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "role": "administrator" })))]
pub struct UpdateUser {
    role: Option<Role>,
    /// The most bytes they may bring; `null` lets the account's figure for everybody hold. Only
    /// operators give more than that figure.
    #[serde(default, deserialize_with = "said")]
    #[schema(value_type = Option<ByteSize>)]
    quota: Clearable<ByteSize>,
}

/// A one-use link, for whoever shall open it.
#[derive(Serialize, ToSchema)]
pub struct OneUseLink {
    /// Shown once and never again.
    url: String,
}

/// Tells about a person.
#[utoipa::path(get, path = "/users/{id}", tag = "users", params(("id" = UserId, Path)),
    responses((status = 200, body = User)))]
pub async fn get_user(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<UserId>,
) -> Answer<User> {
    Ok(Private(library.get_user(&actor, id).await?))
}

/// Tells what a person brought, of what they may.
#[utoipa::path(get, path = "/users/{id}/usage", tag = "users", params(("id" = UserId, Path)),
    responses((status = 200, body = Meter)))]
pub async fn get_user_usage(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<UserId>,
) -> Answer<Meter> {
    Ok(Private(library.user_meter(&actor, id).await?))
}

/// Changes what a person may.
#[utoipa::path(patch, path = "/users/{id}", tag = "users", params(("id" = UserId, Path)),
    request_body = UpdateUser, responses((status = 200, body = User)))]
pub async fn update_user(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<UserId>,
    Said(patch): Said<UpdateUser>,
) -> Answer<User> {
    let patch = UserPatch {
        role: patch.role,
        quota: patch.quota,
    };
    Ok(Private(library.update_user(&actor, id, patch).await?))
}

/// Makes a one-use link by which a person chooses a new password.
#[utoipa::path(post, path = "/users/{id}/reset-password", tag = "users",
    params(("id" = UserId, Path)), responses((status = 200, body = OneUseLink)))]
pub async fn reset_user_password(
    Extract(state): Extract<State>,
    SignedIn(actor): SignedIn,
    Id(id): Id<UserId>,
) -> Result<Secretive<OneUseLink>> {
    let token = state.library.create_password_reset(&actor, id).await?;
    let url = state.links.to(&format!("/reset/{}", token.expose()));
    Ok(Secretive(OneUseLink { url }))
}

/// Lists the living sessions of a person, newest first.
#[utoipa::path(get, path = "/users/{id}/sessions", tag = "users",
    params(("id" = UserId, Path), ListPage), responses((status = 200, body = Page<Session>)))]
pub async fn list_user_sessions(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<UserId>,
    Asked(page): Asked<ListPage>,
) -> Answer<Page<Session>> {
    let (cursor, limit) = page.read()?;
    let page = library.list_user_sessions(&actor, id, cursor.as_ref(), limit);
    Ok(Private(page.await?))
}

/// Signs a person out everywhere.
#[utoipa::path(delete, path = "/users/{id}/sessions", tag = "users",
    params(("id" = UserId, Path)), responses((status = 204)))]
pub async fn end_user_sessions(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<UserId>,
) -> Result<StatusCode> {
    library.end_user_sessions(&actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Stops a person from signing in and ends their sessions.
#[utoipa::path(post, path = "/users/{id}/disable", tag = "users", params(("id" = UserId, Path)),
    responses((status = 200, body = User)))]
pub async fn disable_user(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<UserId>,
) -> Answer<User> {
    Ok(Private(library.disable_user(&actor, id).await?))
}

/// Lets a disabled person sign in again.
#[utoipa::path(post, path = "/users/{id}/enable", tag = "users", params(("id" = UserId, Path)),
    responses((status = 200, body = User)))]
pub async fn enable_user(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<UserId>,
) -> Answer<User> {
    Ok(Private(library.enable_user(&actor, id).await?))
}

/// Changes the own password and ends all other sessions; this one goes on with another cookie.
#[utoipa::path(post, path = "/me/password", tag = "me", request_body = ChangePassword,
    responses((status = 204, headers(("Set-Cookie", description = "The session's new cookie")))))]
pub async fn change_password(
    Extract(state): Extract<State>,
    SignedIn(actor): SignedIn,
    Said(change): Said<ChangePassword>,
) -> Result<Response> {
    let library = &state.library;
    let token = library
        .change_password(&actor, &change.old_password, &change.new_password)
        .await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    if let Some(cookie) = session_cookie(&token, state.links.is_https()) {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    Ok(response)
}
