//! `/sessions`: the browsers a person is signed in with.

use axum::{extract::State as Extract, http::StatusCode};
use library::Library;
use model::{Page, Session, SessionId};

use super::{
    Answer, Private,
    extract::{Asked, Id},
    page::ListPage,
};
use crate::{failure::Result, identify::SignedIn};

/// Lists the living sessions of the person who asks, newest first.
#[utoipa::path(get, path = "/sessions", tag = "me", params(ListPage),
    responses((status = 200, body = Page<Session>)))]
pub async fn list_sessions(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Asked(page): Asked<ListPage>,
) -> Answer<Page<Session>> {
    let (cursor, limit) = page.read()?;
    let page = library.list_sessions(&actor, cursor.as_ref(), limit);
    Ok(Private(page.await?))
}

/// Signs the person who asks out everywhere, here too.
#[utoipa::path(delete, path = "/sessions", tag = "me", responses((status = 204)))]
pub async fn end_sessions(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
) -> Result<StatusCode> {
    library.sign_out_everywhere(&actor).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends one session of the person who asks.
#[utoipa::path(delete, path = "/sessions/{id}", tag = "me", params(("id" = SessionId, Path)),
    responses((status = 204)))]
pub async fn end_session(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<SessionId>,
) -> Result<StatusCode> {
    library.end_session(&actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
