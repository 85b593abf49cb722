//! `/invitations`: one-use links by which people join an account; for administrators.

use axum::{extract::State as Extract, http::StatusCode};
use library::{Library, invitations::NewInvitation};
use model::{Email, Invitation, InvitationId, Page, Role};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Answer, Private, Secretive,
    extract::{Id, Said},
};
use crate::{failure::Result, identify::SignedIn, state::State};

/// Somebody to be invited.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "email": "ben@example.com", "role": "agent" })))]
pub struct InviteUser {
    email: Email,
    role: Role,
}

/// An invitation with its link.
#[derive(Serialize, ToSchema)]
pub struct CreatedInvitation {
    #[serde(flatten)]
    invitation: Invitation,
    /// Shown once and never again.
    url: String,
}

/// Lists who may join the account and has not yet, newest first.
#[utoipa::path(get, path = "/invitations", tag = "users",
    responses((status = 200, body = Page<Invitation>)))]
pub async fn list_invitations(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
) -> Answer<Page<Invitation>> {
    Ok(Private(Page {
        items: library.list_invitations(&actor).await?,
        next_cursor: None,
    }))
}

/// Makes a one-use link by which somebody joins the account.
#[utoipa::path(post, path = "/invitations", tag = "users", request_body = InviteUser,
    responses((status = 201, body = CreatedInvitation)))]
pub async fn invite_user(
    Extract(state): Extract<State>,
    SignedIn(actor): SignedIn,
    Said(invited): Said<InviteUser>,
) -> Result<(StatusCode, Secretive<CreatedInvitation>)> {
    let new = NewInvitation {
        email: invited.email,
        role: invited.role,
    };
    let (invitation, token) = state.library.invite_user(&actor, new).await?;
    let url = state.links.to(&format!("/invite/{}", token.expose()));
    Ok((
        StatusCode::CREATED,
        Secretive(CreatedInvitation { invitation, url }),
    ))
}

/// Makes an invitation worthless.
#[utoipa::path(delete, path = "/invitations/{id}", tag = "users",
    params(("id" = InvitationId, Path)), responses((status = 204)))]
pub async fn withdraw_invitation(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<InvitationId>,
) -> Result<StatusCode> {
    library.withdraw_invitation(&actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
