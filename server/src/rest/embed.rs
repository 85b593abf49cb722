//! `/embed/sessions`: what lets the picker in a page of another program work for a short while.

use std::time::Duration;

use axum::{
    extract::State as Extract,
    http::{HeaderMap, StatusCode, header::ACCEPT_LANGUAGE},
};
use library::{Library, embed};
use model::{
    EmbedScope, EmbedSession, EmbedSessionId, EmbedUser, FolderId, Kind, Language, NewUsage, Page,
    Secret, WebOrigin,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Answer, Private, Secretive,
    extract::{Asked, Id, Said},
    page::ListPage,
};
use crate::{
    failure::Result,
    identify::{self, SignedIn},
    links::Links,
    state::State,
};

/// An embed session to be made.
#[derive(Deserialize, ToSchema)]
#[schema(examples(json!({ "origin": "https://desk.example.com", "scopes": ["browse", "upload"], "expires_in": 900 })))]
#[serde(deny_unknown_fields)]
pub struct CreateEmbedSession {
    /// The page that frames the picker, as a browser writes it: `https://desk.example.com`.
    origin: WebOrigin,
    /// What it is good for; `browse` when absent.
    #[serde(default = "browse")]
    #[schema(min_items = 1)]
    scopes: Vec<EmbedScope>,
    /// Nothing outside this folder and those below is there.
    folder_id: Option<FolderId>,
    /// Nothing of another kind is there; all kinds when empty or absent.
    #[serde(default)]
    kinds: Vec<Kind>,
    /// The most times it may write.
    #[schema(minimum = 1)]
    max_operations: Option<u32>,
    /// Seconds it lives.
    #[serde(default = "lifetime")]
    #[schema(minimum = 1, maximum = 3_600, default = 900)]
    expires_in: u32,
    /// What is written there, as for `POST /assets/{id}/usages`: what is chosen is recorded as used
    /// in it. The page can name no other place, and without one records nothing.
    used_in: Option<NewUsage>,
    /// Who sits there, as the other program calls them; for the audit trail.
    user: Option<EmbedUser>,
}

fn browse() -> Vec<EmbedScope> {
    vec![EmbedScope::Browse]
}

fn lifetime() -> u32 {
    u32::try_from(embed::LIFETIME.as_secs()).unwrap_or_default()
}

/// An embed session with its secret.
#[derive(Serialize, ToSchema)]
pub struct OpenEmbedSession {
    #[serde(flatten)]
    session: EmbedSession,
    /// Shown once and never again; sent as `Authorization: Bearer …`, never in an address.
    token: Secret,
    /// The page to be framed.
    url: String,
}

impl OpenEmbedSession {
    fn open((session, token): (EmbedSession, Secret), links: &Links) -> Secretive<Self> {
        let url = links.to(&format!("/embed/picker?session={}", session.id));
        Secretive(Self {
            session,
            token,
            url,
        })
    }
}

/// The session that asks, and where it is.
#[derive(Serialize, ToSchema)]
pub struct OwnEmbedSession {
    #[serde(flatten)]
    session: EmbedSession,
    /// The name of the account.
    account: String,
    /// The language to speak, where the page around says nothing: as the browser asks.
    locale: Language,
}

/// Makes an embed session for a page of another program; its token is in this answer alone.
///
/// For API tokens that may write, and for administrators; nobody makes one that may more than
/// they. It ends with the token or the person that made it.
#[utoipa::path(post, path = "/embed/sessions", tag = "embedding",
    request_body = CreateEmbedSession, responses((status = 201, body = OpenEmbedSession)))]
pub async fn create_embed_session(
    Extract(state): Extract<State>,
    SignedIn(actor): SignedIn,
    Said(wanted): Said<CreateEmbedSession>,
) -> Result<(StatusCode, Secretive<OpenEmbedSession>)> {
    let wanted = embed::NewEmbedSession {
        origin: wanted.origin,
        scopes: wanted.scopes,
        folder_id: wanted.folder_id,
        kinds: wanted.kinds,
        max_operations: wanted.max_operations,
        lifetime: Duration::from_secs(wanted.expires_in.into()),
        used_in: wanted.used_in,
        user: wanted.user,
    };
    let made = state.library.create_embed_session(&actor, wanted).await?;
    let made = OpenEmbedSession::open(made, &state.links);
    Ok((StatusCode::CREATED, made))
}

/// Gives the embed session that asks another token, and ends the one it asked with: of two who
/// have the same, the second is answered 401.
#[utoipa::path(post, path = "/embed/sessions/claim", tag = "embedding",
    responses((status = 200, body = OpenEmbedSession)))]
pub async fn claim_embed_session(
    Extract(state): Extract<State>,
    SignedIn(actor): SignedIn,
    headers: HeaderMap,
) -> Result<Secretive<OpenEmbedSession>> {
    let spent = identify::bearer(&headers).unwrap_or_else(|| Secret::new(""));
    let claimed = state.library.claim_embed_session(&actor, &spent).await?;
    Ok(OpenEmbedSession::open(claimed, &state.links))
}

/// Tells the embed session that asks what it is good for.
#[utoipa::path(get, path = "/embed/sessions/current", tag = "embedding",
    responses((status = 200, body = OwnEmbedSession)))]
pub async fn get_own_embed_session(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    headers: HeaderMap,
) -> Answer<OwnEmbedSession> {
    let (session, account) = library.get_own_embed_session(&actor).await?;
    let asked = headers.get(ACCEPT_LANGUAGE);
    let asked = asked.and_then(|value| value.to_str().ok());
    Ok(Private(OwnEmbedSession {
        session,
        account,
        locale: Language::negotiate(asked.unwrap_or_default()),
    }))
}

/// Lists the account's living embed sessions, newest first; for administrators.
#[utoipa::path(get, path = "/embed/sessions", tag = "embedding", params(ListPage),
    responses((status = 200, body = Page<EmbedSession>)))]
pub async fn list_embed_sessions(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Asked(page): Asked<ListPage>,
) -> Answer<Page<EmbedSession>> {
    let (cursor, limit) = page.read()?;
    let page = library.list_embed_sessions(&actor, cursor.as_ref(), limit);
    Ok(Private(page.await?))
}

/// Ends an embed session; for administrators, and for the token that made it.
#[utoipa::path(delete, path = "/embed/sessions/{id}", tag = "embedding",
    params(("id" = EmbedSessionId, Path)), responses((status = 204)))]
pub async fn end_embed_session(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<EmbedSessionId>,
) -> Result<StatusCode> {
    library.end_embed_session(&actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
