//! What administrators change about teams, as plain forms.

use axum::{Router, extract::State as Extract, response::Response, routing::post};
use library::{Library, teams::TeamPatch};
use model::{Problem, TeamId, UserId};
use serde::Deserialize;

use super::{
    answer::{Fields, done},
    settings::About,
};
use crate::{identify::SignedIn, state::State};

const TEAMS: &str = "/settings/teams";

/// The forms of teams.
pub fn routes() -> Router<State> {
    Router::new()
        .route("/settings/teams/create", post(create))
        .route("/settings/teams/rename", post(rename))
        .route("/settings/teams/members", post(set_members))
        .route("/settings/teams/delete", post(delete))
        .route("/settings/teams/restore", post(restore))
}

/// A team to be made.
#[derive(Deserialize)]
struct Create {
    name: String,
}

/// A team as it was seen, and its new name.
#[derive(Deserialize)]
struct Rename {
    id: TeamId,
    name: String,
    version: Option<u32>,
}

async fn create(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Fields(form): Fields<Create>,
) -> Response {
    let work = library.create_team(&actor, &form.name, &[]).await;
    done(TEAMS, work.map(drop).map_err(Problem::from))
}

async fn rename(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Fields(form): Fields<Rename>,
) -> Response {
    let patch = TeamPatch {
        name: Some(form.name),
        members: None,
        version: form.version,
    };
    let work = library.update_team(&actor, form.id, patch).await;
    done(TEAMS, work.map(drop).map_err(Problem::from))
}

/// Each box that is ticked is a field of its own.
async fn set_members(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Fields(form): Fields<Vec<(String, String)>>,
) -> Response {
    let work = async {
        let patch = TeamPatch {
            name: None,
            members: Some(chosen(&form)?),
            version: version(&form)?,
        };
        library.update_team(&actor, team(&form)?, patch).await?;
        Ok(())
    };
    done(TEAMS, work.await)
}

fn team(form: &[(String, String)]) -> Result<TeamId, Problem> {
    let id = form.iter().find(|(name, _)| name == "id");
    id.and_then(|(_, id)| id.parse().ok())
        .ok_or_else(Problem::not_found)
}

fn version(form: &[(String, String)]) -> Result<Option<u32>, Problem> {
    let version = form.iter().find(|(name, _)| name == "version");
    let read = |_| Problem::malformed("The version is a number.");
    version.map(|(_, it)| it.parse().map_err(read)).transpose()
}

fn chosen(form: &[(String, String)]) -> Result<Vec<UserId>, Problem> {
    form.iter()
        .filter(|(name, _)| name == "member")
        .map(|(_, id)| id.parse().map_err(|_| Problem::not_found()))
        .collect()
}

async fn delete(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Fields(form): Fields<About>,
) -> Response {
    let work = async {
        library.delete_team(&actor, form.id()?).await?;
        Ok(())
    };
    done(TEAMS, work.await)
}

async fn restore(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Fields(form): Fields<About>,
) -> Response {
    let work = async {
        library.restore_team(&actor, form.id()?).await?;
        Ok(())
    };
    done(TEAMS, work.await)
}
