//! `/teams`: groups of people that assets are for; administrators make them.

use axum::{
    extract::State as Extract,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use library::{Library, teams::TeamPatch};
use model::{Batch, GoneTeam, Page, Team, TeamId, UserId};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    Answer, Private, batches,
    extract::{Asked, Id, Said},
    page::ListPage,
};
use crate::{failure::Result, identify::SignedIn};

/// A team to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "name": "Newsletter" })))]
pub struct NewTeam {
    #[schema(min_length = 1, max_length = 64)]
    name: String,
    /// Who is in it.
    #[serde(default)]
    #[schema(max_items = 1000)]
    members: Vec<UserId>,
}

/// What about a team changes; what is absent stays.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(examples(json!({ "name": "Newsletter", "version": 1 })))]
pub struct UpdateTeam {
    #[schema(min_length = 1, max_length = 64)]
    name: Option<String>,
    /// Who is in it, in place of those who were.
    #[schema(max_items = 1000)]
    members: Option<Vec<UserId>>,
    /// The version this change is made to; another one is a conflict, and nothing changes.
    version: Option<u32>,
}

/// Lists the account's teams, by name.
#[utoipa::path(get, path = "/teams", tag = "teams", params(ListPage),
    responses((status = 200, body = Page<Team>)))]
pub async fn list_teams(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Asked(page): Asked<ListPage>,
) -> Answer<Page<Team>> {
    let (cursor, limit) = page.read()?;
    Ok(Private(
        library.list_teams(&actor, cursor.as_ref(), limit).await?,
    ))
}

/// Makes a team.
#[utoipa::path(post, path = "/teams", tag = "teams", request_body = NewTeam,
    responses((status = 201, body = Team)))]
pub async fn create_team(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Said(team): Said<NewTeam>,
) -> Result<(StatusCode, Private<Team>)> {
    let team = library
        .create_team(&actor, &team.name, &team.members)
        .await?;
    Ok((StatusCode::CREATED, Private(team)))
}

/// Renames a team, or says who is in it; with `version`, only as it was then.
#[utoipa::path(patch, path = "/teams/{id}", tag = "teams", params(("id" = TeamId, Path)),
    request_body = UpdateTeam, responses((status = 200, body = Team)))]
pub async fn update_team(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<TeamId>,
    Said(change): Said<UpdateTeam>,
) -> Answer<Team> {
    let patch = TeamPatch {
        name: change.name,
        members: change.members,
        version: change.version,
    };
    Ok(Private(library.update_team(&actor, id, patch).await?))
}

/// Removes a team; what was for it stays, and very many let go of it in a batch to watch.
#[utoipa::path(delete, path = "/teams/{id}", tag = "teams", params(("id" = TeamId, Path)),
    responses((status = 204),
        (status = 202, description = "It is under way: watch it", body = Batch)))]
pub async fn delete_team(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<TeamId>,
) -> Result<Response> {
    Ok(batches::under_way(library.delete_team(&actor, id).await?))
}

/// Lists the teams that can be brought back, the last that went first.
#[utoipa::path(get, path = "/teams/gone", tag = "teams", params(ListPage),
    responses((status = 200, body = Page<GoneTeam>)))]
pub async fn list_gone_teams(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Asked(page): Asked<ListPage>,
) -> Answer<Page<GoneTeam>> {
    let (cursor, limit) = page.read()?;
    let gone = library.list_gone_teams(&actor, cursor.as_ref(), limit);
    Ok(Private(gone.await?))
}

/// Brings a team back, with its people and what was for it; very much in a batch to watch.
#[utoipa::path(post, path = "/teams/{id}/restore", tag = "teams", params(("id" = TeamId, Path)),
    responses((status = 200, body = Team),
        (status = 202, description = "It is under way: watch it", body = Batch)))]
pub async fn restore_team(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<TeamId>,
) -> Result<Response> {
    let returned = library.restore_team(&actor, id).await?;
    Ok(match returned.batch {
        None => Private(returned.mark).into_response(),
        batch => batches::under_way(batch),
    })
}
